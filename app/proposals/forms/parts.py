"""What is asked about a proposal, part by part: one page asks for one part or for all of them."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, StopValidation, ValidationError

from app.i18n.catalogues import _, _l
from app.plans.rules import MisiFacts
from app.proposals.rules import (
    GROUP_LENGTH,
    HAMLET_LENGTH,
    MAX_ESTIMATE,
    MAX_PEOPLE,
    MAX_VOLUME,
    REGISTRATION_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    UNIT_LENGTH,
    WORK_LENGTH,
)
from app.proposals.rules.place import Position, position_of
from app.proposals.rules.works import Entry, cost_of
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


class TitlePart(Form):
    title = StringField(
        _l("Judul usulan"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*TITLE_LENGTH), no_private_numbers],
        description=_l("Sebut apa dan di mana. Contoh: Pipa air bersih dari mata air ke Dusun Fatubesi."),
    )


class ProblemPart(Form):
    problem = TextAreaField(
        _l("Apa masalahnya?"),
        filters=[clean],
        validators=[required(), LengthBetween(*TEXT_LENGTH), no_private_numbers],
        description=_l("Ceritakan keadaan sekarang dan siapa yang terkena."),
        render_kw={"rows": 5},
    )


class DegreesField(HiddenField):
    """Half a position, set by a tap on the map or by the phone; what is no number is as if nothing had been set."""

    data: float | None  # type: ignore[assignment]

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = float(valuelist[0])
        except (ValueError, IndexError):
            self.data = None

    def _value(self) -> str:
        return "" if self.data is None else f"{self.data}"


class PlacePart(Form):
    """The hamlet, and a pin where one was set."""

    hamlet = StringField(
        _l("Dusun atau tempat"), filters=[clean_line], validators=[LengthBetween(*HAMLET_LENGTH), no_private_numbers]
    )
    latitude = DegreesField()
    longitude = DegreesField()
    is_at_home = BooleanField(
        _l("Tempatnya rumah atau halaman orang"),
        description=_l("Titik di peta hanya tampil kira-kira, dibulatkan sekitar 1 km."),
    )

    @property
    def position(self) -> Position | None:
        return position_of(self.latitude.data, self.longitude.data)

    def set_position(self, position: Position | None) -> None:
        self.latitude.data = position.latitude if position else None
        self.longitude.data = position.longitude if position else None


def _unit_is_known(form: "WorkPart", field: StringField) -> None:
    """What is in the catalog has the catalog's unit, whatever was typed."""
    if form.entry and not form.entry.is_free:
        field.data = form.entry.unit
        raise StopValidation


def _asked_for(form: "WorkPart", field: StringField) -> None:
    """Groups are asked for grants alone."""
    if form.entry is None or not form.entry.asks_for_group:
        field.data = ""
        raise StopValidation
    if not field.data:
        raise StopValidation(_("Bantuan ini hanya untuk kelompok yang terdaftar, jadi isian ini wajib diisi."))


class WorkPart(Form):
    """What is asked for and how much, in the unit of the entry; `entry` is None for what is in no catalog."""

    entry: Entry | None = None
    work = TextAreaField(
        _l("Apa yang diusulkan?"),
        filters=[clean],
        validators=[required(), LengthBetween(*WORK_LENGTH), no_private_numbers],
        description=_l("Pekerjaan atau kegiatan yang diminta."),
        render_kw={"rows": 4},
    )
    volume = WholeNumberField(_l("Berapa banyak?"), validators=[required_number(), between(1, MAX_VOLUME)])
    unit = StringField(
        _l("Satuan"),
        filters=[clean_line],
        validators=[_unit_is_known, required(), LengthBetween(*UNIT_LENGTH), no_private_numbers],
        description=_l("Contoh: meter, unit, orang, paket."),
    )
    estimate = RupiahField(
        _l("Kira-kira biaya (rupiah)"),
        validators=[Optional(), between(0, MAX_ESTIMATE)],
        description=_l("Kosongkan bila tidak tahu: kami hitung dari kamus."),
    )
    group_name = StringField(
        _l("Nama kelompok"),
        filters=[clean_line],
        validators=[_asked_for, LengthBetween(*GROUP_LENGTH), no_private_numbers],
        description=_l("Contoh: Kelompok Tani Sinar Weluli."),
    )
    group_registration = StringField(
        _l("Nomor surat pendaftaran kelompok"),
        filters=[clean_line],
        validators=[_asked_for, LengthBetween(*REGISTRATION_LENGTH), no_private_numbers],
        description=_l("Nomor SK dari desa atau dinas."),
    )

    @property
    def cost(self) -> int:
        """What was typed, else the middle of what the catalog says; 0 where nobody can say."""
        if self.estimate.data is not None:
            return int(self.estimate.data)
        range_ = cost_of(self.entry, self.volume.data or 0)
        return range_.middle if range_ else 0

    def validate_volume(self, field: WholeNumberField) -> None:
        if self.cost > MAX_ESTIMATE and self.estimate.data is None:
            raise ValidationError(
                _("Kira-kira biayanya lebih dari Rp100 miliar. Periksa lagi banyaknya dan satuannya.")
            )


class PeoplePart(Form):
    beneficiaries = WholeNumberField(
        _l("Berapa orang yang terbantu?"), validators=[required_number(), between(1, MAX_PEOPLE)]
    )


class MisiPart(Form):
    """Misi are chosen by their number in the regency."""

    misi = SelectMultipleField(
        _l("Usulan ini mendukung misi yang mana?"),
        validators=[required()],
        coerce=str,
        description=_l("Boleh lebih dari satu."),
        validate_choice=False,
    )

    def offer_misi(self, misi: Sequence[MisiFacts]) -> None:
        self.misi.choices = [(str(one.number), f"{_('Misi %(n)s', n=one.number)}: {one.short}") for one in misi]
        self._ids = {str(one.number): one.id for one in misi}

    def validate_misi(self, field: SelectMultipleField) -> None:
        unknown = [value for value in field.data or () if value not in self._ids]
        if unknown:
            raise ValidationError(_("Ada misi yang bukan milik kabupaten ini. Pilih dari daftar."))

    @property
    def misi_ids(self) -> list[int]:
        return sorted(self._ids[value] for value in self.misi.data or ())

    def choose_misi(self, ids: Sequence[int]) -> None:
        self.misi.data = [number for number, id_ in self._ids.items() if id_ in ids]
