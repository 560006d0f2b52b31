"""Pages of monitoring: the overview, a thing, the desk, reports, verifying, indicators, evaluations and checks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.kernel.actor import Actor
from app.monitoring import actions, queries
from app.monitoring.models import Evaluation
from app.monitoring.rules.checks import Answer
from app.monitoring.rules.reports import ReportEvent
from app.monitoring.rules.things import Thing, ThingKind
from tests import builders as b
from tests.client import Visitor
from tests.files.pictures import photo
from tests.monitoring.things import LAST, make_measured, make_report, make_thing, officer
from tests.pages import check_page
from tests.rad.matrices import planner

DESK = "/pipa/belu/laporan"
REPORT = f"{DESK}/rad/1.1/2026-3"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"
PLACED = "belum ada"


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def typed(thing: Thing, value: str = "35", **changes: object) -> dict[str, object]:
    found = queries.indicators_of(thing.kind, [thing.id])[thing.id]
    figures = {f"figure-{one.row.id}": value for one in found}
    return {**figures, "physical": "72,5", "spent": "35.000.000", "obstacles": "Jalan rusak.", **changes}


def sign_in(client: Visitor, actor: Actor) -> Actor:
    client.sign_in(b.person_of(actor))
    return actor


def test_a_quarter_is_reported_with_a_photo_and_everybody_reads_it(client: Visitor) -> None:
    thing = make_thing()
    sign_in(client, officer())
    assert "Belum dikirim" in client.get(DESK).text
    picture = FileStorage(BytesIO(photo()), "kebun.jpg", content_type="image/jpeg")
    assert client.submit(REPORT, typed(thing, photos=picture)).location == REPORT
    client.get("/keluar")
    page = client.get("/belu/rad/1.1/pantauan").text
    for told in ("Hijau: sesuai target", "72,5 persen", "Rp35.000.000", "Jalan rusak.", "<svg viewBox", "<desc", "35"):
        assert told in page
    assert "/berkas/" in page
    assert "Hijau: sesuai target (100 persen)" in client.get("/belu/rad/1.1").text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"physical": "seratus"}, "Tulis angka saja"),
        ({"physical": "100,5"}, "0 sampai 100"),
        ({"physical": ""}, "wajib diisi dengan angka"),
        ({"spent": "1e9"}, "Tulis angka saja"),
        ({"spent": "-5"}, "Isi dengan angka"),
        ({"obstacles": "Hubungi 081234567890"}, "NIK"),
    ],
)
def test_a_mistake_is_told_and_keeps_what_was_typed(client: Visitor, changes: dict[str, object], message: str) -> None:
    thing = make_thing()
    sign_in(client, officer())
    answer = client.submit(REPORT, typed(thing, follow_up="Minta bantuan PUPR.", **changes))
    assert answer.status_code == 422
    assert message in answer.text
    assert "Minta bantuan PUPR." in answer.text


@pytest.mark.parametrize("value", ["dua", "1.5", "12,34567", "0x10", "∞", "9" * 20, ""])
def test_a_figure_that_is_no_number_is_told(client: Visitor, value: str) -> None:
    thing = make_thing()
    sign_in(client, officer())
    answer = client.submit(REPORT, typed(thing, value))
    assert answer.status_code == 422
    assert queries.course_so_far(thing.kind, thing.id)[1] == []


def test_a_quarter_that_has_not_ended_has_no_form(client: Visitor) -> None:
    make_thing()
    sign_in(client, officer())
    page = client.get(f"{DESK}/rad/1.1/2026-4")
    assert "Triwulan ini belum berakhir" in page.text
    assert 'name="physical"' not in page.text
    assert client.get(f"{DESK}/rad/1.1/2026-5").status_code == 404
    assert client.get(f"{DESK}/rad/9.9/2026-3").status_code == 404


def test_another_agencys_action_is_denied(client: Visitor) -> None:
    make_thing()
    sign_in(client, officer("Dinas Sosial"))
    assert client.get(REPORT).status_code == 403
    assert client.post(REPORT, data={}).status_code in (400, 403)
    assert "1.1" not in client.get(DESK).text
    sign_in(client, planner(b.BELTIM))
    assert client.get(DESK).status_code == 403


def test_a_planner_sends_a_report_back_and_takes_its_correction(client: Visitor) -> None:
    thing, actor = make_thing(), officer()
    make_report(thing, 20, actor=actor)
    sign_in(client, planner())
    assert "Periksa" in client.get(DESK).text
    answer = client.submit(REPORT, {"event": "return", "comment": "salah"}, action=f"{REPORT}/periksa")
    assert answer.status_code == 422
    assert "paling sedikit 10 huruf" in answer.text
    review = {"event": "return", "comment": "Angkanya tidak ada buktinya."}
    assert client.submit(REPORT, review, action=f"{REPORT}/periksa").status_code == 303
    sign_in(client, actor)
    page = client.get(REPORT).text
    assert "Angkanya tidak ada buktinya." in page
    assert client.submit(REPORT, typed(thing, "34")).location == REPORT
    assert "Versi sebelumnya (1)" in client.get(REPORT).text
    sign_in(client, planner())
    assert client.submit(REPORT, {"event": "accept"}, action=f"{REPORT}/periksa").status_code == 303
    assert "Sudah diperiksa dan diterima" in client.get("/belu/rad/1.1/pantauan").text


def test_the_overview_counts_lights_by_pillar_and_agency(client: Visitor) -> None:
    for place, value in enumerate((35, 30, 1), 1):
        make_report(make_thing(code=f"1.{place}"), value)
    make_thing(code="1.4")
    page = client.get("/belu/rad/pantauan").text
    assert "Dinas Kesehatan" in page
    for light in ("Hijau", "Kuning", "Merah", "Abu-abu"):
        assert f"{light}: " in page
    assert "Laporan terlambat" in page
    red = client.get("/belu/rad/pantauan?lampu=red").text
    assert "/belu/rad/1.3/pantauan" in red
    assert "/belu/rad/1.1/pantauan" not in red
    lines = client.get("/belu/rad/pantauan.csv").text.splitlines()
    assert len(lines) == 5
    assert lines[1].startswith("2026-3,rad,1.1,")
    for odd in ("?triwulan=2031-1", "?triwulan=x&pilar=x&lampu=blue", "?dinas=99999&setelah=x"):
        assert client.get(f"/belu/rad/pantauan{odd}").status_code == 200


def test_an_innovation_is_measured_evaluated_and_checked(client: Visitor, session: Session) -> None:
    innovation = make_measured()
    number, at = innovation.number, f"{DESK}/inovasi/{innovation.number}"
    shown = f"/belu/inovasi/{number}/pantauan"
    sign_in(client, officer())
    facts = {"measure": "output", "name": "Keluarga yang punya air", "unit": "keluarga", "direction": "up"}
    more = {"baseline": "3,5", "baseline_year": "2025", "target-2026": "20"}
    assert client.submit(f"{at}/indikator", facts | more).location == shown
    assert client.submit(f"{at}/indikator", facts | more).status_code == 422
    told = {
        "occasion": "trial_end",
        "dated": "2026-11-01",
        "question": "Apakah uji coba berhasil?",
        "method": "Wawancara dengan 30 keluarga.",
        "finding": "Air mengalir setiap hari.",
        "recommendation": "replicate",
    }
    assert client.submit(f"{at}/evaluasi", told | {"dated": "2026-12-01"}).status_code == 422
    assert client.submit(f"{at}/evaluasi", told).status_code == 303
    document = f"{at}/evaluasi/{session.query(Evaluation).one().id}/dokumen"
    assert client.submit(document, {}).status_code == 422
    assert "bukan" in client.submit(document, {"document": FileStorage(BytesIO(b"x"), "a.pdf")}).text
    assert client.submit(document, {"document": FileStorage(BytesIO(PDF), "a.pdf")}).location == shown
    client.sign_in(b.make_person())
    assert client.submit(f"/belu/inovasi/{number}/periksa", {"answer": "yes", "note": "Lancar."}).location == shown
    page = client.get(shown).text
    for part in ("Keluarga yang punya air", "Tiru di tempat lain", "/dokumen/", "kurang dari 3 jawaban warga"):
        assert part in page
    assert "Lancar." not in page
    assert "Anda sudah menjawab" in client.get(f"/belu/inovasi/{number}/periksa").text
    client.sign_in(b.make_person(b.TOHE))
    assert client.get(f"/belu/inovasi/{number}/periksa").status_code == 403


def test_the_desk_of_the_planner_tells_what_has_to_be_looked_at(client: Visitor) -> None:
    make_thing()
    sign_in(client, planner())
    assert "Pantauan (1 perlu dilihat)" in client.get("/pipa/belu/").text
    assert "Laporan terlambat" in client.get(DESK).text
    assert client.get("/pipa/laporan").location == DESK


def test_pages_are_sound_and_need_few_statements(
    client: Visitor, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    actor = officer()
    for place in range(1, 5):
        make_report(make_thing(code=f"1.{place}"), 10 * place, actor=actor)
    innovation = make_measured()
    for answer in Answer:
        actions.check(b.actor_of(b.make_person()), innovation, answer, "", b.NOW)
    for address, most in (
        ("/belu/rad/pantauan", 8),
        ("/belu/rad/1.1/pantauan", 9),
        (f"/belu/inovasi/{innovation.number}/pantauan", 9),
        (f"/belu/inovasi/{innovation.number}", 20),
        ("/belu/rad/1.1", 9),
    ):
        with queries() as sent:
            check_page(client.get(address).text)
        assert len(sent) <= most, (address, len(sent))
    verifier = sign_in(client, planner())
    at = f"{DESK}/inovasi/{innovation.number}"
    for address in (DESK, REPORT, f"{at}/2026-3", f"{at}/indikator", f"{at}/evaluasi", f"{DESK}/rad/1.2/2026-2"):
        check_page(client.get(address).text)
    thing = make_thing(code="2.1")
    make_report(thing, actor=actor)
    actions.review(verifier, thing, LAST, ReportEvent.ACCEPT, "", b.NOW)
    assert thing.kind is ThingKind.ACTION
