"""The planner's pages of a cycle."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.cycles import queries
from app.cycles.rules import PhaseKind
from app.kernel.actor import Role
from tests import builders as b
from tests.client import Visitor

CYCLE = "/pipa/belu/siklus"
PHASES, CEILINGS = f"{CYCLE}/2028/tahap", f"{CYCLE}/2028/pagu"


@pytest.fixture
def planner(session: Session, client: Visitor) -> Person:
    """The planner of Belu, who is signed in."""
    b.make_regions()
    person = session.get_one(Person, b.make_staff(Role.PLANNER, b.BELU).person_id)
    client.sign_in(person)
    return person


def test_a_cycle_is_opened_and_its_phases_dated_in_the_time_of_the_regency(client: Visitor, planner: Person) -> None:
    assert "Belum ada siklus" in client.get(CYCLE).text
    opened = client.submit(CYCLE, {"year": "2028"})
    assert opened.location == PHASES
    answer = client.submit(PHASES, {"voting_opens": "2026-11-20T08:00", "voting_closes": "2026-12-01T20:00"})
    assert answer.status_code == 303
    (phase,) = queries.cycles_of(b.BELU)[0].phases
    assert phase.kind is PhaseKind.VOTING
    assert phase.window.opens == datetime(2026, 11, 20, 0, 0, tzinfo=UTC)  # 08.00 WITA
    assert phase.window.closes == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    page = client.get(answer.location).text
    assert "Jumat, 20 November 2026, 08.00 WITA" in page
    assert "Berlangsung" in page
    assert 'value="2026-11-20T08:00"' in client.get(PHASES).text


def test_the_same_clock_is_another_moment_in_belitung_timur(client: Visitor, planner: Person, session: Session) -> None:
    b.make_cycle(b.BELTIM, kinds=())
    client.sign_in(session.get_one(Person, b.make_staff(Role.PLANNER, b.BELTIM).person_id))
    dates = {"voting_opens": "2026-11-20T08:00", "voting_closes": "2026-12-01T20:00"}
    client.submit("/pipa/belitung-timur/siklus/2028/tahap", dates)
    (phase,) = queries.cycles_of(b.BELTIM)[0].phases
    assert phase.window.opens == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # 08.00 WIB


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ({"voting_opens": "2026-12-01T08:00", "voting_closes": "2026-11-20T08:00"}, "berakhir sebelum mulai"),
        ({"voting_opens": "2026-12-01T08:00", "voting_closes": "2026-12-01T08:00"}, "berakhir sebelum mulai"),
        ({"voting_opens": "2026-12-01T08:00"}, "Isi tanggal dan jamnya"),
        ({"voting_opens": "besok pagi", "voting_closes": "2026-12-01T08:00"}, "Tulis tanggal dan jamnya"),
        ({"voting_opens": "0001-01-01T00:00", "voting_closes": "2026-12-01T08:00"}, "Tulis tanggal dan jamnya"),
        ({"voting_opens": "9999-12-31T23:59", "voting_closes": "2026-12-01T08:00"}, "Tulis tanggal dan jamnya"),
        ({"voting_opens": "2026-11-20T08:00+08:00", "voting_closes": "2026-12-01T08:00"}, "Tulis tanggal dan jamnya"),
    ],
)
def test_wrong_dates_are_told_at_the_field_and_kept(
    client: Visitor, planner: Person, dates: dict[str, str], message: str
) -> None:
    b.make_cycle(kinds=())
    good = {"gathering_opens": "2026-11-01T08:00", "gathering_closes": "2026-11-20T08:00"}
    answer = client.submit(PHASES, good | dates)
    assert answer.status_code == 422
    assert message in answer.text
    assert all(f'value="{value}"' in answer.text for value in (good | dates).values())
    assert queries.cycles_of(b.BELU)[0].phases == ()


def test_an_announced_phase_is_not_emptied(client: Visitor, planner: Person) -> None:
    b.make_cycle(kinds=(PhaseKind.VOTING,))
    answer = client.submit(PHASES, {"voting_opens": "", "voting_closes": ""})
    assert answer.status_code == 422
    assert "Isi tanggal dan jamnya" in answer.text


def test_a_year_that_is_taken_or_no_year_is_told_at_the_field(client: Visitor, planner: Person) -> None:
    b.make_cycle(kinds=())
    for year, message in (("2028", "sudah dibuka"), ("28", "2025"), ("lusa", "Tulis angka saja"), ("", "wajib")):
        answer = client.submit(CYCLE, {"year": year})
        assert answer.status_code == 422
        assert message in answer.text
    assert len(queries.cycles_of(b.BELU)) == 1


def test_ceilings_are_set_in_one_table(client: Visitor, planner: Person) -> None:
    cycle = b.make_cycle(kinds=())
    answer = client.submit(CEILINGS, {f"pagu-{b.LAMAKNEN}": "Rp 900.000.000", f"pagu-{b.RAIHAT}": "650000000"})
    assert answer.status_code == 303
    assert queries.ceilings_of(cycle.id) == {b.LAMAKNEN: 900_000_000, b.RAIHAT: 650_000_000}
    assert "Rp900.000.000" in client.get(answer.location).text
    assert 'value="900.000.000"' in client.get(CEILINGS).text


@pytest.mark.parametrize(
    ("typed", "message"), [("-5", "tidak boleh kurang dari nol"), ("banyak", "Tulis angka saja"), ("1" * 16, "Tulis")]
)
def test_a_wrong_ceiling_is_told_at_the_field_and_kept(
    client: Visitor, planner: Person, typed: str, message: str
) -> None:
    cycle = b.make_cycle(kinds=())
    answer = client.submit(CEILINGS, {f"pagu-{b.LAMAKNEN}": typed, f"pagu-{b.RAIHAT}": "650.000.000"})
    assert answer.status_code == 422
    assert message in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="650.000.000"' in answer.text
    assert queries.ceilings_of(cycle.id) == {}


def test_an_announced_ceiling_is_not_emptied(client: Visitor, planner: Person) -> None:
    b.make_cycle(kinds=())
    client.submit(CEILINGS, {f"pagu-{b.LAMAKNEN}": "900.000.000"})
    assert "Isi 0" in client.submit(CEILINGS, {f"pagu-{b.LAMAKNEN}": ""}).text


@pytest.mark.parametrize("address", [CYCLE, PHASES, CEILINGS])
def test_the_pages_are_for_planners_of_the_regency(
    client: Visitor, planner: Person, session: Session, address: str
) -> None:
    b.make_cycle(kinds=())
    for role, scope, status in (
        (Role.PLANNER, b.BELTIM, 403),
        (Role.MODERATOR, b.BELU, 403),
        (Role.PLANNER, b.BELU, 200),
    ):
        client.sign_in(session.get_one(Person, b.make_staff(role, scope).person_id))
        assert client.get(address).status_code == status


def test_an_unknown_year_is_missing(client: Visitor, planner: Person) -> None:
    assert client.get(f"{CYCLE}/2031/tahap").status_code == 404
    assert client.get(f"{CYCLE}?tahun=x").status_code == 200
