"""Steps of a work, and what its village says."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.delivery.rules import (
    MILESTONES,
    STEPS,
    WORKS,
    Answer,
    Finished,
    Reached,
    Refusal,
    Started,
    is_doubted,
    refuse_check,
    refuse_finish,
    refuse_progress,
    refuse_start,
)
from app.kernel.actor import Actor, Level
from app.proposals.rules import LIFECYCLE, Status

TODAY = date(2026, 9, 1)
START = TODAY - timedelta(days=30)
DAY = timedelta(days=1)


def test_the_steps_are_those_of_the_proposals_life() -> None:
    reached = [LIFECYCLE.after(status, event) for status, event in STEPS.items()]
    assert reached == [*list(STEPS)[1:], Status.COMPLETED]
    assert WORKS[-1] is Status.COMPLETED


@pytest.mark.parametrize(
    ("on", "until", "has_photo", "refusal"),
    [
        (TODAY, TODAY, True, None),
        (TODAY + DAY, TODAY + DAY, True, Refusal.DATED_IN_FUTURE),
        (TODAY, TODAY - DAY, True, Refusal.ENDS_BEFORE_START),
        (TODAY, TODAY + DAY, False, Refusal.PHOTO_MISSING),
    ],
)
def test_a_work_begins_with_a_photo_and_an_end(on: date, until: date, has_photo: bool, refusal: Refusal | None) -> None:
    assert refuse_start(Started(on, until, "Kelompok kerja"), TODAY, has_photo=has_photo) is refusal


@pytest.mark.parametrize(
    ("percent", "on", "known", "started", "has_photo", "refusal"),
    [
        (25, TODAY, [0], START, False, None),
        (50, TODAY, [0], START, True, None),
        (50, TODAY, [0], START, False, Refusal.PHOTO_MISSING),
        (25, TODAY, [0, 25], START, True, Refusal.NOT_FURTHER),
        (20, TODAY, [0, 25], START, True, Refusal.NOT_FURTHER),
        (100, TODAY, [0, 50], START, True, Refusal.NOT_FURTHER),
        (25, TODAY + DAY, [0], START, True, Refusal.DATED_IN_FUTURE),
        (25, START - DAY, [0], START, True, Refusal.BEFORE_START),
        (25, TODAY, [], None, True, Refusal.NOT_UNDERWAY),
    ],
)
def test_a_work_only_gets_further(
    percent: int, on: date, known: list[int], started: date | None, has_photo: bool, refusal: Refusal | None
) -> None:
    assert refuse_progress(Reached(percent, on), known, started, TODAY, has_photo=has_photo) is refusal


@pytest.mark.parametrize(
    ("on", "known", "started", "has_photo", "refusal"),
    [
        (TODAY, [0, 50], START, True, None),
        (TODAY, [0, 25], START, True, Refusal.HALF_WAY_MISSING),
        (TODAY, [0, 50], START, False, Refusal.PHOTO_MISSING),
        (TODAY + DAY, [0, 50], START, True, Refusal.DATED_IN_FUTURE),
        (START - DAY, [0, 50], START, True, Refusal.BEFORE_START),
        (TODAY, [0, 50], None, True, Refusal.NOT_UNDERWAY),
    ],
)
def test_a_work_is_finished_when_it_was_seen_three_times(
    on: date, known: list[int], started: date | None, has_photo: bool, refusal: Refusal | None
) -> None:
    assert refuse_finish(Finished(on, 1), known, started, TODAY, has_photo=has_photo) is refusal


@given(st.lists(st.integers(1, 99), min_size=1, max_size=12))
def test_whatever_is_reported_progress_rises_and_milestones_have_photos(percents: list[int]) -> None:
    known = [0]
    for percent in percents:
        if refuse_progress(Reached(percent, TODAY), known, START, TODAY, has_photo=False) is None:
            assert percent > max(known)
            assert percent not in MILESTONES
            known.append(percent)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("village", ["53.04.01.2001", "53.04.01.2002"])
def test_only_confirmed_people_of_the_village_judge_a_finished_work(status: Status, level: Level, village: str) -> None:
    actor = Actor(person_id=1, village_code=village, level=level)
    refusal = refuse_check(actor, "53.04.01.2001", status)
    may = status is Status.COMPLETED and level >= Level.CONFIRMED and village == "53.04.01.2001"
    assert (refusal is None) is may


@given(st.lists(st.sampled_from(Answer), max_size=30))
def test_a_doubt_is_that_of_several_and_of_most(answers: list[Answer]) -> None:
    counts = Counter(answers)
    doubts = counts[Answer.NOT_YET] + counts[Answer.DIFFERENT]
    assert is_doubted(counts) is (doubts >= 3 and doubts > counts[Answer.DONE])
