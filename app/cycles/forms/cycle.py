"""What a planner types: a plan year, the dates of phases, the ceilings of regions."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.cycles.rules import PhaseFacts, PhaseKind, refuse_ceiling, refuse_phase
from app.cycles.words import PHASES, REFUSALS
from app.i18n.catalogues import _, _l
from app.kernel.windows import Window
from app.web.forms import Form, LocalDateTimeField, RupiahField, WholeNumberField, between, required_number


class YearForm(Form):
    """The plan year of a new cycle."""

    year = WholeNumberField(
        _l("Tahun rencana"),
        validators=[required_number(), between(2025, 2060)],
        description=_l("Tahun pekerjaan dianggarkan. Musyawarahnya berlangsung sebelum tahun itu."),
    )


class PhasesForm(Form):
    """When each phase opens and closes; a phase whose two dates are empty is not announced yet."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Every date that is there makes sense; each fault is told at its field."""
        is_valid = bool(super().validate(extra_validators))
        faults = [self._mark_fault(kind) for kind in PhaseKind]
        return is_valid and not any(faults)

    def _mark_fault(self, kind: PhaseKind) -> bool:
        opens, closes = self.fields_of(kind)
        if opens.errors or closes.errors:
            return True
        was_dated = bool(opens.object_data)
        for one, other in ((opens, closes), (closes, opens)):
            if one.data is None and (other.data is not None or was_dated):
                one.errors = [_("Isi tanggal dan jamnya.")]
                return True
        refusal = refuse_phase(opens.data, closes.data) if opens.data and closes.data else None
        closes.errors = [str(REFUSALS[refusal])] if refusal else []
        return refusal is not None

    def fields_of(self, kind: PhaseKind) -> tuple[Any, Any]:
        """The fields of when the phase opens and closes."""
        return self[f"{kind}_opens"], self[f"{kind}_closes"]

    def answers(self) -> list[PhaseFacts]:
        dated = ((kind, *self.fields_of(kind)) for kind in PhaseKind)
        return [PhaseFacts(kind, Window(opens.data, closes.data)) for kind, opens, closes in dated if opens.data]


for _kind, _words in PHASES.items():
    setattr(PhasesForm, f"{_kind}_opens", LocalDateTimeField(_l("%(phase)s: mulai", phase=_words)))
    setattr(PhasesForm, f"{_kind}_closes", LocalDateTimeField(_l("%(phase)s: berakhir", phase=_words)))


def phases_form(phases: Sequence[PhaseFacts]) -> PhasesForm:
    """The form with the dates as they stand."""
    known = {f"{phase.kind}_opens": phase.window.opens for phase in phases}
    known |= {f"{phase.kind}_closes": phase.window.closes for phase in phases}
    return PhasesForm(data=known)


class CeilingsForm(Form):
    """A ceiling per region, in rupiah; the fields are added by `ceilings_form`."""

    codes: Mapping[str, str] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        faults = [self._mark_fault(self[name]) for name in self.codes]
        return is_valid and not any(faults)

    def _mark_fault(self, field: Any) -> bool:
        if field.errors:
            return True
        if field.data is None and field.object_data is not None:
            field.errors = [_("Pagu yang sudah diumumkan tidak dapat dikosongkan. Isi 0 kalau tidak ada.")]
        elif field.data is not None and (refusal := refuse_ceiling(field.data)):
            field.errors = [str(REFUSALS[refusal])]
        return bool(field.errors)

    def answers(self) -> dict[str, int]:
        """Region code to rupiah, for those that are filled in."""
        return {code: self[name].data for name, code in self.codes.items() if self[name].data is not None}


def ceilings_form(regions: Sequence[tuple[str, str]], ceilings: Mapping[str, int]) -> CeilingsForm:
    """The form for regions given as (code, name), with the ceilings as they stand."""
    names = {f"pagu-{code}": code for code, _name in regions}
    fields = {f"pagu-{code}": RupiahField(name) for code, name in regions}
    form = type("CeilingsOfRegency", (CeilingsForm,), {"codes": names} | fields)
    filled: CeilingsForm = form(data={name: ceilings.get(code) for name, code in names.items()})
    return filled
