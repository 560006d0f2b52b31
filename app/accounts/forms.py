"""What people type to register and to sign in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wtforms import BooleanField, DateField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.accounts.actions import Resident
from app.accounts.rules import NAME_LENGTH, normal_phone, password_fault
from app.accounts.rules.grants import REASON_LENGTH
from app.accounts.words import PASSWORD_FAULTS, ROLES
from app.i18n.catalogues import _, _l, language
from app.i18n.formats import instant
from app.web.forms import (
    YEARS,
    Form,
    LengthBetween,
    PassingForm,
    clean,
    clean_line,
    no_private_numbers,
    required,
    shared_device,
)


@dataclass(frozen=True)
class Registration:
    """A resident's own answers; the phone is in its normal form."""

    resident: Resident
    phone: str
    password: str


def _check_password(field: PasswordField, own: tuple[str, ...]) -> None:
    if fault := password_fault(field.data or "", own):
        raise ValidationError(str(PASSWORD_FAULTS[fault]))


class RegistrationForm(PassingForm):
    """The resident's own registration; the choices of `village` are set by the view."""

    name = StringField(
        _l("Nama Anda"),
        filters=[clean_line],
        validators=[required(), LengthBetween(*NAME_LENGTH), no_private_numbers],
        description=_l("Seperti di KTP. Nama tidak ditampilkan kepada umum."),
        render_kw={"autocomplete": "name"},
    )
    phone = StringField(
        _l("Nomor HP"),
        validators=[required()],
        description=_l("Contoh: 0812 3456 7890. Satu nomor boleh dipakai serumah. Nomor +670 juga boleh."),
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )
    village = SelectField(_l("Desa atau kelurahan tempat tinggal"), validators=[required()])
    password = PasswordField(
        _l("Kata sandi"),
        validators=[required()],
        description=_l("Paling sedikit 8 huruf atau angka. Tiga kata mudah diingat, misalnya: jagung sumur kakak."),
        render_kw={"autocomplete": "new-password"},
    )
    is_shared = shared_device()
    consent = BooleanField(
        _l("Saya setuju data ini dipakai untuk musyawarah perencanaan, seperti di halaman privasi."),
        validators=[required()],
    )

    def validate_phone(self, field: StringField) -> None:
        if normal_phone(field.data or "") is None:
            raise ValidationError(_("Nomor HP tidak dikenal. Tulis seperti 0812 3456 7890."))

    def validate_password(self, field: PasswordField) -> None:
        _check_password(field, (normal_phone(self.phone.data or "") or "", clean_line(self.name.data)))

    def answers(self) -> Registration:
        phone = normal_phone(self.phone.data or "")
        assert phone is not None  # validated
        resident = Resident(str(self.name.data), str(self.village.data), phone, language=language())
        return Registration(resident, phone, str(self.password.data))


class SignInForm(PassingForm):
    """Phone or card number, password, and whether others use the phone, too."""

    name = StringField(
        _l("Nomor HP atau nomor kartu"),
        filters=[clean_line],
        validators=[required()],
        render_kw={"autocomplete": "username", "inputmode": "tel"},
    )
    password = PasswordField(_l("Kata sandi"), validators=[required()], render_kw={"autocomplete": "current-password"})
    is_shared = shared_device()


class NewPasswordForm(Form):
    """Another password for one's own account; `own` are the phone and name that it must not be."""

    password = PasswordField(
        _l("Kata sandi baru"),
        validators=[required()],
        description=_l("Paling sedikit 8 huruf atau angka. Tiga kata mudah diingat, misalnya: jagung sumur kakak."),
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, own: tuple[str, ...]) -> None:
        super().__init__()
        self._own = own

    def validate_password(self, field: PasswordField) -> None:
        _check_password(field, self._own)


class ConfirmForm(PassingForm):
    """The password again."""

    password = PasswordField(_l("Kata sandi"), validators=[required()], render_kw={"autocomplete": "current-password"})


# The choice that stands for the empty scope, which would look like no choice.
WHOLE = "semua"


class FindForm(Form):
    """The exact number of a person."""

    number = StringField(
        _l("Nomor kartu atau nomor HP"),
        filters=[clean_line],
        validators=[required()],
        description=_l("Tulis lengkap. Orangnya harus tinggal di wilayah yang Anda kelola."),
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )


class LastDayField(DateField):
    """A day on the clocks of the page's regency."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            raise ValueError(_("Tulis tanggalnya, misalnya 31 Desember 2026.")) from None
        if self.data.year not in YEARS:
            raise ValueError(_("Tulis tanggalnya, misalnya 31 Desember 2026."))


class GrantForm(Form):
    """A role within a scope, until the end of a day or for good; the view sets the choices of `scope` and `agency`."""

    role = SelectField(_l("Peran"), validators=[required()])
    scope = SelectField(_l("Wilayah"), validators=[required()])
    agency = SelectField(
        _l("Dinas"), default="", description=_l("Hanya untuk petugas dinas; wilayahnya seluruh kabupaten.")
    )
    until = LastDayField(_l("Hari terakhir"), description=_l("Kosongkan kalau berlaku sampai diakhiri."))

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = [("", _("Pilih peran")), *((role.value, str(name)) for role, name in ROLES.items())]

    def code(self) -> str:
        return "" if self.scope.data == WHOLE else str(self.scope.data)

    def end(self) -> datetime | None:
        """The end of the last day."""
        last: date | None = self.until.data
        return instant(datetime.combine(last + timedelta(days=1), time())) if last else None


class EndGrantForm(Form):
    """Why a role is taken back."""

    reason = TextAreaField(
        _l("Alasan"),
        filters=[clean],
        validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers],
        description=_l("Satu kalimat. Dibaca administrator lain."),
    )
