"""Registry files: what is taken, every fault with its cell, good rows beside bad ones, and hostile files."""

import csv
import io
import string
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.innovations import actions, queries
from app.innovations.cli import DATA
from app.innovations.models import Innovation, InnovationAffair, InnovationDistrict, StageEntry
from app.innovations.rules.cells import RegistryFault, parse_day
from app.innovations.rules.duplicates import look_alike
from app.innovations.rules.file_words import AFFAIRS
from app.innovations.rules.profile import Affair, Form, Initiator
from app.innovations.rules.registry import (
    COLUMNS,
    OPTIONAL,
    Known,
    Reading,
    read_registry,
)
from app.innovations.rules.stages import Stage
from app.innovations.rules.workbook import MOST_ROWS, WorkbookFault, refuse_workbook
from app.kernel.actor import CONSOLE
from app.kernel.datafiles import FileFault
from tests import builders as b

TODAY = b.NOW.date()
MANGGAR = "19.06.01.2003"
KNOWN = {
    b.BELTIM: Known({1, 2, 3, 4}, {"dinkes": "Dinkes", "dinas kesehatan": "Dinkes"}, {MANGGAR}),
    b.BELU: Known(),
}
GOOD = "19.06,1,SIE CANTIK,Skrining Calon Pengantin,Skrining calon pengantin.,ADOPTED,Berita 21 November 2025"
OTHER = GOOD.replace("SIE CANTIK", "LAIS")
CELLS = dict(zip(COLUMNS, GOOD.split(","), strict=True))


def a_file(*rows: str) -> dict[str, bytes]:
    return {"contoh.csv": "\n".join([",".join(COLUMNS), *rows, ""]).encode()}


def a_row(**cells: object) -> dict[str, bytes]:
    """A file with one row, good but for these cells."""
    row = {**CELLS, **cells}
    text = io.StringIO()
    csv.writer(text).writerows([row.keys(), row.values()])
    return {"contoh.csv": text.getvalue().encode()}


def a_workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def read(files: dict[str, bytes]) -> Reading:
    return read_registry(files, KNOWN, TODAY)


def refused(files: dict[str, bytes]) -> list[tuple[int, str, str]]:
    return [(one.fault.line, one.column, one.fault.code) for one in read(files).refused]


# Rows


def test_the_file_of_belitung_timur_holds_its_15_named_innovations() -> None:
    reading = read({path.name: path.read_bytes() for path in DATA.glob("*.csv")})
    assert (len(reading.rows), reading.refused) == (15, [])
    assert {row.stage for row in reading.rows} == {Stage.ADOPTED}
    assert [sum(row.pillar_number == number for row in reading.rows) for number in (1, 2, 3, 4)] == [4, 4, 3, 4]
    assert sorted(row.name for row in reading.rows if not row.expansion) == sorted(
        ["BEBASUN", "GANGAN IKAN", "GEMPAR", "META KODOK", "PAK SATAM", "PILUS BELTIM", "PONDOK UMKM"]
    )


def test_a_full_row_is_read_in_every_column() -> None:
    reading = read(
        a_row(
            stage="Uji Coba",
            agency="DINKES",
            contact_agency="Dinas Kesehatan",
            village_code=MANGGAR,
            latitude="-2,87",
            longitude="108.27",
            initiator="asn",
            form="Pelayanan Publik",
            classification="perangkat-daerah",
            technology="digital",
            affair="Kesehatan",
            other_affairs="pendidikan; kominfo, kesehatan",
            asta_cita="4",
            cluster="kesehatan",
            trial_on="01/02/2025",
            applied_on="2025-06-30",
            developed_on="",
            design="Dasar hukum.\nCara kerja.",
            aims="Tujuan",
            cost="1500000",
            cost_source="APBD kabupaten",
        )
    )
    assert reading.refused == []
    (row,) = reading.rows
    assert (row.stage, row.agency, row.contact_agency) == (Stage.TRIAL, "Dinkes", "Dinkes")
    assert (row.latitude, row.longitude, row.village_code) == (-2.87, 108.27, MANGGAR)
    assert (row.initiator_kind, row.form, row.is_digital) == (Initiator.CIVIL_SERVANT, Form.PUBLIC_SERVICE, True)
    assert row.affairs == (Affair.HEALTH, Affair.EDUCATION, Affair.INFORMATICS)
    assert (row.trial_on, row.applied_on, row.developed_on) == (date(2025, 2, 1), date(2025, 6, 30), None)
    assert (row.design, row.benefits, row.cost) == ("Dasar hukum.\nCara kerja.", "", 1_500_000)


