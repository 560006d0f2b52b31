"""Who closes a task. Everything else is brought by those who provide for an innovation (innovations.permissions)."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy


class CanWithTask(StrEnum):
    CLOSE = "close"


@dataclass(frozen=True)
class TaskFacts:
    """Where the task is, which agency leads its innovation, and which has the task."""

    code: str
    lead_id: int | None
    agency_id: int | None


def is_planner(actor: Actor, facts: TaskFacts) -> bool:
    """a planner of the regency"""
    return actor.holds(Role.PLANNER, facts.code)


def serves_lead(actor: Actor, facts: TaskFacts) -> bool:
    """an officer of the lead agency"""
    return actor.serves(facts.code, facts.lead_id)


def serves_doer(actor: Actor, facts: TaskFacts) -> bool:
    """an officer of the agency that has the task"""
    return facts.agency_id is not None and actor.serves(facts.code, facts.agency_id)


TASK_POLICY: Policy[CanWithTask, TaskFacts] = Policy({CanWithTask.CLOSE: (is_planner, serves_lead, serves_doer)})
