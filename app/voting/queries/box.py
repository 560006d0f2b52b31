"""The roll and the box: who has voted, and what lies in the box; nothing joins them."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Text, cast, func, select

from app.db.session import session
from app.identity.queries import identity_of
from app.limits.queries import is_remembered
from app.voting.models import Ballot, Contest, RollEntry
from app.voting.rules.ballots import CLOSED_VOTER
from app.voting.rules.contest import TURNOUT_FROM


def has_voted(contest_id: int, person_id: int | None) -> bool:
    return person_id is not None and session.get(RollEntry, (contest_id, person_id)) is not None


def running_votes_of(person_id: int, now: datetime) -> Sequence[Contest]:
    """The contests not over yet in which the person has voted."""
    asked = select(Contest).join(RollEntry, RollEntry.contest_id == Contest.id)
    return session.scalars(
        asked.where(RollEntry.person_id == person_id, Contest.closes > now).order_by(Contest.id)
    ).all()


def voted_before_closing(contest: Contest, person_id: int | None) -> bool:
    """Whether somebody with the person's NIK has voted, and closed their account since."""
    identity = identity_of(person_id) if person_id is not None else None
    if identity is None or identity.nik_digest is None:
        return False
    return is_remembered(CLOSED_VOTER, f"{contest.id}|{identity.nik_digest}", contest.closes)


def voted_in(contest_ids: Collection[int], person_id: int | None) -> set[int]:
    """The contests among these in which the person has voted."""
    if person_id is None or not contest_ids:
        return set()
    asked = select(RollEntry.contest_id).where(RollEntry.contest_id.in_(contest_ids), RollEntry.person_id == person_id)
    return set(session.scalars(asked.order_by(RollEntry.contest_id)))


def turnout(contest_id: int) -> int | None:
    """How many have voted, once there are enough of them that nobody is given away."""
    count = session.scalar(select(func.count()).select_from(RollEntry).where(RollEntry.contest_id == contest_id)) or 0
    return count if count >= TURNOUT_FROM else None


def ballots_in(contest_id: int) -> list[list[int]]:
    """The choices of every ballot in the box, for the count."""
    return list(session.scalars(select(Ballot.choices).where(Ballot.contest_id == contest_id).order_by(Ballot.handle)))


def boxed(contest_id: int) -> dict[tuple[int, ...], int]:
    """How often each set of choices is in the box: ballots that say the same are counted by the database."""
    choices = cast(Ballot.choices, Text)
    rows = session.execute(
        select(choices, func.count()).where(Ballot.contest_id == contest_id).group_by(choices).order_by(choices)
    )
    return {tuple(json.loads(text)): count for text, count in rows}