def test_every_affair_of_the_law_has_its_word_in_files() -> None:
    assert list(AFFAIRS.values()) == list(Affair)
    assert len(Affair) == 32


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"regency_code": "99.99"}, RegistryFault.REGENCY_UNKNOWN),
        ({"regency_code": ""}, FileFault.REQUIRED),
        ({"pillar_number": "7"}, RegistryFault.PILLAR_UNKNOWN),
        ({"pillar_number": "satu"}, FileFault.NOT_WHOLE),
        ({"name": ""}, FileFault.REQUIRED),
        ({"name": "N" * 161}, FileFault.TOO_LONG),
        ({"name": "=cmd|' /C calc'!A0"}, RegistryFault.FORMULA),
        ({"expansion": "x" * 201}, FileFault.TOO_LONG),
        ({"description": "Pendek"}, FileFault.TOO_SHORT),
        ({"description": "Hubungi 0812 3456 7890 ya"}, RegistryFault.PRIVATE),
        ({"stage": "BERJALAN"}, RegistryFault.STAGE_UNKNOWN),
        ({"stage": "STOPPED"}, RegistryFault.STAGE_UNKNOWN),
        ({"source": ""}, FileFault.REQUIRED),
        ({"agency": "Dinas Bayangan"}, RegistryFault.AGENCY_NOT_LISTED),
        ({"village_code": "53.04.01.2001"}, RegistryFault.VILLAGE_NOT_LISTED),
        ({"latitude": "52.5"}, FileFault.OUT_OF_RANGE),
        ({"initiator": "Budi"}, RegistryFault.WORD_UNKNOWN),
        ({"other_affairs": "sihir"}, RegistryFault.WORD_UNKNOWN),
        ({"asta_cita": "9"}, FileFault.OUT_OF_RANGE),
        ({"trial_on": "31/02/2025"}, RegistryFault.NOT_A_DAY),
        ({"applied_on": "2099-01-01"}, RegistryFault.NOT_YET),
        ({"trial_on": "2025-06-01", "applied_on": "2025-05-01"}, RegistryFault.BEFORE_TRIAL),
        ({"cost": "-5"}, FileFault.OUT_OF_RANGE),
        ({"cost": "banyak"}, FileFault.NOT_WHOLE),
    ],
)
def test_a_wrong_cell_is_named_with_row_and_column(cells: dict[str, str], code: str) -> None:
    reading = read(a_row(**cells))
    assert [(one.fault.line, one.fault.code) for one in reading.refused] == [(2, code)]
    assert reading.refused[0].column in cells
    assert reading.refused[0].value == cells[reading.refused[0].column]
    assert reading.rows == []


def test_a_trial_may_be_planned() -> None:
    assert read(a_row(trial_on="2027-01-04")).refused == []


def test_a_bad_row_leaves_the_good_ones_good() -> None:
    reading = read(a_file(GOOD, OTHER.replace("ADOPTED", "X"), OTHER.replace("LAIS", "GEMPAR") + ",lebih"))
    assert [row.name for row in reading.rows] == ["SIE CANTIK"]
    assert [one.fault.line for one in reading.refused] == [3, 4]
    assert reading.is_readable


@pytest.mark.parametrize(
    "content",
    [b"", b"bukan,tabel\n1,2\n", b"\xff\xfe\x00", b'regency_code,"name\n', "nama,é".encode("latin-1"), b"\x00" * 50],
)
def test_a_file_that_is_no_registry_is_refused_as_a_whole(content: bytes) -> None:
    reading = read({"lain.csv": content})
    assert not reading.is_readable
    assert reading.rows == []


def test_the_same_name_twice_is_a_fault_whatever_its_capitals() -> None:
    (one,) = read(a_file(GOOD, GOOD.replace("SIE CANTIK", "Sie Cantik"))).refused
    assert (one.fault.code, one.fault.facts["first"]) == (RegistryFault.NAME_TWICE, "contoh.csv:2")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-01-31", date(2025, 1, 31)),
        ("31/1/2025", date(2025, 1, 31)),
        ("31.01.2025", date(2025, 1, 31)),
        ("31-01-2025", date(2025, 1, 31)),
        ("1/31/2025", None),
        ("31/01/25", None),
        ("1899-01-01", None),
        ("٣١/٠١/٢٠٢٥", None),
        ("45000", None),
    ],
)
def test_a_day_is_read_as_officials_write_it(typed: str, day: date | None) -> None:
    assert parse_day(typed) == day


