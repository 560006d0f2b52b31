"""Casting a ballot into a sealed envelope, giving way to paper, and knowing again who has voted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from app.db.session import session
from app.db.upserts import add_once, put
from app.identity.queries import identity_of
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.limits import actions as limits
from app.vault import envelope_handle, seal_envelope
from app.voting import queries
from app.voting.models import Contest, Envelope, RollEntry, WaitingLeaf
from app.voting.permissions import POLICY, Can
from app.voting.rules.ballots import CLOSED_VOTER, BallotRefusal, refuse_ballot, refuse_standing
from app.voting.rules.contest import Channel
from app.voting.rules.sealed.contents import code_of, content_of, election_of, leaf_of


@dataclass(frozen=True)
class Receipt:
    """What a voter may keep: the code of the envelope, which says nothing of what is in it."""

    code: str
    has_replaced: bool


@dataclass(frozen=True)
class ContestName:
    """A contest as an address names it: it is read once, when it is locked."""

    id: int
    regency_code: str


def cast_ballot(
    actor: Actor, named: Contest | ContestName, choices: list[int], now: datetime, helper_id: int | None = None
) -> Receipt:
    """Put a sealed envelope into the box, in place of the voter's earlier one, and the person on the roll.

    `helper_id` has lent them the device. A vote on paper stands.
    """
    POLICY.require(actor, Can.CAST_BALLOT, Within(named.regency_code))
    contest, zone = queries.get_for_voting(named.id)
    if contest.regency_code != named.regency_code:
        raise Missing
    frozen = queries.definition_of(contest) if contest.definition else {"options": (), "villages": ()}
    options = {option["number"] for option in frozen["options"]}
    if refusal := refuse_ballot(actor, queries.facts_of(contest), options, choices, now):
        raise Refused(refusal, most=contest.max_choices)
    if actor.village_code not in {village["code"] for village in frozen["villages"]}:
        raise Refused(BallotRefusal.NOT_RESIDENT)
    _put_on_roll(actor, contest, now.astimezone(zone).date(), helper_id)
    return _seal(contest, actor.person_id or 0, choices, actor.village_code)
    # No entry in the audit log: its order and times could be laid beside the box. The roll says who has voted.


def _put_on_roll(actor: Actor, contest: Contest, today: date, helper_id: int | None) -> None:
    """The same row each time: whoever votes again waits here for their other tab."""
    channel = Channel.ASSISTED if helper_id else Channel.INTERNET
    entry = {"village_code": actor.village_code, "channel": channel, "helper_id": helper_id}
    key = {"contest_id": contest.id, "person_id": actor.person_id}
    days = {"first": {"voted_on": today}, "again": {"replaced_on": today}}
    if put(RollEntry, key, entry, **days, unless=RollEntry.channel == Channel.PAPER) is None:
        raise Refused(BallotRefusal.ALREADY_VOTED)
    # The roll has waited for whoever was closing the account, in another tab.
    standing = queries.standing_of(contest, actor.person_id or 0)
    if refusal := refuse_standing(standing, queries.roll_end_of(contest)):
        raise Refused(refusal)


def _seal(contest: Contest, person_id: int, choices: list[int], village: str) -> Receipt:
    """The choices in their envelope; from here on only two witnesses together can read them."""
    content = content_of(choices, election_of(str(contest.definition_sha256)), village)
    envelope = seal_envelope(str(contest.box_key), content)
    key = {"contest_id": contest.id, "handle": envelope_handle(contest.id, person_id)}
    again = {"replaced": Envelope.replaced + 1}
    row = put(Envelope, key, {"content": envelope}, {"replaced": 0}, again)
    leaf = leaf_of(envelope)
    add_once(WaitingLeaf, contest_id=contest.id, leaf=leaf)
    return Receipt(code_of(leaf), has_replaced=row is not None and row.replaced > 0)


def give_way_to_paper(contest_id: int, person_id: int) -> bool:
    """Take the voter's envelope out of the box: their paper ballot counts. Whether there was one.

    The caller has locked the contest and puts the person on the roll with the channel paper.
    """
    kept = (Envelope.contest_id == contest_id) & (Envelope.handle == envelope_handle(contest_id, person_id))
    emptied = update(Envelope).where(kept, Envelope.content.is_not(None)).values(content=None)
    return session.execute(emptied.returning(Envelope.replaced)).first() is not None


def remember_votes(person_id: int, now: datetime) -> None:
    """Before it is erased who the person is: know their NIK again where they have voted, until the contest is over."""
    identity = identity_of(person_id)
    if identity is None or identity.nik_digest is None:
        return
    for contest in queries.running_votes_of(person_id, now):
        limits.remember(CLOSED_VOTER, f"{contest.id}|{identity.nik_digest}", contest.closes)
