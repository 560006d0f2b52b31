"""The support panel and its button, as visitors meet them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.cycles.rules import PhaseKind
from app.discussion import actions
from app.kernel.actor import Role
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode, Status
from tests import builders as b
from tests.client import Visitor


def address(proposal: Proposal) -> str:
    return f"/belu/usulan/{proposal.number}"


@pytest.fixture
def proposal(session: Session) -> Proposal:
    b.make_world()
    return b.make_published()


def test_a_resident_supports_and_takes_back(client: Visitor, proposal: Proposal) -> None:
    client.sign_in(b.make_person(b.TOHE))
    action = f"{address(proposal)}/dukung"
    answer = client.submit(address(proposal), action=action)
    assert (answer.status_code, answer.location) == (303, address(proposal))
    page = client.get(address(proposal)).text
    assert "Dukungan Anda tercatat." in page
    assert "1 warga mendukung" in page
    assert "Anda mendukung usulan ini" in page
    client.submit(address(proposal), action=action)
    assert "Belum ada yang mendukung" in client.get(address(proposal)).text


def test_the_button_pressed_twice_counts_once(client: Visitor, proposal: Proposal) -> None:
    client.sign_in(b.make_person())
    token = client.get(address(proposal)).text.split('name="csrf_token" value="')[1].split('"')[0]
    for _click in range(2):
        client.post(f"{address(proposal)}/dukung", data={"csrf_token": token, "aksi": "dukung"})
    assert "1 warga mendukung" in client.get(address(proposal)).text


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_proposal(client: Visitor, proposal: Proposal) -> None:
    person = b.make_person()
    assert f"/masuk?next={address(proposal)}" in client.get(address(proposal)).text
    answer = client.submit(f"/masuk?next={address(proposal)}", {"name": person.card_number, "password": b.PASSWORD})
    assert (answer.status_code, answer.location) == (303, address(proposal))
    assert ">Dukung</button>" in client.get(address(proposal)).text


def test_whose_session_ended_before_the_button_was_pressed_comes_back_too(client: Visitor, proposal: Proposal) -> None:
    token = client.get("/masuk").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = client.post(f"{address(proposal)}/dukung", data={"csrf_token": token, "aksi": "dukung"})
    assert answer.location == f"/masuk?next={address(proposal)}/dukung"
    client.sign_in(b.make_person())
    assert client.get(f"{address(proposal)}/dukung").location == address(proposal)


def test_people_of_another_regency_see_why_there_is_no_button(client: Visitor, proposal: Proposal) -> None:
    client.sign_in(b.make_person(b.LALANG))
    page = client.get(address(proposal))
    assert "Hanya warga Kabupaten Belu yang dapat mendukung" in page.text
    assert "/dukung" not in page.text


@pytest.mark.parametrize(
    ("days", "words"),
    [(-20, "Dukungan dibuka mulai Rabu, 11 November 2026."), (20, "Masa dukungan sudah ditutup.")],
)
def test_outside_the_phase_the_page_says_when(
    client: Visitor, proposal: Proposal, monkeypatch: pytest.MonkeyPatch, days: int, words: str
) -> None:
    monkeypatch.setitem(client.application.config, "CLOCK", lambda: b.NOW + timedelta(days=days))
    client.sign_in(b.make_person())
    page = client.get(address(proposal)).text
    assert words in page
    assert "/dukung" not in page


def test_a_press_after_closing_is_answered_with_the_reason(
    client: Visitor, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(b.make_person())
    page = client.get(address(proposal)).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    monkeypatch.setitem(client.application.config, "CLOCK", lambda: b.NOW + timedelta(days=11))
    answer = client.post(f"{address(proposal)}/dukung", data={"csrf_token": token, "aksi": "dukung"})
    assert answer.status_code == 409
    assert "Masa dukungan sudah ditutup." in answer.text
    assert f'href="{address(proposal)}"' in answer.text


@pytest.mark.parametrize(("wish", "status"), [("", 400), ("hapus", 400)])
def test_an_unknown_wish_is_a_broken_request(client: Visitor, proposal: Proposal, wish: str, status: int) -> None:
    client.sign_in(b.make_person())
    token = client.get(address(proposal)).text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(f"{address(proposal)}/dukung", data={"csrf_token": token, "aksi": wish})
    assert answer.status_code == status


def test_a_proposal_of_elsewhere_or_not_yet_public_is_not_there(client: Visitor, proposal: Proposal) -> None:
    client.sign_in(b.make_person())
    waiting = b.make_proposal()
    assert client.get(f"/belitung-timur/usulan/{proposal.number}/dukung").status_code == 404
    assert client.get(f"{address(waiting)}/dukung").status_code == 404


def test_a_rejected_proposal_says_that_it_takes_no_support(client: Visitor, session: Session) -> None:
    b.make_world()
    proposal = b.make_proposal()
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.ALREADY_BUILT, reason="Sudah dibangun tahun lalu.")
    assert proposal.status is Status.REJECTED
    assert "Usulan ini tidak dilanjutkan" in client.get(address(proposal)).text


def test_the_proposal_page_stays_within_eight_statements(
    client: Visitor, proposal: Proposal, queries: Callable[..., object]
) -> None:
    person = b.make_person()
    actions.support(b.actor_of(person), proposal, b.NOW)
    client.sign_in(person)
    with queries() as sent:  # type: ignore[attr-defined]
        assert client.get(address(proposal)).status_code == 200
    assert len(sent) <= 8, sent


def test_a_cycle_that_takes_no_support_says_so(client: Visitor, session: Session) -> None:
    b.make_regions()
    b.make_misi()
    b.make_cycle(kinds=(PhaseKind.GATHERING,), now=b.NOW - timedelta(days=30))
    proposal = b.make_published(now=b.NOW - timedelta(days=30))
    assert "Dukungan diterima sampai Minggu, 1 November 2026, 12.00 WITA." in client.get(address(proposal)).text
