"""Registry files: what is taken, every fault with its line, all or nothing, twice the same, and how fast."""

import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.innovations.cli import DATA
from app.innovations.models import Innovation, StageEntry
from app.innovations.rules.registry import COLUMNS, RegistryFault, read_registry
from app.innovations.rules.stages import Stage
from app.kernel.datafiles import Faulty, FileFault
from tests import builders as b

PILLARS = {b.BELTIM: {1, 2, 3, 4}, b.BELU: set[int]()}
GOOD = "19.06,1,SIE CANTIK,Skrining Calon Pengantin,Skrining calon pengantin.,ADOPTED,Berita 21 November 2025"
OTHER = GOOD.replace("SIE CANTIK", "LAIS")


def a_file(*rows: str) -> dict[str, bytes]:
    return {"contoh.csv": "\n".join([",".join(COLUMNS), *rows, ""]).encode()}


def test_the_file_of_belitung_timur_holds_its_15_named_innovations() -> None:
    rows = read_registry({path.name: path.read_bytes() for path in DATA.glob("*.csv")}, PILLARS)
    assert len(rows) == 15
    assert {row.stage for row in rows} == {Stage.ADOPTED}
    assert [sum(row.pillar_number == number for row in rows) for number in (1, 2, 3, 4)] == [4, 4, 3, 4]
    assert sorted(row.name for row in rows if not row.expansion) == sorted(
        ["BEBASUN", "GANGAN IKAN", "GEMPAR", "META KODOK", "PAK SATAM", "PILUS BELTIM", "PONDOK UMKM"]
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("19.06,", "99.99,"), RegistryFault.REGENCY_UNKNOWN),
        (("19.06,", ","), FileFault.REQUIRED),
        ((",1,", ",7,"), RegistryFault.PILLAR_UNKNOWN),
        ((",1,", ",satu,"), FileFault.NOT_WHOLE),
        (("LAIS", ""), FileFault.REQUIRED),
        (("LAIS", "N" * 81), FileFault.TOO_LONG),
        (("Skrining Calon Pengantin", "x" * 201), FileFault.TOO_LONG),
        (("Skrining calon pengantin.", "Pendek"), FileFault.TOO_SHORT),
        (("ADOPTED", "BERJALAN"), RegistryFault.STAGE_UNKNOWN),
        (("ADOPTED", "STOPPED"), RegistryFault.STAGE_UNKNOWN),
        (("Berita 21 November 2025", ""), FileFault.REQUIRED),
        (("ADOPTED,", "ADOPTED,lebih,"), FileFault.CELL_COUNT),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(change: tuple[str, str], code: str) -> None:
    with pytest.raises(Faulty) as caught:
        read_registry(a_file(GOOD, OTHER.replace(*change)), PILLARS)
    assert [(fault.file, fault.line, fault.code) for fault in caught.value.faults] == [("contoh.csv", 3, code)]


def test_all_faults_of_all_files_are_told_at_once() -> None:
    files = a_file(GOOD.replace("ADOPTED", "X"), GOOD.replace(",1,", ",9,"))
    files["lain.csv"] = b"bukan,tabel\n1,2\n"
    with pytest.raises(Faulty) as caught:
        read_registry(files, PILLARS)
    assert {fault.file for fault in caught.value.faults} == {"contoh.csv", "lain.csv"}
    assert {fault.code for fault in caught.value.faults} >= {
        RegistryFault.STAGE_UNKNOWN,
        RegistryFault.PILLAR_UNKNOWN,
        RegistryFault.NAME_TWICE,
        FileFault.COLUMN_MISSING,
    }


def test_the_same_name_twice_is_a_fault_whatever_its_capitals() -> None:
    with pytest.raises(Faulty) as caught:
        read_registry(a_file(GOOD, GOOD.replace("SIE CANTIK", "Sie Cantik")), PILLARS)
    (fault,) = caught.value.faults
    assert (fault.code, fault.facts["first"]) == (RegistryFault.NAME_TWICE, "contoh.csv:2")


# The command


@pytest.fixture
def runner(app: Flask, session: Session) -> FlaskCliRunner:
    b.make_regions()
    for number, name in enumerate(("Kesehatan", "Pendidikan dan Digitalisasi", "Ketahanan Pangan", "Ekonomi"), 1):
        b.make_pillar(number, name, b.BELTIM)
    return app.test_cli_runner()


def registered(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Innovation)) or 0


def test_importing_twice_changes_nothing(runner: FlaskCliRunner, session: Session) -> None:
    first = runner.invoke(args=["innovations", "import"])
    assert (first.exit_code, first.output) == (0, "Inovasi: 15 baru, 0 sudah tercatat.\n")
    second = runner.invoke(args=["innovations", "import"])
    assert (second.exit_code, second.output) == (0, "Inovasi: 0 baru, 15 sudah tercatat.\n")
    assert registered(session) == 15
    one = session.scalars(select(Innovation).where(Innovation.name == "BEBASUN")).one()
    assert (one.expansion, one.initiator, one.agency_id, one.owner_id) == ("", "", None, None)
    assert one.number == "BTM-I-0009"
    assert session.scalar(select(func.count()).select_from(StageEntry)) == 15


def test_one_bad_row_imports_nothing_and_says_what_to_do(
    runner: FlaskCliRunner, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "inovasi.csv"
    file.write_bytes(a_file(GOOD, OTHER.replace("ADOPTED", "JALAN"))["contoh.csv"])
    result = runner.invoke(args=["innovations", "import", str(file)])
    assert result.exit_code == 1
    assert "inovasi.csv, baris 3" in result.stderr
    assert "JALAN" in result.stderr
    assert "ADOPTED" in result.stderr
    assert registered(session) == 0


def test_5000_rows_take_less_than_30_seconds(runner: FlaskCliRunner, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "banyak.csv"
    rows = (GOOD.replace("SIE CANTIK", f"INOVASI {number}") for number in range(5000))
    file.write_bytes(a_file(*rows)["contoh.csv"])
    begun = time.monotonic()
    result = runner.invoke(args=["innovations", "import", str(file)])
    assert result.exit_code == 0, result.output
    assert time.monotonic() - begun < 30
    assert registered(session) == 5000
