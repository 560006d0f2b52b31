"""Reading the files of regions: what is said comes back, and every fault names its line."""

import codecs
import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.datafiles import Fault, Faulty, FileFault
from app.regions.rules import Regency
from app.regions.rules.boundaries import BoundaryFault
from app.regions.rules.importing import REGENCIES, REGIONS, RegionFault, RegionSet, level_of, read_regions
from tests.regions.files import export, region_sets

REGENCY_ROWS = "code,slug,name,number_prefix,time_zone,capital\n53.04,belu,Kabupaten Belu,BLU,Asia/Makassar,Atambua\n"
REGION_ROWS = """code,level,kind,name,parent_code,latitude,longitude
53.04,regency,kabupaten,Kabupaten Belu,,-9.13764,124.97048
53.04.01,district,kecamatan,Lamaknen,53.04,-9.08668,125.12641
53.04.01.2001,village,desa,Kewar,53.04.01,-9.08957,125.16233
"""
FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Polygon", "coordinates": [[[125.0, -9.0], [125.1, -9.0], [125.1, -9.1], [125.0, -9.0]]]},
    "properties": {"code": "53.04.01.2001"},
}


def files(regencies: str = REGENCY_ROWS, regions: str = REGION_ROWS, **more: bytes) -> dict[str, bytes]:
    return {REGENCIES: regencies.encode(), REGIONS: regions.encode()} | more


def boundaries(*features: object) -> dict[str, bytes]:
    text = "[" + ",\n".join(json.dumps(feature) for feature in features) + "]"
    return files() | {"villages-53.04.geojson": f'{{"type":"FeatureCollection", "features":\n{text}}}'.encode()}


def faults(given_files: dict[str, bytes], known: tuple[Regency, ...] = ()) -> list[Fault]:
    with pytest.raises(Faulty) as caught:
        read_regions(given_files, known)
    return caught.value.faults


def places(found: list[Fault]) -> list[tuple[str, int, object]]:
    return [(fault.file, fault.line, fault.code) for fault in found]


@given(region_sets(), st.sampled_from(",;\t"))
def test_what_is_written_down_is_read_back_the_same(found: RegionSet, separator: str) -> None:
    read = read_regions(export(found, separator))
    assert read == found


# For each column a value that no row of that table can hold.
SPOILT = {
    REGENCIES: {
        "code": "53-04",
        "slug": "Belu!",
        "name": "",
        "number_prefix": "bl",
        "time_zone": "WITA",
        "capital": "A",
    },
    REGIONS: {
        "code": "5304",
        "level": "desa",
        "kind": "dusun",
        "name": "",
        "parent_code": "99.99",
        "latitude": "selatan",
        "longitude": "12",
    },
}


