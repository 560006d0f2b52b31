"""What forms of several rooms share: choices that the page has offered, and refusals at their field."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from app.i18n.catalogues import _


def one_of_the_list(form: FlaskForm, field: Any) -> None:
    """Only what the page has offered; it may have changed since."""
    if (field.data or "") not in {value for value, *_more in field.iter_choices()}:
        raise ValidationError(_("Pilih salah satu dari daftar."))


def refuse_at(form: FlaskForm, field: str | None, text: str) -> None:
    """Show a refusal at the field that it is about, else above the form."""
    if field is None or field not in form:
        form.form_errors.append(text)
    else:
        form[field].errors = [*form[field].errors, text]
