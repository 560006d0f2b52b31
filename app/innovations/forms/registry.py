"""What people type of an innovation itself: entering one, and changing what the registry says, part by part."""

from enum import StrEnum
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from app.i18n.catalogues import _, _l, words
from app.innovations.forms import Choices
from app.innovations.rules.decision import EXPANSION_LENGTH, NAME_LENGTH, SUMMARY_LENGTH
from app.innovations.rules.entry import Behalf, Entry
from app.innovations.rules.profile import (
    ASTA_CITA,
    COST_SOURCE_LENGTH,
    DESIGN_LENGTH,
    PROSE_LENGTH,
    Affair,
    Classification,
    Cluster,
    Initiator,
)
from app.innovations.rules.profile import Form as Shape
from app.innovations.rules.provisions import MOST_AMOUNT
from app.innovations.rules.registry import SOURCE_LENGTH
from app.web.fields import DayField, one_of_the_list
from app.web.forms import (
    Form,
    KeyedForm,
    LengthBetween,
    RupiahField,
    between,
    clean,
    clean_line,
    no_private_numbers,
    required,
)

DIGITAL, MANUAL = "digital", "manual"


def _line(label: Any, least: int, most: int, hint: Any = "") -> Any:
    must = required() if least else Optional()
    checks = [must, LengthBetween(least, most), no_private_numbers]
    return StringField(label, filters=[clean_line], validators=checks, description=hint)


def _prose(label: Any, least: int, most: int, hint: Any = "") -> Any:
    must = required() if least else Optional()
    checks = [must, LengthBetween(least, most), no_private_numbers]
    return TextAreaField(label, filters=[clean], validators=checks, description=hint)


def _pick(label: Any, hint: Any = "") -> Any:
    return SelectField(label, validate_choice=False, validators=[one_of_the_list], description=hint)


def _offer(codes: type[StrEnum]) -> list[tuple[str, str]]:
    return [("", _("Belum diisi")), *((one.value, words(one)) for one in codes)]


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() else None


class EntryForm(KeyedForm):
    """A new innovation in the words of whoever runs it or had the idea."""

    behalf = RadioField(_l("Atas nama siapa?"), validate_choice=False, validators=[required(), one_of_the_list])
    name = _line(_l("Nama inovasi"), *NAME_LENGTH, hint=_l("Pendek dan mudah diingat."))
    expansion = _line(_l("Kepanjangan nama"), *EXPANSION_LENGTH)
    summary = _prose(
        _l("Apa masalahnya, dan apa cara barunya?"),
        *SUMMARY_LENGTH,
        hint=_l("Ceritakan keadaan sebelum dan sesudah, dan siapa yang merasakan."),
    )
    misi = SelectMultipleField(_l("Misi kabupaten yang didukung"), validate_choice=False, validators=[Optional()])
    pillar = _pick(_l("Pilar"))
    is_named = BooleanField(
        _l("Nama saya boleh tampil sebagai penggagas"),
        description=_l("Tanpa centang ini halaman hanya menyebut warga desa Anda. Dapat diubah kapan saja."),
    )
    is_other = BooleanField(_l("Saya sudah melihat inovasi yang mirip; yang ini lain"))

    def offer(self, behalves: Choices, misi: Choices, pillars: Choices) -> None:
        """Set what can be chosen; who can enter for one only is not asked."""
        self.behalf.choices = behalves
        if len(behalves) == 1 and not self.behalf.data:
            self.behalf.data = behalves[0][0]
        self.misi.choices = misi
        self.pillar.choices = [("", _("Belum tahu, atau di luar pilar")), *pillars]

    def entry(self, behalf: Behalf) -> Entry:
        return Entry(
            behalf,
            str(self.name.data),
            str(self.expansion.data or ""),
            str(self.summary.data),
            _number(self.pillar.data),
            frozenset(int(one) for one in self.misi.data or () if one.isascii() and one.isdigit() and len(one) < 10),
            bool(self.is_named.data),
        )


class PartForm(Form):
    """A part of what the registry says; `fill` shows what stands there, `values` tells what is to stand there."""

    def offer(self, offers: "Offers") -> None:
        """Set what can be chosen."""

    def values(self) -> dict[str, Any]:
        return {field.name: field.data or "" for field in self if field.type in ("StringField", "TextAreaField")}


class Offers:
    """What the regency has to choose from."""

    def __init__(self, pillars: Choices, misi: Choices, agencies: Choices, villages: Choices) -> None:
        self.pillars, self.misi, self.agencies, self.villages = pillars, misi, agencies, villages


class StoryForm(PartForm):
    name = _line(_l("Nama inovasi"), *NAME_LENGTH)
    expansion = _line(_l("Kepanjangan nama"), *EXPANSION_LENGTH)
    summary = _prose(_l("Ceritanya"), *SUMMARY_LENGTH)
    pillar_id = _pick(_l("Pilar"))
    misi_ids = SelectMultipleField(_l("Misi kabupaten yang didukung"), validate_choice=False, validators=[Optional()])

    def offer(self, offers: Offers) -> None:
        self.pillar_id.choices = [("", _("Penunjang, di luar pilar")), *offers.pillars]
        self.misi_ids.choices = offers.misi

    def values(self) -> dict[str, Any]:
        misi = [int(one) for one in self.misi_ids.data or () if one.isascii() and one.isdigit() and len(one) < 10]
        return super().values() | {"pillar_id": _number(self.pillar_id.data), "misi_ids": misi}


