"""Taking in what the witnesses found in the box: two of them, on machines of their own, the same file."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.voting import queries
from app.voting.actions.results import write_result
from app.voting.actions.steps import take
from app.voting.models import (
    Contest,
    CountedBallot,
    CountedLeaf,
    Envelope,
    PaperBallot,
    PaperStack,
    WaitingLeaf,
    Witness,
)
from app.voting.rules.box import BoxRefusal
from app.voting.rules.contest import LIFECYCLE, Channel, ContestEvent
from app.voting.rules.package.ballots import NotCanonical, PublicBallot, is_too_long, read_ballots
from app.voting.rules.package.fitting import fits
from app.voting.rules.package.packing import fingerprint
from app.voting.rules.sealed.contents import leaf_of


@dataclass(frozen=True)
class Found:
    """What a witness brought, and the first other witness who has brought something, the same or not."""

    sha256: str
    is_counted: bool = False
    other_name: str = ""
    other_sha256: str = ""


def bring_ballots(actor: Actor, contest: Contest, number: int, content: bytes, now: datetime) -> Found:
    """Note what a witness found; where another one has found the same, count it, and destroy the envelopes.

    Whoever has brought a wrong file brings another one. Two that differ are told, not raised: what each found stays.
    """
    contest = take(actor, contest)
    LIFECYCLE.after(contest.status, ContestEvent.COUNT)
    witnesses = {witness.number: witness for witness in queries.witnesses_of(contest.id)}
    if number not in witnesses:
        raise Refused(BoxRefusal.NO_SUCH_WITNESS)
    ballots = _read(contest, content)
    sha256 = fingerprint(content)
    witnesses[number].ballots_sha256, witnesses[number].opened_at = sha256, now
    session.flush()
    record(actor, "bring_ballots", f"contest:{contest.id}", now, witness=number)
    others = [one for one in witnesses.values() if one.number != number and one.ballots_sha256]
    others.sort(key=lambda other: other.ballots_sha256 != sha256)
    return _compare(actor, contest, sha256, ballots, others, now)


def _compare(
    actor: Actor, contest: Contest, sha256: str, ballots: list[PublicBallot], others: list[Witness], now: datetime
) -> Found:
    if not others:
        return Found(sha256)
    is_same = others[0].ballots_sha256 == sha256
    if is_same:
        _count(actor, contest, sha256, ballots, now)
    return Found(sha256, is_same, others[0].name, others[0].ballots_sha256 or "")


def _read(contest: Contest, content: bytes) -> list[PublicBallot]:
    """The ballots of the file: as many as lay in the box, from the roll's villages, with every paper among them."""
    definition = queries.definition_of(contest)
    counts = queries.counts_of(contest)
    expected = counts["counted"] + counts["paper"]
    if is_too_long(definition, content, expected):
        raise Refused(BoxRefusal.NOT_THE_BALLOTS)
    try:
        ballots = read_ballots(definition, content)
    except NotCanonical:
        raise Refused(BoxRefusal.NOT_THE_BALLOTS) from None
    if len(ballots) != expected:
        raise Refused(BoxRefusal.BALLOTS_UNEQUAL, found=len(ballots), expected=expected)
    villages = [village["code"] for village in definition["villages"]]
    digital = {one["village"]: one[Channel.INTERNET] + one[Channel.ASSISTED] for one in counts["roll"]}
    if not fits(ballots, villages, digital, queries.papers_in(contest.id).valid):
        raise Refused(BoxRefusal.NOT_THE_BALLOTS)
    return ballots


def _count(actor: Actor, contest: Contest, sha256: str, ballots: list[PublicBallot], now: datetime) -> None:
    """Keep the ballots in the order of their file, count them, and leave nothing of the envelopes but fingerprints."""
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.COUNT)
    contest.counted_at, contest.ballot_count, contest.ballots_sha256 = now, len(ballots), sha256
    rows = [
        {"number": number, "village": one.village, "channel": one.channel, "choices": list(one.choices)}
        for number, one in enumerate(ballots, 1)
    ]
    leaves = [{"leaf": leaf_of(envelope)} for envelope in queries.envelopes_in(contest.id)]
    for table, found in ((CountedBallot, rows), (CountedLeaf, leaves)):
        if found:
            session.execute(insert(table), [{"contest_id": contest.id, **row} for row in found])
    for gone in (Envelope, WaitingLeaf):
        session.execute(delete(gone).where(gone.contest_id == contest.id))
    # What was typed stands by polling place: of a small one it could tell who chose what. The papers themselves remain.
    stacks = select(PaperStack.id).where(PaperStack.contest_id == contest.id)
    session.execute(delete(PaperBallot).where(PaperBallot.stack_id.in_(stacks)))
    tally = write_result(contest, ballots).tally
    record(actor, "count_contest", f"contest:{contest.id}", now, ballots=len(ballots), winners=list(tally.winners))
