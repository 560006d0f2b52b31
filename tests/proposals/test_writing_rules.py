"""The pure rules of writing: questions in every state, entries, places, and what has changed between two texts."""

from dataclasses import replace
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.rules import EntryKind, Evidence, PriceRange
from app.proposals.rules import MAX_ESTIMATE, Answers, Refusal, Status
from app.proposals.rules.difference import Mark, difference, likeness
from app.proposals.rules.drawing import DRAWN, MARGIN, picture, sketch
from app.proposals.rules.place import Position, is_inside, is_near, metres, position_of, shown
from app.proposals.rules.revising import MOST_VERSIONS, Substance, refuse_revision, substance
from app.proposals.rules.works import Entry, cost_of, fitting, outstanding, refuse_work
from app.proposals.rules.writing import (
    ASKS,
    Question,
    all_said,
    is_answered,
    next_question,
    question_before,
    step_of,
    to_answers,
    with_answer,
)
from tests import builders as b
from tests.proposals import world as w

ANSWERS = replace(b.ANSWERS, misi_ids=frozenset({3}), entry_id=8, latitude=-9.0413, longitude=125.1651)
ALL = all_said(ANSWERS)
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]}
RING = {"type": "Polygon", "coordinates": [*SQUARE["coordinates"], [[1, 0.5], [3, 0.5], [3, 1.5], [1, 1.5], [1, 0.5]]]}
TWO = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], [[[9, 9], [10, 9], [10, 10], [9, 9]]]]}


def entry(kind: EntryKind = EntryKind.WORKS, title: str = "Rabat beton", **changes: object) -> Entry:
    made = Entry(8, "K001", title, "Jalan dicor.", "meter", kind, PriceRange(300_000, 700_000), 3)
    return replace(made, **changes)  # type: ignore[arg-type]


# Questions


@pytest.mark.parametrize("answered", Question)
@pytest.mark.parametrize("asked", Question)
def test_from_every_state_every_answer_leads_to_the_first_question_that_waits(
    answered: Question, asked: Question
) -> None:
    """Whoever has answered all questions before `answered` answers `asked` next, in whatever order."""
    order = list(Question)
    said = {question: ALL[question] for question in order[: order.index(answered)]}
    after = with_answer(said, asked, ALL[asked])
    waiting = [question for question in order if question not in {*said, asked}]
    if asked is Question.WORK and Question.KIND not in said:
        waiting = [question for question in order if question not in said]  # the unit is not known yet
    assert next_question(after) is (waiting[0] if waiting else None)
    assert set(after) == {*said, asked}


@pytest.mark.parametrize("question", Question)
def test_an_answer_given_again_replaces_the_first_and_touches_no_other(question: Question) -> None:
    again = dict.fromkeys(ASKS[question], "baru")
    after = with_answer(ALL, question, again)
    assert after[question] == again
    assert {other: after[other] for other in Question if other is not question} == {
        other: ALL[other] for other in Question if other is not question
    }


@pytest.mark.parametrize("question", Question)
def test_only_what_a_page_asks_for_is_kept_of_it(question: Question) -> None:
    answer = {**ALL[question], "status": "published", "author_id": 1}
    assert set(with_answer({}, question, answer)[question]) == set(ASKS[question])


def test_another_entry_asks_for_the_work_again_and_keeps_what_was_typed() -> None:
    changed = with_answer(ALL, Question.KIND, {"entry_id": 9})
    assert next_question(changed) is Question.WORK
    assert changed[Question.WORK]["work"] == ANSWERS.work
    assert to_answers(changed, b.MAKIR) is None
    back = with_answer(changed, Question.KIND, {"entry_id": 8})
    assert next_question(back) is None


def test_work_at_a_home_hides_its_place_until_its_author_says_otherwise() -> None:
    at_home = with_answer(ALL, Question.KIND, {"entry_id": 12}, is_at_home=True)
    assert at_home[Question.PLACE]["is_at_home"] is True
    open_again = with_answer(at_home, Question.PLACE, {**at_home[Question.PLACE], "is_at_home": False})
    same_entry = with_answer(open_again, Question.KIND, {"entry_id": 12}, is_at_home=True)
    assert same_entry[Question.PLACE]["is_at_home"] is False


def test_answers_come_back_from_what_was_said_as_they_were() -> None:
    assert to_answers(ALL, b.MAKIR) == ANSWERS
    for question in Question:
        assert to_answers({name: ALL[name] for name in Question if name is not question}, b.MAKIR) is None


def test_every_question_has_one_before_it_but_the_first() -> None:
    assert [question_before(question) for question in Question] == [None, *list(Question)[:-1]]
    assert [step_of(question)[0] for question in Question] == [1, 2, 3, 4, 5, 6, 7]
    assert not is_answered(Question.PROBLEM, {})


# Entries


