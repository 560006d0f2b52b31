"""Phases and what each opens; how ceilings are shared out."""

from app.cycles.rules.phases import (
    OPENS,
    Activity,
    CycleFacts,
    PhaseFacts,
    PhaseKind,
    Refusal,
    open_for,
    refuse_ceiling,
    refuse_phase,
)
from app.cycles.rules.sharing import (
    UNIT,
    USUAL_PERCENT,
    Figures,
    Formula,
    Part,
    Portion,
    refuse_formula,
    share_out,
)

__all__ = [
    "OPENS",
    "UNIT",
    "USUAL_PERCENT",
    "Activity",
    "CycleFacts",
    "Figures",
    "Formula",
    "Part",
    "PhaseFacts",
    "PhaseKind",
    "Portion",
    "Refusal",
    "open_for",
    "refuse_ceiling",
    "refuse_formula",
    "refuse_phase",
    "share_out",
]
