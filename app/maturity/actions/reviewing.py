"""Reviewing evidence, and taking over the figure that others have measured."""

from datetime import datetime
from decimal import Decimal

from app.audit.actions import record
from app.db.session import session
from app.innovations import queries as innovations
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.maturity import queries
from app.maturity.actions.scoring import score_anew
from app.maturity.models import Evidence, GovernmentFigure
from app.maturity.permissions import POLICY, Can
from app.maturity.queries import Seen
from app.maturity.rules.evidence import LIFECYCLE, Review, ReviewFacts, refuse_review
from app.maturity.rules.index import MOST_GOVERNMENT
from app.maturity.rules.refusals import Refusal


def accept(actor: Actor, seen: Seen, level: int, reason: str, now: datetime) -> Evidence:
    """Let the evidence count with this level: the claimed one, or with a reason a lower one."""
    return _review(actor, seen, Review.ACCEPT, level, reason, now)


def send_back(actor: Actor, seen: Seen, reason: str, now: datetime) -> Evidence:
    """Ask whoever brought it for something better, and say what."""
    return _review(actor, seen, Review.RETURN, None, reason, now)


def _review(actor: Actor, seen: Seen, review: Review, level: int | None, reason: str, now: datetime) -> Evidence:
    # As whoever brings evidence does: the innovation first, so that nobody waits for the other.
    innovation = innovations.get_locked(seen.innovation.id)
    POLICY.require(actor, Can.REVIEW, Within(innovation.regency_code))
    evidence = queries.get_locked(seen.evidence.id)
    facts = ReviewFacts(evidence.state, evidence.level, evidence.added_by_id, evidence.ended_at is not None)
    if refusal := refuse_review(facts, review, level, reason, actor.person_id):
        raise Refused(refusal)
    evidence.state = LIFECYCLE.after(evidence.state, review)
    evidence.accepted_level, evidence.reason = level, reason.strip()
    evidence.reviewed_by_id, evidence.reviewed_at = actor.person_id, now
    session.flush()
    record(actor, f"{review}_evidence", f"evidence:{evidence.id}", now, indicator=seen.number, level=level)
    score_anew(innovation, now)
    return evidence


def note_figure(
    actor: Actor, regency_code: str, year: int, figure: Decimal, source: str, now: datetime
) -> GovernmentFigure:
    """Take over the part of the index that is not about innovations; earlier ones are kept."""
    POLICY.require(actor, Can.NOTE_FIGURE, Within(regency_code))
    if not 0 <= figure <= MOST_GOVERNMENT:
        raise Refused(Refusal.FIGURE_RANGE, most=MOST_GOVERNMENT)
    noted = GovernmentFigure(
        regency_code=regency_code, year=year, figure=figure, source=source, noted_by_id=actor.person_id, at=now
    )
    session.add(noted)
    session.flush()
    record(actor, "note_government_figure", f"regency:{regency_code}", now, year=year, figure=f"{figure:f}")
    return noted
