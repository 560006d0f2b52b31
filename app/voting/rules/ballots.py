"""Who may cast a ballot, and which."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.kernel.actor import Actor, Level
from app.voting.rules.contest import ContestFacts, ContestStatus

# The kind under which the NIK of those is known again who close their account while their vote waits to be counted.
CLOSED_VOTER = "closed_voter"


class BallotRefusal(StrEnum):
    """Why a ballot is not taken, in the order in which the reasons are told."""

    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    NOT_VERIFIED = "not_verified"
    VERIFIED_LATE = "verified_late"
    NOT_RESIDENT = "not_resident"
    NO_CHOICE = "no_choice"
    TOO_MANY = "too_many"
    CHOSEN_TWICE = "chosen_twice"
    UNKNOWN_OPTION = "unknown_option"
    ALREADY_VOTED = "already_voted"


@dataclass(frozen=True)
class Standing:
    """What decides about a voter and may change while they vote.

    `has_left`: somebody with their NIK has voted here, and has closed that account since.
    """

    level: Level
    attested_at: datetime | None
    has_left: bool = False


def refuse_standing(standing: Standing, opened_at: datetime | None) -> BallotRefusal | None:
    """Why not this person; `opened_at` where the roll has ended with the opening."""
    if standing.level < Level.ATTESTED:
        return BallotRefusal.NOT_VERIFIED
    if opened_at and (standing.attested_at is None or standing.attested_at > opened_at):
        return BallotRefusal.VERIFIED_LATE
    return BallotRefusal.ALREADY_VOTED if standing.has_left else None


def refuse_voter(actor: Actor, contest: ContestFacts, now: datetime) -> BallotRefusal | None:
    """Why this person may cast no ballot now, whatever would be on it."""
    is_waiting = contest.status is ContestStatus.OPENED and contest.window.is_before(now)
    if contest.status is ContestStatus.PREPARED or is_waiting:
        return BallotRefusal.NOT_YET_OPEN
    if not contest.takes_ballots(now):
        return BallotRefusal.CLOSED
    if actor.level < Level.ATTESTED:
        return BallotRefusal.NOT_VERIFIED
    return None if actor.lives_in(contest.region_code) else BallotRefusal.NOT_RESIDENT


def refuse_choices(choices: Sequence[int], options: Collection[int], max_choices: int) -> BallotRefusal | None:
    if not choices:
        return BallotRefusal.NO_CHOICE
    if len(choices) > max_choices:
        return BallotRefusal.TOO_MANY
    if len(set(choices)) < len(choices):
        return BallotRefusal.CHOSEN_TWICE
    return None if set(choices) <= set(options) else BallotRefusal.UNKNOWN_OPTION


def refuse_ballot(
    actor: Actor, contest: ContestFacts, options: Collection[int], choices: Sequence[int], now: datetime
) -> BallotRefusal | None:
    """The first reason against this ballot of this person now."""
    return refuse_voter(actor, contest, now) or refuse_choices(choices, options, contest.max_choices)


def shuffled(numbers: Collection[int], contest_id: int, person_id: int) -> list[int]:
    """The options in an order of the voter's own, the same at every visit: no option is first for everybody."""
    return sorted(numbers, key=lambda n: hashlib.sha256(f"{contest_id}:{person_id}:{n}".encode()).hexdigest())
