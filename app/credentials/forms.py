"""What people type to prove who they are."""

from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from app.accounts.rules import normal_phone, takes_codes
from app.credentials.rules import Refusal
from app.credentials.rules.passkeys import NAME_LENGTH
from app.i18n.catalogues import _, _l, words
from app.web.forms import Form, LengthBetween, PassingForm, clean_line, no_private_numbers, required, shared_device


class PhoneForm(Form):
    """A mobile phone."""

    phone = StringField(
        _l("Nomor HP"),
        validators=[required()],
        description=_l("Contoh: 0812 3456 7890. Satu nomor boleh dipakai serumah."),
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )

    def validate_phone(self, field: StringField) -> None:
        if normal_phone(field.data or "") is None:
            raise ValidationError(_("Nomor HP tidak dikenal. Tulis seperti 0812 3456 7890."))

    def number(self) -> str:
        """In its normal form."""
        phone = normal_phone(self.phone.data or "")
        assert phone is not None  # validated
        return phone


class AskCodeForm(PhoneForm, PassingForm):
    """The phone to which a code for signing in goes."""

    is_shared = shared_device()

    def validate_phone(self, field: StringField) -> None:
        super().validate_phone(field)
        if not takes_codes(self.number()):
            raise ValidationError(words(Refusal.NO_CODES_ABROAD))


class CodeForm(Form):
    """The code that came by message."""

    code = StringField(
        _l("Kode enam angka"),
        filters=[clean_line],
        validators=[required()],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class FactorForm(PassingForm):
    """A code of the authenticator app, or a recovery code."""

    code = StringField(
        _l("Kode dari aplikasi"),
        filters=[clean_line],
        validators=[required()],
        description=_l("Enam angka yang sedang tampil. Tidak ada HP-nya? Tulis satu kode cadangan."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"},
    )


class NewAppForm(Form):
    """The first code of an authenticator app."""

    code = StringField(
        _l("Kode dari aplikasi"),
        filters=[clean_line],
        validators=[required()],
        description=_l("Enam angka yang sedang tampil."),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class KeyForm(PassingForm):
    """What the browser's key has answered, as JSON; the script of the page writes it."""

    answer = HiddenField()

    def validate_answer(self, field: HiddenField) -> None:
        if not field.data:
            raise ValidationError(_("Peramban ini tidak dapat memakai kunci. Pakai kata sandi, atau peramban lain."))


class KeySignInForm(KeyForm):
    """Signing in with a key."""

    is_shared = shared_device()


class NewKeyForm(KeyForm):
    """A new key, under a name by which its owner knows it again."""

    name = StringField(
        _l("Nama kunci"),
        filters=[clean_line],
        validators=[required(), LengthBetween(2, NAME_LENGTH), no_private_numbers],
        description=_l("Misalnya: HP saya, atau laptop kantor."),
        render_kw={"autocomplete": "off"},
    )
