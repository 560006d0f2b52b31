"""What a facilitator notes about a resident they have met."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from app.accounts.rules import HAMLET_LENGTH, NAME_LENGTH, Document, normal_phone
from app.accounts.rules.consents import WORDING, Purpose
from app.accounts.words import DOCUMENTS, WORDINGS
from app.credentials.rules.cards import Reason
from app.credentials.words import REASONS
from app.facilitation.actions import Correction, Enrolment
from app.facilitation.rules import EARLIEST_BIRTH
from app.facilitation.words import SPOKEN
from app.i18n.catalogues import _, _l
from app.i18n.formats import clock_time
from app.identity.actions import Particulars
from app.identity.forms import NikField
from app.identity.rules import Group, Sex
from app.identity.rules.nik import WITHOUT_NIK, Doubt, doubts
from app.identity.words import DOUBTS, GROUPS, SEXES
from app.kernel.actor import regency_of
from app.web.clock import now
from app.web.forms import Form, KeyedForm, LengthBetween, WholeNumberField, clean_line, no_private_numbers, required

NOT_SEEN = "belum"


def choices_of(words: Mapping[Any, object], but: Sequence[StrEnum] = ()) -> list[tuple[str, str]]:
    return [(code.value, str(text)) for code, text in words.items() if code not in but]


def to_read_aloud(purpose: Purpose) -> str:
    """The words of the consent that is asked for now."""
    return _("Bacakan: “%(words)s”", words=WORDINGS[purpose, WORDING[purpose]])


def check_choice(form: Any, field: Any) -> None:
    """One of the choices, or none where that is left to others to say."""
    if field.data and field.data not in {choice[0] for choice in field.choices}:
        raise ValidationError(_("Pilih salah satu."))


class SearchForm(Form):
    """A card number or part of a name; sent by POST, so that names never stand in addresses."""

    text = StringField(
        _l("Nama atau nomor kartu"),
        filters=[clean_line],
        validators=[required(), LengthBetween(2, 80)],
        render_kw={"autocomplete": "off", "type": "search"},
    )


class AttestForm(Form):
    """What was seen, and that the resident confirmed what was read to them."""

    document = RadioField(
        _l("Apa yang Anda lihat?"),
        validators=[required()],
        description=_l("Nomornya tidak dicatat dan tidak difoto."),
    )
    is_confirmed = BooleanField(_l("Warga membenarkan nama dan tempat tinggalnya"), validators=[required()])

    def __init__(self) -> None:
        super().__init__()
        self.document.choices = choices_of(DOCUMENTS)

    def seen(self) -> Document:
        return Document(self.document.data)


class WhoForm(Form):
    """Who a resident is: the NIK or why there is none, birth year and sex; what the NIK tells need not be typed."""

    nik = NikField(
        description=_l("16 angka di KTP atau KK. Tidak disimpan utuh."),
    )
    birth_year = WholeNumberField(_l("Tahun lahir"), description=_l("Boleh kosong kalau NIK ditulis."))
    sex = RadioField(_l("Jenis kelamin"), validators=[check_choice], validate_choice=False)
    accepted = HiddenField()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.sex.choices = choices_of(SEXES)
        self.warnings: tuple[Doubt, ...] = ()

    def validate_birth_year(self, field: WholeNumberField) -> None:
        years = self.nik.nik.birth_years if self.nik.nik else ()
        if field.data is None and len(years) > 1:
            raise ValidationError(
                _("NIK ini bisa berarti lahir tahun %(a)s atau %(b)s. Tulis yang betul.", a=years[0], b=years[1])
            )
        if field.data is not None and not EARLIEST_BIRTH <= field.data <= clock_time(now()).year:
            raise ValidationError(_("Tulis tahun lahir dengan empat angka, misalnya 1988."))

    def asks_again(self, village_code: str) -> bool:
        """Whether something does not fit that was not shown before; sent again as it stands, it is accepted."""
        sex = Sex(self.sex.data) if self.sex.data else None
        found = doubts(self.nik.nik, regency_of(village_code), self.birth_year.data, sex) if self.nik.nik else ()
        is_new = not set(found) <= set((self.accepted.data or "").split())
        self.warnings, self.accepted.data = (found if is_new else ()), " ".join(found)
        return is_new

    def said(self, without: str | None = None) -> Particulars:
        return Particulars(
            self.nik.nik,
            self.birth_year.data,
            Sex(self.sex.data) if self.sex.data else None,
            Doubt(without) if without and not self.nik.nik else None,
        )


class ContactForm(Form):
    """Where to find a resident, and in which language to speak to them."""

    hamlet = StringField(
        _l("Dusun"),
        filters=[clean_line],
        validators=[LengthBetween(0, HAMLET_LENGTH), no_private_numbers],
        render_kw={"autocomplete": "off", "list": "dusun"},
    )
    phone = StringField(
        _l("Nomor HP"),
        filters=[clean_line],
        description=_l("Kalau punya. Boleh dipakai serumah."),
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    language = SelectField(_l("Bahasa sehari-hari"), validators=[required()])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.language.choices = [(code, str(name)) for code, name in SPOKEN.items()]

    def validate_phone(self, field: StringField) -> None:
        if field.data and normal_phone(field.data) is None:
            raise ValidationError(_("Nomor HP tidak dikenal. Tulis seperti 0812 3456 7890, atau kosongkan."))


def name_field() -> StringField:
    return StringField(
        _l("Nama warga"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*NAME_LENGTH)],
        description=_l("Seperti di KTP atau Kartu Keluarga. Nama tidak ditampilkan kepada umum."),
        render_kw={"autocomplete": "off"},
    )


class EnrolForm(KeyedForm, WhoForm, ContactForm):
    """All that is asked of a resident at the table, in the order in which it is asked."""

    name = name_field()
    without = SelectField(
        _l("Kalau NIK tidak ada"),
        validators=[check_choice],
        validate_choice=False,
        description=_l("Tidak menghalangi siapa pun."),
    )
    village = SelectField(_l("Desa atau kelurahan"), validators=[required()])
    groups = SelectMultipleField(
        _l("Kelompok"),
        description=_l("Hanya kalau warga mau menyebutnya sendiri. Boleh lebih dari satu."),
    )
    takes_groups = BooleanField(_l("Warga setuju kelompoknya dicatat"))
    seen = RadioField(
        _l("Apa yang Anda lihat?"),
        validators=[required()],
        description=_l("Dengan ini Anda memverifikasi warga. Nomornya tidak difoto."),
    )
    consent = BooleanField(_l("Warga setuju datanya disimpan"), validators=[required()])
    takes_messages = BooleanField(_l("Warga mau menerima kabar lewat HP"))
    is_another = BooleanField(_l("Ini orang lain dengan nama yang sama"))
    is_married = BooleanField(_l("Sudah atau pernah menikah"))

    def __init__(self, villages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.village.choices = self.villages = list(villages)
        self.without.choices = [("", _("Pilih sebabnya")), *((code.value, str(DOUBTS[code])) for code in WITHOUT_NIK)]
        self.groups.choices = choices_of(GROUPS)
        self.seen.choices = [*choices_of(DOCUMENTS), (NOT_SEEN, _("Belum melihat apa-apa: daftarkan saja dulu"))]
        self.consent.description = to_read_aloud(Purpose.ACCOUNT)
        self.takes_groups.description = to_read_aloud(Purpose.GROUPS)
        self.takes_messages.description = to_read_aloud(Purpose.MESSAGES)

    @property
    def lacks_nik(self) -> bool:
        return not (self.nik.data or "").strip()

    def validate_without(self, field: SelectField) -> None:
        if self.lacks_nik and not field.data:
            raise ValidationError(_("Tulis NIK-nya, atau pilih mengapa tidak ada."))

    def validate_birth_year(self, field: WholeNumberField) -> None:
        if self.lacks_nik and field.data is None and not field.process_errors:
            raise ValidationError(_("Tanpa NIK, tulis tahun lahirnya. Kira-kira juga boleh."))
        super().validate_birth_year(field)

    def validate_sex(self, field: RadioField) -> None:
        if self.lacks_nik and not field.data:
            raise ValidationError(_("Tanpa NIK, pilih jenis kelaminnya."))

    def validate_takes_groups(self, field: BooleanField) -> None:
        if self.groups.data and not field.data:
            raise ValidationError(_("Tanpa persetujuan, hapus semua centang kelompok."))

    def validate_takes_messages(self, field: BooleanField) -> None:
        if field.data and not self.phone.data:
            raise ValidationError(_("Tulis nomor HP-nya, atau hapus centang ini."))

    def answers(self) -> Enrolment:
        return Enrolment(
            name=str(self.name.data),
            village_code=str(self.village.data),
            hamlet=self.hamlet.data or "",
            phone=normal_phone(self.phone.data or ""),
            language=str(self.language.data),
            said=self.said(self.without.data),
            groups=frozenset(Group(value) for value in self.groups.data or ()),
            takes_messages=bool(self.takes_messages.data),
            seen=None if self.seen.data == NOT_SEEN else Document(self.seen.data),
            is_another=bool(self.is_another.data),
            is_married=bool(self.is_married.data),
        )


class CorrectForm(WhoForm, ContactForm):
    """What an account should say; the phone and the NIK stay where nothing is typed."""

    name = name_field()
    drops_phone = BooleanField(_l("Hapus nomor HP yang tersimpan"))

    def correction(self, known: tuple[int | None, str | None]) -> Correction:
        """`known` are the birth year and the sex on record."""
        is_said = self.nik.nik is not None or (self.birth_year.data, self.sex.data or None) != known
        return Correction(
            name=str(self.name.data),
            hamlet=self.hamlet.data or "",
            language=str(self.language.data),
            is_phone_typed=bool(self.phone.data or self.drops_phone.data),
            phone=normal_phone(self.phone.data or ""),
            said=self.said() if is_said else Particulars(None),
        )


class CardForm(Form):
    """Why a card is replaced or taken back."""

    reason = RadioField(_l("Mengapa perlu kartu baru?"), validators=[required()])

    def __init__(self) -> None:
        super().__init__()
        self.reason.choices = choices_of(REASONS)

    def why(self) -> Reason:
        return Reason(self.reason.data)
