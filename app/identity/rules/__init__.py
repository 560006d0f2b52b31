"""Sexes, self-declared groups, and why an identity is not recorded."""

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """As on the KTP."""

    FEMALE = "female"
    MALE = "male"


class Group(StrEnum):
    """What somebody says of themselves, if they like; published as sums only (domain.md §1.4)."""

    WOMEN = "women"
    CHILDREN = "children"
    YOUTH = "youth"
    ELDERLY = "elderly"
    DISABILITY = "disability"
    INDIGENOUS = "indigenous"
    POOR = "poor"
    BORDER = "border"
    NEWCOMERS = "newcomers"


class Refusal(StrEnum):
    """Why identity says no."""

    NIK_KNOWN = "nik_known"
    ALREADY_IDENTIFIED = "already_identified"
    TOO_YOUNG = "too_young"


@dataclass(frozen=True)
class OwnFacts:
    """Somebody who enters their own NIK; `is_by_others` where a facilitator or a roll has recorded one for them."""

    is_attested: bool
    is_recorded: bool
    is_by_others: bool
    is_child: bool


def refuse_oneself(facts: OwnFacts) -> Refusal | None:
    """Why not. Nothing here may depend on whether another account has the NIK, or asking twice would tell."""
    if facts.is_by_others or (facts.is_attested and facts.is_recorded):
        return Refusal.ALREADY_IDENTIFIED
    return Refusal.TOO_YOUNG if facts.is_child else None
