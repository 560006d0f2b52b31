"""Regions as facts, and what a code says by itself."""

from dataclasses import dataclass
from enum import StrEnum


class RegionLevel(StrEnum):
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


class RegionKind(StrEnum):
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    DESA = "desa"
    KELURAHAN = "kelurahan"


DOTS = {RegionLevel.REGENCY: 1, RegionLevel.DISTRICT: 2, RegionLevel.VILLAGE: 3}


@dataclass(frozen=True)
class Regency:
    """A tenant: nothing of one regency shows under another."""

    code: str
    slug: str
    name: str
    number_prefix: str
    time_zone: str
    capital: str


@dataclass(frozen=True)
class Place:
    """A village with its district, as pages name it."""

    code: str
    name: str
    kind: RegionKind
    district_code: str
    district: str


def parent_code(code: str) -> str:
    """53.04.01 of 53.04.01.2001; '' for a regency."""
    return code.rpartition(".")[0] if code.count(".") > 1 else ""
