"""The cycles with their ceilings, and the contests from preparation to the certified result."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from app.cycles.rules import PhaseFacts
from app.demo.rules.clock import Clock
from app.demo.rules.people import BELU, PLANNER, People, district_of
from app.demo.rules.standing import SetSizes
from app.demo.rules.steps import (
    Cast,
    CertifyContest,
    CloseContest,
    OpenContest,
    OpenCycle,
    PrepareContest,
    Step,
)
from app.demo.rules.texts import ContestText, CycleText, Texts
from app.kernel.actor import covers

# Rupiah for a kecamatan and for each of its villages, rounded to fifty million: Rp24,5 miliar in all.
BASE, PER_VILLAGE, ROUND_TO = 500_000_000, 228_000_000, 50_000_000
DAYS_BEFORE_GATHERING = 5
# Invented, like all figures here: grown people of a village.
SMALLEST, SPREAD, LARGEST = 480, 370, 2900
# Voters agree on the winners so far that no chance makes another one win, and one in three picks something else.
LEAD, STRAYS = 6, 0.35


def tell_contests(texts: Texts, people: People, villages: Sequence[str], clock: Clock) -> Iterator[Step]:
    for cycle in texts.cycles.values():
        opening = _open_cycle(cycle, villages, clock)
        yield opening
        sizes = {village: SMALLEST + SPREAD * order % LARGEST for order, village in enumerate(sorted(villages))}
        yield SetSizes(opening.at + timedelta(hours=1), PLANNER, sizes)
    for contest in texts.contests:
        yield from _tell(contest, texts, people, clock)


def plan_year(cycle: CycleText, clock: Clock) -> int:
    return clock.today.year + cycle.year


def _open_cycle(cycle: CycleText, villages: Sequence[str], clock: Clock) -> Step:
    phases = [PhaseFacts(kind, clock.window(*days)) for kind, days in cycle.phases.items()]
    counted = Counter(district_of(village) for village in villages)
    ceilings = {district: _ceiling(count) for district, count in sorted(counted.items())}
    first = min(opens for opens, _closes in cycle.phases.values())
    return OpenCycle(
        clock.office(first - DAYS_BEFORE_GATHERING), PLANNER, BELU, plan_year(cycle, clock), phases, ceilings
    )


def _ceiling(villages: int) -> int:
    return round((BASE + PER_VILLAGE * villages) / ROUND_TO) * ROUND_TO


def _tell(contest: ContestText, texts: Texts, people: People, clock: Clock) -> Iterator[Step]:
    key = f"{contest.cycle} {contest.region}"
    title = contest.title.format(year=plan_year(texts.cycles[contest.cycle], clock))
    window = clock.window(contest.opens, contest.closes)
    costs = {option: texts.proposals[option].estimate for option in contest.options}
    yield PrepareContest(
        clock.office(contest.prepared), PLANNER, key, contest.region, title, contest.ceiling, window, costs
    )
    if not contest.ballots:
        return
    yield OpenContest(clock.hour(contest.opens, 7, 30), PLANNER, key, f"{clock.chance.getrandbits(128):032x}")
    voters = [one.key for one in people.settled(contest.opens) if covers(contest.region, one.village)]
    for voter in clock.chance.sample(voters, contest.ballots):
        at = clock.waking(clock.between(contest.opens + 1, min(contest.closes - 1, -1)))
        yield Cast(at, voter, key, _choices(contest, clock))
    if contest.certified:
        yield CloseContest(clock.office(contest.closes + 1), PLANNER, key)
        yield CertifyContest(clock.office(contest.certified), PLANNER, key)


def _choices(contest: ContestText, clock: Clock) -> list[str]:
    """Two of the winners, the first of them more often; sometimes a third of all the others."""
    weights = range(len(contest.winners) + LEAD, LEAD, -1)
    # A draw without putting back, by Efraimidis and Spirakis.
    drawn = {
        option: clock.chance.random() ** (1 / weight) for option, weight in zip(contest.winners, weights, strict=True)
    }
    chosen = sorted(drawn, key=lambda option: -drawn[option])[:2]
    if clock.chance.random() < STRAYS:
        chosen.append(clock.chance.choice([option for option in contest.options if option not in chosen]))
    return chosen
