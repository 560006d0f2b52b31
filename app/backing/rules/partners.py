"""Partners beside the lead agency, and the tasks that they and the agencies have."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.backing.rules.refusals import Refusal
from app.kernel.transitions import Lifecycle


class PartnerKind(StrEnum):
    AGENCY = "agency"
    VILLAGE = "village"
    CAMPUS = "campus"
    COMPANY = "company"
    MEDIA = "media"
    COMMUNITY = "community"


@dataclass(frozen=True)
class PartnerText:
    """What is typed of a partner; an agency or a village is one of the regency's, the others have a name."""

    kind: PartnerKind
    role: str
    name: str = ""
    agency_id: int | None = None
    village_code: str | None = None
    agreement: str = ""
    agreed_on: date | None = None
    ends: date | None = None


def refuse_partner(text: PartnerText, lead_id: int | None, today: date) -> Refusal | None:
    """Why this cannot be a partner."""
    who = {PartnerKind.AGENCY: text.agency_id, PartnerKind.VILLAGE: text.village_code}.get(text.kind, text.name.strip())
    if not who or not text.role.strip():
        return Refusal.FIELD_MISSING
    if text.kind is PartnerKind.AGENCY and text.agency_id == lead_id:
        return Refusal.IS_LEAD
    if text.agreed_on is not None and text.agreed_on > today:
        return Refusal.IN_FUTURE
    if text.agreed_on is not None and text.ends is not None and text.ends < text.agreed_on:
        return Refusal.ENDS_BEFORE_START
    return None


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class TaskEvent(StrEnum):
    FINISH = "finish"
    DROP = "drop"


TASKS: Lifecycle[TaskState, TaskEvent] = Lifecycle(
    {(TaskState.OPEN, TaskEvent.FINISH): TaskState.DONE, (TaskState.OPEN, TaskEvent.DROP): TaskState.DROPPED}
)


@dataclass(frozen=True)
class TaskText:
    """What is typed of a task: an agency does it, or a partner."""

    title: str
    due: date
    agency_id: int | None = None
    partner_id: int | None = None


def refuse_task(text: TaskText, today: date) -> Refusal | None:
    if not text.title.strip() or (text.agency_id is None) == (text.partner_id is None):
        return Refusal.FIELD_MISSING
    return Refusal.DUE_IN_PAST if text.due < today else None


def is_late(state: TaskState, due: date, today: date) -> bool:
    """Late from the day after the one until which it was to be done."""
    return state is TaskState.OPEN and due < today