@settings(deadline=None)
@given(region_sets(), st.data())
def test_one_spoilt_cell_spoils_everything_and_its_line_is_named(found: RegionSet, data: st.DataObject) -> None:
    written = export(found)
    file = data.draw(st.sampled_from([REGENCIES, REGIONS]))
    header, *rows = csv.reader(io.StringIO(written[file].decode(), newline=""))
    column = data.draw(st.sampled_from(header))
    row = data.draw(st.integers(0, len(rows) - 1))
    rows[row][header.index(column)] = SPOILT[file][column]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    assert (file, row + 2) in {(fault.file, fault.line) for fault in faults(written | {file: text.getvalue().encode()})}


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("53.04.01,district", "53.04.1,district", 3, RegionFault.CODE_SHAPE),
        ("53.04.01,district", "53.04.01,village", 3, RegionFault.LEVEL_DIFFERS),
        ("53.04.01,district", "53.04.01,distrct", 3, FileFault.CODE_MEANT),
        ("village,desa", "village,kelurahan", 4, RegionFault.KIND_DIFFERS),
        ("village,desa", "village,kabupaten", 4, RegionFault.KIND_DIFFERS),
        ("village,desa", "village,xyz", 4, FileFault.CODE_UNKNOWN),
        ("Kewar,53.04.01", "Kewar,53.04.02", 4, RegionFault.PARENT_DIFFERS),
        ("53.04.01,district", "53.04.02,district", 4, RegionFault.PARENT_UNKNOWN),
        ("-9.08957", "-91.2", 4, FileFault.OUT_OF_RANGE),
        ("-9.08957,125.16233", "125.16233,-9.08957", 4, FileFault.OUT_OF_RANGE),
        ("-9.08957", "", 4, FileFault.REQUIRED),
        ("-9.08957", "nan", 4, FileFault.NOT_DECIMAL),
        ("Lamaknen", "L" * 81, 3, FileFault.TOO_LONG),
        ("Lamaknen", "Lamak\u200bnen", 3, FileFault.HIDDEN_LETTER),
        ("Lamaknen", '"Lamak\nnen"', 3, FileFault.NOT_ONE_LINE),
        (",125.12641", "", 3, FileFault.CELL_COUNT),
        (",125.12641", ",125.12641,lagi", 3, FileFault.CELL_COUNT),
        ("Lamaknen", '"Lamaknen', 3, FileFault.BROKEN_QUOTES),
        ("parent_code", "parent", 1, FileFault.NAME_MEANT),
        (",parent_code", ",parent_code,warna", 1, FileFault.NAME_UNKNOWN),
        ("latitude", "longitude", 1, FileFault.COLUMN_TWICE),
        ("latitude,", "", 1, FileFault.COLUMN_MISSING),
    ],
)  # fmt: skip
def test_a_fault_in_the_regions_names_its_line(old: str, new: str, line: int, code: object) -> None:
    assert (REGIONS, line, code) in places(faults(files(regions=REGION_ROWS.replace(old, new, 1))))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("belu,", "Belu,", RegionFault.SLUG_SHAPE),
        ("belu,", "lacak,", RegionFault.SLUG_RESERVED),
        ("BLU", "BELU", RegionFault.PREFIX_SHAPE),
        ("Asia/Makassar", "Asia/Makasar", FileFault.CODE_MEANT),
        ("Atambua", "", FileFault.REQUIRED),
        ("Atambua", "A", FileFault.TOO_SHORT),
    ],
)
def test_a_fault_in_the_regencies_names_its_line(old: str, new: str, code: object) -> None:
    found = faults(files(regencies=REGENCY_ROWS.replace(old, new, 1)))
    assert (REGENCIES, 2, code) in places(found)


def test_all_faults_are_told_at_once_in_order() -> None:
    regions = REGION_ROWS.replace("-9.13764", "selatan").replace("125.16233", "timur")
    found = faults(files(REGENCY_ROWS.replace("Asia/Makassar", "WITA"), regions))
    assert [(fault.file, fault.line) for fault in found] == [(REGENCIES, 2), (REGIONS, 2), (REGIONS, 4)]


def test_a_second_row_of_the_same_code_names_the_first() -> None:
    twice = REGION_ROWS + REGION_ROWS.splitlines()[3] + "\n"
    (fault,) = faults(files(regions=twice))
    assert (fault.line, fault.code, fault.facts["first"]) == (5, RegionFault.CODE_TWICE, 4)


def test_a_regency_that_is_not_listed_is_refused() -> None:
    more = REGION_ROWS + "19.06,regency,kabupaten,Belitung Timur,,-2.9,108.1\n"
    assert places(faults(files(regions=more))) == [(REGIONS, 5, RegionFault.REGENCY_UNLISTED)]


def test_a_regency_that_is_listed_but_not_there_is_refused() -> None:
    more = REGENCY_ROWS + "19.06,beltim,Belitung Timur,BTM,Asia/Jakarta,Manggar\n"
    assert places(faults(files(regencies=more))) == [(REGENCIES, 3, RegionFault.REGENCY_WITHOUT_REGION)]


def test_the_address_and_the_prefix_of_another_regency_are_taken() -> None:
    other = Regency("53.99", "belu", "Kabupaten Lain", "BLU", "Asia/Makassar", "Kota")
    found = faults(files(), (other,))
    assert [(fault.line, fault.code, fault.facts["name"]) for fault in found] == [
        (2, RegionFault.TAKEN, "slug"),
        (2, RegionFault.TAKEN, "number_prefix"),
    ]


