"""The catalog of works: its file, its lock, its page, and what a volume costs about."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import brotli
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.catalog.actions import import_catalog
from app.catalog.cli import DATA
from app.catalog.queries import all_entries, entries_of
from app.catalog.rules import EntryFacts, EntryKind, PriceRange, Refusal, estimate
from app.catalog.rules.importing import COLUMNS, CatalogFault
from app.cycles.rules import PhaseKind
from app.db.upserts import Tally
from app.kernel.actor import CONSOLE, Role
from app.kernel.datafiles import Faulty
from app.kernel.outcomes import Denied, Refused
from app.plans.actions import import_plans
from app.plans.cli import DATA as PLANS
from tests import builders as b
from tests.client import Visitor

SHIPPED = (DATA / "belu.csv").read_bytes()
YEAR = 2028


@pytest.fixture
def _plans(session: Session) -> None:
    b.make_regions()
    files = {path.name: path.read_bytes() for path in PLANS.iterdir() if path.suffix in (".csv", ".toml")}
    import_plans(CONSOLE, files, b.NOW)


def bring(content: bytes = SHIPPED, year: int = YEAR) -> Tally:
    return import_catalog(CONSOLE, b.BELU, year, "belu.csv", content, b.NOW)


def table(**changes: str) -> bytes:
    """A catalog with one entry, changed, and the free one."""
    good = {"code": "K1", "title": "Rabat beton", "definition": "Jalan dicor.", "unit": "meter", "price_low": "300"}
    good |= {"price_high": "700", "agency": "PUPR", "authority": "village/regency", "misi": "3", "pillar": ""}
    good |= {"kind": "works", "evidence": "photo+land"} | changes
    free = dict.fromkeys(COLUMNS, "") | {"code": "K9", "title": "Bebas", "definition": "Yang lain.", "unit": "paket"}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows([good, free | {"kind": "free"}])
    return out.getvalue().encode()


@pytest.mark.usefixtures("_plans")
class TestImport:
    """Bringing a catalog in."""

    def test_the_shipped_catalog_has_49_entries_and_the_free_one(self) -> None:
        assert bring() == Tally(new=50)
        entries = entries_of(b.BELU, YEAR)
        assert [entry.kind for entry in entries if entry.price_low is None] == [EntryKind.FREE]
        assert entries[-1].kind is EntryKind.FREE
        assert {entry.misi_id is None for entry in entries[:-1]} == {False}
        assert all(entry.agency_id or entry.kind in (EntryKind.FREE, EntryKind.REFERRAL) for entry in entries)
        assert entries_of(b.BELTIM, YEAR) == entries_of(b.BELU, YEAR - 1) == []

    def test_importing_again_changes_nothing_and_what_is_left_out_is_retired(self) -> None:
        bring()
        assert bring() == Tally(same=50)
        without = b"\n".join(line for line in SHIPPED.split(b"\n") if not line.startswith(b"K003"))
        assert bring(without) == Tally(changed=1 + 47, same=2)  # everything below it moves up
        assert "K003" not in {entry.code for entry in entries_of(b.BELU, YEAR)}
        assert len(all_entries(b.BELU, YEAR)) == 50

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"code": "K9"}, CatalogFault.CODE_TWICE),
            ({"price_low": "900"}, CatalogFault.PRICE_ORDER),
            ({"price_low": ""}, CatalogFault.PRICE_HALF),
            ({"agency": "Dinas Laut"}, CatalogFault.AGENCY_UNKNOWN),
            ({"misi": "9"}, CatalogFault.MISI_UNKNOWN),
            ({"pillar": "9"}, CatalogFault.PILLAR_UNKNOWN),
            ({"kind": "free"}, CatalogFault.FREE_ENTRY),
            ({"authority": "village/kota"}, CatalogFault.LIST_UNKNOWN),
            ({"evidence": "video"}, CatalogFault.LIST_UNKNOWN),
        ],
    )
    def test_one_spoilt_cell_is_named_and_nothing_comes_in(self, changes: dict[str, str], fault: CatalogFault) -> None:
        with pytest.raises(Faulty) as faulty:
            bring(table(**changes))
        assert [one.code for one in faulty.value.faults] == [fault]
        assert entries_of(b.BELU, YEAR) == []

    def test_it_is_locked_once_people_can_propose_and_the_next_year_is_not(self) -> None:
        bring()
        b.make_cycle(plan_year=YEAR, kinds=(PhaseKind.GATHERING,), now=b.NOW + timedelta(days=11))
        assert bring() == Tally(same=50)  # gathering opens tomorrow
        b.make_cycle(plan_year=YEAR + 1, kinds=(PhaseKind.GATHERING,))
        with pytest.raises(Refused) as refused:
            bring(year=YEAR + 1)
        assert (refused.value.reason, refused.value.facts) == (Refusal.LOCKED, {"year": YEAR + 1})

    def test_only_planners_of_the_regency_bring_it_in(self) -> None:
        for actor in (b.make_staff(Role.MODERATOR, b.BELU), b.make_staff(Role.PLANNER, b.BELTIM)):
            with pytest.raises(Denied):
                import_catalog(actor, b.BELU, YEAR, "belu.csv", SHIPPED, b.NOW)

    def test_the_command_says_what_it_did(self, app: Flask) -> None:
        runner = app.test_cli_runner()
        assert "50 baru" in runner.invoke(args=["catalog", "import", "belu", "2028"]).output
        assert "tidak ada kamus" in runner.invoke(args=["catalog", "import", "belitung-timur", "2028"]).output

    def test_the_page_shows_it_by_misi(self, client: Visitor) -> None:
        assert "Kamus belum ada" in client.get("/belu/kamus").text
        bring()
        page = client.get("/belu/kamus").text
        assert "Sumur bor + pompa tenaga surya" in page
        assert "Sanggar budaya" not in client.get("/belu/kamus?misi=3").text
        assert client.get("/belu/kamus?misi=9").status_code == 404
        assert client.get("/belu/kamus?tahun=1999").status_code == 404
        assert "Diminta: Foto keadaan sekarang; Surat bahwa tanahnya boleh dipakai" in page
        assert "Tahun rencana" not in page

    def test_every_year_has_its_own_catalog_and_the_latest_stands_first(self, client: Visitor) -> None:
        bring()
        bring(SHIPPED.replace(b"Kompos/pupuk organik", b"Kompos"), year=YEAR + 1)
        page = client.get("/belu/kamus").text
        assert f"Kamus usulan {YEAR + 1}" in page
        assert f'href="/belu/kamus?tahun={YEAR}"' in page
        assert f"/belu/kamus?tahun={YEAR}&amp;misi=3" in client.get(f"/belu/kamus?tahun={YEAR}").text

    @pytest.mark.parametrize("address", ["/belu/kamus", "/belu/kamus?misi=3"])
    def test_the_page_is_quick_and_light(self, client: Visitor, queries: Callable[..., Any], address: str) -> None:
        bring()
        with queries() as sent:
            shown = client.get(address)
        assert len(sent) <= 8
        assert len(brotli.compress(shown.data, quality=5)) <= (4 if "misi" in address else 12) * 1024


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 100_000))
def test_an_estimate_grows_with_the_volume_and_its_middle_lies_within(low: int, more: int, volume: int) -> None:
    entry = EntryFacts(EntryKind.WORKS, PriceRange(low, low + more))
    found = estimate(entry, volume)
    assert found == PriceRange(low * volume, (low + more) * volume)
    assert found.low * 9 // 10 <= found.middle <= found.high * 11 // 10


def test_nobody_guesses_what_a_free_proposal_costs() -> None:
    assert estimate(EntryFacts(EntryKind.FREE, None), 3) is None
    assert estimate(EntryFacts(EntryKind.WORKS, PriceRange(1, 2)), 0) is None
