"""The roll: how and on which day people have voted, who helped them, whose vote was replaced; never when or what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.accounts.models import Person
from app.db.session import session
from app.regions.models import Region
from app.regions.queries import within
from app.voting.models import Contest, RollEntry
from app.voting.rules.assisting import MOST_A_DAY, told_shares
from app.voting.rules.contest import Channel


@dataclass(frozen=True)
class Vote:
    """That somebody has voted: how, and the days of the vote that counts and of its last replacement."""

    channel: Channel
    voted_on: date | None
    replaced_on: date | None


@dataclass(frozen=True)
class Helper:
    """A facilitator on whose device people have voted, with their busiest day."""

    name: str
    village: str
    votes: int
    most_a_day: int

    @property
    def is_busy(self) -> bool:
        return self.most_a_day > MOST_A_DAY


@dataclass(frozen=True)
class Shares:
    """What is published of assisted votes: by helper from ten on (villages, no names), the others together."""

    told: Sequence[tuple[str, int]]
    others: int
    votes: int


@dataclass(frozen=True)
class Replaced:
    """A vote that was replaced on a day."""

    contest_id: int
    title: str
    person_id: int
    on: date | None


def vote_of(contest_id: int, person_id: int | None) -> Vote | None:
    return votes_of(person_id, [contest_id]).get(contest_id)


def votes_among(contest_id: int, people: Collection[int]) -> dict[int, Vote]:
    """Those of these people who have voted."""
    asked = select(RollEntry.person_id, RollEntry.channel, RollEntry.voted_on, RollEntry.replaced_on)
    asked = asked.where(RollEntry.contest_id == contest_id, RollEntry.person_id.in_(people))
    rows = session.execute(asked.order_by(RollEntry.person_id))
    return {person: Vote(channel, voted, replaced) for person, channel, voted, replaced in rows}


def votes_of(person_id: int | None, contest_ids: Collection[int]) -> dict[int, Vote]:
    """The person's votes in these contests, by contest."""
    asked = select(RollEntry.contest_id, RollEntry.channel, RollEntry.voted_on, RollEntry.replaced_on)
    asked = asked.where(RollEntry.contest_id.in_(contest_ids), RollEntry.person_id == person_id)
    rows = session.execute(asked.order_by(RollEntry.contest_id))
    return {contest: Vote(channel, voted, replaced) for contest, channel, voted, replaced in rows}


def marked_in(contest_id: int, scopes: Sequence[str] = ("",)) -> dict[str, int]:
    """How many of each village are on the roll as voters on paper."""
    village = RollEntry.village_code
    on_paper = (RollEntry.contest_id == contest_id) & (RollEntry.channel == Channel.PAPER)
    asked = select(village, func.count()).where(on_paper, within(village, scopes)).group_by(village)
    return {code or "": count for code, count in session.execute(asked.order_by(village))}


def helpers_of(contest_id: int) -> list[Helper]:
    """On whose devices people have voted, the most first."""
    by_day = (
        select(RollEntry.helper_id, func.count().label("votes"))
        .where(RollEntry.contest_id == contest_id, RollEntry.channel == Channel.ASSISTED)
        .group_by(RollEntry.helper_id, RollEntry.voted_on)
        .subquery()
    )
    votes, most = func.sum(by_day.c.votes), func.max(by_day.c.votes)
    asked = (
        select(Person.name, Region.name, votes, most)
        .join(by_day, by_day.c.helper_id == Person.id)
        .join(Region, Region.code == Person.village_code)
        .group_by(Person.id, Person.name, Region.name)
        .order_by(votes.desc(), Person.id)
    )
    return [Helper(name, village, int(all_), int(day)) for name, village, all_, day in session.execute(asked)]


def assisted_shares(contest_id: int) -> Shares:
    """What may be published of assisted votes."""
    helpers = helpers_of(contest_id)
    told, others = told_shares({place: helper.votes for place, helper in enumerate(helpers)})
    all_ = session.scalar(select(func.count()).select_from(RollEntry).where(RollEntry.contest_id == contest_id)) or 0
    return Shares([(helpers[place].village, count) for place, count in told.items()], others, all_)


def replaced_on(contest_id: int, days: Collection[date]) -> list[Replaced]:
    """Whose votes were replaced on these days."""
    asked = select(Contest.id, Contest.title, RollEntry.person_id, RollEntry.replaced_on)
    asked = asked.join(RollEntry, RollEntry.contest_id == Contest.id)
    rows = session.execute(asked.where(Contest.id == contest_id, RollEntry.replaced_on.in_(days)))
    return sorted((Replaced(*row) for row in rows), key=lambda one: one.person_id)


def replaced_of(person_id: int, since: date) -> list[Replaced]:
    """The person's own votes that were replaced since a day."""
    asked = select(Contest.id, Contest.title, RollEntry.person_id, RollEntry.replaced_on)
    asked = asked.join(RollEntry, RollEntry.contest_id == Contest.id)
    rows = session.execute(
        asked.where(RollEntry.person_id == person_id, RollEntry.replaced_on >= since).order_by(Contest.id)
    )
    return [Replaced(*row) for row in rows]
