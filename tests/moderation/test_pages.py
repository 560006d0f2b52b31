"""The moderators' desk, as moderators and others meet it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.kernel.actor import Actor, Role
from app.moderation import actions
from app.moderation.rules import Decision, Verdict, state_mark
from app.proposals.models import Proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import ReasonCode, Status
from tests import builders as b
from tests.client import Visitor

WHY = "Tempatnya belum jelas. Tulis nama dusun dan patokan yang dekat."


@pytest.fixture
def moderator(session: Session, client: Visitor) -> Actor:
    """A moderator of Lamaknen, signed in."""
    b.make_world()
    actor = b.make_staff(Role.MODERATOR, b.LAMAKNEN)
    client.sign_in(b.person_of(actor))
    return actor


def desk(proposal: Proposal) -> str:
    return f"/meja/{proposal.number}"


def send(
    client: Visitor, proposal: Proposal, decision: str, answers: dict[str, str] | None = None, page: str = ""
) -> Any:
    """Fill in the form of a decision."""
    action = f"{desk(proposal)}?putusan={decision}"
    return client.submit(page or action, answers, action=action)


def test_the_desk_is_for_moderators_only(client: Visitor, session: Session) -> None:
    b.make_world()
    proposal = b.make_proposal()
    assert client.get("/meja/").location == "/masuk?next=/meja/"
    client.sign_in(b.make_person())
    assert client.get("/meja/").status_code == 403
    assert client.get(desk(proposal)).status_code == 403
    client.sign_in(b.person_of(b.make_staff(Role.PLANNER, b.BELU)))
    assert client.get("/meja/").status_code == 403


@pytest.mark.usefixtures("moderator")
def test_an_empty_desk_says_that_all_is_answered(client: Visitor) -> None:
    assert "Semua usulan sudah dijawab" in client.get("/meja/").text
    assert "Tidak ada yang cocok" in client.get("/meja/?terlambat=1").text


@pytest.mark.usefixtures("moderator")
def test_the_queue_shows_what_is_due_and_what_is_late(client: Visitor) -> None:
    late = b.make_proposal(now=b.NOW - timedelta(days=9), title="Jembatan kecil di Fatubesi")
    soon = b.make_proposal(now=b.NOW - timedelta(days=6), title="Posyandu baru di Fatubesi")
    b.make_proposal(b.make_person(b.TOHE), title="Jalan tani di Tohe")
    page = client.get("/meja/").text
    assert page.index(str(late.number)) < page.index(str(soon.number))
    assert "terlambat 2 hari" in page
    assert "1 hari lagi" in page
    assert "Jalan tani di Tohe" not in page
    only_late = client.get("/meja/?terlambat=1").text
    assert str(late.number) in only_late
    assert str(soon.number) not in only_late


def test_a_moderator_of_the_regency_narrows_the_queue_to_a_district(client: Visitor, session: Session) -> None:
    b.make_world()
    client.sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELU)))
    b.make_proposal(title="Pipa air di Makir")
    b.make_proposal(b.make_person(b.TOHE), title="Jalan tani di Tohe")
    page = client.get(f"/meja/?tempat={b.RAIHAT}").text
    assert "Jalan tani di Tohe" in page
    assert "Pipa air di Makir" not in page
    assert "Pipa air di Makir" in client.get("/meja/?tempat=19.06.01").text


@pytest.mark.usefixtures("moderator")
def test_publishing_leads_back_to_the_queue_with_the_way_to_the_proposal(client: Visitor) -> None:
    proposal = b.make_proposal()
    page = client.get(desk(proposal)).text
    assert "sebagai moderator Kecamatan Lamaknen" in page
    answer = client.submit(desk(proposal), action=f"{desk(proposal)}?putusan=terbitkan")
    assert (answer.status_code, answer.location) == (303, "/meja/")
    queue = client.get("/meja/").text
    assert f"Usulan {proposal.number} sudah terbit." in queue
    assert f'<a href="/belu/usulan/{proposal.number}">Lihat usulan</a>' in queue
    assert proposal.status is Status.PUBLISHED


@pytest.mark.usefixtures("moderator")
@pytest.mark.parametrize(("decision", "status"), [("kembalikan", Status.RETURNED), ("tolak", Status.REJECTED)])
def test_a_no_with_its_reason_is_read_by_everybody(client: Visitor, decision: str, status: Status) -> None:
    author = b.make_person()
    proposal = b.make_proposal(author)
    answers = {"code": "location_unclear", "reason": WHY}
    answer = send(client, proposal, decision, answers)
    assert answer.location == "/meja/"
    assert proposal.status is status
    last = timeline_of(proposal.id)[-1]
    assert (last.reason_code, last.reason) == (ReasonCode.LOCATION_UNCLEAR, WHY)
    client.sign_in(author)
    page = client.get(f"/belu/usulan/{proposal.number}").text
    assert WHY in page
    assert "Tempatnya salah atau tidak jelas" in page


@pytest.mark.usefixtures("moderator")
def test_a_reason_can_start_from_a_ready_text(client: Visitor) -> None:
    proposal = b.make_proposal()
    assert "putusan=tolak&amp;alasan=already_built" in client.get(f"{desk(proposal)}?putusan=tolak").text
    answer = send(client, proposal, "tolak", page=f"{desk(proposal)}?putusan=tolak&alasan=already_built")
    assert answer.location == "/meja/"
    last = timeline_of(proposal.id)[-1]
    assert (last.reason_code, last.reason[:31]) == (ReasonCode.ALREADY_BUILT, "Pekerjaan ini sudah dibangun at")


@pytest.mark.usefixtures("moderator")
@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"code": "", "reason": WHY}, "Isian ini wajib diisi."),
        ({"code": "duplicate", "reason": "pendek"}, "Terlalu pendek: paling sedikit 10 huruf."),
        ({"code": "duplicate", "reason": "x" * 1001}, "paling banyak 1.000 huruf, lebih 1."),
        ({"code": "duplicate", "reason": "Hubungi 0812 3456 7890 untuk bertanya."}, "Jangan tulis NIK atau nomor HP"),
        ({"code": "not_selected", "reason": WHY}, "Jenis alasan"),
    ],
)
def test_a_no_without_a_good_reason_is_shown_again_with_what_was_typed(
    client: Visitor, answers: dict[str, str], message: str
) -> None:
    proposal = b.make_proposal()
    answer = send(client, proposal, "tolak", answers)
    assert answer.status_code == 422
    assert message in answer.text
    assert answers["reason"] in answer.text
    assert proposal.status is Status.SUBMITTED


def test_the_second_moderator_reads_what_the_first_has_done(client: Visitor, moderator: Actor) -> None:
    proposal = b.make_proposal()
    page = f"{desk(proposal)}?putusan=tolak"
    seen = client.get(page).text
    verdict = Verdict(Decision.PUBLISH, state_mark(proposal.status, proposal.held_since))
    actions.decide(b.make_staff(Role.MODERATOR, b.BELU), proposal, verdict, b.NOW)
    answer = client.post(page, data=fields(seen) | {"code": "duplicate", "reason": WHY})
    assert answer.status_code == 409
    assert "Jawaban Anda tidak disimpan" in answer.text
    assert WHY in answer.text
    assert "Moderator menerbitkan usulan, Sabtu, 21 November 2026, 12.00 WITA." in answer.text
    assert proposal.status is Status.PUBLISHED
    assert len(timeline_of(proposal.id)) == 2


def fields(html: str) -> dict[str, Any]:
    """The hidden fields of the decision form."""
    token = html.split('name="csrf_token"')[1].split('value="')[1].split('"', maxsplit=1)[0]
    seen = html.split('name="seen"')[1].split('value="')[1].split('"', maxsplit=1)[0]
    return {"csrf_token": token, "seen": seen}


@pytest.mark.usefixtures("moderator")
def test_what_is_answered_shows_no_buttons_any_more(client: Visitor) -> None:
    proposal = b.make_published()
    page = client.get(f"{desk(proposal)}?putusan=tolak").text
    assert "Tidak menunggu jawaban" in page
    assert "<textarea" not in page


def test_whoever_wrote_it_reads_why_another_answers(client: Visitor, session: Session) -> None:
    b.make_world()
    author = b.make_person()
    b.accounts.grant(b.CONSOLE, author, Role.MODERATOR, b.BELU, b.NOW)
    proposal = b.make_proposal(author)
    client.sign_in(author)
    page = client.get(desk(proposal)).text
    assert "Moderator lain yang menjawab" in page
    assert "putusan=terbitkan" not in page


@pytest.mark.usefixtures("moderator")
def test_outside_the_scope_nothing_is_told_of_what_is_not_public(client: Visitor) -> None:
    waiting, public = b.make_proposal(b.make_person(b.TOHE)), b.make_published(b.make_person(b.TOHE))
    assert client.get(desk(waiting)).status_code == 404
    assert client.get(desk(public)).status_code == 403
    assert client.get("/meja/BLU-28-99999").status_code == 404


@pytest.mark.usefixtures("moderator")
def test_the_page_of_the_proposal_leads_its_moderator_to_the_desk(client: Visitor) -> None:
    proposal = b.make_proposal()
    assert f'href="{desk(proposal)}"' in client.get(f"/belu/usulan/{proposal.number}").text
    published = b.make_published()
    assert "/meja/BLU" not in client.get(f"/belu/usulan/{published.number}").text


@pytest.mark.usefixtures("moderator")
def test_the_desk_needs_few_statements(client: Visitor, queries: Callable[..., Any]) -> None:
    proposals = [b.make_proposal() for _each in range(3)]
    for page, most in (("/meja/", 8), (desk(proposals[0]), 19)):
        with queries() as sent:
            assert client.get(page).status_code == 200
        assert len(sent) <= most, sent
