"""Pages of voting: the planner's contests, the resident's ballot, the results."""

from app.voting.views import (
    ballots,
    box,
    contests,
    documents,
    downloads,
    objections,
    papers,
    results,
    typing,
    witnesses,
)
from app.voting.views.blueprint import bp

__all__ = [
    "ballots",
    "box",
    "bp",
    "contests",
    "documents",
    "downloads",
    "objections",
    "papers",
    "results",
    "typing",
    "witnesses",
]
