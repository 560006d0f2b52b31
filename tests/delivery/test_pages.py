"""The desk of works, their list, and what stands on the page of the proposal."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from app.delivery import queries as works
from app.kernel.actor import Role
from app.proposals.models import Proposal
from app.proposals.queries import get_locked
from app.proposals.rules import Status
from tests import builders as b
from tests.client import Visitor
from tests.delivery.works import finished, make_routed
from tests.files.pictures import photo
from tests.pages import check_page


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


@pytest.fixture
def proposal(client: Visitor) -> Proposal:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    client.sign_in(b.person_of(planner))
    return make_routed(planner)


def desk_of(proposal: Proposal, more: str = "") -> str:
    return f"/pipa/belu/pekerjaan/{proposal.number}{more}"


def send(client: Visitor, page: str, answers: dict[str, Any]) -> TestResponse:
    fields = dict(re.findall(r'name="(csrf_token|form_key)"[^>]*value="([^"]*)"', client.get(page).text))
    return client.post(page, data=fields | answers, content_type="multipart/form-data")


def picture() -> list[FileStorage]:
    return [FileStorage(io.BytesIO(photo()), "foto.jpg")]


def day(days: int) -> str:
    return b.NOW.date().replace(day=b.NOW.day + days).isoformat()


def test_a_planner_reports_from_the_plan_to_the_end(client: Visitor, proposal: Proposal) -> None:
    page = desk_of(proposal)
    assert send(client, page, {"year": "2028", "code": "1.03.10", "name": "Jalan desa"}).status_code == 303
    budget = {"year": "2028", "code": "5.2.04", "name": "Belanja modal", "fund": "regency", "amount": "140.000.000"}
    assert send(client, page, budget).status_code == 303
    begun = {"on": day(-1), "until": day(1), "by": "Kelompok kerja Makir", "photos": picture()}
    assert send(client, page, begun).status_code == 303
    half = {"percent": "50", "on": day(0), "photos": picture()}
    assert send(client, desk_of(proposal, "/kemajuan"), half).status_code == 303
    assert send(client, page, {"on": day(0), "cost": "138.000.000", "photos": picture()}).status_code == 303
    assert get_locked(proposal.id).status is Status.COMPLETED
    shown = client.get(f"/belu/usulan/{proposal.number}").text
    for words in ("Rp140.000.000", "Rp138.000.000", "Kelompok kerja Makir", "50 persen", "Kata warga desa"):
        assert words in shown
    assert shown.count("<img") == 3


def test_without_a_photo_the_rest_is_kept_and_with_a_fault_the_photo_is(client: Visitor, proposal: Proposal) -> None:
    page = desk_of(proposal)
    send(client, page, {"year": "2028", "code": "1.03.10", "name": "Jalan desa"})
    budget = {"year": "2028", "code": "5.2.04", "name": "Belanja modal", "fund": "regency", "amount": "140.000.000"}
    send(client, page, budget)
    bare = send(client, page, {"on": day(-1), "until": day(1), "by": "Kelompok kerja Makir"})
    assert bare.status_code == 422
    assert "paling sedikit satu foto" in bare.text
    assert "Kelompok kerja Makir" in bare.text
    wrong = send(client, page, {"on": day(-1), "until": "", "by": "Kelompok kerja Makir", "photos": picture()})
    assert wrong.status_code == 422
    assert "Hapus foto 1" in wrong.text
    key = re.search(r'name="form_key"[^>]*value="([^"]*)"', wrong.text)
    assert key is not None
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', wrong.text)
    assert token is not None
    mended = {"on": day(-1), "until": day(1), "by": "Kelompok kerja Makir"}
    sent = client.post(page, data=mended | {"form_key": key[1], "csrf_token": token[1]})
    assert sent.status_code == 303
    assert works.percents_of(proposal.id) == [0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"year": "dua ribu"}, "Tulis angka saja"),
        ({"year": "1999"}, "2020"),
        ({"code": ""}, "wajib"),
        ({"name": "Hubungi 081234567890"}, "NIK"),
        ({"name": "x" * 201}, "Terlalu panjang"),
    ],
)
def test_a_mistake_is_told(client: Visitor, proposal: Proposal, changes: dict[str, str], message: str) -> None:
    answer = send(client, desk_of(proposal), {"year": "2028", "code": "1.03.10", "name": "Jalan desa"} | changes)
    assert answer.status_code == 422
    assert message in answer.text


def test_residents_of_the_village_answer_on_the_proposals_page(client: Visitor, session: Session) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = finished(session, planner, make_routed(planner))
    page, action = f"/belu/usulan/{proposal.number}", f"/belu/usulan/{proposal.number}/periksa-pekerjaan"
    assert "Kirim jawaban" not in client.get(page).text
    for _person in range(3):
        client.sign_in(b.make_person())
        assert client.submit(page, {"answer": "not_yet", "note": "Baru separuh."}, action=action).location == page
    shown = client.get(page).text
    assert "Warga melaporkan pekerjaan ini belum seperti yang dilaporkan." in shown
    assert "Jawaban Anda: Belum selesai" in shown
    assert "Baru separuh." not in shown
    assert client.submit(page, {"answer": "?"}, action=action).status_code == 422
    client.sign_in(b.make_person(village=b.TOHE))
    assert "Kirim jawaban" not in client.get(page).text


def test_the_desk_is_for_those_who_report(client: Visitor, proposal: Proposal) -> None:
    assert client.get("/pipa/pekerjaan").location == "/pipa/belu/pekerjaan"
    assert client.get("/pipa/belu/pekerjaan").status_code == 200
    client.sign_in(b.person_of(b.make_staff(Role.OFFICER, b.BELU)))
    assert proposal.number not in client.get("/pipa/belu/pekerjaan").text
    assert client.get(desk_of(proposal)).status_code == 403
    assert client.get("/pipa/belu/pekerjaan/BLU-28-99999").status_code == 404


def test_pages_are_sound_and_need_few_statements(
    client: Visitor, session: Session, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    finished(session, planner, make_routed(planner))
    for address in ("/belu/pekerjaan", "/belu/pekerjaan?status=completed", "/belu/pekerjaan?status=routed"):
        with queries() as sent:
            check_page(client.get(address).text)
        assert len(sent) <= 8
    assert client.get("/belu/pekerjaan?status=draft").status_code == 404
    client.sign_in(b.person_of(planner))
    waiting = make_routed(planner)
    for address in ("/pipa/belu/pekerjaan", desk_of(waiting), f"/belu/usulan/{waiting.number}"):
        check_page(client.get(address).text)