def test_what_spreadsheets_do_to_a_file_is_taken_as_it_is() -> None:
    excel = REGION_ROWS.replace(",", ";").replace("-9.08957", "-9,08957").replace("\n", ";;\r\n") + ";;;;;;;;\r\n\r\n"
    spoilt = {REGENCIES: codecs.BOM_UTF8 + REGENCY_ROWS.replace("\n", "\r\n").encode(), REGIONS: excel.encode()}
    assert read_regions(spoilt) == read_regions(files())


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_another_encoding_is_refused_at_its_line(encoding: str) -> None:
    rows = REGION_ROWS.replace("Kewar", "Kéwar")
    (fault,) = faults(files() | {REGIONS: rows.encode(encoding)})
    assert (fault.file, fault.code, fault.line) == (REGIONS, FileFault.NOT_UTF8, 1 if encoding == "utf-16" else 4)


def test_an_empty_file_and_a_lost_one_are_told() -> None:
    assert places(faults({REGENCIES: b"", REGIONS: REGION_ROWS.encode()})) == [(REGENCIES, 1, FileFault.NO_ROWS)]
    assert places(faults({})) == [(REGENCIES, 0, FileFault.NO_FILE), (REGIONS, 0, FileFault.NO_FILE)]


def test_a_broken_tree_is_told_once_and_not_for_all_that_hangs_on_it() -> None:
    spoilt = boundaries(FEATURE) | {REGIONS: REGION_ROWS.replace("53.04.01.2001", "53.04.01.21").encode()}
    assert places(faults(spoilt)) == [(REGIONS, 4, RegionFault.CODE_SHAPE)]


def ring(*points: tuple[float, float]) -> dict[str, object]:
    coordinates = [[list(point) for point in points]]
    return FEATURE | {"geometry": {"type": "Polygon", "coordinates": coordinates}}


@pytest.mark.parametrize(
    ("feature", "code"),
    [
        (FEATURE, BoundaryFault.VILLAGE_TWICE),
        (FEATURE | {"properties": {"code": "53.04.01.2999"}}, BoundaryFault.VILLAGE_UNKNOWN),
        (FEATURE | {"properties": None}, BoundaryFault.VILLAGE_UNKNOWN),
    ],
)
def test_a_boundary_of_the_wrong_village_names_its_line(feature: object, code: object) -> None:
    assert places(faults(boundaries(FEATURE, feature))) == [("villages-53.04.geojson", 3, code)]


@pytest.mark.parametrize(
    ("feature", "code"),
    [
        (FEATURE | {"geometry": {"type": "Point", "coordinates": [125, -9]}}, BoundaryFault.NOT_POLYGON),
        (FEATURE | {"geometry": {"type": "Polygon", "coordinates": []}}, BoundaryFault.NOT_POLYGON),
        (FEATURE | {"geometry": {"type": "Polygon", "coordinates": 5}}, BoundaryFault.NOT_POLYGON),
        (FEATURE | {"geometry": None}, BoundaryFault.NOT_POLYGON),
        (ring((125, -9), (125.1, -9), (125, -9)), BoundaryFault.RING_OPEN),
        (ring((125, -9), (125.1, -9), (125.1, -9.1), (125.2, -9)), BoundaryFault.RING_OPEN),
        (ring((-9, 125), (-9, 125.1), (-9.1, 125.1), (-9, 125)), BoundaryFault.POINT_OUTSIDE),
        (ring((125, float("nan")), (125.1, -9), (125.1, -9.1), (125, float("nan"))), BoundaryFault.POINT_OUTSIDE),
    ],
)
def test_a_boundary_that_cannot_be_drawn_is_refused(feature: object, code: object) -> None:
    assert places(faults(boundaries(feature))) == [("villages-53.04.geojson", 2, code)]


def test_a_file_of_boundaries_that_is_no_geojson_is_refused() -> None:
    for content, line, code in (
        (b'{"type":\n oops}', 2, BoundaryFault.NOT_JSON),
        (b"[" * 100_000, 1, BoundaryFault.NOT_JSON),
        (b"[]", 1, BoundaryFault.NOT_COLLECTION),
        (b'{"features": [1]}', 1, BoundaryFault.NOT_COLLECTION),
    ):
        assert places(faults(files() | {"villages-53.04.geojson": content})) == [("villages-53.04.geojson", line, code)]
    misnamed = {"desa-belu.geojson": b"{}"}
    assert places(faults(files() | misnamed)) == [("desa-belu.geojson", 0, RegionFault.FILE_NAME)]


def test_a_code_says_its_level() -> None:
    assert [level_of(code) for code in ("53.04", "53.04.01", "53.04.01.2001", "53", "5304", "")] == [
        "regency",
        "district",
        "village",
        None,
        None,
        None,
    ]