# Whatever stands in a cell

ODD = st.one_of(
    st.text(max_size=40),
    st.text(string.printable, max_size=40),
    st.sampled_from(["", " ", "=1+1", "1e999", "nan", "-0", "9" * 30, "0812345678901", "\u202eabc", "\x00", "a" * 300]),
    st.sampled_from([*AFFAIRS, "ADOPTED", "19.06", "2025-01-31", "1"]),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(column=st.sampled_from([*COLUMNS, *OPTIONAL]), cell=ODD)
@example("name", "\ud83d")
def test_any_cell_gives_a_row_or_a_named_refusal(column: str, cell: str) -> None:
    text = io.StringIO()
    row = {**CELLS, column: cell}
    csv.writer(text).writerows([row.keys(), row.values()])
    reading = read({"contoh.csv": text.getvalue().encode("utf-8", "surrogatepass")})
    assert bool(reading.rows) is not bool(reading.refused)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    cells=st.dictionaries(
        st.sampled_from([*COLUMNS, *OPTIONAL]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.dates(),
            st.datetimes(),
            st.times(),
            st.text(string.printable.replace("\x0b", "").replace("\x0c", ""), max_size=20),
        ),
        max_size=6,
    )
)
def test_any_cell_of_a_workbook_gives_a_row_or_a_named_refusal(cells: dict[str, object]) -> None:
    row = {**CELLS, **cells}
    reading = read({"contoh.xlsx": a_workbook(list(row), list(row.values()))})
    assert bool(reading.rows) is not bool(reading.refused)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    for beginning in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        assert read({name: beginning + content}).refused


@settings(max_examples=60, deadline=None, derandomize=True)
@given(at=st.integers(0, 5000), by=st.binary(min_size=1, max_size=30))
def test_a_damaged_workbook_is_read_or_refused(at: int, by: bytes) -> None:
    whole = a_workbook(list(CELLS), list(CELLS.values()))
    damaged = whole[: at % len(whole)] + by + whole[at % len(whole) + len(by) :]
    reading = read({"a.xlsx": damaged})
    assert reading.rows or reading.refused


# Hostile workbooks


def repacked(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A good workbook whose parts were changed, with some more."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_workbook(list(CELLS), list(CELLS.values())))) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return packed.getvalue()


def same(name: str, content: bytes) -> bytes:
    return content


def test_a_workbook_is_read_like_a_table() -> None:
    reading = read({"contoh.xlsx": repacked(same)})
    assert [row.name for row in reading.rows] == ["SIE CANTIK"]
    assert reading.refused == []


def test_numbers_and_days_of_a_workbook_are_read_as_typed() -> None:
    row = {**CELLS, "regency_code": 19.06, "pillar_number": 1.0, "applied_on": date(2025, 6, 30), "cost": 1500000}
    (found,) = read({"contoh.xlsx": a_workbook(list(row), list(row.values()))}).rows
    assert (found.regency_code, found.pillar_number, found.applied_on, found.cost) == (
        b.BELTIM,
        1,
        date(2025, 6, 30),
        1_500_000,
    )


def test_a_formula_is_refused_and_never_computed() -> None:
    row = {**CELLS, "expansion": '=HYPERLINK("http://x","y")'}
    (one,) = read({"contoh.xlsx": a_workbook(list(row), list(row.values()))}).refused
    assert (one.fault.code, one.column, one.fault.line) == (RegistryFault.FORMULA, "expansion", 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (repacked(same, **{"xl/vbaProject.bin": b"x"}), WorkbookFault.MACROS),
        (repacked(same, **{"xl/media/bomb.bin": b"0" * (97 * 2**20)}), WorkbookFault.UNPACKS_TOO_BIG),
        (repacked(same, **{f"p{n}": b"" for n in range(600)}), WorkbookFault.UNPACKS_TOO_BIG),
        (
            repacked(
                lambda name, content: b'<!DOCTYPE x [<!ENTITY a "b">]>' + content if "sheet1" in name else content
            ),
            WorkbookFault.NOT_A_WORKBOOK,
        ),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, WorkbookFault.OLD_OR_LOCKED),
        (b"PK\x03\x04 nonsense", WorkbookFault.NOT_A_WORKBOOK),
        (b"0" * (17 * 2**20), WorkbookFault.TOO_BIG),
        (b"", WorkbookFault.NOT_A_WORKBOOK),
    ],
    ids=["macros", "bomb", "parts", "doctype", "old", "cut", "big", "empty"],
)
def test_a_hostile_workbook_is_not_opened(content: bytes, code: str) -> None:
    assert refuse_workbook(content) == code


