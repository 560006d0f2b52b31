"""Whether ballots that witnesses bring can be those of the box: what the server knows without opening anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from app.voting.rules.contest import Channel
from app.voting.rules.package.ballots import PublicBallot

# Villages are told together until they have so many ballots; channels only where each has so many.
LEAST_TOGETHER = 20
Papers = Mapping[str, Sequence[Sequence[int]]]


def fits(
    ballots: Collection[PublicBallot], villages: Collection[str], digital: Mapping[str, int], papers: Papers
) -> bool:
    """Every village group has as many ballots by each way as the roll has, and every paper that was typed is there."""
    voters = Counter(digital) + Counter({village: len(typed) for village, typed in papers.items()})
    group_of = _groups(villages, voters)
    crowds = Counter((group_of[village], Channel.INTERNET.value) for village in Counter(digital).elements())
    on_paper = Counter(
        (group_of[village], tuple(sorted(choices))) for village, typed in papers.items() for choices in typed
    )
    for (group, _choices), count in on_paper.items():
        crowds[group, Channel.PAPER.value] += count
    tells = len({how for _group, how in crowds}) > 1 and min(crowds.values()) >= LEAST_TOGETHER
    told: Counter[tuple[str, str]] = Counter()
    for (group, how), count in crowds.items():
        told[group, how if tells else ""] += count
    found = Counter((one.village, one.choices) for one in ballots if not tells or one.channel == Channel.PAPER)
    return told == Counter((one.village, one.channel) for one in ballots) and on_paper <= found


def _groups(villages: Collection[str], voters: Mapping[str, int]) -> dict[str, str]:
    """Villages by code, each group closed as soon as it is large enough; what is left over joins the last one."""
    groups: list[list[str]] = []
    waiting: list[str] = []
    for village in sorted(villages):
        waiting.append(village)
        if sum(voters.get(one, 0) for one in waiting) >= LEAST_TOGETHER:
            groups.append(waiting)
            waiting = []
    groups = [*groups[:-1], groups[-1] + waiting] if groups else [waiting]
    return {village: "+".join(group) if len(groups) > 1 else "" for group in groups for village in group}
