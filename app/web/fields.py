"""What forms of several rooms share: days, choices that the page has offered, and refusals at their field."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import ValidationError

from app.i18n.catalogues import _
from app.web.forms import YEARS


def one_of_the_list(form: FlaskForm, field: Any) -> None:
    """Only what the page has offered; it may have changed since."""
    if (field.data or "") not in {value for value, *_more in field.iter_choices()}:
        raise ValidationError(_("Pilih salah satu dari daftar."))


class DayField(DateField):
    """A day on the calendar, with words of our own for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        try:
            self.data = date.fromisoformat(text)
        except ValueError:
            self.data = None
        if self.data is None or self.data.year not in YEARS:
            raise ValueError(_("Tulis tanggalnya, misalnya 21 November 2026."))


def refuse_at(form: FlaskForm, field: str | None, text: str) -> None:
    """Show a refusal at the field that it is about, else above the form."""
    if field is None or field not in form:
        form.form_errors.append(text)
    else:
        form[field].errors = [*form[field].errors, text]
