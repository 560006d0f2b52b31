"""The roll and the box: who has voted, and what lies in the box; nothing joins them."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast, func, select

from app.accounts.models import Attestation, Person
from app.db.session import session
from app.identity.models import Identity
from app.kernel.actor import Level
from app.limits.queries import is_remembered
from app.regions.queries import within
from app.vault import envelope_handle
from app.voting.models import Contest, CountedBallot, Envelope, PaperBallot, PaperStack, RollEntry
from app.voting.rules.ballots import CLOSED_VOTER, Standing
from app.voting.rules.contest import TURNOUT_FROM, Channel
from app.voting.rules.package.ballots import PublicBallot
from app.voting.rules.sealed.contents import code_of, leaf_of


@dataclass(frozen=True)
class Papers:
    """The agreed paper ballots by village, and how many were invalid."""

    valid: dict[str, list[list[int]]]
    invalid: int


def has_voted(contest_id: int, person_id: int | None) -> bool:
    return person_id is not None and session.get(RollEntry, (contest_id, person_id)) is not None


def running_votes_of(person_id: int, now: datetime) -> Sequence[Contest]:
    """The contests not over yet in which the person has voted."""
    asked = select(Contest).join(RollEntry, RollEntry.contest_id == Contest.id)
    return session.scalars(
        asked.where(RollEntry.person_id == person_id, Contest.closes > now).order_by(Contest.id)
    ).all()


def standing_of(contest: Contest, person_id: int) -> Standing:
    """What the person is now, read anew: attested since when, and whether somebody with their NIK voted and left."""
    asked = (
        select(Person.level, Attestation.at, Identity.nik_digest)
        .outerjoin(Attestation, Attestation.person_id == Person.id)
        .outerjoin(Identity, Identity.person_id == Person.id)
        .where(Person.id == person_id)
    )
    level, attested_at, digest = session.execute(asked).one()
    has_left = digest is not None and is_remembered(CLOSED_VOTER, f"{contest.id}|{digest}", contest.closes)
    return Standing(Level(level), attested_at, has_left)


def voted_in(contest_ids: Collection[int], person_id: int | None) -> set[int]:
    """The contests among these in which the person has voted."""
    if person_id is None or not contest_ids:
        return set()
    asked = select(RollEntry.contest_id).where(RollEntry.contest_id.in_(contest_ids), RollEntry.person_id == person_id)
    return set(session.scalars(asked.order_by(RollEntry.contest_id)))


def receipt_of(contest_id: int, person_id: int) -> str | None:
    """The code of the envelope that the person has in the box now; gone once it is counted."""
    envelope = session.get(Envelope, (contest_id, envelope_handle(contest_id, person_id)))
    return code_of(leaf_of(envelope.content)) if envelope and envelope.content else None


def turnout(contest_id: int) -> int | None:
    """How many have voted, once there are enough of them that nobody is given away."""
    count = session.scalar(select(func.count()).select_from(RollEntry).where(RollEntry.contest_id == contest_id)) or 0
    return count if count >= TURNOUT_FROM else None


def eligible_in(region_code: str) -> dict[str, int]:
    """How many attested people live in each village of the region; a village without any is not listed."""
    is_eligible = (Person.level >= Level.ATTESTED) & Person.closed_at.is_(None)
    asked = select(Person.village_code, func.count()).where(is_eligible, within(Person.village_code, [region_code]))
    rows = session.execute(asked.group_by(Person.village_code).order_by(Person.village_code)).all()
    return {row[0]: row[1] for row in rows}


def envelopes_in(contest_id: int) -> list[bytes]:
    """The envelopes that count, sorted by their fingerprints."""
    kept = (Envelope.contest_id == contest_id) & Envelope.content.is_not(None)
    found = session.scalars(select(Envelope.content).where(kept).order_by(Envelope.handle))
    return sorted((content for content in found if content is not None), key=leaf_of)


def overtaken_in(contest_id: int) -> tuple[int, int]:
    """How many envelopes were replaced by a later one, and how many by a paper ballot."""
    asked = select(func.coalesce(func.sum(Envelope.replaced), 0), func.count() - func.count(Envelope.content))
    replaced, superseded = session.execute(asked.where(Envelope.contest_id == contest_id)).one()
    return replaced, superseded


def roll_of(contest_id: int) -> dict[str, Counter[Channel]]:
    """How many have voted by village and channel."""
    asked = select(RollEntry.village_code, RollEntry.channel, func.count()).where(RollEntry.contest_id == contest_id)
    found: dict[str, Counter[Channel]] = {}
    for village, channel, count in session.execute(asked.group_by(RollEntry.village_code, RollEntry.channel)):
        found.setdefault(village or "", Counter())[channel] += count
    return found


def unfinished_stacks(contest_id: int) -> list[str]:
    """The polling places whose paper ballots are not agreed yet."""
    is_open = (PaperStack.contest_id == contest_id) & PaperStack.finished_at.is_(None)
    return list(session.scalars(select(PaperStack.station).where(is_open).order_by(PaperStack.station)))


def papers_in(contest_id: int) -> Papers:
    rows = session.execute(
        select(PaperStack.village_code, PaperBallot.agreed)
        .join(PaperBallot, PaperBallot.stack_id == PaperStack.id)
        .where(PaperStack.contest_id == contest_id)
        .order_by(PaperStack.village_code)
    ).all()
    valid: dict[str, list[list[int]]] = {}
    for village, agreed in rows:
        if agreed:
            valid.setdefault(village, []).append(sorted(agreed))
    return Papers({village: sorted(ballots) for village, ballots in valid.items()}, sum(not row[1] for row in rows))


def counted_ballots(contest_id: int) -> list[PublicBallot]:
    """The ballots of a counted contest in the order of their file."""
    asked = select(CountedBallot.village, CountedBallot.choices, CountedBallot.channel)
    rows = session.execute(asked.where(CountedBallot.contest_id == contest_id).order_by(CountedBallot.number))
    return [PublicBallot(village, tuple(choices), channel) for village, choices, channel in rows]


def boxed(contest_id: int) -> dict[tuple[int, ...], int]:
    """How often each set of choices was counted: ballots that say the same are counted by the database."""
    choices = cast(CountedBallot.choices, Text)
    rows = session.execute(
        select(choices, func.count()).where(CountedBallot.contest_id == contest_id).group_by(choices).order_by(choices)
    )
    return {tuple(json.loads(text)): count for text, count in rows}
