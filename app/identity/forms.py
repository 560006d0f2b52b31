"""What people type of who they are."""

from typing import Any

from wtforms import StringField
from wtforms.validators import StopValidation

from app.i18n.catalogues import _l
from app.i18n.formats import clock_time
from app.identity.rules.nik import Fault, Nik, parse_nik
from app.identity.words import FAULTS
from app.web.clock import now
from app.web.forms import Digits


class NikField(StringField):
    """A NIK as people write it, with blanks, dots and dashes; `nik` is what was meant, None while it is empty or wrong.

    What was typed stands in the answer to the very form that brought it, which nobody keeps, and nowhere else.
    """

    widget = Digits()

    def __init__(self, label: Any = None, **options: Any) -> None:
        look = {"autocomplete": "off", "spellcheck": "false"} | options.pop("render_kw", {})
        super().__init__(label or _l("NIK"), render_kw=look, **options)
        self.nik: Nik | None = None

    def pre_validate(self, form: Any) -> None:
        """Read it; an empty one is left to the validators of the form."""
        typed = (self.data or "").strip()
        found = parse_nik(typed, clock_time(now()).date()) if typed else None
        if isinstance(found, Fault):
            raise StopValidation(str(FAULTS[found]))
        self.nik = found