def test_a_sheet_with_too_many_rows_is_refused() -> None:
    rows = a_workbook(list(CELLS), *([[b.BELTIM]] * MOST_ROWS))
    assert refused({"banyak.xlsx": rows}) == [(0, "", WorkbookFault.TOO_MANY_ROWS)]


def test_a_sheet_whose_last_row_is_far_below_is_read() -> None:
    book = Workbook()
    book.active.append(list(CELLS))
    book.active.append(list(CELLS.values()))
    for column, value in enumerate({**CELLS, "name": "LAIS"}.values(), 1):
        book.active.cell(1_048_576, column, value)
    packed = io.BytesIO()
    book.save(packed)
    assert [row.name for row in read({"a.xlsx": packed.getvalue()}).rows] == ["SIE CANTIK", "LAIS"]


# What may be the same


def test_innovations_with_the_same_rare_words_are_hinted_at() -> None:
    known = {"PILUS": "PILUS pangan lokal untuk gizi balita", "LAIS": "LAIS literasi aplikasi inovasi sekolah"}
    wanted = {"PILUS BARU": "PILUS BARU pangan lokal gizi balita", "KETAM": "KETAM kapal nelayan kepiting"}
    assert [(one.one, one.other) for one in look_alike(wanted, known)] == [("PILUS BARU", "PILUS")]


def test_two_new_ones_that_are_alike_are_hinted_at() -> None:
    wanted = {"A": "bank sampah plastik desa Padang", "B": "bank sampah plastik desa Padang dua"}
    assert [(one.one, one.other) for one in look_alike(wanted, {})] == [("B", "A")]


# The command


@pytest.fixture
def runner(app: Flask, session: Session) -> FlaskCliRunner:
    b.make_regions()
    for number, name in enumerate(("Kesehatan", "Pendidikan dan Digitalisasi", "Ketahanan Pangan", "Ekonomi"), 1):
        b.make_pillar(number, name, b.BELTIM)
    return app.test_cli_runner()


def registered(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Innovation)) or 0


def last_line(output: str) -> str:
    return output.strip().splitlines()[-1]


def test_importing_twice_changes_nothing(runner: FlaskCliRunner, session: Session) -> None:
    first = runner.invoke(args=["innovations", "import"])
    assert (first.exit_code, last_line(first.output)) == (0, "Inovasi: 15 baru, 0 diperbarui, 0 sudah tercatat.")
    second = runner.invoke(args=["innovations", "import"])
    assert (second.exit_code, last_line(second.output)) == (0, "Inovasi: 0 baru, 0 diperbarui, 15 sudah tercatat.")
    assert registered(session) == 15
    one = session.scalars(select(Innovation).where(Innovation.name == "BEBASUN")).one()
    assert (one.expansion, one.initiator, one.agency_id, one.owner_id) == ("", "", None, None)
    assert one.number == "BTM-I-0009"
    assert session.scalar(select(func.count()).select_from(StageEntry)) == 15


def test_a_dry_run_tells_and_writes_nothing(runner: FlaskCliRunner, session: Session) -> None:
    result = runner.invoke(args=["innovations", "import", "--dry-run"])
    assert result.exit_code == 0
    assert "15 baru" in result.output
    assert "tidak ada yang disimpan" in result.output
    assert registered(session) == 0


