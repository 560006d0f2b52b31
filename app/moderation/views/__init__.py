"""Pages of the desk and what everybody sees of it."""

from app.moderation.views import (
    exporting,
    merging,
    planning,
    public,
    queue,
    reporting,
    review,
    scoring,
    verdicts,
    visits,
)
from app.moderation.views.blueprint import bp

__all__ = [
    "bp",
    "exporting",
    "merging",
    "planning",
    "public",
    "queue",
    "reporting",
    "review",
    "scoring",
    "verdicts",
    "visits",
]
