"""Writing scores to the registry, so that the board shows and sorts by them."""

from datetime import datetime

from app.innovations.actions import note_score, note_scores
from app.maturity import queries


def score_anew(innovation_id: int, year: int, now: datetime) -> bool:
    """Keep the score of one innovation; whether it has changed."""
    found = list(queries.scores(year, innovation_id))
    return any(note_score(key, score, now) for key, _kept, score in found)


def recompute(year: int) -> int:
    """Keep the scores of all innovations; how many have changed."""
    changed = {key: score for key, kept, score in queries.scores(year) if kept != score}
    note_scores(changed)
    return len(changed)
