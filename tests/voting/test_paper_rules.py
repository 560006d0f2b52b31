"""Paper by its rules: what is typed, who types which reading, when a stack is done, and which papers are checked."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.voting.rules.cards import MOST_WORDS, Sign, short_title, sign_of
from app.voting.rules.contest import ContestStatus
from app.voting.rules.papers import (
    NOTE_LENGTH,
    PaperFault,
    PaperRefusal,
    StackFacts,
    Stage,
    parse_paper,
    reading_of,
    refuse_finish,
    refuse_look,
    refuse_paper,
    rotated,
    sample_size,
    sampled,
)

OPTIONS = range(1, 13)
FIRST, SECOND, THIRD = 11, 12, 13
DONE = StackFacts(20, 20, FIRST, SECOND, firsts=20, seconds=20, agreed=20, differing=0, is_finished=False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1 3", [1, 3]),
        ("3,1", [1, 3]),
        (" 12 ", [12]),
        ("1.2+3", [1, 2, 3]),
        ("0", []),
        ("X", []),
        ("", None),
        ("  ", None),
        ("1 1", PaperFault.TICKED_TWICE),
        ("1 2 3 4", PaperFault.TOO_MANY_TICKS),
        ("13", PaperFault.NOT_ON_BALLOT),
        ("1 0", PaperFault.NOT_ON_BALLOT),
        ("P01", PaperFault.NO_NUMBERS),
        ("123", PaperFault.NO_NUMBERS),
        ("²", PaperFault.NO_NUMBERS),
        ("-", PaperFault.NO_NUMBERS),
    ],
)
def test_a_paper_is_read_from_what_was_typed(typed: str, read: object) -> None:
    assert parse_paper(typed, OPTIONS, 3) == read


@pytest.mark.parametrize(
    ("stack", "person", "answer"),
    [
        (replace(DONE, first_typist_id=None, second_typist_id=None, firsts=0, seconds=0, agreed=0), FIRST, "first"),
        (replace(DONE, second_typist_id=None, firsts=5, seconds=0, agreed=0), FIRST, "first"),
        (replace(DONE, second_typist_id=None, seconds=0, agreed=0), FIRST, PaperRefusal.YOUR_READING_DONE),
        (replace(DONE, second_typist_id=None, firsts=5, seconds=0, agreed=0), SECOND, "second"),
        (replace(DONE, seconds=5, agreed=5), SECOND, "second"),
        (DONE, SECOND, PaperRefusal.YOUR_READING_DONE),
        (replace(DONE, seconds=5, agreed=5), THIRD, PaperRefusal.TWO_TYPISTS),
        (replace(DONE, is_finished=True), FIRST, PaperRefusal.FINISHED),
    ],
)
def test_nobody_types_both_readings(stack: StackFacts, person: int, answer: object) -> None:
    assert reading_of(stack, person) == answer


def test_only_a_third_person_decides_what_a_paper_says() -> None:
    for typist in (FIRST, SECOND):
        assert refuse_look(DONE, typist, is_different=True) is PaperRefusal.YOU_TYPED
    assert refuse_look(DONE, THIRD, is_different=True) is None
    assert refuse_look(DONE, THIRD, is_different=False) is PaperRefusal.NOT_DIFFERENT
    assert refuse_look(replace(DONE, is_finished=True), THIRD, is_different=True) is PaperRefusal.FINISHED


@pytest.mark.parametrize(
    ("stack", "note", "answer"),
    [
        (DONE, "", None),
        (replace(DONE, agreed=19, differing=1), "", PaperRefusal.DIFFERENCES_LEFT),
        (replace(DONE, seconds=19, agreed=19), "", PaperRefusal.NOT_ALL_TYPED),
        (replace(DONE, attendance=21), "", PaperRefusal.NOTE_MISSING),
        (replace(DONE, attendance=21), "x" * (NOTE_LENGTH[0] - 1), PaperRefusal.NOTE_MISSING),
        (replace(DONE, attendance=21), "x" * NOTE_LENGTH[0], None),
        (replace(DONE, attendance=19), "Satu kertas ganda.", None),
        (replace(DONE, is_finished=True), "", PaperRefusal.FINISHED),
        (StackFacts(1, 0, None, None, 0, 0, 0, 0, is_finished=False), "Semua pulang lebih dulu.", None),
    ],
)
def test_a_stack_is_finished_when_it_agrees_and_what_is_uneven_is_explained(
    stack: StackFacts, note: str, answer: PaperRefusal | None
) -> None:
    assert refuse_finish(stack, note) is answer


def test_a_stack_tells_how_far_it_is() -> None:
    assert replace(DONE, agreed=3, seconds=3).stage is Stage.TYPING
    assert replace(DONE, agreed=19, differing=1).stage is Stage.DIFFERING
    assert DONE.stage is Stage.AGREED
    assert replace(DONE, is_finished=True).stage is Stage.FINISHED


@pytest.mark.parametrize("status", ContestStatus)
def test_paper_is_taken_in_while_the_contest_is_open_and_at_no_other_time(status: ContestStatus) -> None:
    expected = None if status is ContestStatus.OPENED else PaperRefusal.NOT_OPENED
    assert refuse_paper(status) is expected


def test_59_papers_find_five_wrong_in_a_hundred_and_149_find_two() -> None:
    assert [sample_size(papers) for papers in (0, 1, 149, 150, 5_000)] == [0, 1, 149, 59, 59]
    assert sample_size(5_000, wrong_percent=2) == 149
    for percent, size in ((5, 59), (2, 149), (10, 29)):
        missed = Fraction(100 - percent, 100)
        assert missed**size <= Fraction(1, 20) < missed ** (size - 1)
        assert sample_size(5_000, percent) == size


def test_the_sample_is_drawn_from_the_seed_and_everybody_draws_the_same() -> None:
    drawn = sampled("benih", 7, 300)
    assert drawn == sampled("benih", 7, 300) == sorted(set(drawn))
    assert len(drawn) == 59
    assert set(drawn) <= set(range(1, 301))
    assert drawn != sampled("benih", 8, 300) != sampled("benih lain", 8, 300)
    assert sampled("benih", 7, 12) == list(range(1, 13))


@pytest.mark.parametrize("count", [2, 3, 4, 7, 12, 20])
def test_ballots_are_printed_in_four_orders_that_hold_every_option_once(count: int) -> None:
    numbers = list(range(1, count + 1))
    orders = rotated(numbers)
    assert len(orders) == 4
    assert all(sorted(order) == numbers for order in orders)
    assert count < 4 or len({order[0] for order in orders}) == 4


def test_a_card_has_eight_words_at_most_and_a_sign_of_what_it_is_about() -> None:
    assert short_title("Atap baru") == "Atap baru"
    long = "Pipa air bersih dari mata air Weluli ke dusun Fatubesi"
    assert short_title(long) == "Pipa air bersih dari mata air Weluli ke\u00a0…"
    assert len(short_title(long).removesuffix("\u00a0…").split()) == MOST_WORDS
    titles = {
        "Pipa air bersih dari Weluli": Sign.WATER,
        "Rabat jalan tani ke Lahurus": Sign.ROAD,
        "Atap baru untuk posyandu": Sign.HEALTH,
        "Perpustakaan desa": Sign.SCHOOL,
        "Lampu tenaga surya": Sign.LIGHT,
        "Kios bersama": Sign.MARKET,
        "Bibit jagung": Sign.FARM,
        "Pagar balai desa": Sign.HOUSE,
        "Sanggar tari Likurai": Sign.PEOPLE,
        "Kepastian warga": Sign.PEOPLE,
    }
    assert {title: sign_of(title) for title in titles} == titles
