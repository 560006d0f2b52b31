"""Closing a contest: the last head of the log names what is in the box."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.voting import queries
from app.voting.actions.log import add_head
from app.voting.actions.steps import take
from app.voting.models import Contest
from app.voting.rules.box import BoxRefusal
from app.voting.rules.contest import LIFECYCLE, ContestEvent, refuse_close
from app.voting.rules.package.packing import canonical, fingerprint


def close_contest(actor: Actor, contest: Contest, reason: str, now: datetime) -> Contest:
    """Take no more ballots; before the announced end only for a reason that everybody reads.

    Whoever votes meanwhile is in the box before it is closed, or is refused.
    """
    contest = take(actor, contest)
    closed = LIFECYCLE.after(contest.status, ContestEvent.CLOSE)
    if refusal := refuse_close(queries.facts_of(contest), reason, now):
        raise Refused(refusal)
    if stations := queries.unfinished_stacks(contest.id):
        raise Refused(BoxRefusal.PAPER_UNFINISHED, stations=", ".join(stations))
    contest.status, contest.closed_at = closed, now
    contest.close_reason = reason.strip() if now < contest.closes else ""
    _seal_box(contest, now)
    record(actor, "close_contest", f"contest:{contest.id}", now, reason=contest.close_reason, box=contest.box_sha256)
    return contest


def _seal_box(contest: Contest, now: datetime) -> None:
    """Account for every envelope, and sign that account with the last head."""
    box = queries.closed_box(contest)
    if not box.is_equal:
        raise Refused(BoxRefusal.BOX_UNEQUAL, accepted=box.accepted, counted=len(box.envelopes))
    counts = canonical(box.counts)
    contest.counts, contest.box_sha256 = counts.decode(), fingerprint(counts)
    session.flush()
    add_head(contest, now, contest.box_sha256)
