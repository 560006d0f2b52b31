"""The files that bring a regency in: what they must hold, and what is wrong with those that do not."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.datafiles import Fault, Faulty, FileFault, Record, read_table
from app.regions.rules import Regency, RegionKind, RegionLevel, parent_code
from app.regions.rules.boundaries import LATITUDES, LONGITUDES, Geometry, read_boundaries

REGENCIES, REGIONS = "regencies.csv", "regions.csv"
BOUNDARIES = re.compile(r"villages-([0-9]{2}\.[0-9]{2})\.geojson")
REGENCY_COLUMNS = ("code", "slug", "name", "number_prefix", "time_zone", "capital")
REGION_COLUMNS = ("code", "level", "kind", "name", "parent_code", "latitude", "longitude")

CODES = {
    RegionLevel.REGENCY: re.compile(r"[0-9]{2}\.[0-9]{2}"),
    RegionLevel.DISTRICT: re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}"),
    RegionLevel.VILLAGE: re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}"),
}
KINDS = {
    RegionLevel.REGENCY: (RegionKind.KABUPATEN, RegionKind.KOTA),
    RegionLevel.DISTRICT: (RegionKind.KECAMATAN,),
    RegionLevel.VILLAGE: (RegionKind.DESA, RegionKind.KELURAHAN),
}
# The first of a village's last four digits tells its kind.
VILLAGE_KINDS = {"1": (RegionKind.KELURAHAN,), "2": (RegionKind.DESA,)}
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
PREFIX = re.compile(r"[A-Z]{3}")
# Addresses of pages that belong to no regency.
TAKEN_SLUGS = frozenset(
    "masuk daftar keluar akun lacak bantuan privasi aksesibilitas damping meja pipa admin api health static".split()
)


class Zone(StrEnum):
    """The three zones of Indonesia."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"


class RegionFault(StrEnum):
    """What can be wrong with the files of regions."""

    CODE_SHAPE = "code_shape"
    CODE_TWICE = "code_twice"
    LEVEL_DIFFERS = "level_differs"
    KIND_DIFFERS = "kind_differs"
    PARENT_DIFFERS = "parent_differs"
    PARENT_UNKNOWN = "parent_unknown"
    REGENCY_UNLISTED = "regency_unlisted"
    REGENCY_WITHOUT_REGION = "regency_without_region"
    SLUG_SHAPE = "slug_shape"
    SLUG_RESERVED = "slug_reserved"
    PREFIX_SHAPE = "prefix_shape"
    TAKEN = "taken"
    FILE_NAME = "file_name"


@dataclass(frozen=True)
class RegionFacts:
    """A node of the tree."""

    code: str
    level: RegionLevel
    kind: RegionKind
    name: str
    parent_code: str | None
    latitude: float
    longitude: float


@dataclass(frozen=True)
class RegionSet:
    """All that the files hold, checked; parents come before their children."""

    regencies: tuple[Regency, ...]
    regions: tuple[RegionFacts, ...]
    boundaries: Mapping[str, Geometry]


def read_regions(files: Mapping[str, bytes], known: Collection[Regency] = ()) -> RegionSet:
    """What the files say, by name; raises Faulty with every fault. `known` are the regencies in the database."""
    faults: list[Fault] = []
    regencies = _table(files, REGENCIES, REGENCY_COLUMNS, faults)
    rows = _table(files, REGIONS, REGION_COLUMNS, faults)
    found_regencies = _regencies(regencies, known)
    found = _regions(rows)
    if regencies:
        _check_tree(rows, {str(row.values.get("code")) for row in regencies})
    # Where the tree itself is broken, saying of everything that hangs on it that it is missing would only hide that.
    is_whole = not any(fault.file == REGIONS for fault in faults)
    if is_whole:
        _check_all_there(regencies, found)
    boundaries = _boundaries(files, found if is_whole else None, faults)
    if faults:
        raise Faulty(faults)
    return RegionSet(tuple(found_regencies), tuple(sorted(found, key=lambda region: region.code)), boundaries)


def _table(files: Mapping[str, bytes], name: str, columns: Sequence[str], faults: list[Fault]) -> list[Record]:
    if name in files:
        return read_table(name, files[name], columns, faults)
    faults.append(Fault(name, 0, FileFault.NO_FILE, {}))
    return []


def _regencies(rows: Sequence[Record], known: Collection[Regency]) -> list[Regency]:
    found = [_regency(row) for row in rows]
    for name in ("code", "slug", "number_prefix"):
        _refuse_twice(rows, name)
    for row, regency in zip(rows, found, strict=True):
        for other in known:
            if other.code != regency.code:
                _refuse_taken(row, regency, other)
    return found


