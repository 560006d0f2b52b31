"""Levels and weights, claims, reviews, scores and the index, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app import maturity
from app.innovations.rules.profile import BASIC_SERVICES, Affair
from app.innovations.rules.stages import ENDED, Stage
from app.kernel.datafiles import Faulty, FileFault
from app.kernel.outcomes import Refused
from app.maturity.rules.evidence import (
    LIFECYCLE,
    Claim,
    Review,
    ReviewFacts,
    State,
    is_public_link,
    refuse_claim,
    refuse_review,
)
from app.maturity.rules.index import (
    MOST_COUNTED,
    Candidate,
    Category,
    Lack,
    category_of,
    lacks,
    rounded,
    rules_of,
    terms,
)
from app.maturity.rules.indicators import LEVELS, FileKind, Indicator, most_score, year_in_force
from app.maturity.rules.refusals import Refusal
from app.maturity.rules.score import Standing, raising, score_of
from app.maturity.rules.tables import TableFault, read_indicators

CONTENT = (Path(str(maturity.__file__)).parent / "data" / "indicators-2026.csv").read_bytes()
TABLE = {one.number: one for one in read_indicators("indicators-2026.csv", CONTENT)}
TODAY = date(2026, 11, 21)
RULES = rules_of(2026)
WEIGHTS = {16: 3, 17: 2, 18: 2, 19: 2, 20: 1, 21: 2, 22: 1, 23: 1, 24: 1, 25: 1, 26: 1, 27: 1, 28: 2, 29: 1, 30: 2} | {
    31: 3,
    32: 2,
    33: 3,
    34: 2,
    35: 4,
}
DOCUMENTED = {16, 17, 18, 20, 21, 22, 23, 24, 28, 31}


def standing(
    number: int, level: int = 0, state: State | None = State.ACCEPTED, accepted: int | None = None
) -> Standing:
    one = TABLE[number]
    counts = (level if state is State.ACCEPTED else 0) if accepted is None else accepted
    return Standing(number, one.weight, one.is_required, state if level else None, level, counts)


# The table of 2026


def test_the_table_of_2026_says_what_the_index_asks() -> None:
    assert {number: one.weight for number, one in TABLE.items()} == WEIGHTS
    assert {number for number, one in TABLE.items() if one.is_required} == {16, 32, 33, 35}
    assert {number for number, one in TABLE.items() if one.needs_document} == DOCUMENTED
    kinds = {number: one.file_kind for number, one in TABLE.items() if one.file_kind is not FileKind.PDF}
    assert kinds == {25: FileKind.IMAGE, 30: FileKind.IMAGE, 35: FileKind.VIDEO}
    assert [one.code for one in TABLE[33].bases] == list("abcdef")
    assert all(len(one.bases) == 1 for number, one in TABLE.items() if number != 33)


def test_all_weights_times_three_are_111() -> None:
    assert sum(one.weight for one in TABLE.values()) * 3 == most_score(TABLE.values()) == 111


@pytest.mark.parametrize("number", WEIGHTS)
@pytest.mark.parametrize("level", LEVELS)
def test_every_level_counts_its_weight(number: int, level: int) -> None:
    score = score_of([standing(number, level)])
    assert (score.counts, score.if_accepted) == (WEIGHTS[number] * level, WEIGHTS[number] * level)


def row(**changes: str) -> bytes:
    cells = {
        "year": "2027",
        "number": "16",
        "basis": "",
        "basis_name": "",
        "name": "Regulasi",
        "weight": "3",
        "required": "yes",
        "level_1": "satu",
        "level_2": "dua",
        "level_3": "tiga",
        "needs_document": "yes",
        "file_kind": "pdf",
    } | changes
    return (",".join(cells) + "\n" + ",".join(cells.values()) + "\n").encode()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"year": "dua ribu"}, FileFault.NOT_WHOLE),
        ({"weight": "0"}, FileFault.OUT_OF_RANGE),
        ({"level_2": ""}, FileFault.REQUIRED),
        ({"file_kind": "docx"}, FileFault.CODE_UNKNOWN),
        ({"required": "ya"}, FileFault.CODE_UNKNOWN),
        ({"basis": "ab", "basis_name": "Orang"}, TableFault.BASIS_SHAPE),
        ({"basis": "a"}, TableFault.BASIS_UNNAMED),
    ],
)
def test_a_fault_in_a_table_names_its_line(changes: dict[str, str], fault: object) -> None:
    with pytest.raises(Faulty) as caught:
        read_indicators("x.csv", row(**changes))
    assert [(one.file, one.line, one.code) for one in caught.value.faults] == [("x.csv", 2, fault)]


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ({}, TableFault.TWICE),
        ({"basis": "b", "basis_name": "Lain"}, TableFault.BASIS_BESIDE),
    ],
)
def test_rows_of_one_indicator_have_to_agree(second: dict[str, str], fault: object) -> None:
    with pytest.raises(Faulty) as caught:
        read_indicators("x.csv", row() + row(**second).splitlines()[1])
    assert [(one.line, one.code) for one in caught.value.faults] == [(3, fault)]


def test_bases_of_one_indicator_weigh_the_same() -> None:
    first = row(basis="a", basis_name="Orang")
    with pytest.raises(Faulty) as caught:
        read_indicators("x.csv", first + row(basis="b", basis_name="Lain", weight="2").splitlines()[1])
    assert caught.value.faults[0].code is TableFault.DIFFERS


@given(some.binary(max_size=400))
def test_no_file_at_all_breaks_the_reader(content: bytes) -> None:
    with pytest.raises(Faulty):
        read_indicators("x.csv", content)


def test_the_latest_year_that_has_begun_counts() -> None:
    assert year_in_force([2026, 2027], TODAY) == 2026
    assert year_in_force([2026, 2027], date(2027, 1, 1)) == 2027
    assert year_in_force([2027], TODAY) == 2027
    assert year_in_force([], TODAY) is None


# Claims and reviews

DECREE = Claim(2, number="188.45/7", dated=TODAY)


def refusal(number: int, claim: Claim, stage: Stage = Stage.ADOPTED, *, has_file: bool = True) -> Refusal | None:
    return refuse_claim(TABLE[number], claim, stage, TODAY, has_file=has_file)


def test_a_claim_needs_what_its_indicator_asks_for() -> None:
    assert refusal(16, DECREE) is None
    assert refusal(16, replace(DECREE, number=" ")) is Refusal.NUMBER_MISSING
    assert refusal(16, replace(DECREE, dated=None)) is Refusal.DATE_MISSING
    assert refusal(16, replace(DECREE, dated=date(2026, 11, 22))) is Refusal.DATED_IN_FUTURE
    assert refusal(16, DECREE, has_file=False) is Refusal.FILE_MISSING
    assert refusal(19, Claim(1)) is None
    assert refusal(25, Claim(1), has_file=False) is Refusal.FILE_MISSING
    assert refusal(33, Claim(1)) is Refusal.UNKNOWN_BASIS
    assert refusal(33, Claim(1, basis="f")) is None
    assert refusal(33, Claim(1, basis="g")) is Refusal.UNKNOWN_BASIS
    assert refusal(35, Claim(1), has_file=False) is Refusal.NO_LINK
    assert refusal(35, Claim(1, link="https://video.go.id/1"), has_file=False) is None


@pytest.mark.parametrize("stage", Stage)
def test_what_has_ended_takes_no_evidence(stage: Stage) -> None:
    assert refusal(19, Claim(1), stage) is (Refusal.INNOVATION_ENDED if stage in ENDED else None)


@pytest.mark.parametrize(
    "link",
    [
        "http://video.go.id/1",
        "javascript:alert(1)",
        "https://",
        "https://localhost/1",
        "https://127.0.0.1/1",
        "https://[::1]/",
        "https://me:you@video.go.id/1",
        "https://video.go.id:8443/1",
        "https://video.go.id/ 1",
        "https://video.go.id\\@evil.id/1",
        "https://video.go.id/" + "a" * 500,
        "https://vid\u200beo.go.id/1",
        "https://[broken",
        "//video.go.id/1",
        "",
    ],
)
def test_a_link_that_not_everybody_can_open_is_none(link: str) -> None:
    assert not is_public_link(link)


@given(some.text())
def test_no_text_breaks_the_look_at_links(text: str) -> None:
    assert is_public_link(text) in (True, False)
    assert is_public_link("https://" + text) in (True, False)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("review", Review)
def test_only_what_waits_is_reviewed(state: State, review: Review) -> None:
    facts = ReviewFacts(state, 2, 1, has_ended=False)
    found = refuse_review(facts, review, 2 if review is Review.ACCEPT else None, "Alasan yang jelas.", 2)
    assert (found is None) == (state is State.WAITING)
    assert found in (None, Refusal.ALREADY_REVIEWED)
    if found:
        with pytest.raises(Refused):
            LIFECYCLE.after(state, review)


WAITS = ReviewFacts(State.WAITING, 2, 1, has_ended=False)


def test_a_review_is_by_somebody_else_and_says_why() -> None:
    assert refuse_review(WAITS, Review.ACCEPT, 2, "", 2) is None
    assert refuse_review(WAITS, Review.ACCEPT, 2, "", 1) is Refusal.OWN_EVIDENCE
    assert refuse_review(WAITS, Review.ACCEPT, 1, "", 2) is Refusal.REASON_MISSING
    assert refuse_review(WAITS, Review.ACCEPT, 1, "Hanya SK kepala dinas.", 2) is None
    assert refuse_review(WAITS, Review.ACCEPT, 3, "Lebih tinggi lagi.", 2) is Refusal.LEVEL_TOO_HIGH
    assert refuse_review(WAITS, Review.ACCEPT, None, "Tanpa tingkat apa pun.", 2) is Refusal.LEVEL_TOO_HIGH
    assert refuse_review(WAITS, Review.RETURN, None, "  pendek ", 2) is Refusal.REASON_MISSING
    assert refuse_review(WAITS, Review.RETURN, None, "Halaman dua tidak terbaca.", 2) is None
    assert refuse_review(replace(WAITS, has_ended=True), Review.ACCEPT, 2, "", 2) is Refusal.ENDED
    assert refuse_review(replace(WAITS, added_by_id=None), Review.ACCEPT, 2, "", None) is None


# The score


def test_only_what_was_accepted_counts_and_what_waits_might() -> None:
    held = [standing(16, 3, State.WAITING), standing(17, 2, accepted=1), standing(35, 3, State.RETURNED), standing(18)]
    score = score_of(held)
    assert (score.counts, score.if_accepted) == (2, 2 + 9)
    assert score.missing == (16, 35)


def test_what_raises_the_score_most_comes_first() -> None:
    held = [standing(number) for number in TABLE]
    assert [one.number for one in raising(held)][:4] == [35, 16, 31, 33]
    assert [one.gain for one in raising(held)][:4] == [12, 9, 9, 9]
    held[-1] = standing(35, 3, State.WAITING)
    assert raising(held)[0].number == 16


CLAIMS = some.tuples(some.sampled_from(State), some.sampled_from(LEVELS), some.sampled_from(LEVELS))


@given(some.lists(some.none() | CLAIMS, min_size=20, max_size=20))
def test_a_score_lies_between_nothing_and_all_and_gains_lead_to_the_top(
    claims: list[tuple[State, int, int] | None],
) -> None:
    held = [
        standing(number, max(one[1], one[2]), one[0], min(one[1], one[2]) if one[0] is State.ACCEPTED else 0)
        if one
        else standing(number)
        for number, one in zip(TABLE, claims, strict=True)
    ]
    score = score_of(held)
    assert 0 <= score.counts <= score.if_accepted <= score.most == 111
    assert score.if_accepted + sum(one.gain for one in raising(held)) == 111


# The index

IN_USE = Candidate(Stage.ADOPTED, date(2025, 3, 1), None, 300)


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (IN_USE, ()),
        (replace(IN_USE, stage=Stage.REPLICATING), ()),
        (replace(IN_USE, stage=Stage.INSTITUTIONALISED, applied_on=None, developed_on=date(2025, 12, 31)), ()),
        (replace(IN_USE, applied_on=date(2024, 1, 1)), ()),
        (replace(IN_USE, applied_on=date(2023, 12, 31)), (Lack.DATES,)),
        (replace(IN_USE, applied_on=date(2026, 1, 1)), (Lack.DATES,)),
        (replace(IN_USE, applied_on=None), (Lack.DATES,)),
        (replace(IN_USE, words=299), (Lack.DESIGN,)),
        (Candidate(Stage.TRIAL, None, None, 0), (Lack.STAGE, Lack.DATES, Lack.DESIGN)),
    ],
)
def test_every_reason_for_which_an_innovation_does_not_count_is_told(one: Candidate, found: tuple[Lack, ...]) -> None:
    assert lacks(one, RULES) == found


def test_each_year_divides_by_its_own_number() -> None:
    assert [rules_of(year).divisor for year in (2026, 2027, 2028, 2029, 2035)] == [12, 14, 16, 18, 18]
    assert [rules_of(year).least_services for year in (2026, 2027)] == [5, 6]
    assert (RULES.since, RULES.until) == (date(2024, 1, 1), date(2025, 12, 31))


def test_the_formula_is_worked_out_by_hand() -> None:
    found = terms(RULES, 10, 700, BASIC_SERVICES)
    assert found.quality == Fraction(700, 12)
    assert found.quantity == Fraction(38, 10)
    assert rounded(found.innovations) == Decimal("62.13")
    assert rounded(found.index(Fraction(41))) == Decimal("41.25")
    assert category_of(found.index(Fraction(41))) is Category.INNOVATIVE


def test_too_few_basic_services_take_the_count_away() -> None:
    five = sorted(BASIC_SERVICES)[:5]
    assert terms(RULES, 50, 0, five).quantity == 19
    assert terms(RULES, 50, 0, [*five[:4], Affair.TOURISM]).quantity == 0
    assert terms(rules_of(2027), 50, 0, five).quantity == 0


@pytest.mark.parametrize(
    ("index", "category"),
    [
        ("65.01", Category.VERY),
        ("65.005", Category.VERY),
        ("65", Category.INNOVATIVE),
        ("40.01", Category.INNOVATIVE),
        ("40", Category.LESS),
        ("0.01", Category.LESS),
        ("0", Category.NONE),
    ],
)
def test_categories_follow_the_published_figure(index: str, category: Category) -> None:
    assert category_of(Fraction(index)) is category


SCORES = some.lists(some.integers(0, 111), max_size=260)
AFFAIRS = some.sets(some.sampled_from(Affair))
YEARS = some.sampled_from((2026, 2027, 2028, 2029))


@given(SCORES, AFFAIRS, YEARS, some.integers(0, 63))
def test_the_index_stays_within_its_bounds(scores: list[int], affairs: set[Affair], year: int, spd: int) -> None:
    found = terms(rules_of(year), len(scores), sum(scores), affairs)
    assert 0 <= found.quality <= 111
    assert 0 <= found.quantity <= 76
    assert 0 <= found.index(Fraction(spd)) <= 100


@given(SCORES.filter(bool), AFFAIRS, some.data())
def test_a_better_score_never_lowers_the_index(scores: list[int], affairs: set[Affair], data: some.DataObject) -> None:
    place = data.draw(some.integers(0, len(scores) - 1))
    better = [*scores]
    better[place] = data.draw(some.integers(scores[place], 111))
    before = terms(RULES, len(scores), sum(scores), affairs)
    after = terms(RULES, len(better), sum(better), affairs)
    assert after.innovations >= before.innovations


@given(some.lists(some.integers(0, 111), max_size=11), some.integers(0, 111))
def test_up_to_the_divisor_one_more_innovation_never_lowers_the_index(scores: list[int], more: int) -> None:
    before = terms(RULES, len(scores), sum(scores), BASIC_SERVICES)
    after = terms(RULES, len(scores) + 1, sum(scores) + more, BASIC_SERVICES)
    assert after.innovations > before.innovations


@given(some.integers(MOST_COUNTED, 1000))
def test_beyond_two_hundred_the_count_adds_nothing(count: int) -> None:
    assert terms(RULES, count, 0, BASIC_SERVICES).quantity == 76


@given(some.fractions(0, 250))
def test_rounding_is_within_half_a_hundredth(exact: Fraction) -> None:
    assert abs(Fraction(rounded(exact)) - exact) <= Fraction(1, 200)


def test_an_indicator_tells_what_a_level_asks_for() -> None:
    one: Indicator = TABLE[33]
    assert one.asks(2, "e") == "101–200 produk"
    assert one.asks(1) == "1–200 orang"
