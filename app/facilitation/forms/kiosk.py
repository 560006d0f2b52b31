"""What is typed when the device goes to a resident, and when it comes back."""

from typing import Any

from wtforms import PasswordField
from wtforms.validators import ValidationError

from app.facilitation.rules.kiosk import is_pin
from app.i18n.catalogues import _, _l
from app.web.forms import Form, required

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class LendForm(Form):
    """The resident's words, which are a password, unless their card was just scanned; the facilitator's PIN, twice."""

    password = PasswordField(
        _l("Warga menulis tiga kata di kartunya"),
        validators=[required()],
        description=_l("Serahkan HP sebentar. Jangan dibacakan keras-keras, dan jangan dituliskan orang lain."),
        render_kw={"autocomplete": "off"},
    )
    pin = PasswordField(
        _l("PIN untuk mengambil HP kembali"),
        validators=[required()],
        description=_l("Enam angka, hanya Anda yang tahu. Dipakai sekali ini saja."),
        render_kw=DIGITS,
    )
    pin_again = PasswordField(_l("PIN sekali lagi"), validators=[required()], render_kw=DIGITS)

    def __init__(self, *, is_card_seen: bool) -> None:
        super().__init__()
        if is_card_seen:
            del self.password

    def validate_pin(self, field: PasswordField) -> None:
        if not is_pin(field.data or ""):
            raise ValidationError(_("Pakai enam angka yang tidak urut dan tidak sama semua, misalnya 402917."))

    def validate_pin_again(self, field: PasswordField) -> None:
        if field.data != self.pin.data:
            raise ValidationError(_("Kedua PIN tidak sama. Tulis lagi, pelan-pelan."))

    def typed_words(self) -> str | None:
        field: Any = self._fields.get("password")
        return str(field.data) if field else None


class TakeBackForm(Form):
    """The PIN."""

    pin = PasswordField(_l("PIN pendamping"), validators=[required()], render_kw=DIGITS)
