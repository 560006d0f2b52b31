"""Bringing plans into the database, entering a misi, and the command."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.db.upserts import Tally
from app.kernel.actor import ANYONE, CONSOLE, Role
from app.kernel.datafiles import Faulty
from app.kernel.outcomes import Denied, Refused
from app.plans.actions import add_misi, import_plans
from app.plans.cli import DATA
from app.plans.models import Misi, Pillar, Plan
from app.plans.queries import agencies_of, misi_of, pillars_of, plans_of, values_of
from app.plans.rules import MisiText, Refusal
from app.proposals.queries import misi_of_proposal
from app.regions.cli import DATA as REGIONS
from tests import builders as b

SHIPPED = {path.name: path.read_bytes() for path in DATA.iterdir() if path.suffix in (".csv", ".toml")}
ROADS = MisiText(1, "Meningkatkan jalan dan jembatan antardesa", "Jalan dan jembatan")


def test_the_shipped_plans_come_in_each_under_its_own_regency(session: Session) -> None:
    b.make_regions()
    assert import_plans(CONSOLE, SHIPPED, b.NOW) == Tally(new=64)
    (belu,), (beltim,) = plans_of(b.BELU), plans_of(b.BELTIM)
    assert (len(values_of(belu.id)), len(values_of(beltim.id))) == (5, 0)
    assert ([misi.number for misi in misi_of(b.BELU)], misi_of(b.BELTIM)) == ([1, 2, 3, 4, 5], [])
    assert [pillar.regency_code for pillar in pillars_of(b.BELU)] == [None] * 4
    assert [pillar.regency_code for pillar in pillars_of(b.BELTIM)] == [b.BELTIM] * 4
    assert {agency.regency_code for agency in agencies_of(b.BELU)} == {b.BELU}


def test_importing_again_changes_nothing(session: Session) -> None:
    b.make_regions()
    import_plans(CONSOLE, SHIPPED, b.NOW)
    entries = session.scalar(select(func.count()).select_from(AuditEntry))
    assert import_plans(CONSOLE, SHIPPED, b.NOW) == Tally(same=64)
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_a_changed_misi_keeps_the_proposals_that_point_to_it(session: Session) -> None:
    b.make_regions()
    import_plans(CONSOLE, SHIPPED, b.NOW)
    b.make_cycle()
    proposal = b.make_proposal()
    reworded = SHIPPED["belu.toml"].replace(b"berbasis tata ruang", b"yang tertata")
    assert import_plans(CONSOLE, SHIPPED | {"belu.toml": reworded}, b.NOW) == Tally(changed=1, same=63)
    (misi,) = misi_of_proposal(proposal.id)
    assert (misi.number, misi.text) == (3, "Mewujudkan pembangunan infrastruktur dan lingkungan yang tertata")


def test_what_the_files_no_longer_name_stays(session: Session) -> None:
    b.make_regions()
    import_plans(CONSOLE, SHIPPED, b.NOW)
    less = SHIPPED["belu.toml"].partition(b"[[misi]]")[0]
    import_plans(CONSOLE, {"belu.toml": less}, b.NOW)
    assert len(misi_of(b.BELU)) == 5


def test_a_faulty_file_brings_nothing_in(session: Session) -> None:
    b.make_regions()
    with pytest.raises(Faulty):
        import_plans(CONSOLE, SHIPPED | {"belu.toml": b"regency = 53.04"}, b.NOW)
    assert [session.scalar(select(func.count()).select_from(model)) for model in (Plan, Misi, Pillar)] == [0, 0, 0]


def test_a_planner_brings_in_the_plan_of_the_own_regency_only(session: Session) -> None:
    b.make_regions()
    planner = b.make_staff(Role.PLANNER, b.BELU)
    import_plans(CONSOLE, SHIPPED, b.NOW)
    assert import_plans(planner, {"belu.toml": SHIPPED["belu.toml"]}, b.NOW).same == 11
    for files in ({"lain.toml": SHIPPED["belitung-timur.toml"]}, SHIPPED):
        with pytest.raises(Denied):
            import_plans(planner, files, b.NOW)


def test_a_planner_enters_the_misi_that_the_source_lacks(session: Session) -> None:
    b.make_regions()
    planner = b.make_staff(Role.PLANNER, b.BELTIM, village=b.LALANG)
    add_misi(planner, b.BELTIM, ROADS, b.NOW)
    assert [(misi.number, misi.text) for misi in misi_of(b.BELTIM)] == [(1, ROADS.text)]
    assert misi_of(b.BELU) == []


@pytest.mark.parametrize(("number", "refusal"), [(1, Refusal.MISI_TAKEN), (3, Refusal.MISI_GAP)])
def test_a_misi_out_of_order_is_refused(session: Session, number: int, refusal: Refusal) -> None:
    b.make_regions()
    planner = b.make_staff(Role.PLANNER, b.BELU)
    add_misi(planner, b.BELU, ROADS, b.NOW)
    with pytest.raises(Refused) as caught:
        add_misi(planner, b.BELU, MisiText(number, ROADS.text, ROADS.short), b.NOW)
    assert caught.value.reason is refusal


def test_nobody_else_enters_a_misi(session: Session) -> None:
    b.make_regions()
    for actor in (ANYONE, b.make_staff(Role.PLANNER, b.BELU), b.make_staff(Role.MODERATOR, b.BELTIM)):
        with pytest.raises(Denied):
            add_misi(actor, b.BELTIM, ROADS, b.NOW)


def test_the_command_reports_and_needs_the_regions_first(live_app: Flask, tmp_path: Path) -> None:
    runner = live_app.test_cli_runner()
    early = runner.invoke(args=["plans", "import"])
    assert early.exit_code == 1
    assert "belu.toml, baris 6: kabupaten 53.04 belum ada. Jalankan flask regions import dahulu" in early.stderr
    runner.invoke(args=["regions", "import", str(REGIONS)])
    assert "64 baru, 0 berubah, 0 sama" in runner.invoke(args=["plans", "import"]).output
    folder = tmp_path / "rencana"
    shutil.copytree(DATA, folder)
    (folder / "belu.toml").write_bytes(SHIPPED["belu.toml"].replace(b"short = ", b"shrot = ", 1))
    spoilt = runner.invoke(args=["plans", "import", str(folder)])
    assert "“shrot” tidak dikenal. Maksud Anda “short”?" in spoilt.stderr
    assert "0 baru, 0 berubah, 64 sama" in runner.invoke(args=["plans", "import"]).output