def _regency(row: Record) -> Regency:
    code, slug, prefix = row.text("code", 1, 13), row.text("slug", 1, 40), row.text("number_prefix", 1, 5)
    zone = row.code("time_zone", Zone)
    if code and not CODES[RegionLevel.REGENCY].fullmatch(code):
        row.refuse(RegionFault.CODE_SHAPE, "code", value=code)
    if slug and not SLUG.fullmatch(slug):
        row.refuse(RegionFault.SLUG_SHAPE, "slug", value=slug)
    if slug in TAKEN_SLUGS:
        row.refuse(RegionFault.SLUG_RESERVED, "slug", value=slug)
    if prefix and not PREFIX.fullmatch(prefix):
        row.refuse(RegionFault.PREFIX_SHAPE, "number_prefix", value=prefix)
    return Regency(code, slug, row.text("name", 3, 80), prefix, zone or "", row.text("capital", 2, 60))


def _refuse_twice(rows: Sequence[Record], name: str) -> None:
    first: dict[object, int] = {}
    for row in rows:
        value = row.values.get(name)
        if row.has(name) and first.setdefault(value, row.line) != row.line:
            row.refuse(RegionFault.CODE_TWICE, name, value=value, first=first[value])


def _refuse_taken(row: Record, regency: Regency, other: Regency) -> None:
    if regency.slug == other.slug:
        row.refuse(RegionFault.TAKEN, "slug", value=regency.slug, by=other.name)
    if regency.number_prefix == other.number_prefix:
        row.refuse(RegionFault.TAKEN, "number_prefix", value=regency.number_prefix, by=other.name)


def level_of(code: str) -> RegionLevel | None:
    """The level that the shape of a code says; None for a shape that is none."""
    return next((level for level, shape in CODES.items() if shape.fullmatch(code)), None)


def _regions(rows: Sequence[Record]) -> list[RegionFacts]:
    _refuse_twice(rows, "code")
    return [region for row in rows if (region := _region(row))]


def _region(row: Record) -> RegionFacts | None:
    code, name = row.text("code", 1, 13), row.text("name", 1, 80)
    level, kind = row.code("level", RegionLevel), row.code("kind", RegionKind)
    latitude, longitude = row.decimal("latitude", *LATITUDES), row.decimal("longitude", *LONGITUDES)
    said = level_of(code)
    if said is None:
        if code:
            row.refuse(RegionFault.CODE_SHAPE, "code", value=code)
        return None
    if level and level is not said:
        row.refuse(RegionFault.LEVEL_DIFFERS, "level", value=level, expected=said)
    kinds = VILLAGE_KINDS.get(code[9:10]) or KINDS[said]
    if kind and kind not in kinds:
        row.refuse(RegionFault.KIND_DIFFERS, "kind", value=kind, expected=" / ".join(kinds))
    return RegionFacts(code, said, kind or kinds[0], name, parent_code(code) or None, latitude, longitude)


def _check_tree(rows: Sequence[Record], listed: Collection[str]) -> None:
    """Every region hangs on the one its code names, and every tree on a regency that is listed."""
    codes = {str(row.values.get("code")) for row in rows}
    for row in rows:
        code = str(row.values.get("code"))
        if level_of(code) is None:
            continue
        parent, given = parent_code(code), row.text("parent_code", 0, 13)
        if given != parent:
            row.refuse(RegionFault.PARENT_DIFFERS, "parent_code", value=given, expected=parent)
        elif parent and parent not in codes:
            row.refuse(RegionFault.PARENT_UNKNOWN, "parent_code", value=parent)
        elif not parent and code not in listed:
            row.refuse(RegionFault.REGENCY_UNLISTED, "code", value=code)


def _check_all_there(regencies: Sequence[Record], found: Sequence[RegionFacts]) -> None:
    codes = {region.code for region in found}
    for row in regencies:
        code = str(row.values.get("code"))
        if level_of(code) is RegionLevel.REGENCY and code not in codes:
            row.refuse(RegionFault.REGENCY_WITHOUT_REGION, "code", value=code)


def _boundaries(
    files: Mapping[str, bytes], found: Sequence[RegionFacts] | None, faults: list[Fault]
) -> dict[str, Geometry]:
    """Boundaries by village; without the regions only the boundaries themselves are checked."""
    boundaries: dict[str, Geometry] = {}
    for file in sorted(name for name in files if name.endswith(".geojson")):
        named = BOUNDARIES.fullmatch(file)
        own = {region.code for region in found or () if named and region.code.startswith(f"{named[1]}.")}
        if named and (own or found is None):
            boundaries |= read_boundaries(file, files[file], own or None, faults)
        else:
            faults.append(Fault(file, 0, RegionFault.FILE_NAME, {}))
    return boundaries
