"""Writing scores to the registry, so that the board shows and sorts by them."""

from datetime import date, datetime

from app.innovations.actions import note_score, note_scores
from app.innovations.models import Innovation
from app.innovations.rules.provisions import day_in
from app.maturity import queries
from app.regions.queries import find_regency


def today_in(regency_code: str, now: datetime) -> date:
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    return day_in(regency.time_zone, now)


def score_anew(innovation: Innovation, now: datetime) -> bool:
    """Keep the score of one innovation by the present year's indicators; whether it has changed."""
    year = queries.year_on(today_in(innovation.regency_code, now))
    return any(note_score(key, score, now) for key, _kept, score in queries.scores(year, innovation.id))


def recompute(year: int) -> int:
    """Keep the scores of all innovations; how many have changed."""
    changed = {key: score for key, kept, score in queries.scores(year) if kept != score}
    note_scores(changed)
    return len(changed)