def test_one_bad_row_imports_nothing_and_says_what_to_do(
    runner: FlaskCliRunner, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "inovasi.csv"
    file.write_bytes(a_file(GOOD, OTHER.replace("ADOPTED", "JALAN"))["contoh.csv"])
    result = runner.invoke(args=["innovations", "import", str(file)])
    assert result.exit_code == 1
    assert "inovasi.csv, baris 3, kolom stage" in result.stderr
    assert "JALAN" in result.stderr
    assert "ADOPTED" in result.stderr
    assert "--good-rows" in result.stderr
    assert registered(session) == 0


def test_the_good_rows_come_in_where_that_is_asked_for_and_the_report_names_the_others(
    runner: FlaskCliRunner, session: Session, tmp_path: Path
) -> None:
    file, report = tmp_path / "inovasi.csv", tmp_path / "ditolak.csv"
    file.write_bytes(a_file(GOOD, OTHER.replace("ADOPTED", "=JALAN"))["contoh.csv"])
    result = runner.invoke(args=["innovations", "import", str(file), "--good-rows", "--report", str(report)])
    assert result.exit_code == 0
    assert registered(session) == 1
    head, row = list(csv.reader(io.StringIO(report.read_text("utf-8-sig"))))
    assert head == ["berkas", "baris", "kolom", "isi", "sebab"]
    assert row[:4] == ["inovasi.csv", "3", "stage", "'=JALAN"]
    assert "rumus" in row[4]


def test_a_file_without_the_columns_imports_nothing_whatever_is_asked_for(
    runner: FlaskCliRunner, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "lain.csv"
    file.write_bytes(b"nama,tahap\nA,B\n")
    result = runner.invoke(args=["innovations", "import", str(file), "--good-rows"])
    assert result.exit_code == 1
    assert registered(session) == 0


def test_a_newer_file_updates_by_name_and_keeps_stage_and_what_it_leaves_empty(
    runner: FlaskCliRunner, session: Session
) -> None:
    runner.invoke(args=["innovations", "import"])
    files = a_row(
        name="sie cantik", expansion="", stage="IDEA", description="Diperbarui lewat berkas.", affair="sosial"
    )
    reading = read_registry(files, {b.BELTIM: Known({1})}, TODAY)
    tally = actions.bring_in(CONSOLE, reading.rows, b.NOW)
    assert (tally.new, tally.changed, tally.same) == (0, 1, 0)
    assert actions.bring_in(CONSOLE, reading.rows, b.NOW).same == 1
    one = session.scalars(select(Innovation).where(Innovation.name == "SIE CANTIK")).one()
    assert (one.expansion, one.stage, one.summary) == (
        "Skrining Calon Pengantin",
        Stage.ADOPTED,
        "Diperbarui lewat berkas.",
    )
    assert queries.affairs_of_all([one.id]) == {one.id: [Affair.SOCIAL]}
    about = select(AuditEntry).where(AuditEntry.subject == f"innovation:{one.id}")
    assert [entry.act for entry in session.scalars(about)] == ["revise"]


def test_a_row_knows_its_kecamatan_its_affairs_and_since_when_it_is_in_use(
    runner: FlaskCliRunner, session: Session
) -> None:
    village = (
        session.scalars(select(b.Region.code).where(b.Region.parent_code.startswith(f"{b.BELTIM}."))).first() or ""
    )
    known = {b.BELTIM: Known({1}, {}, {village})}
    rows = read_registry(a_row(village_code=village, applied_on="2024-05-02", affair="pupr"), known, TODAY).rows
    actions.bring_in(CONSOLE, rows, b.NOW)
    one = session.scalars(select(Innovation)).one()
    assert one.stage_since.isoformat() == "2024-05-01T17:00:00+00:00"
    assert session.scalars(select(InnovationDistrict.district_code)).all() == [village[:8]]
    assert session.scalars(select(InnovationAffair.is_main)).all() == [True]


def test_what_was_imported_is_found_by_its_words(runner: FlaskCliRunner, session: Session) -> None:
    runner.invoke(args=["innovations", "import"])
    told = "SKRINING skrining calon pengantin untuk mencegah stunting"
    assert queries.similar_to(b.BELTIM, told)[0].name == "SIE CANTIK"
    assert queries.similar_to(b.BELU, told) == []


def test_5000_rows_take_less_than_30_seconds(runner: FlaskCliRunner, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "banyak.csv"
    rows = (GOOD.replace("SIE CANTIK", f"INOVASI {number}") for number in range(5000))
    file.write_bytes(a_file(*rows)["contoh.csv"])
    begun = time.monotonic()
    result = runner.invoke(args=["innovations", "import", str(file)])
    assert result.exit_code == 0, result.output
    assert time.monotonic() - begun < 30
    assert registered(session) == 5000
