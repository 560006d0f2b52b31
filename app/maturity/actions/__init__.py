"""Every change to indicators, evidence and scores."""

from app.maturity.actions.providing import provide, withdraw
from app.maturity.actions.reviewing import accept, note_figure, send_back
from app.maturity.actions.scoring import recompute, score_anew
from app.maturity.actions.tables import begin_year, bring_in, edit_indicator

__all__ = [
    "accept",
    "begin_year",
    "bring_in",
    "edit_indicator",
    "note_figure",
    "provide",
    "recompute",
    "score_anew",
    "send_back",
    "withdraw",
]
