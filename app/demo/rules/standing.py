"""Steps with proposals that stand: talk, follows, new wordings, verdicts, points, and what moderators do beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.demo.rules.steps import Step
from app.demo.rules.texts import ProposalText
from app.discussion.rules.comments import HideCode, Stance, Voice
from app.discussion.rules.follows import Topic
from app.moderation.rules.reports import Wrong
from app.moderation.rules.verdicts import Level, Outcome
from app.proposals.rules import ReasonCode


@dataclass(frozen=True)
class Say(Step):
    """A comment with a key of its own, on the proposal or in answer to another comment."""

    proposal: str
    text: str
    voice: Voice = Voice.RESIDENT
    stance: Stance | None = None
    comment: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Hide(Step):
    proposal: str
    comment: str
    hide: HideCode
    reason: str


@dataclass(frozen=True)
class Follow(Step):
    """A village by its code, a misi by its number, else the proposal."""

    proposal: str
    topic: Topic
    ref: str = ""


@dataclass(frozen=True)
class Revise(Step):
    proposal: ProposalText


@dataclass(frozen=True)
class Judge(Step):
    """`agency` is the short name of the agency to which it goes."""

    proposal: str
    level: Level
    outcome: Outcome
    code: ReasonCode | None = None
    reason: str = ""
    volume: int | None = None
    budget: int | None = None
    agency: str = ""
    document: str = ""


@dataclass(frozen=True)
class SetSizes(Step):
    """How many grown people each village has, for the plan year that was opened last."""

    sizes: Mapping[str, int]


@dataclass(frozen=True)
class Assess(Step):
    """Points of the criteria in their order, as digits."""

    proposal: str
    points: str


@dataclass(frozen=True)
class Discuss(Step):
    proposal: str
    reason: str


@dataclass(frozen=True)
class Deviate(Step):
    proposal: str
    place: int
    reason: str
    document: str


@dataclass(frozen=True)
class Unite(Step):
    proposal: str
    into: str
    reason: str


@dataclass(frozen=True)
class Part(Step):
    """The first piece keeps the number; `part` is the key of the second."""

    proposal: str
    title: str
    work: str
    volume: int
    estimate: int
    part: str
    part_title: str
    part_work: str
    part_volume: int
    part_unit: str
    part_estimate: int


@dataclass(frozen=True)
class AskVisit(Step):
    proposal: str
    due: date
    question: str


@dataclass(frozen=True)
class AnswerVisit(Step):
    proposal: str
    finding: str


@dataclass(frozen=True)
class Tell(Step):
    """A report of abuse."""

    proposal: str
    wrong: Wrong
    text: str
    comment: str = ""


@dataclass(frozen=True)
class Note(Step):
    """A note that moderators alone read."""

    proposal: str
    text: str
