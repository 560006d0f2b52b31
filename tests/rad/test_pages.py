"""The plan's pages and files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.innovations.queries.supplies import held_of_all
from app.innovations.rules.gates import Asked
from app.kernel.actor import Role
from app.rad import actions
from app.rad.queries import get_row
from tests import builders as b
from tests.client import Visitor
from tests.pages import check_page
from tests.rad.matrices import YEARS, agency_of, complete, make_action, make_adopted, pillar_of, planner

DESK = "/pipa/belu/rad"


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def planner_of(session: Session, scope: str = b.BELU) -> Person:
    return session.get_one(Person, b.make_staff(Role.PLANNER, scope).person_id)


def typed(**changes: object) -> dict[str, object]:
    return {
        "code": "2.1",
        "title": "Membangun kebun gizi di setiap dusun",
        "pillar": str(pillar_of(b.BELU)),
        "agency": str(agency_of(b.BELU)),
        **changes,
    }


def test_a_plan_is_typed_from_nothing_to_adopted(client: Visitor, session: Session) -> None:
    client.sign_in(planner_of(session))
    text = typed(
        legal_form="regent_regulation", legal_title="RAD inovasi", legal_status="draft", risk="Bibit terlambat."
    )
    assert client.submit(f"{DESK}/baru", text).location == "/belu/rad/2.1"
    assert "indikator keluaran" in client.get("/belu/rad/2.1").text
    for measure in ("output", "outcome"):
        targets = {f"target-{year}": f"{year - 2024},5" for year in YEARS}
        facts = {"measure": measure, "name": f"Kebun gizi ({measure})", "unit": "kebun", "direction": "up"}
        more = {"baseline": "0,5", "baseline_year": "2024", **targets}
        assert client.submit(f"{DESK}/2.1/indikator", facts | more).location == "/belu/rad/2.1"
    client.submit(f"{DESK}/2.1/dana", {f"village-{year}": "25.000.000" for year in YEARS})
    assert client.submit("/belu/rad/2.1", {}, action=f"{DESK}/2.1/tetapkan").location == "/belu/rad/2.1"
    page = client.get("/belu/rad/2.1").text
    assert "Ditetapkan" in page
    assert "1,5" in page
    assert "Rp125 juta" in page


def test_what_is_missing_is_named_where_it_would_be_adopted(client: Visitor, session: Session) -> None:
    make_action()
    client.sign_in(planner_of(session))
    page = client.get("/belu/rad/1.1").text
    for lack in ("Yang masih kurang:", "indikator keluaran", "indikator hasil", "sumber dana untuk setiap tahun"):
        assert lack in page
    assert f"{DESK}/1.1/tetapkan" not in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": "1.1"}, "sudah dipakai aksi lain"),
        ({"code": "a b"}, "kode pendek"),
        ({"title": "Jalan"}, "Terlalu pendek"),
        ({"pillar": "999"}, "Pilih salah satu dari daftar"),
        ({"agency": ""}, "Pilih"),
        ({"title": "Hubungi 081234567890 untuk kebun"}, "NIK"),
        ({"legal_form": "regent_regulation"}, "Lengkapi dasar hukum"),
        (
            {
                "legal_form": "regent_regulation",
                "legal_title": "RAD",
                "legal_status": "in_force",
                "legal_number": "1/2030",
                "legal_dated": "2031-01-01",
            },
            "tidak mungkin di masa depan",
        ),
    ],
)
def test_a_mistake_is_told_and_keeps_what_was_typed(
    client: Visitor, session: Session, changes: dict[str, object], message: str
) -> None:
    make_action()
    client.sign_in(planner_of(session))
    answer = client.submit(f"{DESK}/baru", typed(risk="Bibit terlambat.", **changes))
    assert answer.status_code == 422
    assert message in answer.text
    assert "Bibit terlambat." in answer.text


@pytest.mark.parametrize("value", ["dua belas", "1.5", "12,34567", "0x10", "1e9", "∞", "9" * 20])
def test_a_target_that_is_no_number_is_told(client: Visitor, session: Session, value: str) -> None:
    make_action()
    client.sign_in(planner_of(session))
    facts = {"measure": "output", "name": "Kebun gizi", "unit": "kebun", "direction": "up", "baseline": "1"}
    answer = client.submit(f"{DESK}/1.1/indikator", facts | {"baseline_year": "2024", "target-2026": value})
    assert answer.status_code == 422
    assert "Tulis angka saja, dengan koma untuk pecahan" in answer.text
    assert value in answer.text


def test_a_draft_is_a_planners_paper(client: Visitor, session: Session) -> None:
    make_action()
    assert client.get("/belu/rad/1.1").status_code == 404
    assert "Rencana aksi belum diisi" in client.get("/belu/rad").text
    client.sign_in(planner_of(session, b.BELTIM))
    assert client.get("/belu/rad/1.1").status_code == 404
    assert client.get(DESK).status_code == 403


def test_an_adopted_action_is_changed_after_it_is_opened_with_a_reason(client: Visitor, session: Session) -> None:
    make_adopted()
    client.sign_in(planner_of(session))
    assert client.get(f"{DESK}/1.1").status_code == 409
    assert client.submit(f"{DESK}/1.1/buka", {"reason": "Pagu berubah setelah dibahas."}).location == "/belu/rad/1.1"
    assert client.get(f"{DESK}/1.1").status_code == 200
    assert client.submit(f"{DESK}/1.1/akhiri", {"reason": "Digabung dengan aksi lain."}).status_code == 303
    assert "Digabung dengan aksi lain." in client.get("/belu/rad/1.1").text


def test_an_innovation_is_hung_by_its_number_and_found_from_the_proposal(client: Visitor, session: Session) -> None:
    make_adopted()
    innovation = b.make_innovation(planner())
    client.sign_in(planner_of(session))
    page = f"{DESK}/1.1/inovasi"
    assert "Tidak ada inovasi dengan nomor itu" in client.submit(page, {"number": "BLU-I-9999"}).text
    assert client.submit(page, {"number": innovation.number.lower()}).location == page
    row = get_row(b.BELU, "1.1").innovations[0]
    for address in (f"/belu/usulan/{row.proposal}", f"/belu/inovasi/{row.number}"):
        assert "/belu/rad/1.1" in client.get(address).text
    assert f"/belu/usulan/{row.proposal}" in client.get("/belu/rad/1.1").text
    client.submit(page, {}, action=f"{page}/{row.number}/lepas")
    assert get_row(b.BELU, "1.1").innovations == []


def test_an_innovation_is_hung_from_its_gate_and_the_gate_then_has_it(client: Visitor, session: Session) -> None:
    innovation = b.make_innovation(planner())
    client.sign_in(planner_of(session))
    page = f"/pipa/belu/inovasi/{innovation.number}/aksi-rad"
    assert "Belum ada aksi" in client.get(page).text
    make_adopted()
    check_page(client.get(page).text)
    assert client.submit(page, {"code": "9.9"}).status_code == 422
    assert client.submit(page, {"code": "1.1"}).location == f"/pipa/belu/inovasi/{innovation.number}"
    held = held_of_all([innovation.id])[innovation.id]
    assert [one.text for one in held if one.asked is Asked.RAD_ACTION] == [
        "1.1 Memeriksa kesehatan calon pengantin di setiap kecamatan"
    ]


def test_the_workbook_has_figures_as_numbers_and_no_formulas(client: Visitor) -> None:
    make_adopted(title="=HYPERLINK(1;2) Memeriksa calon pengantin")
    answer = client.get("/belu/rad.xlsx")
    assert answer.mimetype.endswith("sheet")
    sheet = load_workbook(BytesIO(answer.data)).active
    heads = [cell.value for cell in sheet[1]]
    first, second = (dict(zip(heads, row, strict=True)) for row in (sheet[2], sheet[3]))
    assert first["Aksi"].data_type == "s"
    assert first["Aksi"].value.startswith("=HYPERLINK")
    assert (first["Target 2026"].value, first["Pagu 2026"].value, second["Pagu 2026"].value) == (40, 50_000_000, None)
    assert sheet.max_row == 3


def test_the_document_is_the_same_twice_and_says_what_the_matrix_says(client: Visitor) -> None:
    actor = planner()
    for place in range(1, 30):
        action = make_action(actor, code=f"1.{place}")
        complete(actor, action)
        actions.adopt(actor, action, b.NOW)
    answer = client.get("/belu/rad.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.data == client.get("/belu/rad.pdf").data
    assert answer.data.count(b"/Type /Page\n") + answer.data.count(b"/Type /Page ") > 1


def test_pages_are_sound_and_need_few_statements(
    client: Visitor,
    session: Session,
    queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    make_adopted()
    for address in ("/belu/rad", "/belu/rad/1.1"):
        with queries() as sent:
            check_page(client.get(address).text)
        assert len(sent) <= 9, address
    client.sign_in(planner_of(session))
    for address in (DESK, f"{DESK}/baru", f"{DESK}/1.1/inovasi", f"{DESK}/1.1/buka", f"{DESK}/1.1/akhiri"):
        check_page(client.get(address).text)
