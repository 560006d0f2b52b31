"""The texts of the demonstration's files, as frozen dataclasses."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from app.cycles.rules import PhaseKind
from app.demo.rules.plan_texts import IndicatorLine, MeasuredText, PlanText, Reported, WorkText
from app.innovations.rules.decision import Answer, Answers, Criterion
from app.innovations.rules.gates import Asked, LegalForm
from app.innovations.rules.stages import Stage
from app.kernel.actor import Grant, Role
from app.proposals.rules import ReasonCode

T = TypeVar("T")
QUESTIONS = {
    "novelty": Criterion.NOVELTY,
    "benefit": Criterion.BENEFIT,
    "burden": Criterion.NO_BURDEN,
    "authority": Criterion.AUTHORITY,
    "replication": Criterion.REPLICABLE,
}


@dataclass(frozen=True)
class ProposalText:
    """What a resident writes; `name` and `expansion` only where it may become an innovation."""

    key: str
    village: str
    hamlet: str
    title: str
    problem: str
    work: str
    unit: str
    volume: int
    estimate: int
    beneficiaries: int
    misi: Sequence[int]
    name: str = ""
    expansion: str = ""
    entry: str = ""
    group: Sequence[str] = ("", "")
    pin: Sequence[float] = ()
    home: bool = False
    photos: Sequence[str] = ()


@dataclass(frozen=True)
class NoText:
    """A public no; `first` is what the proposal said before its author mended it."""

    code: ReasonCode
    text: str
    first: Mapping[str, Any]
    mended: bool


@dataclass(frozen=True)
class RouteText:
    agency: str
    text: str


@dataclass(frozen=True)
class StopText:
    reason: str
    lesson: str


@dataclass(frozen=True)
class ProvisionText:
    """Something an innovation has; without `dated_days_ago` it comes with the one before it."""

    kind: Asked
    legal_form: LegalForm | None = None
    title: str | None = None
    number: str | None = None
    person: str | None = None
    dated_days_ago: int | None = None
    lasts_days: int | None = None
    year_offset: int | None = None
    quantity: int | None = None
    unit: str | None = None
    amount: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class InnovationText:
    """How far an innovation came; `passed` gives the days since each gate."""

    proposal: str
    pillar: int
    agency: str
    escalated_days_ago: int
    passed: Mapping[Stage, int]
    provisions: tuple[ProvisionText, ...]
    stopped_days_ago: int | None = None


@dataclass(frozen=True)
class AccountText:
    """An account to sign in with; `registered` and `attested` in days before today."""

    role: str
    regency: str
    name: str
    village: str
    registered: int
    attested: int | None = None
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True)
class CycleText:
    """The plan year counted from this year, and the days from today on which each phase opens and closes."""

    year: int
    phases: Mapping[PhaseKind, tuple[int, int]]


@dataclass(frozen=True)
class ContestText:
    """A contest in days from today; the winners as they are to be, about in the order of their votes."""

    cycle: str
    region: str
    title: str
    ceiling: int
    prepared: int
    opens: int
    closes: int
    winners: Sequence[str]
    others: Sequence[str]
    ballots: int = 0
    certified: int | None = None

    @property
    def options(self) -> tuple[str, ...]:
        return (*self.winners, *self.others)


@dataclass(frozen=True)
class DeedText:
    """Something that somebody does with a proposal on a day counted from today; what they say, and numbers in it."""

    do: str
    day: int
    by: str
    proposal: str
    said: Mapping[str, str]
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Texts:
    """Everything the files say; proposals and what became of them by the proposal's key."""

    proposals: Mapping[str, ProposalText]
    rejected: Mapping[str, NoText]
    returned: Mapping[str, NoText]
    routed: Mapping[str, RouteText]
    stopped: Mapping[str, StopText]
    escalated: Mapping[str, Answers]
    ordinary: Answers
    innovations: tuple[InnovationText, ...]
    waiting: Mapping[str, int]
    withdrawn: Mapping[str, bool]
    own: Sequence[str]
    slips: Mapping[str, str]
    deeds: tuple[DeedText, ...]
    plan: tuple[PlanText, ...]
    measured: tuple[MeasuredText, ...]
    works: tuple[WorkText, ...]
    cycles: Mapping[str, CycleText]
    contests: tuple[ContestText, ...]
    accounts: tuple[AccountText, ...]
    first_names: tuple[str, ...]
    women: frozenset[str]
    family_names: tuple[str, ...]
    words: tuple[str, ...]


