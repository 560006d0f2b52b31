"""Who the people of the story are on paper: birth, sex, a NIK that could be one, and the groups some of them name."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.identity.rules import Group, Sex

AGES = (18, 79)
YOUNG, OLD = 30, 60
# How many of a hundred name a group at all, and how many of a hundred of those name each further one.
NAMING = 35
NAMED = {Group.INDIGENOUS: 30, Group.BORDER: 25, Group.POOR: 20, Group.DISABILITY: 12, Group.NEWCOMERS: 6}


@dataclass(frozen=True)
class OnPaper:
    """What a KTP says of somebody, and the groups they name."""

    nik: str
    born: date
    sex: Sex
    groups: frozenset[Group]


def on_paper(key: str, name: str, village: str, serial: int, women: frozenset[str], today: date) -> OnPaper:
    """The same for the same key: whoever is added later changes nobody else."""
    chance = Random(f"{key} {village}")  # noqa: S311 (a story that can be told again, not a secret)
    age = chance.triangular(*AGES, 37)
    born = today - timedelta(days=int(age * 365.25))
    sex = Sex.FEMALE if any(name.startswith(f"{first} ") for first in women) else Sex.MALE
    day = born.day + 40 * (sex is Sex.FEMALE)
    nik = f"{village.replace('.', '')[:6]}{day:02d}{born:%m%y}{serial:04d}"
    return OnPaper(nik, born, sex, _groups(chance, int(age), sex))


def _groups(chance: Random, age: int, sex: Sex) -> frozenset[Group]:
    if chance.randrange(100) >= NAMING:
        return frozenset()
    named = {group for group, of_hundred in NAMED.items() if chance.randrange(100) < of_hundred}
    named |= {Group.WOMEN} if sex is Sex.FEMALE else set()
    named |= {Group.YOUTH} if age < YOUNG else {Group.ELDERLY} if age >= OLD else set()
    return frozenset(named)
