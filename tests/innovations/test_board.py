"""The board: what it can be narrowed down to, its orders and pages, files, frames, and agencies that are no more."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from enum import StrEnum

import pytest
from sqlalchemy.orm import Session

from app.innovations import actions, queries
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.rules.board import AGENCY_GONE, ANY_RISK, Filters, Order, risks_of, stages_of
from app.innovations.rules.gates import SiloRisk
from app.innovations.rules.profile import Light, light_of, scores_of
from app.innovations.rules.registry import Registered
from app.innovations.rules.stages import LANES, Lane, Stage
from app.kernel.actor import CONSOLE, Actor, Role
from app.plans import actions as plans
from app.plans.models import Agency
from app.plans.queries import misi_of
from tests import builders as b
from tests.client import Visitor

TODAY = b.NOW.date()
TOLD = "Sudah berjalan di seluruh desa."
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


def make(session: Session, name: str, stage: Stage = Stage.ADOPTED, *, days: int = 0, **more: object) -> Innovation:
    """An innovation of Belu that came into its stage some days after NOW."""
    row = Registered(b.BELU, name, stage, str(more.pop("told", TOLD)), "Berita", **more)  # type: ignore[arg-type]
    actions.bring_in(CONSOLE, [row], b.NOW + timedelta(days=days))
    return session.query(Innovation).filter_by(name=name).one()


def named(filters: Filters, order: Order = Order.LATEST) -> list[str]:
    stages = tuple(Stage)
    return [card.name for card in queries.in_stages(b.BELU, stages, filters, order, TODAY).rows]


# Rules


@pytest.mark.parametrize("score", range(112))
def test_every_score_has_the_light_of_its_span(score: int) -> None:
    (light,) = (light for light in Light if scores_of(light)[0] <= score <= scores_of(light)[1])
    assert light_of(score) is light


def test_the_spans_of_the_lights() -> None:
    assert [scores_of(light) for light in Light] == [(85, 111), (66, 84), (0, 65)]


def test_reasons_are_told_in_their_order_and_not_of_what_has_ended() -> None:
    assert risks_of("no_agency,one_person,unknown", Stage.TRIAL) == (SiloRisk.ONE_PERSON, SiloRisk.NO_AGENCY)
    assert risks_of("no_agency", Stage.STOPPED) == ()
    assert risks_of("", Stage.TRIAL) == ()


@pytest.mark.parametrize(("typed", "stages"), [("uji-coba", LANES[Lane.TRIALS]), ("trial", (Stage.TRIAL,)), ("x", ())])
def test_an_address_names_a_lane_or_a_stage(typed: str, stages: tuple[Stage, ...]) -> None:
    assert stages_of(typed) == stages


# What rooms above write


def test_the_silo_flag_keeps_its_beginning_until_it_is_gone(planner: Actor, session: Session) -> None:
    one = make(session, "SATU")
    began = one.silo_since
    assert one.silo_reasons == "no_agency,no_budget,no_partner,one_person"
    actions.note_silo([one.id], [SiloRisk.NO_BUDGET, SiloRisk.NO_AGENCY], b.NOW + timedelta(days=9))
    assert (one.silo_reasons, one.silo_since) == ("no_agency,no_budget", began)
    actions.note_silo([one.id], [], b.NOW + timedelta(days=9))
    assert (one.silo_reasons, one.silo_since) == ("", None)
    actions.note_silo([one.id], [SiloRisk.NO_AGENCY], b.NOW + timedelta(days=12))
    assert one.silo_since == b.NOW + timedelta(days=12)


def test_reasons_of_other_rooms_are_kept_as_well(planner: Actor, session: Session) -> None:
    class Other(StrEnum):
        MONEY_ENDS = "money_ends"

    one = make(session, "SATU")
    actions.note_silo([one.id], [Other.MONEY_ENDS], b.NOW)
    assert one.silo_reasons == "money_ends"


def test_a_score_is_written_once(planner: Actor, session: Session) -> None:
    one = make(session, "SATU")
    assert actions.note_score(one.id, 70, b.NOW)
    assert not actions.note_score(one.id, 70, b.NOW)
    assert named(Filters(light=Light.YELLOW)) == ["SATU"]
    assert named(Filters(light=Light.GREEN)) == []
    assert actions.note_score(one.id, None, b.NOW)
    assert named(Filters(light=Light.YELLOW)) == []


def test_an_innovation_is_found_under_the_kecamatan_of_its_adopters(planner: Actor, session: Session) -> None:
    one, two = make(session, "SATU", village_code=b.MAKIR), make(session, "DUA")
    assert named(Filters(district=b.LAMAKNEN)) == ["SATU"]
    actions.note_adopters(two.id, [b.LAMAKNEN, b.TOHE[:8]])
    assert named(Filters(district=b.LAMAKNEN)) == ["DUA", "SATU"]
    actions.note_adopters(two.id, [b.TOHE[:8]])
    actions.note_adopters(one.id, [])
    assert named(Filters(district=b.LAMAKNEN)) == ["SATU"]


# Filters


def test_the_filters_narrow_down(planner: Actor, session: Session) -> None:
    pillar = b.make_pillar()
    agency = Agency(regency_code=b.BELU, name="Dinas Uji", short_name="Uji", needs_check=False)
    session.add(agency)
    session.flush()
    one = make(session, "SATU", pillar_number=pillar.number, agency="Uji")
    make(session, "DUA", Stage.TRIAL, told="Bank sampah plastik di sekolah dasar.")
    misi = misi_of(b.BELU)[0]
    session.add(InnovationMisi(innovation_id=one.id, misi_id=misi.id))
    session.flush()
    for filters, names in (
        (Filters(pillar=pillar.number), ["SATU"]),
        (Filters(misi=misi.number), ["SATU"]),
        (Filters(agency_id=agency.id), ["SATU"]),
        (Filters(risk=SiloRisk.NO_AGENCY), ["DUA"]),
        (Filters(risk=ANY_RISK), ["DUA", "SATU"]),
        (Filters(text="sampah"), ["DUA"]),
        (Filters(text=one.number.lower()), ["SATU"]),
        (Filters(text="tidak ada kata ini"), []),
        (Filters(pillar=pillar.number, risk=SiloRisk.NO_AGENCY), []),
        (Filters(misi=99), []),
    ):
        assert named(filters) == names, filters
        counted = queries.tallies(b.BELU, filters, TODAY)
        under = [one for (key, _stage), one in counted.items() if filters.pillar is None or key == pillar.id]
        assert sum(one.count for one in under) == len(names), filters


@pytest.mark.parametrize("order", Order)
def test_every_order_comes_in_pages_without_gaps_or_repeats(planner: Actor, session: Session, order: Order) -> None:
    for number in range(11):
        one = make(session, f"NO {number}", days=number % 4)
        actions.note_silo([one.id], [SiloRisk.NO_AGENCY], b.NOW)
        actions.note_score(one.id, [None, 10, 10, 90][number % 4], b.NOW)
    seen: list[str] = []
    after, turns = None, 0
    while turns == 0 or after:
        page = queries.in_stages(b.BELU, (Stage.ADOPTED,), Filters(), order, TODAY, after, size=3)
        seen += [card.name for card in page.rows]
        after, turns = page.after, turns + 1
    assert sorted(seen) == sorted(f"NO {number}" for number in range(11))
    assert turns == 4
    first = queries.first_in_lanes(b.BELU, Filters(), order, TODAY)[Lane.IN_USE]
    assert [card.name for card in first] == seen[: queries.LANE_SIZE]


def test_the_longest_wait_is_told_where_something_is_waited_for(
    client: Visitor, planner: Actor, session: Session
) -> None:
    b.make_innovation(planner, "AIR LESTARI")
    make(session, "DUA", Stage.ADOPTED)
    page = client.get("/belu/inovasi").text
    assert page.count("Paling lama menunggu:") == 1


def test_a_filter_that_leaves_nothing_says_how_to_go_on(client: Visitor, planner: Actor, session: Session) -> None:
    make(session, "SATU")
    page = client.get("/belu/inovasi?q=lokomotif")
    assert "Tidak ada inovasi yang cocok" in page.text
    assert 'value="lokomotif"' in page.text


@pytest.mark.parametrize(
    "query",
    [
        "misi=x&dinas=-1&kecamatan=19.06.01&risiko=lain&lampu=biru&urut=acak",
        "dinas=99999999999&misi=9999&pilar=999",
        "q=%27%22%3B--&urut=kematangan&tahap=penerapan&setelah=99999999999999999999-1",
        "tahap=penerapan&urut=risiko&setelah=0-0",
        "q=" + "a" * 5000,
        "kecamatan=53.04.%25&risiko=no_agency%25",
    ],
)
def test_nonsense_in_the_address_asks_for_nothing(
    client: Visitor, planner: Actor, session: Session, query: str
) -> None:
    make(session, "SATU")
    assert client.get(f"/belu/inovasi?{query}").status_code == 200
    assert client.get(f"/belu/inovasi/unduh.csv?{query}").status_code == 200


# Agencies that are no more


def test_the_innovations_of_a_dissolved_agency_are_flagged_and_not_lost(
    client: Visitor, planner: Actor, session: Session
) -> None:
    agency = Agency(regency_code=b.BELU, name="Dinas Uji", short_name="Uji", needs_check=False)
    session.add(agency)
    session.flush()
    one = make(session, "SATU", agency="Uji")
    make(session, "DUA")
    plans.end_agency(planner, agency.id, TODAY + timedelta(days=1), b.NOW)
    assert "sudah tidak ada" not in client.get(f"/belu/inovasi/{one.number}").text
    plans.end_agency(planner, agency.id, TODAY, b.NOW)
    assert named(Filters(risk=AGENCY_GONE)) == ["SATU"]
    assert "Instansi pengampu sudah tidak ada" in client.get("/belu/inovasi").text
    assert "Instansi pengampu sudah tidak ada" in client.get(f"/belu/inovasi/{one.number}").text
    plans.end_agency(planner, agency.id, None, b.NOW)
    assert named(Filters(risk=AGENCY_GONE)) == []


def test_a_planner_notes_the_end_of_an_agency_on_a_page(client: Visitor, planner: Actor, session: Session) -> None:
    agency = Agency(regency_code=b.BELU, name="Dinas Uji", short_name="Uji", needs_check=False)
    session.add(agency)
    session.flush()
    client.sign_in(b.person_of(planner))
    assert "Masih ada" in client.get("/pipa/belu/dinas").text
    at = f"/pipa/belu/dinas/{agency.id}"
    assert client.submit(at, {"ended_on": "bukan tanggal"}).status_code == 422
    assert client.submit(at, {"ended_on": "2026-11-01"}).status_code == 303
    assert "Dibubarkan sejak 1 November 2026" in client.get("/pipa/belu/dinas").text
    assert client.get(f"/pipa/belitung-timur/dinas/{agency.id}").status_code == 403


# Files and frames


def test_the_list_comes_as_a_file_that_calculates_nothing(client: Visitor, planner: Actor, session: Session) -> None:
    make(session, "@SUM(A1)", expansion="=1+1")
    make(session, "DUA", Stage.TRIAL)
    answer = client.get("/belu/inovasi/unduh.csv?tahap=penerapan")
    head, row = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert head[:3] == ["nomor", "nama", "kepanjangan"]
    assert row[1:4] == ["'@SUM(A1)", "'=1+1", "Diterapkan"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="inovasi-belu.csv"'


def test_other_sites_may_frame_the_summary_and_nothing_else(
    client: Visitor, planner: Actor, session: Session, queries: Counter
) -> None:
    make(session, "SATU")
    with queries() as sent:
        page = client.get("/belu/inovasi/sematkan")
    assert len(sent) <= 8, sent
    assert "SATU" in page.text
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert page.headers["Cache-Control"] == "public, max-age=600"
    assert "Set-Cookie" not in page.headers
    assert "Accept-Language" in page.headers["Vary"], "one reader's language is not another's"
    again = client.get("/belu/inovasi/sematkan", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    board = client.get("/belu/inovasi")
    assert board.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in board.headers["Content-Security-Policy"]


def test_the_summary_has_a_twin_for_machines(client: Visitor, planner: Actor, session: Session) -> None:
    make(session, "SATU")
    answer = client.get("/belu/inovasi/sematkan.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json["total"] == 1
    assert {lane["code"]: lane["count"] for lane in answer.json["lanes"]}["penerapan"] == 1
    assert answer.json["latest"][0]["name"] == "SATU"
