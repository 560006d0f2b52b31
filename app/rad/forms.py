"""What a planner types to keep the regional action plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional, Regexp, ValidationError

from app.backing.rules.acts import ActState
from app.backing.rules.resources import Fund
from app.backing.words import ACT_STATES, FUNDS
from app.i18n.catalogues import _, _l, words
from app.innovations.rules.gates import LegalForm
from app.innovations.words import LEGAL_FORMS
from app.kernel.outcomes import Refused
from app.rad.queries import ActionRow, Indicator
from app.rad.rules.actions import (
    CODE,
    LEGAL_STATES,
    LINE_LENGTH,
    MOST_AMOUNT,
    MOST_FIGURE,
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    UNIT_LENGTH,
    ActionText,
    Direction,
    IndicatorText,
    LegalBasis,
    Measure,
    Refusal,
)
from app.rad.words import DIRECTIONS, MEASURES
from app.web.forms import (
    FigureField,
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

Choices = Sequence[tuple[str, str]]

# Where a refusal is shown; what is not listed stands on top of the form.
FIELDS = {
    Refusal.CODE_TAKEN: "code",
    Refusal.UNKNOWN_PILLAR: "pillar",
    Refusal.UNKNOWN_MISI: "misi",
    Refusal.UNKNOWN_AGENCY: "agency",
    Refusal.AGENCY_ENDED: "agency",
    Refusal.LEADS_AND_SUPPORTS: "supporters",
    Refusal.LEGAL_INCOMPLETE: "legal_title",
    Refusal.DATED_IN_FUTURE: "legal_dated",
    Refusal.NAME_TAKEN: "name",
    Refusal.BASELINE_LATE: "baseline_year",
    Refusal.WRONG_WAY: "direction",
}


def one_of_the_list(form: Form, field: Any) -> None:
    """Only what the page has offered."""
    if (field.data or "") not in {value for value, *_more in field.iter_choices()}:
        raise ValidationError(_("Pilih salah satu dari daftar."))


def some_of_the_list(form: Form, field: Any) -> None:
    if not set(field.data or ()) <= {value for value, *_more in field.iter_choices()}:
        raise ValidationError(_("Pilih dari daftar."))


def listed(texts: Mapping[Any, object]) -> list[tuple[str, str]]:
    return [(code.value, str(text)) for code, text in texts.items()]


def _line(label: Any, lengths: tuple[int, int], *more: Any, hint: Any = "") -> Any:
    validators = [*([required()] if lengths[0] else []), LengthBetween(*lengths), no_private_numbers, *more]
    return StringField(label, filters=[clean_line], validators=validators, description=hint)


def _text(label: Any, hint: Any = "") -> Any:
    validators = [LengthBetween(*TEXT_LENGTH), no_private_numbers]
    return TextAreaField(label, filters=[clean], validators=validators, description=hint)


def _choice(label: Any, *more: Any) -> Any:
    return SelectField(label, validate_choice=False, validators=[*more, one_of_the_list])


class Shown(Form):
    """A form that puts a refusal at the field that it is about."""

    def show(self, refused: Refused) -> None:
        facts: dict[str, Any] = dict(refused.facts)
        if lacks := facts.get("lacks"):
            facts["lacks"] = ", ".join(words(lack) for lack in lacks)
        message = words(refused.reason, **facts)
        name = FIELDS.get(Refusal(refused.reason), "")
        if name in self:
            self[name].errors = [message]
        else:
            self.form_errors.append(message)


class ActionForm(Shown):
    """A line of the matrix."""

    code = _line(
        _l("Kode aksi"),
        (1, 12),
        Regexp(rf"^{CODE}$", message=_l("Tulis kode pendek, misalnya 1.2 atau A-3.")),
        hint=_l("Misalnya 1.2: pilar pertama, aksi kedua."),
    )
    title = _line(_l("Aksi"), TITLE_LENGTH, hint=_l("Apa yang dikerjakan, dalam satu kalimat."))
    pillar = _choice(_l("Pilar"), required())
    misi = _choice(_l("Misi kabupaten"))
    program = _line(_l("Program, kegiatan atau subkegiatan"), LINE_LENGTH, hint=_l("Kode dan nama seperti di RKPD."))
    place = _line(_l("Lokasi"), LINE_LENGTH)
    agency = _choice(_l("Instansi penanggung jawab"), required())
    supporters = SelectMultipleField(
        _l("Instansi pendukung"), validate_choice=False, validators=[some_of_the_list], choices=[]
    )
    legal_form = _choice(_l("Dasar hukum"))
    legal_title = _line(_l("Tentang"), LINE_LENGTH)
    legal_number = _line(_l("Nomor"), (0, 80))
    legal_dated = DateField(_l("Tanggal"), validators=[Optional()])
    legal_status = _choice(_l("Keadaan peraturan"))
    risk = _text(_l("Risiko"), _l("Apa yang dapat membuat aksi ini gagal."))
    risk_answer = _text(_l("Cara mengatasinya"))

    def offer(self, pillars: Choices, misi: Choices, agencies: Choices) -> None:
        self.pillar.choices = [("", _("Pilih pilar")), *pillars]
        self.misi.choices = [("", _("Tidak ditautkan")), *misi]
        self.agency.choices = [("", _("Pilih instansi")), *agencies]
        self.supporters.choices = list(agencies)
        self.legal_form.choices = [("", _("Belum ada")), *listed(LEGAL_FORMS)]
        self.legal_status.choices = [("", _("Belum ada")), *listed({one: ACT_STATES[one] for one in LEGAL_STATES})]

    @property
    def text(self) -> ActionText:
        return ActionText(
            code=str(self.code.data),
            title=str(self.title.data),
            pillar_id=int(self.pillar.data or 0),
            agency_id=int(self.agency.data or 0),
            misi_id=int(self.misi.data) if self.misi.data else None,
            program=str(self.program.data),
            place=str(self.place.data),
            risk=str(self.risk.data),
            risk_answer=str(self.risk_answer.data),
            supporters={int(value) for value in self.supporters.data or ()},
            legal=self._legal,
        )

    @property
    def _legal(self) -> LegalBasis | None:
        if not self.legal_form.data:
            return None
        status = ActState(self.legal_status.data or ActState.DRAFT)
        return LegalBasis(
            LegalForm(self.legal_form.data),
            str(self.legal_title.data),
            status,
            str(self.legal_number.data),
            self.legal_dated.data,
        )


def known_action(row: ActionRow, supporters: Sequence[int]) -> dict[str, Any]:
    """An action as its form shows it."""
    action = row.action
    names = ("code", "title", "program", "place", "risk", "risk_answer", "legal_title", "legal_number", "legal_dated")
    return {name: getattr(action, name) for name in names} | {
        "pillar": str(action.pillar_id),
        "misi": str(action.misi_id or ""),
        "agency": str(action.agency_id),
        "supporters": [str(agency_id) for agency_id in supporters],
        "legal_form": action.legal_form or "",
        "legal_status": action.legal_status or "",
    }


class IndicatorForm(Shown):
    """An indicator; a target for each year is added by `indicator_form`."""

    measure = RadioField(_l("Mengukur apa?"), validators=[required()])
    name = _line(_l("Indikator"), NAME_LENGTH, hint=_l("Misalnya: ibu hamil yang diperiksa lengkap."))
    unit = _line(_l("Satuan"), UNIT_LENGTH, hint=_l("orang, desa, persen, kilometer"))
    direction = RadioField(_l("Arah"), validators=[required()])
    baseline = FigureField(_l("Data awal"), validators=[required_number(), NumberRange(-MOST_FIGURE, MOST_FIGURE)])
    baseline_year = WholeNumberField(_l("Tahun data awal"), validators=[required_number(), between(2000, 2100)])
    source = _line(_l("Sumber data"), LINE_LENGTH)
    years: Sequence[int] = ()

    @property
    def text(self) -> IndicatorText:
        targets = {year: self[f"target-{year}"].data for year in self.years}
        return IndicatorText(
            Measure(self.measure.data),
            str(self.name.data),
            str(self.unit.data),
            Direction(self.direction.data),
            Decimal(self.baseline.data or 0),
            int(self.baseline_year.data or 0),
            str(self.source.data),
            {year: value for year, value in targets.items() if value is not None},
        )


def indicator_form(years: Sequence[int], known: Indicator | None) -> IndicatorForm:
    fields: dict[str, Any] = {"years": years}
    for year in years:
        fields[f"target-{year}"] = FigureField(_l("Target %(year)s", year=year), validators=[Optional()])
    data = _known_indicator(known) if known else {"direction": Direction.UP.value}
    form: IndicatorForm = type("IndicatorOfYears", (IndicatorForm,), fields)(data=data)
    form.measure.choices, form.direction.choices = listed(MEASURES), listed(DIRECTIONS)
    return form


def _known_indicator(known: Indicator) -> dict[str, Any]:
    row = known.row
    names = ("measure", "name", "unit", "direction", "baseline", "baseline_year", "source")
    targets = {f"target-{year}": value for year, value in known.targets.items()}
    return {name: getattr(row, name) for name in names} | targets


class FundsForm(Shown):
    """Rupiah by year and source; the fields are added by `funds_form`."""

    cells: Sequence[tuple[int, Fund]] = ()

    def row(self, year: int) -> list[tuple[Fund, Any]]:
        return [(source, self[_cell(of_year, source)]) for of_year, source in self.cells if of_year == year]

    @property
    def funds(self) -> dict[tuple[int, Fund], int]:
        return {cell: int(self[_cell(*cell)].data) for cell in self.cells if self[_cell(*cell)].data}


def _cell(year: int, source: Fund) -> str:
    return f"{source}-{year}"


def funds_form(years: Sequence[int], known: Mapping[tuple[int, Fund], int]) -> FundsForm:
    cells = [(year, source) for year in years for source in Fund]
    checks = [Optional(), between(0, MOST_AMOUNT)]
    fields = {_cell(y, s): RupiahField(f"{FUNDS[s]} {y}", validators=checks) for y, s in cells}
    data = {_cell(year, source): amount for (year, source), amount in known.items()}
    form: FundsForm = type("FundsOfYears", (FundsForm,), {**fields, "cells": cells})(data=data)
    return form


class LinkForm(Shown):
    """The innovation that shall hang under an action."""

    number = _line(_l("Nomor inovasi"), (6, 16), hint=_l("Misalnya BTM-I-0003; tertulis di halaman inovasi."))


class ChoiceForm(Shown):
    """The action under which an innovation shall hang."""

    code = _choice(_l("Aksi"), required())

    def offer(self, actions: Choices) -> None:
        self.code.choices = list(actions)


class ReasonForm(Shown):
    """Why an adopted action is opened again, or given up."""

    reason = TextAreaField(
        _l("Alasan"), filters=[clean], validators=[required(), LengthBetween(*REASON_LENGTH), no_private_numbers]
    )
