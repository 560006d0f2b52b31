"""Points: whole numbers between nothing and a hundred, public, and fair to small villages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.cycles.models import Cycle
from app.cycles.rules import PhaseKind
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Refused
from app.moderation import actions, queries
from app.moderation.rules.refusals import Refusal
from app.moderation.rules.scoring import (
    CODES,
    DEFAULT,
    FULL,
    SUPPORT,
    CriterionFacts,
    rank_key,
    refuse_criteria,
    refuse_points,
    score_card,
    support_target,
)
from app.proposals.models import Proposal
from app.proposals.rules import Refusal as ProposalRefusal
from tests import builders as b

MANUAL = [one.code for one in DEFAULT if not one.is_automatic]
MOST = dict.fromkeys(MANUAL, 5)

Points = st.fixed_dictionaries({code: st.lists(st.integers(1, 5), max_size=4) for code in MANUAL})


@st.composite
def weighted(draw: st.DrawFn) -> list[CriterionFacts]:
    """Criteria whose weights make a hundred."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=5, max_size=5)))
    weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    return [replace(one, weight=weight) for one, weight in zip(DEFAULT, weights, strict=True)]


def test_the_default_weighs_a_hundred_and_every_code_is_known() -> None:
    assert sum(one.weight for one in DEFAULT) == FULL
    assert {one.code for one in DEFAULT} <= set(CODES)
    assert score_card(DEFAULT, dict.fromkeys(MANUAL, (5, 5)), 999, 10).total == 10_000
    assert score_card(DEFAULT, {}, 0, 10).total == 0


@given(weighted(), Points, st.integers(0, 5000), st.integers(1, 3000))
def test_a_total_is_never_above_a_hundred(
    criteria: list[CriterionFacts], points: dict[str, list[int]], supports: int, target: int
) -> None:
    card = score_card(criteria, points, supports, target)
    assert 0 <= card.total <= 100 * FULL
    assert all(isinstance(part.hundredths, int) for part in card.parts)


@given(weighted(), Points, st.integers(0, 500), st.integers(1, 300), st.sampled_from(MANUAL), st.integers(0, 3))
def test_more_never_makes_less(
    criteria: list[CriterionFacts], points: dict[str, list[int]], supports: int, target: int, code: str, which: int
) -> None:
    before = score_card(criteria, points, supports, target).total
    assert score_card(criteria, points, supports + 1, target).total >= before
    assert score_card(criteria, points, supports, target + 1).total <= before
    given = list(points[code])
    if which < len(given) and given[which] < 5:
        given[which] += 1
        assert score_card(criteria, points | {code: given}, supports, target).total >= before


@pytest.mark.parametrize(("people", "target"), [(0, 10), (100, 10), (101, 11), (1840, 184), (1841, 185)])
def test_a_tenth_of_the_village_gives_all_the_points(people: int, target: int) -> None:
    assert support_target(people) == target
    assert score_card(DEFAULT, {}, target, target).of(SUPPORT) == 1500
    assert score_card(DEFAULT, {}, target - 1, target).of(SUPPORT) < 1500


@pytest.mark.parametrize(
    ("points", "is_enough", "is_wide"),
    [
        ((), False, False),
        ((3,), False, False),
        ((3, 4), True, False),
        ((3, 5), True, False),
        ((2, 5), True, True),
        ((2, 3, 5), True, True),
    ],
)
def test_two_assess_and_more_than_two_points_apart_they_talk(
    points: tuple[int, ...], is_enough: bool, is_wide: bool
) -> None:
    card = score_card(DEFAULT, dict.fromkeys(MANUAL, (4, 4)) | {"K1": points}, 0, 10)
    assert (card.is_complete, card.is_wide) == (is_enough, is_wide)


def test_equal_totals_are_ordered_by_urgency_then_the_vulnerable_then_the_date() -> None:
    even = [CriterionFacts(code, code, 20) for code in ("K1", "K2", "K3", "K4", "K5")]
    cards = [
        score_card(even, dict(zip(("K1", "K2", "K3", "K4", "K5"), ((n,) for n in given), strict=True)), 0, 10)
        for given in ((5, 1, 3, 3, 3), (3, 3, 5, 1, 3), (3, 3, 3, 3, 3))
    ]
    assert len({card.total for card in cards}) == 1
    keys = [rank_key(card, b.NOW, 1) for card in cards]
    assert keys == sorted(keys)
    assert rank_key(cards[0], b.NOW, 9) < rank_key(cards[0], b.NOW + timedelta(days=1), 1)


def test_weights_are_whole_and_set_before_the_review() -> None:
    assert refuse_criteria(DEFAULT, is_review_open=False) is None
    assert refuse_criteria(DEFAULT, is_review_open=True) is Refusal.CRITERIA_FIXED
    assert refuse_criteria(DEFAULT[1:], is_review_open=False) is Refusal.WEIGHTS_NOT_100


@pytest.mark.parametrize("points", [{}, MOST | {SUPPORT: 5}, MOST | {"K1": 6}, MOST | {"K1": 0}])
def test_points_answer_every_criterion_and_no_other(points: dict[str, int]) -> None:
    assert refuse_points(DEFAULT, points, is_review_open=True) is Refusal.POINTS_MISSING
    assert refuse_points(DEFAULT, MOST, is_review_open=True) is None
    assert refuse_points(DEFAULT, MOST, is_review_open=False) is Refusal.NOT_YET_SCORED


# Actions


@pytest.fixture
def cycle(session: Session) -> Cycle:
    return b.make_world()


