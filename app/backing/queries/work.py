"""What has to be done and what ends soon, for the desks of those who can do something about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from app.accounts.models import RoleGrant
from app.backing.models import Commitment, CoverWarning, LegalAct, Partner, Task
from app.backing.rules.acts import ActState
from app.backing.rules.partners import TaskState
from app.backing.rules.resources import FIRM, WARNED_BEFORE, Resource, Span, covered_until, is_soon
from app.backing.rules.warnings import Ending, Subject
from app.db.session import session
from app.innovations.models import Innovation
from app.innovations.rules.stages import RUNNING
from app.kernel.actor import Actor, Role
from app.plans.models import Agency
from app.regions.models import RegencyProfile
from app.regions.queries import within

# So much work stands on a desk at once, the most urgent first.
ON_DESK = 100


@dataclass(frozen=True)
class Due:
    """An open task on a desk."""

    id: int
    title: str
    due: date
    agency: str | None
    number: str
    name: str
    slug: str


def _reached_by(actor: Actor, agency_id: ColumnElement[int | None]) -> ColumnElement[bool]:
    """What planners of the regency reach, and officers where it is their agency's."""
    code = Innovation.regency_code
    officers = (grant for grant in actor.grants if grant.role is Role.OFFICER)
    mine = (
        and_(within(code, [grant.scope]), true() if grant.agency_id is None else agency_id == grant.agency_id)
        for grant in officers
    )
    return or_(false(), within(code, actor.scopes(Role.PLANNER)), *mine)


def to_do(actor: Actor) -> list[Due]:
    """Open tasks: all of their regencies for planners, those of their agency for officers."""
    rows = session.execute(
        select(Task.id, Task.title, Task.due, Agency.name, Innovation.number, Innovation.name, RegencyProfile.slug)
        .join(Innovation, Innovation.id == Task.innovation_id)
        .join(RegencyProfile, RegencyProfile.code == Innovation.regency_code)
        .outerjoin(Agency, Agency.id == Task.agency_id)
        .where(Task.state == TaskState.OPEN, _reached_by(actor, Task.agency_id.expression))
        .order_by(Task.due, Task.id)
        .limit(ON_DESK)
    )
    return [Due(*row) for row in rows]


def endings(ids: Sequence[int], today: date) -> list[Ending]:
    """What of these innovations ends within the time in which people are told, the first to end first."""
    found = [*_cover_endings(ids, today), *_act_endings(ids, today), *_agreement_endings(ids, today)]
    return sorted(found, key=lambda one: (one.ends_on, one.innovation_id, one.subject))


def _cover_endings(ids: Sequence[int], today: date) -> list[Ending]:
    """Money, people and technology that nothing follows without a gap."""
    spans: dict[int, list[Span]] = {}
    columns = (Commitment.innovation_id, Commitment.kind, Commitment.since, Commitment.until)
    firm = Commitment.innovation_id.in_(ids) & Commitment.state.in_(FIRM)
    for row in session.execute(select(*columns).where(firm).order_by(Commitment.id)):
        spans.setdefault(row.innovation_id, []).append(Span(row.kind, row.since, row.until, is_firm=True))
    ends = ((number, kind, covered_until(held, kind, today)) for number, held in spans.items() for kind in Resource)
    return [Ending(number, Subject(kind), end) for number, kind, end in ends if end and is_soon(end, today)]


def _act_endings(ids: Sequence[int], today: date) -> list[Ending]:
    in_force = LegalAct.innovation_id.in_(ids) & (LegalAct.state == ActState.IN_FORCE)
    soon = LegalAct.expires.between(today, today + WARNED_BEFORE)
    asked = select(LegalAct.innovation_id, LegalAct.expires, LegalAct.number).where(in_force, soon)
    return _named(Subject.ACT, session.execute(asked.order_by(LegalAct.id)).all())


def _agreement_endings(ids: Sequence[int], today: date) -> list[Ending]:
    there = Partner.innovation_id.in_(ids) & Partner.withdrawn_at.is_(None)
    soon = Partner.ends.between(today, today + WARNED_BEFORE)
    asked = select(Partner.innovation_id, Partner.ends, Partner.name).where(there, soon)
    return _named(Subject.AGREEMENT, session.execute(asked.order_by(Partner.id)).all())


def _named(subject: Subject, rows: Sequence[Any]) -> list[Ending]:
    return [Ending(number, subject, ends_on, what) for number, ends_on, what in rows]


@dataclass(frozen=True)
class EndingRow:
    """Something that ends, with the innovation that it belongs to."""

    ending: Ending
    number: str
    name: str
    slug: str


def endings_soon(actor: Actor, today: date) -> list[EndingRow]:
    """What the night has warned of and still ends: whatever was prolonged since is left out."""
    warned = exists().where(CoverWarning.innovation_id == Innovation.id, CoverWarning.ends_on >= today)
    asked = (
        select(Innovation.id, Innovation.number, Innovation.name, RegencyProfile.slug)
        .join(RegencyProfile, RegencyProfile.code == Innovation.regency_code)
        .where(warned, Innovation.stage.in_(RUNNING), _reached_by(actor, Innovation.agency_id.expression))
        .order_by(Innovation.id)
        .limit(ON_DESK)
    )
    known = {row.id: row for row in session.execute(asked)}
    found = endings(list(known), today)
    return [EndingRow(one, *known[one.innovation_id][1:]) for one in found]


def running_after(after_id: int, most: int) -> Sequence[tuple[int, str, str, int | None]]:
    """The next running innovations: id, regency, number, lead agency."""
    asked = select(Innovation.id, Innovation.regency_code, Innovation.number, Innovation.agency_id)
    asked = asked.where(Innovation.id > after_id, Innovation.stage.in_(RUNNING))
    rows = session.execute(asked.order_by(Innovation.id).limit(most))
    return [(row.id, row.regency_code, row.number, row.agency_id) for row in rows]


def told_about(regency_code: str, agency_id: int | None) -> Sequence[int]:
    """Whom it concerns that something of the agency's innovation ends: its officers, and the regency's planners."""
    is_planner = RoleGrant.role == Role.PLANNER
    is_officer = (RoleGrant.role == Role.OFFICER) & (RoleGrant.agency_id == agency_id)
    asked = select(RoleGrant.person_id).where(
        RoleGrant.scope == regency_code, is_planner | is_officer, RoleGrant.until.is_(None)
    )
    return session.scalars(asked.distinct().order_by(RoleGrant.person_id)).all()
