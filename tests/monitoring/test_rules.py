"""Quarters, achievement, lights, reports, alerts and checks."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.innovations.rules.progress import Progress
from app.kernel.actor import Level
from app.kernel.outcomes import Refused
from app.monitoring.rules.achievement import Course, financial, gap, is_wide, light_of, overall, shown
from app.monitoring.rules.alerts import Alert, Judged, alerts_of, parse_alerts
from app.monitoring.rules.charts import BOTTOM, LEFT, RIGHT, TOP, draw
from app.monitoring.rules.checks import CheckFacts, Counts, may_check
from app.monitoring.rules.quarters import Quarter, last_ended, parse_quarter
from app.monitoring.rules.refusals import Refusal
from app.monitoring.rules.reports import (
    REPORTS,
    ReportEvent,
    ReportFacts,
    ReportStatus,
    ReportText,
    refuse_report,
    refuse_review,
)
from app.rad.rules.actions import Direction

WITA, WIB = "Asia/Makassar", "Asia/Jakarta"
QUARTERS = st.builds(Quarter, st.integers(2020, 2060), st.integers(1, 4))
FIGURES = st.decimals(-1000, 1000, places=2)
TARGETS = {2025: Decimal(20), 2026: Decimal(40), 2027: Decimal(60)}
UP = Course(Direction.UP, Decimal(4), 2024, TARGETS)
DOWN = Course(Direction.DOWN, Decimal(30), 2024, {2025: Decimal(26), 2026: Decimal(22)})


@given(QUARTERS)
def test_quarters_follow_each_other_and_are_reported_for_ten_days(quarter: Quarter) -> None:
    assert quarter.previous.following == quarter.following.previous == quarter
    assert quarter.previous < quarter < quarter.following
    assert parse_quarter(str(quarter)) == quarter
    assert quarter.deadline(WITA) - quarter.ends(WITA) == timedelta(days=10)
    assert last_ended(quarter.ends(WITA), WITA) == quarter
    assert last_ended(quarter.ends(WITA) - timedelta(seconds=1), WITA) == quarter.previous


@pytest.mark.parametrize("text", ["", "2026-5", "2026-0", "1999-1", "2026-03", "2026-3 ", "２０２６-3"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert parse_quarter(text) is None


def test_the_deadline_is_by_the_clocks_of_the_regency() -> None:
    third = Quarter(2026, 3)
    assert third.last_day_to_report == date(2026, 10, 10)
    assert third.deadline(WITA) == datetime(2026, 10, 10, 16, tzinfo=UTC)
    assert third.deadline(WIB) == datetime(2026, 10, 10, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quarter", "due"),
    [
        (Quarter(2024, 4), 4),
        (Quarter(2025, 1), 8),
        (Quarter(2025, 4), 20),
        (Quarter(2026, 3), 35),
        (Quarter(2026, 4), 40),
        (Quarter(2023, 1), 4),
        (Quarter(2029, 2), 60),
    ],
)
def test_what_is_due_grows_in_equal_parts_between_the_ends_of_years(quarter: Quarter, due: int) -> None:
    assert UP.due(quarter) == due


def test_a_baseline_of_the_first_target_year_stands_before_it() -> None:
    late = Course(Direction.UP, Decimal(4), 2025, TARGETS)
    assert late.due(Quarter(2025, 1)) == 8


@pytest.mark.parametrize(
    ("course", "value", "percent", "light"),
    [
        (UP, "31.5", 90, Progress.GREEN),
        (UP, "31.4999", Fraction(314999, 3500), Progress.YELLOW),
        (UP, "24.5", 70, Progress.YELLOW),
        (UP, "24.4999", Fraction(244999, 3500), Progress.RED),
        (UP, "0", 0, Progress.RED),
        (DOWN, "23", 100, Progress.GREEN),
        (DOWN, "25", 92, Progress.GREEN),
        (DOWN, "46", 50, Progress.RED),
        (DOWN, "0", 100, Progress.GREEN),
    ],
)
def test_the_light_is_exact_at_its_edges_and_knows_the_direction(
    course: Course, value: str, percent: Fraction, light: Progress
) -> None:
    reached = course.reached(Decimal(value), Quarter(2026, 3))
    assert (reached, light_of(reached)) == (percent, light)


@given(FIGURES, FIGURES, st.dictionaries(st.integers(2025, 2029), FIGURES, min_size=1), QUARTERS)
def test_better_is_never_less(one: Decimal, other: Decimal, targets: dict[int, Decimal], quarter: Quarter) -> None:
    for direction in Direction:
        course = Course(direction, Decimal(0), 2024, targets)
        low, high = sorted([one, other], reverse=direction is Direction.DOWN)
        # What is above 100 counts as 100.
        worse, better = (min(course.reached(value, quarter), Fraction(100)) for value in (low, high))
        assert 0 <= worse <= better


def test_what_one_indicator_has_too_much_makes_up_for_no_other() -> None:
    assert overall([Fraction(300), Fraction(60)]) == 80
    assert overall([]) is None
    assert light_of(None) is Progress.GREY


@given(st.fractions(0, 100))
def test_a_share_is_cut_and_never_rounded_up_to_the_next_light(percent: Fraction) -> None:
    assert light_of(Fraction(shown(percent))) is light_of(percent) or shown(percent) < percent
    assert shown(Fraction(8999999, 100000)) == Decimal("89.9999")


def test_work_and_money_may_be_twenty_points_apart_and_no_more() -> None:
    assert financial(1, 0) is None
    for spent, is_apart in ((50, False), (49, True), (90, False), (91, True)):
        assert is_wide(gap(Decimal(70), financial(spent, 100))) is is_apart


FACTS = ReportFacts(True, [1], range(2025, 2030), WITA, False, None)
TEXT = ReportText({1: Decimal(3)}, Decimal(50), 0)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "quarter", "text", "is_correction", "refusal"),
    [
        ({}, Quarter(2026, 3), TEXT, False, None),
        ({}, Quarter(2026, 4), TEXT, False, Refusal.QUARTER_RUNNING),
        ({}, Quarter(2029, 1), TEXT, False, Refusal.QUARTER_RUNNING),
        ({}, Quarter(2024, 4), TEXT, False, Refusal.OUTSIDE_PLAN),
        ({"is_open": False}, Quarter(2026, 3), TEXT, False, Refusal.NOT_OPEN),
        ({"is_agency_ended": True}, Quarter(2026, 3), TEXT, False, Refusal.AGENCY_ENDED),
        ({"indicators": []}, Quarter(2026, 3), TEXT, False, Refusal.NOT_MEASURED),
        ({"indicators": [1, 2]}, Quarter(2026, 3), TEXT, False, Refusal.FIGURE_MISSING),
        ({}, Quarter(2026, 3), ReportText({1: Decimal(3)}, Decimal(101), 0), False, Refusal.NOT_PERCENT),
        ({}, Quarter(2026, 3), ReportText({1: Decimal(3)}, Decimal(1), -1), False, Refusal.NOT_PERCENT),
        ({"status": ReportStatus.SENT}, Quarter(2026, 3), TEXT, False, Refusal.REPORTED_ALREADY),
        ({"status": ReportStatus.RETURNED}, Quarter(2026, 3), TEXT, True, None),
        ({"status": ReportStatus.SENT}, Quarter(2026, 3), TEXT, True, None),
        ({"status": ReportStatus.ACCEPTED}, Quarter(2026, 3), TEXT, True, Refusal.VERIFIED_ALREADY),
        ({}, Quarter(2026, 3), TEXT, True, Refusal.NOTHING_TO_CORRECT),
    ],
)
def test_each_thing_that_is_wrong_with_a_report_has_its_reason(
    changes: dict[str, object], quarter: Quarter, text: ReportText, is_correction: bool, refusal: Refusal | None
) -> None:
    facts = ReportFacts(**vars(FACTS) | changes)  # type: ignore[arg-type]
    assert refuse_report(facts, text, quarter, NOW, is_correction=is_correction) is refusal


def test_every_state_and_event_of_a_report() -> None:
    for state, event in product(ReportStatus, ReportEvent):
        if (state, event) in REPORTS.table:
            continue
        with pytest.raises(Refused):
            REPORTS.after(state, event)
    assert REPORTS.after(ReportStatus.RETURNED, ReportEvent.CORRECT) is ReportStatus.SENT


@pytest.mark.parametrize(
    ("event", "status", "actor_id", "comment", "refusal"),
    [
        (ReportEvent.ACCEPT, ReportStatus.SENT, 2, "", None),
        (ReportEvent.RETURN, ReportStatus.SENT, 2, "Angkanya belum ada buktinya.", None),
        (ReportEvent.RETURN, ReportStatus.SENT, 2, "  salah  ", Refusal.REASON_MISSING),
        (ReportEvent.ACCEPT, ReportStatus.SENT, 1, "", Refusal.OWN_REPORT),
        (ReportEvent.ACCEPT, ReportStatus.ACCEPTED, 2, "", Refusal.NOT_SENT),
        (ReportEvent.RETURN, ReportStatus.RETURNED, 2, "", Refusal.NOT_SENT),
    ],
)
def test_nobody_verifies_what_they_have_sent(
    event: ReportEvent, status: ReportStatus, actor_id: int, comment: str, refusal: Refusal | None
) -> None:
    assert refuse_review(event, status, 1, actor_id, comment) is refusal


def judged(**changes: object) -> Judged:
    facts = {
        "light": Progress.GREEN,
        "before": Progress.GREEN,
        "is_owed": True,
        "gap": Fraction(0),
        "checks": Counts(yes=1),
    }
    return Judged(**facts | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "alerts"),
    [
        ({}, ()),
        ({"light": Progress.GREY}, (Alert.LATE,)),
        ({"light": Progress.GREY, "is_owed": False}, ()),
        ({"light": Progress.RED}, ()),
        ({"light": Progress.RED, "before": Progress.RED}, (Alert.RED_TWICE,)),
        ({"gap": Fraction(21)}, (Alert.GAP,)),
        ({"gap": Fraction(-21)}, (Alert.GAP,)),
        ({"checks": Counts(yes=9, not_yet=2, wrong=1)}, (Alert.CONTRADICTED,)),
        ({"checks": Counts(not_yet=1)}, (Alert.CONTRADICTED,)),
        ({"checks": Counts(yes=2, not_yet=2)}, ()),
        ({"checks": Counts(attested_no=1)}, (Alert.CONTRADICTED,)),
        ({"light": Progress.YELLOW, "checks": Counts(not_yet=5)}, ()),
    ],
)
def test_alerts_have_their_reasons(changes: dict[str, object], alerts: tuple[Alert, ...]) -> None:
    assert alerts_of(judged(**changes)) == alerts
    assert parse_alerts(",".join(alerts)) == alerts


def test_so_few_answers_that_they_point_at_somebody_are_not_shown() -> None:
    assert not Counts(yes=2).is_shown
    assert Counts(yes=2, wrong=1).is_shown


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        (CheckFacts(Level.CONFIRMED, is_proposer=True), True),
        (CheckFacts(Level.CONFIRMED, is_supporter=True), True),
        (CheckFacts(Level.CONFIRMED, lives_there=True), True),
        (CheckFacts(Level.CONFIRMED), False),
        (CheckFacts(Level.REGISTERED, is_proposer=True, lives_there=True), False),
    ],
)
def test_those_check_whom_it_concerns(facts: CheckFacts, may: bool) -> None:
    assert may_check(facts) is may


@given(FIGURES, st.dictionaries(st.integers(2025, 2029), FIGURES, min_size=1), st.dictionaries(QUARTERS, FIGURES))
def test_every_drawing_stays_on_its_paper(
    baseline: Decimal, targets: dict[int, Decimal], values: dict[Quarter, Decimal]
) -> None:
    chart = draw(Course(Direction.UP, baseline, 2024, targets), values)
    corners = [tuple(map(int, corner.split(","))) for corner in f"{chart.line} {chart.trail}".split()]
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in corners)
