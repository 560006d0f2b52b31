"""What people type of who they are."""

from collections.abc import Collection
from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import StopValidation, ValidationError

from app.i18n.catalogues import _, _l
from app.i18n.formats import clock_time
from app.identity.actions import Particulars
from app.identity.rules import Group, Sex
from app.identity.rules.nik import Fault, Nik, doubts, parse_nik
from app.identity.words import DOUBTS, FAULTS, GROUPS, SEXES
from app.web.clock import now
from app.web.forms import Digits, Form, required


class NikField(StringField):
    """A NIK as people write it, with blanks, dots and dashes; `nik` is what was meant, None while it is empty or wrong.

    What was typed stands in the answer to the very form that brought it, which nobody keeps, and nowhere else.
    """

    widget = Digits()

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        look = {"autocomplete": "off", "spellcheck": "false"} | options.pop("render_kw", {})
        super().__init__(label or _l("NIK"), validators, render_kw=look, **options)
        self.nik: Nik | None = None

    def pre_validate(self, form: Any) -> None:
        """Read it; an empty one is left to the validators of the form."""
        typed = (self.data or "").strip()
        found = parse_nik(typed, clock_time(now()).date()) if typed else None
        if isinstance(found, Fault):
            raise StopValidation(str(FAULTS[found]))
        self.nik = found


class IdentityForm(Form):
    """One's own NIK; the year of birth only where the NIK may mean two, and doubts once, to be looked at."""

    nik = NikField(
        validators=[required()],
        description=_l("16 angka di KTP atau Kartu Keluarga. NIK tidak disimpan, hanya sidiknya yang teracak."),
    )
    birth_year = RadioField(_l("Anda lahir tahun berapa?"), validate_choice=False)
    sex = RadioField(_l("Jenis kelamin"), validate_choice=False)
    looked_at = HiddenField()

    def __init__(self, regency_code: str) -> None:
        super().__init__()
        self.regency_code = regency_code
        self.birth_year.choices = []
        self.sex.choices = [(sex.value, str(text)) for sex, text in SEXES.items()]

    def validate_birth_year(self, field: RadioField) -> None:
        years = self.nik.nik.birth_years if self.nik.nik else ()
        if len(years) > 1:
            field.choices = [(str(year), str(year)) for year in years]
            field.flags.required = True
            if field.data not in {str(year) for year in years}:
                raise ValidationError(_("NIK ini bisa berarti dua tahun lahir. Pilih tahun lahir Anda."))

    def unseen_doubts(self) -> list[str]:
        """What is worth a look and was not shown yet; sent again with the same doubts, the form is taken."""
        found = doubts(self.nik.nik, self.regency_code, None, self._sex()) if self.nik.nik else ()
        before, self.looked_at.data = self.looked_at.data, " ".join(found)
        return [] if before == self.looked_at.data else [str(DOUBTS[doubt]) for doubt in found]

    def said(self) -> Particulars:
        year = int(self.birth_year.data) if self.birth_year.choices else None
        return Particulars(self.nik.nik, year, self._sex())

    def _sex(self) -> Sex | None:
        return Sex(self.sex.data) if self.sex.data in set(Sex) else None


class GroupsForm(Form):
    """The groups that one says to belong to; none is a good answer."""

    groups = SelectMultipleField(_l("Saya termasuk"), validate_choice=False)

    def __init__(self, known: Collection[Group]) -> None:
        super().__init__(data={"groups": [group.value for group in known]})
        self.groups.choices = [(group.value, str(text)) for group, text in GROUPS.items()]

    def chosen(self) -> frozenset[Group]:
        return frozenset(group for group in Group if group.value in (self.groups.data or ()))
