"""The steps of the script: each is one thing that somebody does at a moment, by the keys of people and proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.backing.rules.acts import ActText
from app.backing.rules.partners import PartnerText
from app.backing.rules.resources import CommitmentText
from app.cycles.rules import PhaseFacts
from app.demo.rules.identities import OnPaper
from app.demo.rules.texts import AccountText, ProposalText
from app.innovations.rules.decision import Answers
from app.innovations.rules.provisions import Content, Kind
from app.innovations.rules.stages import Stage
from app.kernel.actor import Role
from app.kernel.windows import Window
from app.proposals.rules import Event, ReasonCode

CONSOLE = ""


@dataclass(frozen=True)
class Step:
    """`by` is the key of the person who acts, CONSOLE for a command on the server."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Register(Step):
    """The person opens the account with the password that this installation gave it."""

    account: AccountText


@dataclass(frozen=True)
class Enrol(Step):
    person: str
    name: str
    village: str


@dataclass(frozen=True)
class Identify(Step):
    """The person, or the facilitator who enrols them, enters what is on their KTP, and the groups they name."""

    person: str
    paper: OnPaper


@dataclass(frozen=True)
class Attest(Step):
    person: str


@dataclass(frozen=True)
class GrantRole(Step):
    """`agency` is the short name of the agency that an officer serves."""

    person: str
    role: Role
    scope: str
    until: datetime | None = None
    agency: str = ""


@dataclass(frozen=True)
class OpenCycle(Step):
    """Ceilings by kecamatan, in rupiah."""

    regency: str
    plan_year: int
    phases: Sequence[PhaseFacts]
    ceilings: Mapping[str, int]


@dataclass(frozen=True)
class Submit(Step):
    proposal: ProposalText


@dataclass(frozen=True)
class Mend(Step):
    proposal: ProposalText


@dataclass(frozen=True)
class Move(Step):
    """A moderator's answer, or the author's withdrawal."""

    proposal: str
    event: Event
    code: ReasonCode | None = None
    reason: str = ""


@dataclass(frozen=True)
class Support(Step):
    proposal: str


@dataclass(frozen=True)
class PrepareContest(Step):
    """The options as keys of proposals with their cost."""

    contest: str
    region: str
    title: str
    ceiling: int
    window: Window
    costs: Mapping[str, int]


@dataclass(frozen=True)
class OpenContest(Step):
    contest: str
    seed: str


@dataclass(frozen=True)
class Cast(Step):
    contest: str
    choices: Sequence[str]


@dataclass(frozen=True)
class CloseContest(Step):
    contest: str


@dataclass(frozen=True)
class CertifyContest(Step):
    contest: str


@dataclass(frozen=True)
class Escalate(Step):
    proposal: str
    answers: Answers
    name: str
    expansion: str
    pillar: int


@dataclass(frozen=True)
class RouteWork(Step):
    proposal: str
    answers: Answers
    agency: str
    note: str


@dataclass(frozen=True)
class SetLead(Step):
    """`agency` is the short name of the lead agency, `pillar` a number, 0 for none."""

    proposal: str
    agency: str
    pillar: int


@dataclass(frozen=True)
class Provide(Step):
    proposal: str
    kind: Kind
    content: Content


@dataclass(frozen=True)
class Back(Step):
    """Money, people, an act or a partner, there since the day."""

    proposal: str
    what: CommitmentText | ActText | PartnerText
    on: date


@dataclass(frozen=True)
class PassGate(Step):
    proposal: str
    stage: Stage
    reason: str


@dataclass(frozen=True)
class Stop(Step):
    proposal: str
    reason: str
    lesson: str
