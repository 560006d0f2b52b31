"""The base of all forms: cleaned text, words of our own for the usual errors, a key against double sending."""

import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import BooleanField, DateTimeLocalField, DecimalField, HiddenField, IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.i18n.catalogues import _, _l
from app.i18n.formats import clock_time, instant, number, rupiah
from app.kernel.private import PRIVATE_NUMBER

# Letters that show nothing or turn the direction of what follows: they only serve to deceive.
HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
KEPT = {"\n"}
# Dates beyond these are slips of the finger.
YEARS = range(2000, 2101)
# Dots and blanks only between thousands: 2.5 is not 25, and 1000.00 is not a hundred thousand.
WHOLE_NUMBER = re.compile(r"(?:Rp\.?\s*)?(-?)([0-9]{1,3}(?:[. \u00a0][0-9]{3})+|[0-9]+)")
# A comma before at most four places; a dot only between thousands, as above.
FIGURE = re.compile(r"(-?)([0-9]{1,3}(?:[. \u00a0][0-9]{3})+|[0-9]{1,12})(?:,([0-9]{1,4}))?")
# No number of things begins with a zero and is as long as that of a phone.
MOBILE_DIGITS = 10


def clean(value: str | None) -> str:
    """One normal form, no invisible characters, no blanks at the ends; line breaks stay."""
    text = unicodedata.normalize("NFC", (value or "").replace("\r\n", "\n").replace("\t", " "))
    return "".join(c for c in text if c in KEPT or unicodedata.category(c) not in HIDDEN_CATEGORIES).strip()


def clean_line(value: str | None) -> str:
    """As `clean`, on one line."""
    return " ".join(clean(value).split())


def required() -> DataRequired:
    return DataRequired(message=_l("Isian ini wajib diisi."))


def required_number() -> InputRequired:
    return InputRequired(message=_l("Isian ini wajib diisi dengan angka."))


class LengthBetween(Length):
    """Length with a message that tells how much is too much."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)

    def __call__(self, form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.max:
            facts = {"most": number(self.max), "over": number(length - self.max)}
            raise ValidationError(_("Terlalu panjang: paling banyak %(most)s huruf, lebih %(over)s.", **facts))
        if length < self.min:
            raise ValidationError(_("Terlalu pendek: paling sedikit %(least)s huruf.", least=self.min))


class NumberBetween(NumberRange):
    """A range with a message that tells its ends as people write them; what is no number has been told already."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self.ends = (least, most)

    def __call__(self, form: Any, field: Any) -> None:
        if field.process_errors:
            raise StopValidation
        least, most = self.ends
        if field.data is None or not least <= field.data <= most:
            raise ValidationError(_("Isi dengan angka dari %(min)s sampai %(max)s.", min=_end(least), max=_end(most)))


def _end(value: int) -> str:
    """An end of a range; years have no dot."""
    return number(value) if value >= 10_000 else str(value)


def between(least: int, most: int) -> NumberBetween:
    return NumberBetween(least, most)


class WholeNumberField(IntegerField):
    """A whole number as people type it: 1.250.000, Rp 1.250.000 or 1250000."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        typed = WHOLE_NUMBER.fullmatch(valuelist[0].strip())
        sign, digits = (typed[1], re.sub(r"\D", "", typed[2])) if typed else ("", "")
        is_phone = len(digits) >= MOBILE_DIGITS and digits.startswith("0")  # in the wrong field
        if not 1 <= len(digits) <= 15 or is_phone:
            self.data = None
            raise ValueError(_("Tulis angka saja, misalnya 1.250.000."))
        self.data = int(sign + digits)


class Digits(TextInput):
    """A text input for which phones bring up their digits."""

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        return super().__call__(field, **({"inputmode": "numeric"} | kwargs))


class RupiahField(WholeNumberField):
    """A sum of money, shown with the dots that people read it by."""

    widget = Digits()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return rupiah(self.data).replace("Rp", "") if self.data is not None else ""


class FigureField(DecimalField):
    """A measured figure as people type it: 12,5 or 1.250,75."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        typed = FIGURE.fullmatch(text)
        digits = re.sub(r"\D", "", typed[2]) if typed else ""
        if typed is None or len(digits) > 12:
            raise ValueError(_("Tulis angka saja, dengan koma untuk pecahan, misalnya 12,5."))
        self.data = Decimal(f"{typed[1]}{digits}.{typed[3] or 0}").normalize()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:f}".replace(".", ",") if self.data is not None else ""


def _clock_time(text: str) -> datetime | None:
    """The date and time of a local input; None for anything else."""
    try:
        shown = datetime.fromisoformat(text)
    except ValueError:
        return None
    return shown if shown.tzinfo is None and shown.year in YEARS else None


class LocalDateTimeField(DateTimeLocalField):
    """An instant, typed and shown as the clocks of the page's regency show it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        shown = _clock_time(valuelist[0].strip())
        if shown is None:
            raise ValueError(_("Tulis tanggal dan jamnya, misalnya 21 November 2026 pukul 08.00."))
        self.data = instant(shown)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{clock_time(self.data):%Y-%m-%dT%H:%M}" if self.data else ""


def no_private_numbers(form: Any, field: Any) -> None:
    """NIK and phone numbers do not belong in a text that everybody reads."""
    if PRIVATE_NUMBER.search(field.data or ""):
        raise ValidationError(_("Jangan tulis NIK atau nomor HP di sini: semua orang dapat membacanya."))


class Form(FlaskForm):
    """A form whose session-bound CSRF token lives as long as the session; it reads forms, and JSON is none."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            is_sent = formdata is _Auto and form.is_submitted()
            return request.form if is_sent else None if formdata is _Auto else formdata


def is_key(text: str) -> bool:
    """Whether this can be the key of a form; what a browser sends is believed in nothing."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class KeyedForm(Form):
    """A form whose `form_key` makes sending it twice the same as sending it once."""

    form_key = HiddenField(default=lambda: str(uuid4()))

    def validate_form_key(self, field: HiddenField) -> None:
        try:
            field.data = str(UUID(field.data or ""))
        except ValueError:
            raise ValidationError(_("Formulir ini rusak. Muat ulang halaman, lalu kirim lagi.")) from None


class PassingForm(Form):
    """A form on the way to somewhere else on this site."""

    next = HiddenField()

    def next_or(self, default: str) -> str:
        return str(self.next.data) if is_local(self.next.data) else default


def shared_device() -> BooleanField:
    """Whether others use the phone, too; on most phones of a village they do."""
    return BooleanField(
        _l("HP ini dipakai bersama"),
        default=True,
        description=_l("Anda keluar sendiri setelah 15 menit tidak dipakai. Hapus centang hanya di HP milik sendiri."),
    )


def is_local(target: Any) -> bool:
    """Whether an address stays on this site: one slash, then a letter or the end, no tricks."""
    text = target if isinstance(target, str) else ""
    printable = all(" " < c < "\x7f" for c in text) and "\\" not in text
    return printable and text.startswith("/") and not text.startswith("//") and len(text) < 500