def test_an_entry_says_which_unit_and_what_else_is_needed() -> None:
    good = replace(ANSWERS, unit="meter")
    grant = entry(EntryKind.GRANT)
    cases = (
        (good, entry(), True, None),
        (good, None, True, None),
        (good, None, False, Refusal.UNKNOWN_ENTRY),
        (replace(good, unit="km"), entry(), True, Refusal.OTHER_UNIT),
        (replace(good, unit="km"), entry(EntryKind.FREE), True, None),
        (good, grant, True, Refusal.GROUP_MISSING),
        (replace(good, group_name="Tani"), grant, True, Refusal.GROUP_MISSING),
        (replace(good, group_name="Tani", group_registration="SK 7"), grant, True, None),
        (replace(good, estimate=MAX_ESTIMATE + 1), entry(), True, Refusal.TOO_MUCH),
        (replace(good, estimate=MAX_ESTIMATE + 1), None, True, Refusal.TOO_MUCH),
    )
    for answers, chosen, is_known, refusal in cases:
        assert refuse_work(answers, chosen, is_known=is_known) is refusal


def test_what_it_costs_is_told_where_the_catalog_knows() -> None:
    assert cost_of(entry(), 100) == PriceRange(30_000_000, 70_000_000)
    assert cost_of(entry(price=None), 100) is None
    assert cost_of(entry(), 0) is None
    assert cost_of(None, 100) is None


@pytest.mark.parametrize(
    ("kind", "title", "is_at_home"),
    [
        (EntryKind.WORKS, "Jamban sehat keluarga", True),
        (EntryKind.SOCIAL_AID, "Rumah layak huni – perbaikan RTLH", True),
        (EntryKind.WORKS, "Sambungan rumah air minum", True),
        (EntryKind.SOCIAL_AID, "Beasiswa anak keluarga miskin", True),
        (EntryKind.WORKS, "Perbaikan rumah adat (uma lulik)", False),
        (EntryKind.WORKS, "Rabat beton jalan lingkungan", False),
    ],
)
def test_which_works_are_usually_at_a_home(kind: EntryKind, title: str, is_at_home: bool) -> None:
    assert entry(kind, title).is_usually_at_home is is_at_home


def test_entries_fit_by_the_stems_of_their_words() -> None:
    road, cattle = entry(), entry(id=34, code="K034", title="Ternak bergulir – sapi", definition="Bibit sapi.")
    free = entry(EntryKind.FREE, id=50, title="Bebas")
    assert fitting([road, cattle, free], "jalan becek perlu dicor beton") == [road]
    assert fitting([road, cattle, free], "minta bibit sapi") == [cattle]
    assert fitting([road, cattle, free], "bebas") == []
    assert fitting([road, cattle], "") == []


# Places


def test_a_half_position_or_one_beyond_the_globe_is_none() -> None:
    assert position_of(-9.04134999, 125.16514999) == Position(-9.0413, 125.1651)
    for latitude, longitude in (
        (None, 1.0),
        (1.0, None),
        (91.0, 0.0),
        (0.0, -181.0),
        (float("nan"), 1.0),
        (float("inf"), 1.0),
    ):
        assert position_of(latitude, longitude) is None


def test_everybody_sees_a_hundred_metres_and_of_a_home_a_kilometre() -> None:
    exact = Position(-9.0413, 125.1651)
    assert shown(exact, is_at_home=False) == Position(-9.041, 125.165)
    assert shown(exact, is_at_home=True) == Position(-9.04, 125.17)
    assert shown(None, is_at_home=True) is None


degrees = st.floats(-80, 80, allow_nan=False)


@given(degrees, degrees)
def test_no_home_is_found_from_what_is_shown_of_it(latitude: float, longitude: float) -> None:
    home = Position(latitude, longitude)
    seen = shown(home, is_at_home=True)
    assert seen is not None
    assert (round(seen.latitude, 2), round(seen.longitude, 2)) == (seen.latitude, seen.longitude)
    assert metres(home, seen) < 1_000


@given(degrees, degrees, st.integers(0, 90))
def test_a_hundred_metres_are_near_and_more_are_not(latitude: float, longitude: float, away: int) -> None:
    here = Position(latitude, longitude)
    metre = 1 / 111_195
    assert metres(here, here) == 0
    assert is_near(here, Position(latitude + away * metre, longitude))
    assert not is_near(here, Position(latitude + 120 * metre, longitude))
    assert not is_near(here, Position(latitude, longitude + 120 * metre / cos(radians(latitude))))
    assert not is_near(here, None)
    assert not is_near(None, None)


@pytest.mark.parametrize(
    ("outline", "latitude", "longitude", "is_in"),
    [
        (SQUARE, 1, 2, True),
        (SQUARE, 3, 2, False),
        (SQUARE, 1, 5, False),
        (RING, 1, 2, False),
        (RING, 0.2, 2, True),
        (TWO, 9.2, 9.6, True),
        (TWO, 9.9, 9.1, False),
    ],
)
def test_a_point_lies_in_an_outline_or_in_its_hole(
    outline: dict[str, object], latitude: float, longitude: float, is_in: bool
) -> None:
    assert is_inside(Position(latitude, longitude), [outline]) is is_in