def assessors() -> tuple[Actor, Actor]:
    return b.make_staff(Role.MODERATOR, b.LAMAKNEN), b.make_staff(Role.PLANNER, b.BELU)


def test_points_of_two_make_the_order(cycle: Cycle) -> None:
    better, worse, unscored = (b.make_published() for _each in range(3))
    for actor in assessors():
        actions.assess(actor, better, MOST, b.NOW)
        actions.assess(actor, worse, dict.fromkeys(MANUAL, 2), b.NOW)
    ranked = queries.ranking(cycle.id, b.LAMAKNEN, DEFAULT)
    assert [(one.place, one.number) for one in ranked] == [(1, better.number), (2, worse.number)]
    assert ranked[0].card.is_complete
    assert (ranked[0].card.total, ranked[1].card.total) == (8500, 3400)
    assert unscored.number not in [one.number for one in ranked]
    assert queries.ranking(cycle.id, b.RAIHAT, DEFAULT) == []


def test_points_given_again_replace_ones_own(cycle: Cycle) -> None:
    proposal, (first, _second) = b.make_published(), assessors()
    actions.assess(first, proposal, MOST, b.NOW)
    actions.assess(first, proposal, dict.fromkeys(MANUAL, 1), b.NOW)
    card = queries.card_of(proposal, DEFAULT)
    assert {part.points for part in card.parts if not part.criterion.is_automatic} == {(1,)}


def test_support_counts_by_what_the_planner_entered_or_by_the_residents(session: Session) -> None:
    b.make_regions()
    b.make_misi()
    cycle = b.make_cycle(kinds=(PhaseKind.GATHERING,))
    proposal = b.make_published()
    proposal.support_count = 10
    session.flush()
    assert queries.card_of(proposal, DEFAULT).of(SUPPORT) == 1500
    actions.set_sizes(b.make_staff(Role.PLANNER, b.BELU), cycle, {b.MAKIR: 1000}, b.NOW)
    assert queries.card_of(proposal, DEFAULT).of(SUPPORT) == 150


def test_a_planner_sets_what_counts_until_the_review(session: Session) -> None:
    b.make_regions()
    b.make_misi()
    cycle = b.make_cycle(kinds=(PhaseKind.GATHERING,))
    planner = b.make_staff(Role.PLANNER, b.BELU)
    own = [replace(DEFAULT[0], weight=30), *DEFAULT[1:4], replace(DEFAULT[4], weight=5), DEFAULT[5]]
    actions.set_criteria(planner, cycle, own, b.NOW)
    assert queries.criteria_of(cycle.id) == tuple(own)
    with pytest.raises(Denied):
        actions.set_criteria(b.make_staff(Role.MODERATOR, b.BELU), cycle, own, b.NOW)
    with pytest.raises(Refused, match=Refusal.WEIGHTS_NOT_100):
        actions.set_criteria(planner, cycle, own[:-1], b.NOW)


def test_once_the_review_is_open_nothing_that_counts_changes(cycle: Cycle) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    with pytest.raises(Refused, match=Refusal.CRITERIA_FIXED):
        actions.set_criteria(planner, cycle, DEFAULT, b.NOW)
    with pytest.raises(Refused, match=Refusal.CRITERIA_FIXED):
        actions.set_sizes(planner, cycle, {b.MAKIR: 10}, b.NOW)


def test_before_the_review_and_by_others_nothing_is_scored(session: Session) -> None:
    b.make_regions()
    b.make_misi()
    b.make_cycle(kinds=(PhaseKind.GATHERING,))
    author = b.make_person()
    proposal = b.make_published(author)
    with pytest.raises(Refused, match=Refusal.NOT_YET_SCORED):
        actions.assess(b.make_staff(Role.PLANNER, b.BELU), proposal, MOST, b.NOW)
    b.grant_role(author, Role.PLANNER, b.BELU)
    for actor in (b.actor_of(author), b.make_staff(Role.MODERATOR, b.MAKIR), b.make_staff(Role.OFFICER, b.BELU)):
        with pytest.raises(Denied):
            actions.assess(actor, proposal, MOST, b.NOW)


def test_a_talk_and_a_deviation_are_public_with_their_reason(cycle: Cycle) -> None:
    proposal, (moderator, planner) = b.make_published(), assessors()
    actions.assess(moderator, proposal, MOST, b.NOW)
    actions.assess(planner, proposal, dict.fromkeys(MANUAL, 2), b.NOW)
    actions.note_discussion(moderator, proposal, "Penilai sepakat bahwa pipa lama sudah putus.", b.NOW)
    actions.deviate(planner, proposal, 4, "Musyawarah mendahulukan desa yang belum pernah.", "BA 3/2027", b.NOW)
    (one,) = queries.ranking(cycle.id, b.LAMAKNEN, DEFAULT)
    assert (one.card.is_wide, one.is_talked_over) == (True, True)
    assert (one.notes[-1].place, one.notes[-1].document) == (4, "BA 3/2027")
    with pytest.raises(Refused, match=ProposalRefusal.REASON_MISSING):
        actions.deviate(planner, proposal, 4, " ", "BA 3/2027", b.NOW)
    with pytest.raises(Denied):
        actions.deviate(moderator, proposal, 4, "Musyawarah mendahulukan desa lain.", "BA 3/2027", b.NOW)


def test_without_points_there_is_no_place(cycle: Cycle) -> None:
    lonely: Proposal = b.make_published()
    assert queries.ranking(cycle.id, b.LAMAKNEN, DEFAULT) == []
    assert queries.card_of(lonely, queries.criteria_of(cycle.id)).total == 0
