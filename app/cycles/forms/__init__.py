"""What a planner types about a cycle."""

from app.cycles.forms.cycle import CeilingsForm, PhasesForm, YearForm, ceilings_form, phases_form
from app.cycles.forms.sharing import SharingForm, sharing_form

__all__ = [
    "CeilingsForm",
    "PhasesForm",
    "SharingForm",
    "YearForm",
    "ceilings_form",
    "phases_form",
    "sharing_form",
]