def test_every_village_is_drawn_small_enough_and_a_tap_comes_back_as_its_place() -> None:
    for outline in w.outlines().values():
        drawn = sketch(outline)
        assert drawn is not None
        assert drawn.height <= DRAWN
        for x, y in ((MARGIN, MARGIN), (140, drawn.height // 2)):
            at = drawn.position(x, y)
            assert at is not None
            assert max(abs(a - b_) for a, b_ in zip(drawn.pixel(at), (x, y), strict=True)) <= 1
        assert drawn.position(DRAWN + 1, 5) is None
        assert drawn.position(-1, 5) is None
        assert len(picture(drawn, at)) < 2_500
    assert sketch(None) is None
    assert sketch({"type": "Point", "coordinates": [1, 2]}) is None


# What has changed


def test_a_difference_marks_words() -> None:
    assert [
        (piece.mark, piece.text) for piece in difference("Pipa air brsih ke dusun", "Pipa air bersih ke dusun")
    ] == [
        (Mark.SAME, "Pipa air "),
        (Mark.GONE, "brsih"),
        (Mark.NEW, "bersih"),
        (Mark.SAME, " ke dusun"),
    ]
    assert difference("", "") == []
    assert [piece.mark for piece in difference("", "baru")] == [Mark.NEW]


texts = st.text(st.sampled_from("ab <&\n\"'"), max_size=80)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_their_difference(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.GONE) == after
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("changes", "touched"),
    [
        ({"title": "Pipa air bersih dari mata air Weluly"}, []),
        ({"problem": "Warga berjalan tiga kilometer untuk mengambil air setiap pagi."}, []),
        ({"volume": 1300, "estimate": 150_000_000}, []),
        ({"volume": 1321}, [Substance.VOLUME]),
        ({"unit": "km"}, [Substance.VOLUME]),
        ({"estimate": 170_000_000}, [Substance.ESTIMATE]),
        ({"estimate": 0}, [Substance.ESTIMATE]),
        ({"village_code": b.KEWAR}, [Substance.VILLAGE]),
        ({"entry_id": 9}, [Substance.ENTRY]),
        ({"entry_id": None}, [Substance.ENTRY]),
        ({"misi_ids": frozenset({1})}, [Substance.MISI]),
        ({"latitude": -9.0502}, []),
        ({"latitude": -9.0513}, [Substance.PLACE]),
        ({"latitude": None}, []),
        ({"title": "Traktor untuk kelompok tani", "work": "Beli dua traktor tangan baru."}, [Substance.TEXT]),
    ],
)
def test_what_of_the_substance_a_change_touches(changes: dict[str, object], touched: list[Substance]) -> None:
    after = replace(ANSWERS, **changes)  # type: ignore[arg-type]
    assert substance(ANSWERS, after) == touched
    assert refuse_revision(Status.PUBLISHED, ANSWERS, after, is_reviewed=False, versions=0) is None
    expected = Refusal.CHANGES_TOO_MUCH if touched else None
    assert refuse_revision(Status.PUBLISHED, ANSWERS, after, is_reviewed=True, versions=0) is expected


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PUBLISHED])
def test_only_what_is_open_for_support_can_be_changed(status: Status) -> None:
    after: Answers = replace(ANSWERS, title="Pipa air bersih dari mata air Weluly")
    assert refuse_revision(status, ANSWERS, after, is_reviewed=False, versions=0) is Refusal.NOT_OPEN_TO_CHANGE


def test_a_change_changes_something_and_not_for_ever() -> None:
    after = replace(ANSWERS, title="Pipa air bersih dari mata air Weluly")
    assert refuse_revision(Status.PUBLISHED, ANSWERS, ANSWERS, is_reviewed=False, versions=0) is Refusal.NOTHING_CHANGED
    full = refuse_revision(Status.PUBLISHED, ANSWERS, after, is_reviewed=False, versions=MOST_VERSIONS)
    assert full is Refusal.TOO_MANY_VERSIONS


def test_a_slip_of_the_pen_leaves_texts_alike() -> None:
    assert likeness("Pipa air bersih", "Pipa air brsih") > 0.9
    assert likeness("Pipa air", "Pipa air") == 1


@pytest.mark.parametrize("has_photos", [False, True])
@pytest.mark.parametrize("has_group", [False, True])
def test_what_the_catalog_asks_for_is_outstanding_until_it_comes(has_photos: bool, has_group: bool) -> None:
    asked = entry(evidence=(Evidence.PHOTO, Evidence.LAND, Evidence.GROUP))
    left = outstanding(asked, has_photos=has_photos, has_group=has_group)
    assert left == [
        *([] if has_photos else [Evidence.PHOTO]),
        Evidence.LAND,  # a paper that is brought to the office
        *([] if has_group else [Evidence.GROUP]),
    ]
    assert outstanding(None, has_photos=has_photos, has_group=has_group) == []
