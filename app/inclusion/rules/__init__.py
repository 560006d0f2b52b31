"""What is counted, and how everybody is divided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.identity.rules import Group, Sex
from app.inclusion.rules.hiding import Key, Sum, hidden_among

# Women among those who take part (domain.md §1.4): a line to aim at, and never a gate.
WOMEN_PERCENT = 30
TOTAL: Key = ("total", "")


class Measure(StrEnum):
    """What people have done; each but the first is a part of those who are registered."""

    REGISTERED = "registered"
    ATTESTED = "attested"
    AUTHORS = "authors"
    SUPPORTERS = "supporters"
    VOTERS = "voters"


class Division(StrEnum):
    """One way to divide everybody; groups overlap, so they have no total."""

    SEX = "sex"
    AGE = "age"
    GROUP = "group"
    DISTRICT = "district"
    VILLAGE = "village"


class Band(StrEnum):
    """Ages by the year of birth; by the first of them and up to the next."""

    CHILD = "child"
    YOUTH = "youth"
    YOUNGER = "younger"
    MIDDLE = "middle"
    OLDER = "older"
    ELDERLY = "elderly"


FIRST_AGE = {Band.CHILD: 0, Band.YOUTH: 17, Band.YOUNGER: 25, Band.MIDDLE: 35, Band.OLDER: 45, Band.ELDERLY: 60}
UNKNOWN = "unknown"

Counts = tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """People of one village, sex and age band, counted by measure in the order of Measure."""

    village_code: str
    sex: Sex | None
    band: Band | None
    counts: Counts


@dataclass(frozen=True)
class Participation:
    """All published numbers of a regency by key; None is hidden. Of keys that are not there it is zero."""

    shown: Mapping[Key, tuple[int | None, ...]]

    def of(self, key: Key) -> tuple[int | None, ...]:
        return self.shown.get(key, (0,) * len(Measure))

    def women_percent(self, measure: Measure) -> int | None:
        """Of those whose sex is known; None where it is hidden, or nobody."""
        place = list(Measure).index(measure)
        women, men = (self.of((Division.SEX, sex))[place] for sex in (Sex.FEMALE, Sex.MALE))
        return 100 * women // (women + men) if women is not None and men is not None and women + men else None


def participation(cells: Iterable[Cell], groups: Mapping[Group, Counts]) -> Participation:
    """All that may be published; what is hidden is hidden in every table, so that none tells what another hides."""
    added: dict[Key, list[int]] = {TOTAL: [0] * len(Measure)}
    for cell in cells:
        for key in keys_of(cell):
            so_far = added.setdefault(key, [0] * len(Measure))
            so_far[:] = [one + more for one, more in zip(so_far, cell.counts, strict=True)]
    sums = sums_of(added)
    overlapping: dict[Key, Sequence[int]] = {(Division.GROUP, group): counts for group, counts in groups.items()}
    shown: dict[Key, list[int | None]] = {key: list(numbers) for key, numbers in (added | overlapping).items()}
    for place in range(len(Measure)):
        hidden = hidden_among({key: numbers[place] for key, numbers in added.items()}, sums)
        hidden |= hidden_among({key: numbers[place] for key, numbers in overlapping.items()}, ())
        for key in hidden:
            shown[key][place] = None
    return Participation({key: tuple(numbers) for key, numbers in shown.items()})


def keys_of(cell: Cell) -> tuple[Key, ...]:
    return (
        TOTAL,
        (Division.SEX, cell.sex or UNKNOWN),
        (Division.AGE, cell.band or UNKNOWN),
        (Division.DISTRICT, district_of(cell.village_code)),
        (Division.VILLAGE, cell.village_code),
    )


def district_of(village_code: str) -> str:
    return village_code.rpartition(".")[0]


def sums_of(keys: Iterable[Key]) -> list[Sum]:
    """Everybody by sex, by age and by district, and each district by village."""
    known = sorted(keys)
    by = {division: tuple(key for key in known if key[0] == division) for division in Division}
    sums = [Sum(TOTAL, by[division]) for division in (Division.SEX, Division.AGE, Division.DISTRICT)]
    sums += [
        Sum(district, tuple(key for key in by[Division.VILLAGE] if district_of(key[1]) == district[1]))
        for district in by[Division.DISTRICT]
    ]
    return [one for one in sums if one.parts]
