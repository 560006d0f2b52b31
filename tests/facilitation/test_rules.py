"""Which residents the desk shows, why one is not enrolled, which counts stand out, and the keys of paper forms."""

from datetime import UTC, datetime, timedelta

import pytest

from app.facilitation.rules import LEVELS, YOUNGEST, Deed, EnrolmentFacts, Refusal, Shown, refuse_enrolment
from app.facilitation.rules.counts import (
    MANY_ATTESTED,
    MANY_BALLOTS,
    DayFacts,
    Question,
    Sign,
    busiest_hour,
    questions,
    share,
)
from app.facilitation.rules.paper import page_of_sheet, sheets_on
from app.facilitation.words import DEEDS, QUESTIONS, REFUSALS, SHOWN, question_words
from app.kernel.actor import Level

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def test_every_level_is_on_exactly_one_list() -> None:
    assert sorted(level for shown in Shown for level in LEVELS[shown]) == sorted(Level)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (EnrolmentFacts(0, False), None),
        (EnrolmentFacts(0, True), None),
        (EnrolmentFacts(1, False), Refusal.NAME_KNOWN),
        (EnrolmentFacts(5, False), Refusal.NAME_KNOWN),
        (EnrolmentFacts(1, True), None),
        (EnrolmentFacts(0, False, YOUNGEST), None),
        (EnrolmentFacts(0, False, YOUNGEST - 1), Refusal.TOO_YOUNG),
        (EnrolmentFacts(0, False, YOUNGEST - 1, is_married=True), None),
        (EnrolmentFacts(1, False, YOUNGEST - 1, is_married=True), Refusal.NAME_KNOWN),
        (EnrolmentFacts(1, True, YOUNGEST - 1), Refusal.TOO_YOUNG),
    ],
)
def test_a_known_name_or_a_child_is_asked_about_first(facts: EnrolmentFacts, refusal: Refusal | None) -> None:
    assert refuse_enrolment(facts) is refusal


def minutes(*after: int) -> list[datetime]:
    return [NOON + timedelta(minutes=each) for each in after]


@pytest.mark.parametrize(
    ("moments", "most"),
    [
        ([], 0),
        (minutes(0), 1),
        (minutes(0, 59), 2),
        (minutes(0, 60), 1),
        (minutes(80, 0, 30, 61), 3),  # in whatever order
    ],
)
def test_the_busiest_hour_is_any_sixty_minutes(moments: list[datetime], most: int) -> None:
    assert busiest_hour(moments) == most


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (DayFacts({}), ()),
        (DayFacts({Deed.ATTESTED: MANY_ATTESTED}), ()),
        (DayFacts({Deed.ATTESTED: 61}), (Question(Sign.MANY_ATTESTED, 61, MANY_ATTESTED),)),
        (DayFacts({}, minutes(*range(20))), ()),
        (DayFacts({}, minutes(*range(21))), (Question(Sign.MANY_BALLOTS, 21, MANY_BALLOTS),)),
        (DayFacts({Deed.ENROLLED: 13}, (), (4, 4, 4, 4, 4)), (Question(Sign.ABOVE_USUAL, 13, 4),)),
        (DayFacts({Deed.ENROLLED: 12}, (), (4, 4, 4, 4, 4)), ()),
        (DayFacts({Deed.ENROLLED: 13}, (), (4, 4, 4, 4)), ()),  # too few days to know what is usual
        (DayFacts({Deed.ENROLLED: 9}, (), (1, 1, 1, 1, 1)), ()),  # too few to wonder at
    ],
)
def test_a_count_that_stands_out_is_a_question_with_its_measure(facts: DayFacts, found: tuple[Question, ...]) -> None:
    assert questions(facts) == found


@pytest.mark.parametrize(("part", "whole", "per_cent"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 2, 50)])
def test_a_share_is_rounded_to_whole_per_cent(part: int, whole: int, per_cent: int | None) -> None:
    assert share(part, whole) == per_cent


@pytest.mark.parametrize(
    ("page", "sheets", "numbers"),
    [(1, 50, range(1, 11)), (5, 50, range(41, 51)), (2, 12, range(11, 13)), (1, 3, range(1, 4)), (2, 3, range(11, 4))],
)
def test_a_page_of_the_grid_holds_ten_sheets(page: int, sheets: int, numbers: range) -> None:
    assert sheets_on(page, sheets) == numbers
    assert all(page_of_sheet(sheet) == page for sheet in numbers)


def test_every_code_has_words() -> None:
    assert set(REFUSALS) == set(Refusal)
    assert set(SHOWN) == set(Shown)
    assert set(DEEDS) == set(Deed)
    assert set(QUESTIONS) == set(Sign)


def test_a_question_names_its_figures() -> None:
    assert "1.234" in question_words(Question(Sign.MANY_ATTESTED, 1234, 60))
