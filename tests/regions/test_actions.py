"""Bringing regions into the database, and the command that does it."""

import shutil
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.db.upserts import Tally
from app.kernel.actor import ANYONE, CONSOLE, Role
from app.kernel.datafiles import Faulty
from app.kernel.outcomes import Denied
from app.regions.actions import import_regions
from app.regions.cli import DATA
from app.regions.models import RegencyProfile, Region
from app.regions.queries import villages
from app.regions.rules.importing import REGENCIES, REGIONS
from tests import builders as b

SHIPPED = {path.name: path.read_bytes() for path in DATA.iterdir() if path.suffix in (".csv", ".geojson")}


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_shipped_regions_come_in_within_two_seconds(session: Session) -> None:
    start = time.process_time()
    assert import_regions(CONSOLE, SHIPPED, b.NOW) == Tally(new=143)
    assert time.process_time() - start < 2
    assert (len(villages(b.BELU)), len(villages(b.BELTIM))) == (81, 39)


def test_importing_again_changes_nothing(session: Session) -> None:
    import_regions(CONSOLE, SHIPPED, b.NOW)
    entries = count(session, AuditEntry)
    assert import_regions(CONSOLE, SHIPPED, b.NOW) == Tally(same=143)
    assert count(session, AuditEntry) == entries


def test_a_changed_file_changes_its_rows_and_keeps_what_hangs_on_them(session: Session) -> None:
    import_regions(CONSOLE, SHIPPED, b.NOW)
    person = b.make_person(b.MAKIR)
    changed = SHIPPED | {REGIONS: SHIPPED[REGIONS].replace(b",Makir,", b",Makir Baru,")}
    assert import_regions(CONSOLE, changed, b.NOW) == Tally(changed=1, same=142)
    assert session.get_one(Region, b.MAKIR).name == "Makir Baru"
    assert session.get_one(Person, person.id).village_code == b.MAKIR


def test_what_the_files_no_longer_name_stays(session: Session) -> None:
    import_regions(CONSOLE, SHIPPED, b.NOW)
    rows = [row for row in SHIPPED[REGIONS].splitlines(keepends=True) if not row.startswith(b"19.06")]
    regencies = b"".join(SHIPPED[REGENCIES].splitlines(keepends=True)[:2])
    belu = {REGENCIES: regencies, REGIONS: b"".join(rows)}
    assert import_regions(CONSOLE, belu, b.NOW) == Tally(same=95)
    assert count(session, Region) == 141
    assert session.scalars(select(Region.boundary).where(Region.code == b.MAKIR)).one() is not None


def test_a_faulty_file_brings_nothing_in(session: Session) -> None:
    spoilt = SHIPPED | {REGIONS: SHIPPED[REGIONS].replace(b"125.12641", b"timur")}
    with pytest.raises(Faulty):
        import_regions(CONSOLE, spoilt, b.NOW)
    assert (count(session, Region), count(session, RegencyProfile)) == (0, 0)


def test_only_an_administrator_of_the_installation_brings_regions_in(session: Session) -> None:
    b.make_regions()
    for actor in (ANYONE, b.make_staff(Role.PLANNER, b.BELU), b.make_staff(Role.ADMINISTRATOR, b.BELU)):
        with pytest.raises(Denied):
            import_regions(actor, SHIPPED, b.NOW)


def test_the_command_says_how_many_were_new_and_the_same(live_app: Flask) -> None:
    runner = live_app.test_cli_runner()
    assert "143 baru, 0 berubah, 0 sama" in runner.invoke(args=["regions", "import"]).output
    assert "0 baru, 0 berubah, 143 sama" in runner.invoke(args=["regions", "import"]).output


def test_the_command_tells_file_line_and_cure_of_every_fault(live_app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "wilayah"
    shutil.copytree(DATA, folder)
    (folder / REGIONS).write_bytes(SHIPPED[REGIONS].replace(b"125.12641", b"timur"))
    (folder / REGENCIES).write_bytes(SHIPPED[REGENCIES].replace(b"Asia/Makassar", b"Asia/Makasar"))
    result = live_app.test_cli_runner().invoke(args=["regions", "import", str(folder)])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "regencies.csv, baris 2: “time_zone” tidak boleh berisi “Asia/Makasar”. Maksud Anda “Asia/Makassar”?",
        "regions.csv, baris 3: “longitude” harus angka desimal, bukan “timur”. Tulis seperti -9.08957.",
    ]
    assert "143 baru" in live_app.test_cli_runner().invoke(args=["regions", "import"]).output
