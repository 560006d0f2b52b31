"""The life of a contest, who may vote, and the count: pure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cycles.rules import CycleFacts, PhaseFacts, PhaseKind
from app.kernel.actor import ANYONE, Actor, Level
from app.kernel.outcomes import Refused
from app.kernel.windows import Window
from app.voting.rules.ballots import (
    BallotRefusal,
    Standing,
    refuse_ballot,
    refuse_choices,
    refuse_standing,
    refuse_voter,
    shuffled,
)
from app.voting.rules.contest import (
    LIFECYCLE,
    ContestEvent,
    ContestFacts,
    ContestPlan,
    ContestStatus,
    Refusal,
    draw,
    next_step,
    next_voting,
    refuse_close,
    refuse_plan,
    voting_cycle,
)
from app.voting.rules.counting import OptionFacts, Outcome, most_votes

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
DAY = timedelta(days=1)
OPEN = Window(NOW - DAY, NOW + DAY)
CONTEST = ContestFacts("53.04.01", ContestStatus.OPENED, OPEN, 3)
VOTER = Actor(7, "Maria", "53.04.01.2005", Level.ATTESTED)
PLAN = ContestPlan("53.04", "53.04.01", "Pemilihan Lamaknen", 100, 2, OPEN, {1: 60, 2: 50})

ALLOWED = {
    (ContestStatus.PREPARED, ContestEvent.OPEN): ContestStatus.OPENED,
    (ContestStatus.PREPARED, ContestEvent.CANCEL): ContestStatus.CANCELLED,
    (ContestStatus.OPENED, ContestEvent.CLOSE): ContestStatus.CLOSED,
    (ContestStatus.CLOSED, ContestEvent.COUNT): ContestStatus.COUNTED,
    (ContestStatus.COUNTED, ContestEvent.CERTIFY): ContestStatus.CERTIFIED,
}


@pytest.mark.parametrize("status", ContestStatus)
@pytest.mark.parametrize("event", ContestEvent)
def test_a_contest_goes_one_way(status: ContestStatus, event: ContestEvent) -> None:
    if (status, event) in ALLOWED:
        assert LIFECYCLE.after(status, event) is ALLOWED[status, event]
    else:
        with pytest.raises(Refused):
            LIFECYCLE.after(status, event)


# Who may vote


@pytest.mark.parametrize(
    ("contest", "actor", "reason"),
    [
        (CONTEST, VOTER, None),
        (replace(CONTEST, region_code="53.04"), VOTER, None),
        (replace(CONTEST, status=ContestStatus.PREPARED), VOTER, BallotRefusal.NOT_YET_OPEN),
        (replace(CONTEST, window=Window(NOW + DAY, NOW + 2 * DAY)), VOTER, BallotRefusal.NOT_YET_OPEN),
        (replace(CONTEST, window=Window(NOW - DAY, NOW)), VOTER, BallotRefusal.CLOSED),
        (replace(CONTEST, status=ContestStatus.CLOSED), VOTER, BallotRefusal.CLOSED),
        (replace(CONTEST, status=ContestStatus.CERTIFIED), VOTER, BallotRefusal.CLOSED),
        (replace(CONTEST, status=ContestStatus.CANCELLED), VOTER, BallotRefusal.CLOSED),
        (CONTEST, ANYONE, BallotRefusal.NOT_VERIFIED),
        (CONTEST, replace(VOTER, level=Level.CONFIRMED), BallotRefusal.NOT_VERIFIED),
        (CONTEST, replace(VOTER, village_code="53.04.03.2002"), BallotRefusal.NOT_RESIDENT),
        (CONTEST, replace(VOTER, village_code="53.04.011.2002"), BallotRefusal.NOT_RESIDENT),
    ],
)
def test_only_verified_residents_vote_while_it_is_open(contest: ContestFacts, actor: Actor, reason: Any) -> None:
    assert refuse_voter(actor, contest, NOW) is reason


def test_the_first_moment_counts_and_the_last_does_not() -> None:
    contest = replace(CONTEST, window=Window(NOW, NOW + DAY))
    assert refuse_voter(VOTER, contest, NOW) is None
    assert refuse_voter(VOTER, contest, NOW + DAY) is BallotRefusal.CLOSED


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ([2], None),
        ([3, 1, 2], None),
        ([], BallotRefusal.NO_CHOICE),
        ([1, 2, 3, 4], BallotRefusal.TOO_MANY),
        ([1, 1, 1, 1], BallotRefusal.TOO_MANY),
        ([2, 2], BallotRefusal.CHOSEN_TWICE),
        ([1, 9], BallotRefusal.UNKNOWN_OPTION),
        ([0], BallotRefusal.UNKNOWN_OPTION),
        ([-1], BallotRefusal.UNKNOWN_OPTION),
    ],
)
def test_a_ballot_names_one_to_three_known_options_once(choices: list[int], reason: BallotRefusal | None) -> None:
    assert refuse_choices(choices, range(1, 5), 3) is reason


def test_the_reasons_are_told_in_their_order() -> None:
    def refusal(contest: ContestFacts, actor: Actor, choices: list[int]) -> BallotRefusal | None:
        return refuse_ballot(actor, contest, {1, 2}, choices, NOW)

    closed = replace(CONTEST, status=ContestStatus.CLOSED)
    assert refusal(closed, ANYONE, []) is BallotRefusal.CLOSED
    assert refusal(CONTEST, ANYONE, []) is BallotRefusal.NOT_VERIFIED
    assert refusal(CONTEST, VOTER, []) is BallotRefusal.NO_CHOICE
    assert refusal(CONTEST, VOTER, [1]) is None


@pytest.mark.parametrize(
    ("standing", "roll_end", "reason"),
    [
        (Standing(Level.ATTESTED, NOW), None, None),
        (Standing(Level.ATTESTED, NOW), NOW, None),
        (Standing(Level.ATTESTED, NOW + DAY), NOW, BallotRefusal.VERIFIED_LATE),
        (Standing(Level.ATTESTED, None), NOW, BallotRefusal.VERIFIED_LATE),
        (Standing(Level.CONFIRMED, NOW), None, BallotRefusal.NOT_VERIFIED),
        (Standing(Level.ATTESTED, NOW, has_left=True), None, BallotRefusal.ALREADY_VOTED),
    ],
)
def test_what_may_change_while_somebody_votes_is_asked_again(
    standing: Standing, roll_end: datetime | None, reason: BallotRefusal | None
) -> None:
    assert refuse_standing(standing, roll_end) is reason


def test_every_voter_has_an_order_of_their_own_that_stays() -> None:
    orders = [shuffled(range(1, 13), 4, person) for person in range(50)]
    assert orders == [shuffled(range(1, 13), 4, person) for person in range(50)]
    assert all(sorted(order) == list(range(1, 13)) for order in orders)
    assert len({order[0] for order in orders}) > 6


# What a planner may prepare


@pytest.mark.parametrize(
    ("changes", "reason", "proposal_id"),
    [
        ({"region_code": "19.06.01"}, Refusal.REGION_ELSEWHERE, None),
        ({"region_code": "53.04.01.2005"}, Refusal.REGION_ELSEWHERE, None),
        ({"window": Window(NOW, NOW)}, Refusal.ENDS_BEFORE_START, None),
        ({"window": Window(NOW, NOW - DAY)}, Refusal.ENDS_BEFORE_START, None),
        ({"ceiling": 0}, Refusal.NO_CEILING, None),
        ({"ceiling": -1}, Refusal.NO_CEILING, None),
        ({"costs": {1: 60}, "max_choices": 1}, Refusal.TOO_FEW_OPTIONS, None),
        ({"costs": dict.fromkeys(range(1, 22), 5)}, Refusal.TOO_MANY_OPTIONS, None),
        ({"max_choices": 3}, Refusal.TOO_MANY_CHOICES, None),
        ({"max_choices": 0}, Refusal.TOO_MANY_CHOICES, None),
        ({"costs": {1: 60, 9: 5}}, Refusal.UNFIT_OPTION, 9),
        ({"costs": {1: 60, 2: 0}}, Refusal.NO_COST, 2),
        ({"costs": {1: 60, 2: -5}}, Refusal.NO_COST, 2),
        ({"costs": {1: 101, 2: 50}}, Refusal.OVER_CEILING, 1),
    ],
)
def test_an_unsound_plan_is_refused(changes: dict[str, Any], reason: Refusal, proposal_id: int | None) -> None:
    assert refuse_plan(replace(PLAN, **changes), {1, 2}, is_in_phase=True) == (reason, proposal_id)


def test_a_sound_plan_is_taken_and_needs_a_voting_phase() -> None:
    assert refuse_plan(PLAN, {1, 2, 3}, is_in_phase=True) is None
    assert refuse_plan(replace(PLAN, region_code="53.04"), {1, 2}, is_in_phase=True) is None
    assert refuse_plan(replace(PLAN, costs={1: 100, 2: 1}), {1, 2}, is_in_phase=True) is None
    assert refuse_plan(PLAN, {1, 2}, is_in_phase=False) == (Refusal.NO_VOTING_PHASE, None)


def test_a_contest_lies_within_one_voting_phase() -> None:
    voting = PhaseFacts(PhaseKind.VOTING, Window(NOW, NOW + 5 * DAY))
    gathering = PhaseFacts(PhaseKind.GATHERING, Window(NOW - 9 * DAY, NOW + 9 * DAY))
    cycle = CycleFacts(1, "53.04", 2028, (gathering, voting))
    assert voting_cycle([cycle], Window(NOW, NOW + 5 * DAY)) is cycle
    assert voting_cycle([cycle], Window(NOW + DAY, NOW + 6 * DAY)) is None
    assert voting_cycle([cycle], Window(NOW - DAY, NOW + DAY)) is None
    assert next_voting([cycle], NOW) == (cycle, voting.window)
    assert next_voting([cycle], NOW + 5 * DAY) is None


@pytest.mark.parametrize(
    ("now", "reason", "refusal"),
    [
        (NOW, "", Refusal.REASON_MISSING),
        (NOW, "  pendek  ", Refusal.REASON_MISSING),
        (NOW, "Banjir, kantor desa tidak dapat dicapai", None),
        (NOW + DAY, "", None),
    ],
)
def test_closing_early_needs_a_reason(now: datetime, reason: str, refusal: Refusal | None) -> None:
    assert refuse_close(CONTEST, reason, now) is refusal


def test_a_contest_says_what_it_waits_for() -> None:
    steps = {status: next_step(replace(CONTEST, status=status), NOW) for status in ContestStatus}
    assert steps == {
        ContestStatus.PREPARED: ContestEvent.OPEN,
        ContestStatus.OPENED: None,
        ContestStatus.CLOSED: ContestEvent.COUNT,
        ContestStatus.COUNTED: ContestEvent.CERTIFY,
        ContestStatus.CERTIFIED: None,
        ContestStatus.CANCELLED: None,
    }
    assert next_step(CONTEST, NOW + DAY) is ContestEvent.CLOSE


def test_anybody_can_repeat_the_draw() -> None:
    # printf '%s' benihBLU-28-00001 | sha256sum begins with 13, that of 00003 with 53, that of 00002 with a3
    drawn = ["BLU-28-00001", "BLU-28-00003", "BLU-28-00002"]
    names = ["BLU-28-00001", "BLU-28-00002", "BLU-28-00003"]
    assert draw("benih", names) == drawn
    assert all(draw("benih", order) == drawn for order in permutations(names))
    assert len({tuple(draw(f"benih {n}", names)) for n in range(60)}) == 6


# The count


def options(*costs: int) -> list[OptionFacts]:
    return [OptionFacts(number, cost) for number, cost in enumerate(costs, 1)]


@st.composite
def elections(draw: Any) -> tuple[list[OptionFacts], list[list[int]], int]:
    costs = draw(st.lists(st.integers(1, 40), min_size=1, max_size=7))
    numbers = st.sampled_from(range(1, len(costs) + 1))
    ballots = draw(st.lists(st.lists(numbers, min_size=1, max_size=3, unique=True), max_size=14))
    return options(*costs), ballots, draw(st.integers(1, 90))


def test_the_most_voted_that_fit_win_and_the_rest_have_their_reason() -> None:
    tally = most_votes(options(60, 50, 30, 10), [[1, 2], [1, 2], [1], [3], [2, 3]], 100)
    assert [(r.number, r.votes, r.outcome, r.left, r.short) for r in tally.results] == [
        (2, 3, Outcome.WON, 100, 0),
        (1, 3, Outcome.OVER_CEILING, 50, 10),
        (3, 2, Outcome.WON, 50, 0),
        (4, 0, Outcome.NO_VOTES, 20, 0),
    ]
    assert (tally.winners, tally.left, tally.ballots) == ((2, 3), 20, 5)


def test_ties_go_to_the_cheaper_then_to_the_lower_number() -> None:
    assert most_votes(options(20, 10, 10), [[1, 2, 3]], 25).winners == (2, 3)
    assert most_votes(options(10, 10), [[1], [2]], 10).winners == (1,)


def test_an_empty_box_has_no_winner() -> None:
    tally = most_votes(options(5, 5), [], 100)
    assert tally.winners == ()
    assert {result.outcome for result in tally.results} == {Outcome.NO_VOTES}


@settings(max_examples=600)
@given(elections(), st.randoms())
def test_what_the_count_always_keeps(election: Any, random: Any) -> None:
    opts, ballots, ceiling = election
    tally = most_votes(opts, ballots, ceiling)
    shuffled_ballots = [random.sample(ballot, len(ballot)) for ballot in random.sample(ballots, len(ballots))]
    assert most_votes(random.sample(opts, len(opts)), shuffled_ballots, ceiling) == tally
    assert 0 <= tally.left <= ceiling
    assert sorted(result.number for result in tally.results) == [option.number for option in opts]
    spent = 0
    for result in tally.results:
        assert result.left == ceiling - spent
        assert (result.outcome is Outcome.NO_VOTES) == (result.votes == 0)
        assert (result.outcome is Outcome.OVER_CEILING) == (result.votes > 0 and result.cost > result.left)
        assert (result.short > 0) == (result.cost > result.left)
        spent += result.cost if result.outcome is Outcome.WON else 0


@settings(max_examples=400)
@given(elections())
def test_a_vote_for_a_winner_alone_never_makes_it_lose(election: Any) -> None:
    opts, ballots, ceiling = election
    for winner in most_votes(opts, ballots, ceiling).winners:
        assert winner in most_votes(opts, [*ballots, [winner]], ceiling).winners


@settings(max_examples=400)
@given(elections())
def test_a_winner_that_gets_cheaper_stays_a_winner(election: Any) -> None:
    opts, ballots, ceiling = election
    for winner in most_votes(opts, ballots, ceiling).winners:
        cheaper = [replace(o, cost=o.cost - 1) if o.number == winner else o for o in opts]
        assert winner in most_votes(cheaper, ballots, ceiling).winners


def test_not_promised_a_ballot_for_a_winner_and_another_can_make_it_lose() -> None:
    opts, ballots = options(10, 95, 50), [[1]] * 5 + [[2]] * 5 + [[3]] * 4
    assert most_votes(opts, ballots, 100).winners == (1, 3)
    assert most_votes(opts, [*ballots, [2, 3]], 100).winners == (2,)


def test_not_promised_a_higher_ceiling_can_make_a_winner_lose() -> None:
    opts, ballots = options(10, 6), [[1], [1], [2]]
    assert most_votes(opts, ballots, 9).winners == (2,)
    assert most_votes(opts, ballots, 10).winners == (1,)
