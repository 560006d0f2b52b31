"""Verdicts of the levels, and the phases in which they are given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.cycles.models import Phase
from app.cycles.queries import open_cycle
from app.cycles.rules import OPENS, Activity, PhaseKind
from app.db.session import session
from app.kernel.actor import Actor, Grant, Role
from app.kernel.outcomes import Refused
from app.kernel.paging import Page, page_of
from app.moderation.models import VerdictEntry
from app.moderation.rules.refusals import Refusal
from app.moderation.rules.verdicts import HANDED_ON, Given, Level, Outcome
from app.plans.models import Agency
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.queries import ProposalRow, micros, moment_mark, rows_select
from app.proposals.rules import Event, Holder, ReasonCode, Status
from app.regions.queries import within

VERDICT_SIZE = 50


@dataclass(frozen=True)
class VerdictRow:
    """A verdict as everybody reads it; `agency` has or gets the proposal, `to_agency` was it rerouted to.

    It stands unless the proposal has begun anew since.
    """

    level: Level
    outcome: Outcome
    code: ReasonCode | None
    reason: str
    volume: int | None
    budget: int | None
    document: str
    at: datetime
    agency_id: int | None
    agency: str | None
    to_agency_id: int | None
    to_agency: str | None
    stands: bool

    @property
    def given(self) -> Given:
        return Given(self.level, self.outcome, self.agency_id, self.to_agency_id)


def began_anew(proposal_id: InstrumentedAttribute[int], *events: Event) -> ScalarSelect[datetime]:
    """When such an event last let the proposal begin anew, if one ever did."""
    asked = select(func.max(TimelineEntry.at)).where(TimelineEntry.event.in_(events))
    return asked.where(TimelineEntry.proposal_id == proposal_id).scalar_subquery()


def _stands() -> ColumnElement[bool]:
    """In a new year, and after an appeal, every level speaks again."""
    began = began_anew(VerdictEntry.proposal_id, Event.REOPEN, Event.APPEAL)
    return or_(began.is_(None), VerdictEntry.at > began)


def given_on(proposal_id: int) -> list[Given]:
    """The verdicts that stand, oldest first."""
    entry = VerdictEntry
    rows = session.execute(
        select(entry.level, entry.outcome, entry.agency_id, entry.to_agency_id)
        .where(entry.proposal_id == proposal_id, _stands())
        .order_by(entry.id)
    )
    return [Given(*row) for row in rows]


def verdicts_on(proposal_id: int) -> list[VerdictRow]:
    """Oldest first, with the agencies' names; one statement."""
    return verdicts_of([proposal_id]).get(proposal_id, [])


def verdicts_of(proposal_ids: Collection[int]) -> dict[int, list[VerdictRow]]:
    """As `verdicts_on`, for many; one statement."""
    to_agency = aliased(Agency)
    entry = VerdictEntry
    rows: Sequence[Any] = session.execute(
        select(
            entry.proposal_id,
            entry.level,
            entry.outcome,
            entry.reason_code,
            entry.reason,
            entry.volume,
            entry.budget,
            entry.document,
            entry.at,
            entry.agency_id,
            Agency.name,
            entry.to_agency_id,
            to_agency.name,
            _stands(),
        )
        .outerjoin(Agency, Agency.id == entry.agency_id)
        .outerjoin(to_agency, to_agency.id == entry.to_agency_id)
        .where(entry.proposal_id.in_(proposal_ids))
        .order_by(entry.proposal_id, entry.id)
    ).all()
    found: dict[int, list[VerdictRow]] = {}
    for proposal_id, *row in rows:
        found.setdefault(proposal_id, []).append(VerdictRow(*row))
    return found


