"""The texts of the plan: its actions and innovations with what is reported on them, and works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class IndicatorLine:
    """Every year of the plan shall bring `yearly` more than the one before."""

    name: str
    unit: str
    baseline: int
    yearly: float


@dataclass(frozen=True)
class Reported:
    """What is said by quarters, the last one last: percent of what was due, 0 where nobody reports."""

    reports: Sequence[int] = ()
    obstacles: str = ""
    follow_up: str = ""
    returned: str = ""
    sent_only: bool = False


@dataclass(frozen=True)
class PlanText:
    """An action of a regency's plan; without `enacted` its regulation is a draft."""

    regency: str
    code: str
    pillar: int
    agency: str
    title: str
    place: str
    risk: str
    risk_answer: str
    adopted: int
    a_year: int
    output: IndicatorLine
    outcome: IndicatorLine
    innovations: Sequence[str]
    reported: Reported
    supporters: Sequence[str] = ()
    legal_title: str = ""
    legal_number: str = ""
    enacted: int | None = None


@dataclass(frozen=True)
class MeasuredText:
    """An innovation by its name, with what residents say of its last quarter."""

    innovation: str
    agency: str
    measured: int
    indicator: IndicatorLine
    reported: Reported
    checks: Sequence[str] = ()
    notes: Sequence[str] = ()
    evaluation: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkText:
    """How far a routed proposal came, in days from today, and what its village says of the end."""

    proposal: str
    code: str
    line: str
    amount: int
    planned: int
    budgeted: int | None = None
    started: int | None = None
    half: int | None = None
    finished: int | None = None
    lasts: int = 0
    done_by: str = ""
    cost: int = 0
    note: str = ""
    photos: Sequence[str] = ()
    answers: Sequence[str] = ()
    notes: Sequence[str] = ()
