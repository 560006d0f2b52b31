"""The file for SIPD: its columns in its order, nobody's name, no formulas, and a year of any size."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.kernel.actor import Role
from app.moderation import actions
from app.moderation.queries import exporting
from app.moderation.rules import state_mark
from app.moderation.rules.sipd import COLUMNS
from app.moderation.rules.verdicts import Level, LevelVerdict, Outcome
from app.proposals.models import Proposal
from app.proposals.rules import Status
from tests import builders as b
from tests.client import Visitor

# domain.md 2.2, word for word where it names a column.
ORDER = (
    "No; id_usulan; tanggal usul; pengusul; profil; usulan; masalah; alamat; kabupaten; kecamatan; kelurahan; "
    "usulan_ke; OPD tujuan awal; OPD tujuan akhir; status; catatan; rekomendasi mitra; rekomendasi kelurahan/desa; "
    "rekomendasi kecamatan; rekomendasi SKPD; rekomendasi TAPD; volume; satuan; anggaran; jenis belanja; sub kegiatan"
)


def test_the_columns_stand_in_their_order() -> None:
    assert "; ".join(COLUMNS) == ORDER


@pytest.fixture
def planner(session: Session, client: Visitor) -> Visitor:
    b.make_world()
    client.sign_in(b.person_of(b.make_staff(Role.PLANNER, b.BELU)))
    return client


def rows_of(client: Visitor, year: int = 2028) -> list[dict[str, str]]:
    answer = client.get(f"/pipa/belu/sipd.csv?tahun={year}")
    assert answer.status_code == 200
    content = answer.data
    answer.close()
    assert answer.content_length == len(content)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def speak(proposal: Proposal, level: Level, agency: int, **more: Any) -> None:
    role, scope = (Role.MODERATOR, b.LAMAKNEN) if level is Level.VILLAGE else (Role.PLANNER, b.BELU)
    seen = state_mark(proposal.status, proposal.held_since)
    said = LevelVerdict(level, more.pop("outcome", Outcome.ACCEPT), seen, agency_id=agency, **more)
    actions.judge(b.make_staff(role, scope), proposal, said, b.NOW)


def test_a_proposal_with_what_its_levels_recommend(planner: Visitor) -> None:
    author = b.make_person(name="Yosefina Mau")
    proposal, agency = b.make_published(author, title="=HYPERLINK pipa air"), b.make_agency("Dinas PUPR")
    speak(proposal, Level.VILLAGE, agency.id)
    changes = {"outcome": Outcome.ACCEPT_WITH_CHANGES, "reason": "Pipa lama masih baik.", "volume": 900}
    speak(proposal, Level.PLANNING, agency.id, **changes, budget=100_000_000)
    (row,) = rows_of(planner)
    assert (row["No"], row["id_usulan"], row["tanggal usul"]) == ("1", proposal.number, "2026-11-21")
    assert (row["pengusul"], row["profil"]) == ("Warga Makir", "Masyarakat")
    assert row["usulan"].startswith("'=HYPERLINK")
    assert (row["kabupaten"], row["kecamatan"], row["kelurahan"]) == ("Kabupaten Belu", "Lamaknen", "Makir")
    assert (row["OPD tujuan awal"], row["usulan_ke"]) == ("Dinas PUPR", "1")
    assert row["status"] == "Diteruskan ke Musrenbang Kecamatan"
    assert row["rekomendasi kelurahan/desa"] == "Setuju"
    mended = "Setuju dengan perubahan; Pipa lama masih baik.; 900 meter; Rp100.000.000"
    assert row["rekomendasi mitra"] == mended
    assert (row["volume"], row["satuan"], row["anggaran"]) == ("1200", "meter", "148000000")  # the original
    assert "Yosefina" not in str(row)


def test_what_nobody_may_read_is_not_in_it_and_other_years_neither(planner: Visitor) -> None:
    b.make_proposal()
    shown = b.make_published()
    b.make_cycle(plan_year=2029, now=b.NOW)
    assert [row["id_usulan"] for row in rows_of(planner)] == [shown.number]
    assert rows_of(planner, 2029) == []


def test_a_large_year_is_read_in_portions(
    planner: Visitor, queries: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [b.make_published().number for _each in range(5)]
    monkeypatch.setattr(exporting, "PORTION", 2)
    with queries() as sent:
        assert [row["id_usulan"] for row in rows_of(planner)] == made
    assert len(sent) <= 5 + 3 * 3 + 1


def test_it_is_for_the_planner_of_the_regency(planner: Visitor) -> None:
    assert planner.get("/pipa/belitung-timur/sipd.csv").status_code == 403
    planner.sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELU)))
    assert planner.get("/pipa/belu/sipd.csv").status_code == 403


def test_a_rejection_stands_behind_the_string_of_its_level_with_its_reason(planner: Visitor) -> None:
    proposal, agency = b.make_published(), b.make_agency("Dinas PUPR")
    speak(proposal, Level.VILLAGE, agency.id)
    no = {"outcome": Outcome.REJECT, "code": "not_authority", "reason": "Jalan itu milik provinsi."}
    speak(proposal, Level.PLANNING, agency.id, **no)
    assert proposal.status is Status.REJECTED
    (row,) = rows_of(planner)
    assert (row["status"], row["catatan"]) == ("Validasi Mitra Bappeda||Ditolak", "Jalan itu milik provinsi.")
