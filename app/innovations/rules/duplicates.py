"""Innovations that may be the same: names, expansions and problems that share their rare words."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.search.rules import likeness, rarity, terms_of

K = TypeVar("K", bound=Hashable)

# From how many thousandths on two texts are worth a look.
ALIKE = 550
# Whoever enters a single one has time to look at more.
WORTH_A_LOOK = 200
# A word that stands in more texts than this says little of any of them.
MOST_SHARING = 40
MOST_TERMS = 60


@dataclass(frozen=True)
class Likeness(Generic[K]):
    """Two things that may be the same, in thousandths."""

    one: K
    other: K
    thousandths: int


def look_alike(wanted: Mapping[K, str], known: Mapping[K, str]) -> list[Likeness[K]]:
    """For each wanted text the one most like it, of those known and of those wanted before it."""
    terms = {key: terms_of(text, MOST_TERMS) for key, text in {**known, **wanted}.items()}
    weights = rarity(terms.values())
    holding: dict[str, list[K]] = defaultdict(list)
    for key in known:
        _hold(holding, key, terms[key])
    found = []
    for key in wanted:
        scored = [(likeness(terms[key], terms[other], weights), other) for other in _near(holding, terms[key])]
        score, other = max(scored, key=lambda pair: pair[0], default=(0, key))
        if score >= ALIKE and other != key:
            found.append(Likeness(key, other, score))
        _hold(holding, key, terms[key])
    return found


def _hold(holding: dict[str, list[K]], key: K, terms: Iterable[str]) -> None:
    for term in dict.fromkeys(terms):
        holding[term].append(key)


def _near(holding: Mapping[str, list[K]], terms: Iterable[str]) -> Iterable[K]:
    """Things that share a word which is not everywhere; in a fixed order."""
    sharing = (holding[term] for term in dict.fromkeys(terms) if 0 < len(holding.get(term, ())) <= MOST_SHARING)
    return dict.fromkeys(key for keys in sharing for key in keys)