def read_texts(files: Mapping[str, bytes]) -> Texts:
    """The texts of the files by name; they are ours, so that a fault in them is an error of the programme."""
    toml = {name: tomllib.loads(content.decode()) for name, content in files.items() if name.endswith(".toml")}
    written = [item | toml["details.toml"].get(item["key"], {}) for item in toml["proposals.toml"]["proposal"]]
    said, story, people = toml["decisions.toml"], toml["story.toml"], toml["people.toml"]
    return Texts(
        proposals={item["key"]: _fill(ProposalText, item) for item in written},
        rejected={key: _no(item) for key, item in _named(said["reject"])},
        returned={key: _no(item) for key, item in _named(said["return"])},
        routed={key: _fill(RouteText, item) for key, item in _named(said["route"])},
        stopped={key: _fill(StopText, item) for key, item in _named(said["stop"])},
        escalated={key: _answers(item) for key, item in _named(said["escalate"])},
        ordinary=_answers(said["ordinary"]),
        innovations=tuple(_innovation(item) for item in toml["innovations.toml"]["innovation"]),
        waiting=story["waiting"],
        withdrawn=story["withdrawn"],
        own=story["own"]["keys"],
        slips=story["slips"],
        deeds=tuple(_deed(item) for item in toml["deeds.toml"]["deed"]),
        plan=tuple(_measured(PlanText, item) for item in toml["plan.toml"]["action"]),
        measured=tuple(_measured(MeasuredText, item) for item in toml["plan.toml"]["measured"]),
        works=tuple(_fill(WorkText, item) for item in toml["works.toml"]["work"]),
        cycles={name: _cycle(item) for name, item in story["cycle"].items()},
        contests=tuple(_fill(ContestText, item) for item in story["contest"]),
        accounts=tuple(_account(item) for item in toml["accounts.toml"]["account"]),
        first_names=tuple(sorted({*people["women"], *people["men"]})),
        women=frozenset(people["women"]),
        family_names=tuple(people["family"]),
        words=tuple(files["words.txt"].decode().split()),
    )


def _fill(made: type[T], item: Mapping[str, Any], /, **other: Any) -> T:
    """A dataclass from the keys that it knows."""
    names = {one.name for one in fields(made)}  # type: ignore[arg-type]
    return made(**{name: value for name, value in item.items() if name in names} | other)


def _named(items: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The items with each key for which they are meant; those meant for none are left out."""
    for item in items:
        meant = item.get("for", [])
        yield from ((key, item) for key in ([meant] if isinstance(meant, str) else meant))


def _no(item: Mapping[str, Any]) -> NoText:
    return NoText(ReasonCode(item["code"]), item["text"], item.get("first", {}), item.get("mended", False))


def _answers(item: Mapping[str, str]) -> Answers:
    """ "Ya: murid sarapan." is a yes and its sentence."""
    found = {}
    for name, criterion in QUESTIONS.items():
        word, _colon, sentence = item[name].partition(": ")
        found[criterion] = Answer(word.startswith("Ya"), sentence[:1].upper() + sentence[1:])
    return found


def _innovation(item: Mapping[str, Any]) -> InnovationText:
    passed = {Stage[name]: days for name, days in item["passed"].items()}
    return _fill(
        InnovationText, item, passed=passed, provisions=tuple(_provision(found) for found in item["provision"])
    )


def _provision(item: Mapping[str, Any]) -> ProvisionText:
    form = item.get("legal_form")
    return _fill(ProvisionText, item, kind=Asked[item["kind"]], legal_form=LegalForm[form] if form else None)


def _measured(made: type[T], item: Mapping[str, Any]) -> T:
    """With its indicators and what is reported on them."""
    lines = {name: _fill(IndicatorLine, item[name]) for name in ("output", "outcome", "indicator") if name in item}
    return _fill(made, item, reported=_fill(Reported, item), **lines)


def _deed(item: Mapping[str, Any]) -> DeedText:
    known = {name: item.get(name, "") for name in ("do", "day", "by", "proposal")}
    more = {name: value for name, value in item.items() if name not in known}
    numbers = {name: value for name, value in more.items() if isinstance(value, int)}
    said = {name: value for name, value in more.items() if name not in numbers}
    return DeedText(**known, said=said, numbers=numbers)


def _cycle(item: Mapping[str, Any]) -> CycleText:
    return CycleText(item["year"], {kind: (item[kind][0], item[kind][1]) for kind in PhaseKind if kind in item})


def _account(item: Mapping[str, Any]) -> AccountText:
    return _fill(AccountText, item, grants=tuple(Grant(Role(role), scope) for role, scope in item.get("grants", [])))
