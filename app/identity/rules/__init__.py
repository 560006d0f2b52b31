"""Sexes, self-declared groups, and why an identity is not recorded."""

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
