"""The life cycle of an innovation, and the lanes in which the board shows it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise

from app.innovations.rules.refusals import Refusal
from app.kernel.transitions import Lifecycle

REASON_LENGTH = (10, 1000)


class Stage(StrEnum):
    IDEA = "idea"
    CURATION = "curation"
    PROPOSAL = "proposal"
    ASSESSED = "assessed"
    TRIAL_APPROVED = "trial_approved"
    TRIAL = "trial"
    EVALUATION = "evaluation"
    ADOPTED = "adopted"
    INSTITUTIONALISED = "institutionalised"
    REPLICATING = "replicating"
    REVISION = "revision"
    STOPPED = "stopped"
    REJECTED = "rejected"


class StageEvent(StrEnum):
    """REGISTER begins a history and is no transition; PASS and REPLICATE lead through a gate, HOLD nowhere."""

    REGISTER = "register"
    PASS = "pass"  # noqa: S105 (no password)
    REPLICATE = "replicate"
    HOLD = "hold"
    SEND_BACK = "send_back"
    RESUME = "resume"
    STOP = "stop"
    REJECT = "reject"


class Origin(StrEnum):
    """Out of a winning proposal, out of a registry's file, or entered by whoever runs it or had the idea."""

    PROPOSAL = "proposal"
    REGISTERED = "registered"
    AGENCY = "agency"
    VILLAGE = "village"
    RESIDENT = "resident"


PATH = (
    Stage.IDEA,
    Stage.CURATION,
    Stage.PROPOSAL,
    Stage.ASSESSED,
    Stage.TRIAL_APPROVED,
    Stage.TRIAL,
    Stage.EVALUATION,
    Stage.ADOPTED,
    Stage.INSTITUTIONALISED,
)
RUNNING = (*PATH, Stage.REPLICATING)
ENDED = (Stage.STOPPED, Stage.REJECTED)
# Before it is taken further, and when it was sent back, it is with those who proposed it.
EARLY = (Stage.IDEA, Stage.REVISION)

LIFECYCLE: Lifecycle[Stage, StageEvent] = Lifecycle(
    {(before, StageEvent.PASS): after for before, after in pairwise(PATH)}
    | {(Stage.ADOPTED, StageEvent.REPLICATE): Stage.REPLICATING}
    | {(stage, StageEvent.HOLD): stage for stage in (*RUNNING, Stage.REVISION)}
    | {(stage, StageEvent.SEND_BACK): Stage.REVISION for stage in RUNNING}
    # What comes back is curated again; the provisions it has stay, so its gates can be passed again at once.
    | {(stage, StageEvent.RESUME): Stage.CURATION for stage in (Stage.REVISION, Stage.STOPPED)}
    | {(stage, StageEvent.STOP): Stage.STOPPED for stage in (*RUNNING, Stage.REVISION)}
    | {(stage, StageEvent.REJECT): Stage.REJECTED for stage in (*RUNNING, Stage.REVISION)}
)

FORWARD = (StageEvent.PASS, StageEvent.REPLICATE)
BEGINNINGS = (StageEvent.REGISTER, StageEvent.RESUME)


class Lane(StrEnum):
    """A column of the board; the codes stand in addresses."""

    IDEAS = "gagasan"
    TRIALS = "uji-coba"
    IN_USE = "penerapan"
    LASTING = "pelembagaan"
    ENDED = "berhenti"


LANES: dict[Lane, tuple[Stage, ...]] = {
    Lane.IDEAS: (Stage.IDEA, Stage.CURATION, Stage.PROPOSAL, Stage.ASSESSED, Stage.REVISION),
    Lane.TRIALS: (Stage.TRIAL_APPROVED, Stage.TRIAL, Stage.EVALUATION),
    Lane.IN_USE: (Stage.ADOPTED,),
    Lane.LASTING: (Stage.INSTITUTIONALISED, Stage.REPLICATING),
    Lane.ENDED: ENDED,
}
LANE_OF: dict[Stage, Lane] = {stage: lane for lane, stages in LANES.items() for stage in stages}


def targets(stage: Stage) -> tuple[Stage, ...]:
    """The stages behind the gates that stand open to this one."""
    return tuple(LIFECYCLE.after(stage, event) for event in FORWARD if LIFECYCLE.allows(stage, event))


def event_to(stage: Stage, target: Stage) -> StageEvent | None:
    """The event that leads through the gate to the target; None where that would skip a stage."""
    leading = (e for e in FORWARD if LIFECYCLE.allows(stage, e) and LIFECYCLE.after(stage, e) is target)
    return next(leading, None)


def other_events(stage: Stage) -> tuple[StageEvent, ...]:
    """What a planner may decide beside passing a gate."""
    return tuple(event for event in LIFECYCLE.events(stage) if event not in FORWARD)


def refuse_reason(event: StageEvent, reason: str, lesson: str, until: date | None, today: date) -> Refusal | None:
    """Every decision needs a public reason; who stops also says what was learnt, who holds until when."""
    if len(reason.strip()) < REASON_LENGTH[0]:
        return Refusal.REASON_MISSING
    if event is StageEvent.HOLD and (until is None or until <= today):
        return Refusal.UNTIL_MISSING
    needs_lesson = event is StageEvent.STOP and len(lesson.strip()) < REASON_LENGTH[0]
    return Refusal.LESSON_MISSING if needs_lesson else None


def gates_passed(steps: Iterable[tuple[StageEvent, Stage]]) -> tuple[Stage, ...]:
    """The gates behind an innovation, out of its history, the oldest first: those since it began, or began anew."""
    passed: list[Stage] = []
    for event, stage in steps:
        if event in BEGINNINGS:
            passed = []
        elif event in FORWARD:
            passed.append(stage)
    return tuple(passed)


def format_number(prefix: str, sequence: int) -> str:
    """BLU-I-0001: regency and sequence; permanent and speakable."""
    return f"{prefix}-I-{sequence:04d}"
