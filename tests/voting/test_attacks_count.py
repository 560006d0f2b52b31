"""A planner who brings, in two witnesses' names, what cannot be in the box; and contests at the edge of what they are.

What was counted is counted again each time by the public script.
"""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Refused
from app.voting import actions, queries
from app.voting.actions import papers, rehearsing
from app.voting.models import Contest
from app.voting.rules.box import BoxRefusal
from app.voting.rules.contest import ContestStatus
from app.voting.rules.counting import Rule
from app.voting.rules.package.ballots import PublicBallot, read_ballots, write_ballots
from app.voting.rules.package.fitting import fits
from app.voting.rules.package.packing import pack
from app.voting.rules.papers import StackPlan
from tests import builders as b
from tests.voting.boxes import VILLAGES, definition
from tests.voting.packages import ask
from tests.voting.scripts import saksi

AFTER = b.NOW + timedelta(days=6)


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


def make_crowd(planner: Actor) -> Contest:
    """Two villages with 25 envelopes each, 21 papers in each, all different enough to be told apart."""
    contest = b.make_contest(planner=planner)
    for village in (b.MAKIR, b.KEWAR):
        for choices, times in (([1], 15), ([2, 3], 10)):
            b.make_ballots(contest, choices, times, village=village)
        first, second = (b.make_staff(Role.FACILITATOR, village) for _ in range(2))
        for _voter in range(21):
            papers.mark_on_paper(first, contest.id, b.make_person(village, attested=True), b.NOW)
        stack = papers.register_stack(first, contest.id, StackPlan(village, f"TPS {village}", 21, 21), b.NOW)
        read = {number: [number % 3 + 1] for number in range(1, 22)}
        papers.type_papers(first, contest.id, stack.id, read, b.NOW)
        papers.type_papers(second, contest.id, stack.id, read, b.NOW)
        papers.finish_stack(first, contest.id, stack.id, "", b.NOW)
    return actions.close_contest(planner, contest, "", AFTER)


def test_ballots_moved_to_another_village_or_channel_and_changed_papers_are_refused(planner: Actor) -> None:
    contest = make_crowd(planner)
    frozen, found = queries.definition_of(contest), b.open_box(contest)
    ballots = read_ballots(frozen, found)
    assert Counter((one.village, one.channel) for one in ballots) == {
        (village, channel): count
        for village in (b.KEWAR, b.MAKIR)
        for channel, count in (("internet", 25), ("paper", 21))
    }
    digital, paper = (next(one for one in ballots if one.channel == how) for how in ("internet", "paper"))
    for gone, instead in (
        (digital, PublicBallot(b.MAKIR, digital.choices, "internet")),
        (digital, PublicBallot(digital.village, digital.choices, "paper")),
        (paper, PublicBallot(paper.village, (1, 2), "paper")),
        (paper, PublicBallot(paper.village, paper.choices, "internet")),
    ):
        rest = list(ballots)
        rest.remove(gone)
        with pytest.raises(Refused) as refused:
            actions.bring_ballots(planner, contest, 1, write_ballots(frozen, [*rest, instead]), AFTER)
        assert refused.value.reason is BoxRefusal.NOT_THE_BALLOTS
    for witness in (1, 2):
        actions.bring_ballots(planner, contest, witness, found, AFTER)
    assert contest.status is ContestStatus.COUNTED


@pytest.mark.parametrize("seed", range(40))
def test_what_the_witnesses_program_writes_always_fits(seed: int) -> None:
    luck, frozen = Random(seed), definition()
    sizes = [luck.choice((0, 3, 19, 20, 45)) for _village in range(2 * len(VILLAGES))]
    envelopes = [(village, (luck.randint(1, 4),)) for at, village in enumerate(VILLAGES) for _ in range(sizes[at])]
    typed = {village: [[luck.randint(1, 4)] for _ in range(sizes[-1 - at])] for at, village in enumerate(VILLAGES)}
    found = [(village, choices, "internet") for village, choices in envelopes]
    found += [(village, tuple(choices), "paper") for village in VILLAGES for choices in typed[village]]
    ballots = read_ballots(frozen, saksi.write_ballots(frozen, found)) if found else []
    digital = Counter(village for village, _choices in envelopes)
    assert fits(ballots, VILLAGES, digital, typed)
    if digital:
        assert not fits(ballots, VILLAGES, digital + Counter(VILLAGES[:1]), typed)


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("each", [(), ([1],), (*[[1]] * 12, *[[2]] * 12, *[[3]] * 12)], ids=["none", "one", "all ties"])
def test_contests_of_no_ballots_of_one_and_of_ties_only_are_counted_and_counted_again(
    app: Flask, planner: Actor, rule: Rule, each: tuple[list[int], ...], tmp_path: Path
) -> None:
    options = [b.make_published(title=title, estimate=100_000_000) for title in b.OPTION_TITLES]
    contest = b.make_contest(*options, planner=planner, rule=rule, ceiling=200_000_000)
    for choices in each:
        b.make_ballots(contest, choices, 1)
    b.count_box(contest, planner, now=AFTER)
    path = tmp_path / "paket-hasil.zip"
    path.write_bytes(pack(rehearsing.result_files(contest)))
    said = ask(path)
    assert said.returncode == 0, said.stderr
    winners = {one.number for one in queries.options_of(contest.id) if one.outcome == "won"}
    assert winners == ({1, 2} if len(each) > 1 else {1} if each else set())


def test_a_clock_that_falls_back_before_the_close_does_not_spoil_the_log(planner: Actor, tmp_path: Path) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 12)
    assert actions.grow_log(contest.id, b.NOW + timedelta(hours=5))
    assert not actions.grow_log(contest.id, b.NOW + timedelta(hours=4))
    contest = actions.close_contest(planner, contest, "Banjir memutus jalan ke desa.", b.NOW + timedelta(hours=1))
    heads = [head.at for head in queries.heads_of(contest.id)]
    assert heads == sorted(heads)
    b.count_box(contest, planner, now=b.NOW + timedelta(hours=2))
    path = tmp_path / "paket-hasil.zip"
    path.write_bytes(pack(rehearsing.result_files(contest)))
    assert ask(path).returncode == 0


@pytest.mark.parametrize("cost", [0, -1, 300_000_001])
def test_costs_of_nothing_and_above_the_ceiling_do_not_come_to_a_ballot(planner: Actor, cost: int) -> None:
    one, other = (b.make_published(title=title) for title in b.OPTION_TITLES[:2])
    plan = b.make_plan({one.id: cost, other.id: 100_000_000})
    with pytest.raises(Refused):
        actions.prepare_contest(planner, plan, b.NOW)