def waiting_for_verdict(actor: Actor, after: str | None, size: int = VERDICT_SIZE) -> Page[ProposalRow]:
    """Proposals on which a level of the actor's is to speak, those that have waited the longest first."""
    # Of the many that are public, only those on which somebody has spoken are with anybody but the residents.
    has_begun = Proposal.id.in_(select(VerdictEntry.proposal_id))
    wanted = rows_select().where(has_begun, Proposal.status.in_(HANDED_ON), or_(*_theirs(actor)))
    if mark := moment_mark(after):
        wanted = wanted.where(tuple_(Proposal.held_since, Proposal.id) > mark)
    rows = session.execute(wanted.order_by(Proposal.held_since, Proposal.id).limit(size + 1)).all()
    return page_of([ProposalRow(*row) for row in rows], size, lambda row: f"{micros(row.held_since)}-{row.id}")


def _theirs(actor: Actor) -> list[ColumnElement[bool]]:
    code = Proposal.village_code
    moderated = and_(Proposal.holder == Holder.MODERATOR, within(code, actor.scopes(Role.MODERATOR)))
    planned = and_(Proposal.holder == Holder.PLANNER, within(code, actor.scopes(Role.PLANNER)))
    return [moderated, planned, *(_serves(grant.scope, grant.agency_id) for grant in _offices(actor))]


def _offices(actor: Actor) -> list[Grant]:
    return [grant for grant in actor.grants if grant.role is Role.OFFICER]


def _serves(scope: str, agency_id: int | None) -> ColumnElement[bool]:
    """The agencies' turn, and the latest verdict has given it to this one."""
    last = select(func.max(VerdictEntry.id)).where(VerdictEntry.proposal_id == Proposal.id).correlate(Proposal)
    has_it = func.coalesce(VerdictEntry.to_agency_id, VerdictEntry.agency_id)
    now_with = select(has_it).where(VerdictEntry.id == last.scalar_subquery()).correlate(Proposal).scalar_subquery()
    theirs = and_(Proposal.holder == Holder.AGENCY, within(Proposal.village_code, [scope]))
    return theirs if agency_id is None else and_(theirs, now_with == agency_id)


def is_review_open(proposal: Proposal, now: datetime) -> bool:
    """Whether a phase of the proposal's cycle opens answers now."""
    kinds = [kind for kind, opened in OPENS.items() if Activity.REVIEW in opened]
    asked = select(Phase.id).where(
        Phase.cycle_id == proposal.cycle_id, Phase.kind.in_(kinds), Phase.opens <= now, Phase.closes > now
    )
    return session.scalars(asked.limit(1)).first() is not None


def has_review_begun(cycle_id: int, now: datetime) -> bool:
    """Whether the phase of the review has opened, open still or not."""
    asked = select(Phase.id).where(Phase.cycle_id == cycle_id, Phase.kind == PhaseKind.REVIEW, Phase.opens <= now)
    return session.scalars(asked.limit(1)).first() is not None


def appealed_in(proposal_id: int) -> list[int]:
    """The cycles in which the proposal was appealed for."""
    rows = session.scalars(
        select(TimelineEntry.facts)
        .where(TimelineEntry.proposal_id == proposal_id, TimelineEntry.event == Event.APPEAL)
        .order_by(TimelineEntry.id)
    )
    return [int(facts["cycle"]) for facts in rows if "cycle" in facts]


def deferred_before(regency_code: str, cycle_id: int, size: int) -> Sequence[int]:
    """Deferred proposals of other cycles, the oldest first."""
    asked = select(Proposal.id).where(*_deferred(regency_code, cycle_id))
    return session.scalars(asked.order_by(Proposal.id).limit(size)).all()


def deferred_in(regency_code: str, now: datetime) -> int:
    """How many wait for the year that gathers now; Refused where none does."""
    cycle = open_cycle(regency_code, Activity.PROPOSE, now)
    if cycle is None:
        raise Refused(Refusal.NO_NEXT_CYCLE)
    return session.scalars(select(func.count()).where(*_deferred(regency_code, cycle.id))).one()


def _deferred(regency_code: str, cycle_id: int) -> tuple[ColumnElement[bool], ...]:
    of_regency = Proposal.regency_code == regency_code
    return of_regency, Proposal.status == Status.DEFERRED, Proposal.cycle_id != cycle_id
