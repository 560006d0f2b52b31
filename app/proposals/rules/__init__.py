"""The life cycle of a proposal, who holds it for how long, and what may be submitted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.kernel.transitions import Lifecycle

TITLE_LENGTH = (10, 120)
TEXT_LENGTH = (20, 2000)
WORK_LENGTH = (10, 1500)
HAMLET_LENGTH = (0, 60)
UNIT_LENGTH = (1, 20)
GROUP_LENGTH = (3, 80)
REGISTRATION_LENGTH = (3, 60)
REASON_LENGTH = (10, 1000)
MAX_ESTIMATE = 100_000_000_000
MAX_VOLUME = 1_000_000
MAX_PEOPLE = 1_000_000


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    MERGED = "merged"
    REJECTED = "rejected"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    DEFERRED = "deferred"
    ESCALATED = "escalated"
    ROUTED = "routed"
    PLANNED = "planned"
    BUDGETED = "budgeted"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    SUBMIT = "submit"
    PUBLISH = "publish"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    APPEAL = "appeal"
    MERGE = "merge"
    SHORTLIST = "shortlist"
    SELECT = "select"
    DEFER = "defer"
    REOPEN = "reopen"
    ESCALATE = "escalate"
    ROUTE = "route"
    PLAN = "plan"
    BUDGET = "budget"
    START = "start"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    UNDO = "undo"
    SEPARATE = "separate"
    # Steps that change no status.
    TAKE_IN = "take_in"
    GIVE_BACK = "give_back"
    SPLIT = "split"
    VISIT = "visit"
    VISITED = "visited"
    VERDICT = "verdict"
    DEVIATE = "deviate"
    REVISE = "revise"
    ADVANCE = "advance"


LIFECYCLE: Lifecycle[Status, Event] = Lifecycle(
    {
        (Status.DRAFT, Event.SUBMIT): Status.SUBMITTED,
        (Status.SUBMITTED, Event.PUBLISH): Status.PUBLISHED,
        (Status.SUBMITTED, Event.RETURN): Status.RETURNED,
        (Status.SUBMITTED, Event.MERGE): Status.MERGED,
        (Status.SUBMITTED, Event.REJECT): Status.REJECTED,
        (Status.RETURNED, Event.RESUBMIT): Status.SUBMITTED,
        (Status.PUBLISHED, Event.SHORTLIST): Status.SHORTLISTED,
        (Status.PUBLISHED, Event.DEFER): Status.DEFERRED,
        (Status.PUBLISHED, Event.MERGE): Status.MERGED,
        (Status.PUBLISHED, Event.REJECT): Status.REJECTED,
        (Status.REJECTED, Event.APPEAL): Status.SUBMITTED,
        (Status.SHORTLISTED, Event.SELECT): Status.SELECTED,
        (Status.SHORTLISTED, Event.DEFER): Status.DEFERRED,
        (Status.DEFERRED, Event.REOPEN): Status.PUBLISHED,
        (Status.SELECTED, Event.ESCALATE): Status.ESCALATED,
        (Status.SELECTED, Event.ROUTE): Status.ROUTED,
        (Status.ROUTED, Event.PLAN): Status.PLANNED,
        (Status.PLANNED, Event.BUDGET): Status.BUDGETED,
        (Status.BUDGETED, Event.START): Status.UNDERWAY,
        (Status.UNDERWAY, Event.FINISH): Status.COMPLETED,
        (Status.DRAFT, Event.WITHDRAW): Status.WITHDRAWN,
        (Status.SUBMITTED, Event.WITHDRAW): Status.WITHDRAWN,
        (Status.RETURNED, Event.WITHDRAW): Status.WITHDRAWN,
        (Status.PUBLISHED, Event.WITHDRAW): Status.WITHDRAWN,
        # Moderators take an answer back, and separate what they have merged.
        (Status.PUBLISHED, Event.UNDO): Status.SUBMITTED,
        (Status.RETURNED, Event.UNDO): Status.SUBMITTED,
        (Status.REJECTED, Event.UNDO): Status.SUBMITTED,
        (Status.MERGED, Event.UNDO): Status.SUBMITTED,
        (Status.MERGED, Event.SEPARATE): Status.PUBLISHED,
    }
)

# What is told on the timeline beside the status.
NOTES = frozenset(
    {
        Event.TAKE_IN,
        Event.GIVE_BACK,
        Event.SPLIT,
        Event.VISIT,
        Event.VISITED,
        Event.VERDICT,
        Event.DEVIATE,
        Event.REVISE,
        Event.ADVANCE,
    }
)

# Lists leave these out unless they are asked for.
SET_ASIDE = frozenset({Status.MERGED, Status.REJECTED, Status.WITHDRAWN})
# Events that are a no, or nearly one: each needs a public reason.
NEEDS_REASON = frozenset({Event.RETURN, Event.REJECT, Event.MERGE, Event.DEFER})


class Holder(StrEnum):
    """Who has to act next."""

    AUTHOR = "author"
    MODERATOR = "moderator"
    RESIDENTS = "residents"
    PLANNER = "planner"
    AGENCY = "agency"
    NOBODY = "nobody"


HOLDERS: dict[Status, tuple[Holder, timedelta | None]] = {
    Status.DRAFT: (Holder.AUTHOR, None),
    Status.SUBMITTED: (Holder.MODERATOR, timedelta(days=7)),
    Status.RETURNED: (Holder.AUTHOR, timedelta(days=14)),
    Status.PUBLISHED: (Holder.RESIDENTS, None),
    Status.SHORTLISTED: (Holder.RESIDENTS, None),
    Status.SELECTED: (Holder.PLANNER, timedelta(days=14)),
    Status.ROUTED: (Holder.AGENCY, None),
    Status.PLANNED: (Holder.AGENCY, None),
    Status.BUDGETED: (Holder.AGENCY, None),
    Status.UNDERWAY: (Holder.AGENCY, None),
}


def holder_after(status: Status, now: datetime) -> tuple[Holder, datetime | None]:
    """Who holds a proposal that has just come into the status, and until when they should act."""
    holder, term = HOLDERS.get(status, (Holder.NOBODY, None))
    return holder, now + term if term else None


@dataclass(frozen=True)
class Clock:
    """Since when and until when somebody holds a proposal, and since when it is public."""

    since: datetime
    until: datetime | None
    public_since: datetime | None


class ReasonCode(StrEnum):
    """The closed list of reasons for a no, for counting; the words are in the public reason."""

    DUPLICATE = "duplicate"
    LOCATION_UNCLEAR = "location_unclear"
    ALREADY_BUILT = "already_built"
    NOT_AUTHORITY = "not_authority"
    LAND_NOT_READY = "land_not_ready"
    OVER_CEILING = "over_ceiling"
    UNREASONABLE_COST = "unreasonable_cost"
    INCOMPLETE = "incomplete"
    OUTSIDE_PLAN = "outside_plan"
    BREAKS_SPATIAL_PLAN = "breaks_spatial_plan"
    PRIVATE_DATA = "private_data"
    WRONG_AGENCY = "wrong_agency"
    NOT_SELECTED = "not_selected"


class Refusal(StrEnum):
    """Why proposals say no."""

    NO_MISI = "no_misi"
    UNKNOWN_MISI = "unknown_misi"
    NO_MISI_CHOSEN = "no_misi_chosen"
    OTHER_VILLAGE = "other_village"
    OTHER_REGENCY = "other_regency"
    NO_CYCLE_OPEN = "no_cycle_open"
    REASON_MISSING = "reason_missing"
    CHANGED_MEANWHILE = "changed_meanwhile"
    ALREADY_SENT = "already_sent"
    NOT_CONFIRMED = "not_confirmed"
    NOT_READ_BACK = "not_read_back"
    UNKNOWN_ENTRY = "unknown_entry"
    OTHER_UNIT = "other_unit"
    GROUP_MISSING = "group_missing"
    TOO_MUCH = "too_much"
    OUTSIDE_REGENCY = "outside_regency"
    TOO_MANY_DRAFTS = "too_many_drafts"
    NOT_OPEN_TO_CHANGE = "not_open_to_change"
    NOTHING_CHANGED = "nothing_changed"
    CHANGES_TOO_MUCH = "changes_too_much"
    TOO_MANY_VERSIONS = "too_many_versions"


def public_after(
    event: Event, code: ReasonCode | None, public_since: datetime | None, now: datetime
) -> datetime | None:
    """Since when a proposal is open to all: publishing opens it, a no too; a text that must not be seen is closed."""
    if event is Event.REJECT and code is ReasonCode.PRIVATE_DATA:
        return None
    return public_since or (now if event in (Event.PUBLISH, Event.REJECT) else None)


@dataclass(frozen=True)
class Answers:
    """What the author says; money in rupiah, `beneficiaries` in people, `entry_id` of the catalog, WGS 84 degrees."""

    title: str
    problem: str
    work: str
    village_code: str
    hamlet: str
    volume: int
    unit: str
    estimate: int
    beneficiaries: int
    misi_ids: frozenset[int]
    entry_id: int | None = None
    group_name: str = ""
    group_registration: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_at_home: bool = False


def refuse_answers(
    answers: Answers, own_village: str, regency_misi: Collection[int], is_gathering: bool
) -> Refusal | None:
    """Why these answers cannot be taken from a resident of `own_village` now."""
    if not is_gathering:
        return Refusal.NO_CYCLE_OPEN
    if not regency_misi:
        return Refusal.NO_MISI
    if answers.village_code != own_village:
        return Refusal.OTHER_VILLAGE
    if not answers.misi_ids:
        return Refusal.NO_MISI_CHOSEN
    if not answers.misi_ids <= set(regency_misi):
        return Refusal.UNKNOWN_MISI
    return None


def refuse_reason(event: Event, code: ReasonCode | None, reason: str) -> Refusal | None:
    """A no without a public reason is no answer."""
    lacks = code is None or len(reason.strip()) < REASON_LENGTH[0]
    return Refusal.REASON_MISSING if event in NEEDS_REASON and lacks else None


def format_number(prefix: str, plan_year: int, sequence: int) -> str:
    """BLU-28-00042: regency, plan year, sequence; permanent and speakable."""
    return f"{prefix}-{plan_year % 100:02d}-{sequence:05d}"
