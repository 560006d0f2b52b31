"""Random valid sets of region files and how they look on disk, for the tests of the import."""

import csv
import io
import json

from hypothesis import strategies as st

from app.regions.rules import Regency, RegionKind, RegionLevel
from app.regions.rules.importing import (
    REGENCIES,
    REGENCY_COLUMNS,
    REGION_COLUMNS,
    REGIONS,
    TAKEN_SLUGS,
    RegionFacts,
    RegionSet,
    Zone,
)

NAMES = st.text("abcdefgh ijklmno,;\"'éñ’", min_size=3, max_size=20).map(str.strip).filter(lambda name: len(name) >= 3)
SLUGS = st.from_regex(r"[a-z]{3,8}(-[a-z]{2,5})?", fullmatch=True).filter(lambda slug: slug not in TAKEN_SLUGS)
LATITUDES = st.integers(-1_199_999, 699_999).map(lambda n: n / 100_000)
LONGITUDES = st.integers(9_400_001, 14_199_999).map(lambda n: n / 100_000)
SQUARE = {"type": "Polygon", "coordinates": [[[125.0, -9.0], [125.1, -9.0], [125.1, -9.1], [125.0, -9.0]]]}


def region(code: str, kind: RegionKind, name: str, latitude: float, longitude: float) -> RegionFacts:
    level = {1: RegionLevel.REGENCY, 2: RegionLevel.DISTRICT, 3: RegionLevel.VILLAGE}[code.count(".")]
    parent = None if level is RegionLevel.REGENCY else code.rpartition(".")[0]
    return RegionFacts(code, level, kind, name, parent, latitude, longitude)


@st.composite
def region_sets(draw: st.DrawFn) -> RegionSet:
    """One to three regencies, each with districts and villages, some with a boundary."""
    regencies, regions, boundaries = [], [], {}

    def place(code: str, kind: RegionKind) -> None:
        regions.append(region(code, kind, draw(NAMES), draw(LATITUDES), draw(LONGITUDES)))

    numbers = draw(st.lists(st.integers(1101, 9699), min_size=1, max_size=3, unique=True))
    slugs = draw(st.lists(SLUGS, min_size=len(numbers), max_size=len(numbers), unique=True))
    for index, (number, slug) in enumerate(zip(numbers, slugs, strict=True)):
        code = f"{number // 100:02d}.{number % 100:02d}"
        zone = draw(st.sampled_from(list(Zone)))
        regencies.append(Regency(code, slug, draw(NAMES), f"{chr(65 + index)}QX", zone, draw(NAMES)))
        place(code, draw(st.sampled_from((RegionKind.KABUPATEN, RegionKind.KOTA))))
        for district in range(1, draw(st.integers(1, 3))):
            place(f"{code}.{district:02d}", RegionKind.KECAMATAN)
            for village in range(draw(st.integers(0, 3))):
                kind, first = draw(st.sampled_from(((RegionKind.DESA, 2), (RegionKind.KELURAHAN, 1))))
                own = f"{code}.{district:02d}.{first}{village:03d}"
                place(own, kind)
                if draw(st.booleans()):
                    boundaries[own] = SQUARE
    return RegionSet(tuple(regencies), tuple(sorted(regions, key=lambda one: one.code)), boundaries)


def table(columns: tuple[str, ...], rows: list[list[object]], separator: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows([columns, *rows])
    return text.getvalue().encode()


def export(found: RegionSet, separator: str = ",") -> dict[str, bytes]:
    """The files that say the same."""
    regencies = [[getattr(one, name) for name in REGENCY_COLUMNS] for one in found.regencies]
    regions = [[getattr(one, name) for name in REGION_COLUMNS] for one in found.regions]
    files = {
        REGENCIES: table(REGENCY_COLUMNS, regencies, separator),
        REGIONS: table(REGION_COLUMNS, regions, separator),
    }
    by_regency: dict[str, list[object]] = {}
    for code, geometry in found.boundaries.items():
        feature = {"type": "Feature", "geometry": geometry, "properties": {"code": code}}
        by_regency.setdefault(code[:5], []).append(feature)
    for code, features in by_regency.items():
        collection = {"type": "FeatureCollection", "features": features}
        files[f"villages-{code}.geojson"] = json.dumps(collection, indent=1).encode()
    return files
