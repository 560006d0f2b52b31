"""Indicators of innovations, quarterly reports with their verification, an evaluation, and what residents say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.demo.rules.clock import Clock
from app.demo.rules.people import BELTIM, BELU, COLLEAGUE, OFFICER, OFFICERS_AGENCY, PLANNER
from app.demo.rules.plan_texts import IndicatorLine, MeasuredText, Reported
from app.demo.rules.planning import PLANNERS
from app.demo.rules.steps import CONSOLE, Step
from app.demo.rules.texts import Texts
from app.monitoring.rules.checks import Answer
from app.monitoring.rules.evaluations import Recommendation
from app.monitoring.rules.quarters import Quarter, last_ended
from app.monitoring.rules.reports import ReportEvent
from app.monitoring.rules.things import ThingKind

OFFICERS = {BELTIM: f"petugas-dinas {BELTIM}"}
# Days after the quarter's end on which reports are sent and verified.
SENT, VERIFIED = 3, 6
EVALUATED = -22


@dataclass(frozen=True)
class Target:
    """An action by its code, or an innovation by its name."""

    regency: str
    kind: ThingKind
    name: str


@dataclass(frozen=True)
class SetIndicator(Step):
    target: Target
    line: IndicatorLine
    agency: str


@dataclass(frozen=True)
class Report(Step):
    """`percent` of what was due is reached; the money is spent as planned."""

    target: Target
    quarter: Quarter
    percent: int
    a_year: int
    obstacles: str
    follow_up: str


@dataclass(frozen=True)
class Review(Step):
    target: Target
    quarter: Quarter
    event: ReportEvent
    comment: str


@dataclass(frozen=True)
class Evaluate(Step):
    target: Target
    dated: date
    question: str
    method: str
    finding: str
    recommendation: Recommendation


@dataclass(frozen=True)
class Check(Step):
    target: Target
    answer: Answer
    note: str


@dataclass(frozen=True)
class JudgeAll(Step):
    """What happens every night: what nobody has reported in time turns grey."""

    regency: str


def tell_monitoring(texts: Texts, clock: Clock, supporters: Mapping[str, Sequence[str]]) -> Iterator[Step]:
    """`supporters` are the people who supported the proposal of each innovation, by its name."""
    for order, plan in enumerate(texts.plan):
        target = Target(plan.regency, ThingKind.ACTION, plan.code)
        by = OFFICERS.get(plan.regency, COLLEAGUE), PLANNERS[plan.regency]
        yield from _reports(target, plan.reported, by, plan.a_year, clock, order)
    for order, measured in enumerate(texts.measured, len(texts.plan)):
        yield from _tell(measured, clock, supporters[measured.innovation], order)
    for regency in PLANNERS:
        yield JudgeAll(clock.hour(-1, 20), CONSOLE, regency)


def _tell(text: MeasuredText, clock: Clock, supporters: Sequence[str], order: int) -> Iterator[Step]:
    """Its agency reports; where the story has no officer of it, a planner does, and another one verifies."""
    target = Target(BELU, ThingKind.INNOVATION, text.innovation)
    by = OFFICER if text.agency == OFFICERS_AGENCY else COLLEAGUE
    yield SetIndicator(clock.hour(text.measured, 10, order), by, target, text.indicator, text.agency)
    yield from _reports(target, text.reported, (by, PLANNER), 0, clock, order)
    if said := text.evaluation:
        advice = Recommendation(said["recommendation"])
        words = (said["question"], said["method"], said["finding"])
        yield Evaluate(clock.hour(EVALUATED, 10), by, target, clock.date(EVALUATED - 3), *words, advice)
    answered = zip(supporters, text.checks, text.notes, strict=False)
    for minute, (resident, answer, note) in enumerate(answered):
        yield Check(
            clock.hour(-1, 18, 10 * order % 60) + timedelta(minutes=minute), resident, target, Answer(answer), note
        )


def _reports(
    target: Target, said: Reported, by: tuple[str, str], a_year: int, clock: Clock, order: int
) -> Iterator[Step]:
    quarters = _last_quarters(clock, len(said.reports))
    for quarter, percent in zip(quarters, said.reports, strict=True):
        if not percent:
            continue
        troubles = (said.obstacles, said.follow_up) if percent < 90 else ("", "")
        sent = _after(quarter, SENT, 9, clock) + timedelta(minutes=order)
        yield Report(sent, by[0], target, quarter, percent, a_year, *troubles)
        is_last = quarter == quarters[-1]
        if is_last and said.sent_only:
            continue
        comment = said.returned if is_last else ""
        event = ReportEvent.RETURN if comment else ReportEvent.ACCEPT
        verified = _after(quarter, VERIFIED, 14, clock) + timedelta(minutes=order)
        yield Review(verified, by[1], target, quarter, event, comment)


def _last_quarters(clock: Clock, many: int) -> list[Quarter]:
    """Those that had ended yesterday, so that somebody has had the time to report; the last one last."""
    quarter = last_ended(clock.hour(-1, 9), str(clock.today.tzinfo))
    found = [quarter]
    while len(found) < many:
        found.insert(0, found[0].previous)
    return found[-many:] if many else []


def _after(quarter: Quarter, days: int, hour: int, clock: Clock) -> datetime:
    """So long after its end, but no later than yesterday."""
    since = (quarter.first_day_after - clock.today.date()).days
    return clock.hour(min(since + days, -1), hour)
