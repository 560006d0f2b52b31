"""Partners and tasks: who takes part, and who does what until when."""

from datetime import datetime

from app.audit.actions import record
from app.backing import queries
from app.backing.actions.judging import judge
from app.backing.models import Partner, Task
from app.backing.permissions import TASK_POLICY, CanWithTask, TaskFacts
from app.backing.rules.partners import (
    TASKS,
    PartnerKind,
    PartnerText,
    TaskEvent,
    TaskState,
    TaskText,
    refuse_partner,
    refuse_task,
)
from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import refuse_withdrawal
from app.db.session import session
from app.innovations.actions import keeping_gates, open_for, today_of
from app.innovations.models import Innovation
from app.innovations.queries import get_locked
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.plans.queries import agencies_of
from app.regions.queries import find_village


def add_partner(actor: Actor, innovation: Innovation, text: PartnerText, now: datetime) -> Partner:
    """Enter who takes part; twice is refused."""
    innovation = open_for(actor, innovation)
    if refusal := refuse_partner(text, innovation.agency_id, today_of(innovation, now)):
        raise Refused(refusal)
    name = _name(innovation, text)
    if name.casefold() in queries.partner_names(innovation.id, text.kind):
        raise Refused(Refusal.PARTNER_TWICE, name=name)
    made = Partner(
        innovation_id=innovation.id,
        kind=text.kind,
        name=name,
        role=text.role.strip(),
        agency_id=text.agency_id if text.kind is PartnerKind.AGENCY else None,
        village_code=text.village_code if text.kind is PartnerKind.VILLAGE else None,
        agreement=text.agreement.strip(),
        agreed_on=text.agreed_on,
        ends=text.ends,
        added_by_id=actor.person_id,
        at=now,
    )
    session.add(made)
    session.flush()
    record(actor, "add_partner", f"innovation:{innovation.id}", now, kind=text.kind, partner=made.id)
    judge([innovation.id], now)
    return made


def _name(innovation: Innovation, text: PartnerText) -> str:
    """The name that stands on the page: of the agency or village, or what was typed."""
    if text.kind is PartnerKind.AGENCY:
        names = {agency.id: agency.name for agency in agencies_of(innovation.regency_code)}
        if text.agency_id not in names:
            raise Refused(Refusal.UNKNOWN_AGENCY)
        return names[text.agency_id]
    if text.kind is PartnerKind.VILLAGE:
        village = find_village(text.village_code or "")
        if village is None or not village.code.startswith(f"{innovation.regency_code}."):
            raise Refused(Refusal.UNKNOWN_VILLAGE)
        return f"{village.kind.value.title()} {village.name}"
    return text.name.strip()


def end_partner(actor: Actor, innovation: Innovation, partner: Partner, reason: str, now: datetime) -> Partner:
    """The partner takes part no more; refused where a passed gate stood on it."""
    innovation = open_for(actor, innovation)
    session.refresh(partner)
    if refusal := refuse_withdrawal(reason):
        raise Refused(refusal)
    if partner.withdrawn_at is not None:
        raise Refused(Refusal.ENDED)
    with keeping_gates(innovation, now):
        partner.withdrawn_at, partner.withdrawn_by_id, partner.withdrawal = now, actor.person_id, reason.strip()
    record(actor, "end_partner", f"innovation:{innovation.id}", now, partner=partner.id)
    judge([innovation.id], now)
    return partner


def add_task(actor: Actor, innovation: Innovation, text: TaskText, now: datetime) -> Task:
    """Give an agency of the regency, or a partner of the innovation, something to do until a day."""
    innovation = open_for(actor, innovation)
    if refusal := refuse_task(text, today_of(innovation, now)):
        raise Refused(refusal)
    if text.agency_id is not None and text.agency_id not in {one.id for one in agencies_of(innovation.regency_code)}:
        raise Refused(Refusal.UNKNOWN_AGENCY)
    if text.partner_id is not None and text.partner_id not in {p.id for p in queries.partners_of(innovation.id)}:
        raise Refused(Refusal.UNKNOWN_PARTNER)
    made = Task(
        innovation_id=innovation.id,
        title=text.title.strip(),
        agency_id=text.agency_id,
        partner_id=text.partner_id,
        due=text.due,
        state=TaskState.OPEN,
        added_by_id=actor.person_id,
        at=now,
    )
    session.add(made)
    session.flush()
    record(actor, "add_task", f"innovation:{innovation.id}", now, task=made.id)
    return made


def close_task(actor: Actor, innovation: Innovation, task: Task, event: TaskEvent, note: str, now: datetime) -> Task:
    """Done, or dropped with a reason; by whoever provides for the innovation, or the agency that has the task."""
    innovation = get_locked(innovation.id)
    session.refresh(task)
    facts = TaskFacts(innovation.regency_code, innovation.agency_id, task.agency_id)
    TASK_POLICY.require(actor, CanWithTask.CLOSE, facts)
    if event is TaskEvent.DROP and (refusal := refuse_withdrawal(note)):
        raise Refused(refusal)
    task.state = TASKS.after(task.state, event)
    task.closed_at, task.closed_by_id, task.note = now, actor.person_id, note.strip()
    session.flush()
    record(actor, f"task_{event}", f"innovation:{innovation.id}", now, task=task.id)
    return task