class KindForm(PartForm):
    form = _pick(_l("Bentuk menurut PP 38/2017"))
    classification = _pick(_l("Milik siapa?"))
    initiator_kind = _pick(_l("Siapa yang memulai?"))
    is_digital = _pick(_l("Memakai aplikasi?"))
    affair = _pick(_l("Urusan utama"))
    affairs = SelectMultipleField(_l("Urusan lain yang terkait"), validate_choice=False, validators=[Optional()])
    asta_cita = _pick(_l("Asta Cita"))
    cluster = _pick(_l("Klaster prioritas nasional"))

    def offer(self, offers: Offers) -> None:
        self.form.choices = _offer(Shape)
        self.classification.choices = _offer(Classification)
        self.initiator_kind.choices = _offer(Initiator)
        self.is_digital.choices = [("", _("Belum diisi")), (DIGITAL, _("Digital")), (MANUAL, _("Tanpa aplikasi"))]
        self.affair.choices = _offer(Affair)
        self.affairs.choices = [(one.value, words(one)) for one in Affair]
        goals = range(ASTA_CITA[0], ASTA_CITA[1] + 1)
        self.asta_cita.choices = [("", _("Belum diisi")), *((str(goal), str(goal)) for goal in goals)]
        self.cluster.choices = _offer(Cluster)

    def values(self) -> dict[str, Any]:
        main = [Affair(self.affair.data)] if self.affair.data else []
        others = sorted(Affair(one) for one in self.affairs.data or () if one in set(Affair))
        return {
            "form": Shape(self.form.data) if self.form.data else None,
            "classification": Classification(self.classification.data) if self.classification.data else None,
            "initiator_kind": Initiator(self.initiator_kind.data) if self.initiator_kind.data else None,
            "is_digital": self.is_digital.data == DIGITAL if self.is_digital.data else None,
            "asta_cita": _number(self.asta_cita.data),
            "cluster": Cluster(self.cluster.data) if self.cluster.data else None,
            "affairs": [*main, *(one for one in others if one not in main)],
        }


class TimeForm(PartForm):
    trial_on = DayField(_l("Mulai uji coba"), validators=[Optional()], description=_l("Boleh direncanakan."))
    applied_on = DayField(_l("Mulai diterapkan"), validators=[Optional()])
    developed_on = DayField(_l("Pengembangan terakhir"), validators=[Optional()])
    village_code = _pick(_l("Desa tempat inovasi ini lahir"))

    def offer(self, offers: Offers) -> None:
        self.village_code.choices = [("", _("Seluruh kabupaten, atau belum diketahui")), *offers.villages]

    def values(self) -> dict[str, Any]:
        days = {name: self[name].data for name in ("trial_on", "applied_on", "developed_on")}
        return days | {"village_code": self.village_code.data or None}


class DesignForm(PartForm):
    design = _prose(
        _l("Rancang bangun"),
        *DESIGN_LENGTH,
        hint=_l(
            "Dasar hukum, masalah, isu strategis, cara baru, keunggulan, cara kerja. "
            "Indeks inovasi daerah meminta paling sedikit 300 kata."
        ),
    )
    aims = _prose(_l("Tujuan"), *PROSE_LENGTH)
    benefits = _prose(_l("Manfaat"), *PROSE_LENGTH)
    results = _prose(_l("Hasil"), *PROSE_LENGTH, hint=_l("Hanya hasil yang sudah ada, dengan angkanya."))


class CostForm(PartForm):
    cost = RupiahField(_l("Biaya"), validators=[Optional(), between(0, MOST_AMOUNT)])
    cost_source = _line(_l("Sumber biaya"), *COST_SOURCE_LENGTH, hint=_l("Contoh: APBD kabupaten, dana desa."))
    contact_agency_id = _pick(_l("Tanya kepada"), hint=_l("Dinas yang menjawab pertanyaan, bukan nomor HP seseorang."))
    source = _line(_l("Sumber keterangan"), 0, SOURCE_LENGTH[1])

    def offer(self, offers: Offers) -> None:
        self.contact_agency_id.choices = [("", _("Dinas pengampu")), *offers.agencies]

    def values(self) -> dict[str, Any]:
        chosen = {"cost": self.cost.data, "contact_agency_id": _number(self.contact_agency_id.data)}
        return super().values() | chosen


class SupportingForm(Form):
    """The number of a proposal that asks for the same."""

    number = _line(_l("Nomor usulan"), 3, 20, hint=_l("Contoh: BLU-28-00042."))


# The parts by the name they have in addresses, with their headings.
PARTS: dict[str, tuple[Any, type[PartForm]]] = {
    "cerita": (_l("Ceritanya"), StoryForm),
    "klasifikasi": (_l("Klasifikasi"), KindForm),
    "waktu": (_l("Waktu dan tempat"), TimeForm),
    "rancangan": (_l("Rancang bangun, tujuan, manfaat, hasil"), DesignForm),
    "biaya": (_l("Biaya dan kontak"), CostForm),
}


def shown(values: dict[str, Any]) -> dict[str, Any]:
    """What stands in the registry, as the fields show it."""
    digital = {True: DIGITAL, False: MANUAL, None: ""}
    told = {"is_digital": digital[values["is_digital"]]} if "is_digital" in values else {}
    return {name: _shown(value) for name, value in (values | told).items()}


def _shown(value: Any) -> Any:
    if value is None:
        return None
    return str(value) if isinstance(value, StrEnum) else value
