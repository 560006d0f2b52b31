"""When accounts close, how long what is kept, and what a report may hold."""

from datetime import UTC, datetime, timedelta

import pytest

from app.kernel.actor import Level
from app.kernel.cells import safe_cell
from app.limits.actions import KEPT_FOR
from app.privacy.rules import ClosingFacts, Refusal, may_rename, refuse_closing
from app.privacy.rules.breaches import due
from app.privacy.rules.periods import PERIODS, Kept, Period
from app.privacy.words import period_words


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (ClosingFacts(has_role=False), None),
        (ClosingFacts(has_role=True), Refusal.HOLDS_ROLE),
    ],
)
def test_only_a_duty_towards_others_holds_an_account_open(facts: ClosingFacts, refusal: Refusal | None) -> None:
    assert refuse_closing(facts) is refusal


def test_a_name_that_somebody_has_vouched_for_is_changed_by_whoever_sees_the_ktp() -> None:
    assert [may_rename(level) for level in Level] == [True, True, False]


@pytest.mark.parametrize(
    ("period", "now", "start"),
    [
        (Period(months=24), datetime(2028, 2, 29, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC)),
        (Period(months=1), datetime(2027, 1, 31, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)),
        (Period(months=60), datetime(2031, 12, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)),
        (Period(days=30), datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 1, 30, tzinfo=UTC)),
    ],
)
def test_periods_are_counted_back_by_the_calendar(period: Period, now: datetime, start: datetime) -> None:
    assert period.start(now) == start


def test_every_period_is_said_in_words_and_none_differs_from_what_the_rooms_below_do() -> None:
    assert set(PERIODS) == set(Kept)
    assert [period_words(PERIODS[kept]) for kept in (Kept.ACCOUNT, Kept.SIGN_IN, Kept.VIEW)] == [
        "2 tahun", "30 hari", "5 tahun",
    ]  # fmt: skip
    assert period_words(Period(months=18)) == "18 bulan"
    assert timedelta(days=PERIODS[Kept.TRIES].days) == KEPT_FOR


def test_notices_are_due_three_times_24_hours_after_a_breach_is_known() -> None:
    known = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert due(known) == datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_report_calculates(start: str) -> None:
    assert safe_cell(f"{start}cmd|' /C calc'!A0").startswith("'")
    assert safe_cell("Chrome Android") == "Chrome Android"
    assert safe_cell("") == ""
