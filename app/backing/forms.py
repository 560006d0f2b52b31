"""What planners and officers type about what an innovation stands on."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.backing.rules.acts import ActState, ActText, Purpose
from app.backing.rules.partners import PartnerKind, PartnerText, TaskText
from app.backing.rules.resources import REASON_LENGTH, CommitmentState, CommitmentText, Fund, Resource, year_of_money
from app.i18n.catalogues import _, _l, words
from app.innovations.rules.gates import LegalForm
from app.innovations.rules.provisions import MOST_AMOUNT, YEARS
from app.web.fields import DayField, one_of_the_list
from app.web.forms import (
    Form,
    LengthBetween,
    RupiahField,
    WholeNumberField,
    between,
    clean,
    clean_line,
    no_private_numbers,
    required,
    required_number,
)
from app.web.uploads import FilesField

Choices = Sequence[tuple[str, str]]


def choices_of(codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(code.value, words(code)) for code in codes]


def line(label: Any, least: int, most: int, description: Any = "") -> StringField:
    must = required() if least else Optional()
    checks = [must, LengthBetween(least, most), no_private_numbers]
    return StringField(label, filters=[clean_line], validators=checks, description=description)


def prose(label: Any, least: int, most: int, description: Any = "") -> TextAreaField:
    must = required() if least else Optional()
    checks = [must, LengthBetween(least, most), no_private_numbers]
    return TextAreaField(label, filters=[clean], validators=checks, description=description)


def day(label: Any, *, must: bool = True, description: Any = "") -> DayField:
    first = InputRequired(_l("Isian ini wajib diisi.")) if must else Optional()
    return DayField(label, validators=[first], description=description)


def chosen(label: Any) -> RadioField:
    return RadioField(label, validate_choice=False, validators=[required(), one_of_the_list])


def picked(label: Any, *more: Any, description: Any = "") -> SelectField:
    return SelectField(label, validate_choice=False, validators=[*more, one_of_the_list], description=description)


class ResourceForm(Form):
    """The base of the forms of commitments: since when in which state."""

    KIND: Resource
    state = chosen(_l("Bagaimana keadaannya?"))
    on = day(_l("Sejak tanggal"), description=_l("Tanggal direncanakan, disepakati, atau mulai ada."))

    def offer(self) -> None:
        states = (CommitmentState.PLANNED, CommitmentState.AGREED, CommitmentState.DELIVERED)
        self.state.choices = choices_of(states)

    def text(self) -> CommitmentText:
        raise NotImplementedError


class BudgetForm(ResourceForm):
    KIND = Resource.BUDGET
    title = line(_l("Mata anggaran"), 3, 200, _l("Contoh: kegiatan pelayanan kesehatan ibu."))
    fund = picked(_l("Sumber dana"), required())
    year = WholeNumberField(_l("Tahun anggaran"), validators=[required_number(), between(*YEARS)])
    amount = RupiahField(_l("Jumlah"), validators=[required_number(), between(1, MOST_AMOUNT)])

    def offer(self) -> None:
        super().offer()
        self.fund.choices = choices_of(Fund)

    def text(self) -> CommitmentText:
        since, until = year_of_money(self.year.data or YEARS[0])
        fund = Fund(str(self.fund.data))
        return CommitmentText(self.KIND, str(self.title.data), since, until, fund=fund, amount=self.amount.data)


class LastingForm(ResourceForm):
    """What lasts from a day on, perhaps until another."""

    title: StringField
    since = day(_l("Mulai tanggal"))
    until = day(_l("Sampai tanggal"), must=False, description=_l("Kosongkan kalau belum ditentukan."))

    def text(self) -> CommitmentText:
        since = self.since.data or date.min
        return CommitmentText(self.KIND, str(self.title.data), since, self.until.data)


class PeopleForm(LastingForm):
    KIND = Resource.PEOPLE
    person = line(_l("Nama"), 2, 80)
    title = line(_l("Tugasnya"), 3, 200, _l("Contoh: penanggung jawab di puskesmas."))
    is_consented = BooleanField(
        _l("Yang bersangkutan setuju namanya tampil untuk umum"),
        description=_l("Tanpa persetujuan, hanya tugasnya yang tampil."),
    )

    def text(self) -> CommitmentText:
        told = super().text()
        named = {"person": str(self.person.data), "is_consented": bool(self.is_consented.data)}
        return CommitmentText(told.kind, told.title, told.since, told.until, **named)  # type: ignore[arg-type]


class TechnologyForm(LastingForm):
    KIND = Resource.TECHNOLOGY
    title = line(_l("Apa, dan di mana"), 3, 200, _l("Contoh: server di kantor Kominfo, lisensi, atau alat."))


RESOURCE_FORMS: dict[str, type[ResourceForm]] = {
    "anggaran": BudgetForm,
    "orang": PeopleForm,
    "teknologi": TechnologyForm,
}


class ChangeForm(Form):
    """A next step, with the day of it, or the reason where it goes."""

    step = chosen(_l("Apa yang berubah?"))
    on = day(_l("Tanggal"), must=False, description=_l("Wajib untuk langkah maju dan untuk pencabutan."))
    reason = prose(_l("Alasan untuk umum"), 0, REASON_LENGTH[1], _l("Wajib kalau ditarik atau dicabut."))


class ActChangeForm(ChangeForm):
    """As `ChangeForm`; what is enacted gets its number and date."""

    number = line(_l("Nomor"), 0, 80, _l("Wajib kalau ditetapkan; tanggalnya ditulis di atas."))
    expires = day(_l("Berlaku sampai"), must=False)


class ActForm(Form):
    purpose = chosen(_l("Untuk apa?"))
    form = picked(_l("Jenis"), required())
    title = line(_l("Tentang"), 3, 200)
    state = chosen(_l("Sudah sampai mana?"))
    number = line(_l("Nomor"), 0, 80, _l("Wajib kalau sudah berlaku."))
    dated = day(_l("Tanggal ditetapkan"), must=False, description=_l("Wajib kalau sudah berlaku."))
    expires = day(_l("Berlaku sampai"), must=False, description=_l("Kosongkan kalau tidak dibatasi."))
    note = prose(_l("Isi pokoknya"), 0, 1000)

    def offer(self) -> None:
        self.purpose.choices = choices_of(Purpose)
        self.form.choices = choices_of(LegalForm)
        self.state.choices = choices_of((ActState.DRAFT, ActState.HARMONISED, ActState.IN_FORCE))

    def text(self) -> ActText:
        return ActText(
            Purpose(str(self.purpose.data)),
            LegalForm(str(self.form.data)),
            str(self.title.data),
            str(self.number.data or ""),
            self.dated.data,
            self.expires.data,
            str(self.note.data or ""),
        )


class FileForm(Form):
    """One PDF and nothing else, so that no other answer can lose it."""

    file = FilesField(_l("Berkas PDF"), description=_l("Paling besar 10 MB. Dapat diunduh semua orang."))


class PartnerForm(Form):
    kind = chosen(_l("Siapa?"))
    name = line(_l("Nama kampus, perusahaan, media atau komunitas"), 0, 160)
    agency = picked(_l("Dinas"), description=_l("Untuk dinas pendukung."))
    village = picked(_l("Desa"), description=_l("Untuk desa."))
    role = prose(_l("Perannya"), 3, 500)
    agreement = line(_l("Nomor atau judul kesepakatan"), 0, 200)
    agreed_on = day(_l("Tanggal kesepakatan"), must=False)
    ends = day(_l("Berlaku sampai"), must=False)

    def offer(self, agencies: Choices, villages: Choices) -> None:
        self.kind.choices = choices_of(PartnerKind)
        self.agency.choices = [("", _("Pilih satu")), *agencies]
        self.village.choices = [("", _("Pilih satu")), *villages]

    def text(self) -> PartnerText:
        agency = str(self.agency.data or "")
        return PartnerText(
            PartnerKind(str(self.kind.data)),
            str(self.role.data),
            str(self.name.data or ""),
            int(agency) if agency else None,
            self.village.data or None,
            str(self.agreement.data or ""),
            self.agreed_on.data,
            self.ends.data,
        )


class EndForm(Form):
    reason = prose(_l("Mengapa berakhir?"), *REASON_LENGTH, _l("Tampil untuk umum."))


class TaskForm(Form):
    title = line(_l("Apa yang harus dikerjakan?"), 3, 200)
    doer = picked(_l("Siapa yang mengerjakan?"), required())
    due = day(_l("Paling lambat"))

    def offer(self, agencies: Choices, partners: Choices) -> None:
        """Agencies and partners in one list: `d-12` is an agency, `m-3` a partner."""
        them = [(f"d-{key}", name) for key, name in agencies]
        self.doer.choices = [*them, *((f"m-{key}", _("Mitra: %(name)s", name=name)) for key, name in partners)]

    def text(self) -> TaskText:
        kind, _dash, key = str(self.doer.data).partition("-")
        agency_id, partner_id = (int(key), None) if kind == "d" else (None, int(key))
        return TaskText(str(self.title.data), self.due.data or date.min, agency_id, partner_id)


class CloseForm(Form):
    step = chosen(_l("Bagaimana hasilnya?"))
    note = prose(_l("Catatan untuk umum"), 0, REASON_LENGTH[1], _l("Wajib kalau tidak jadi dikerjakan."))
