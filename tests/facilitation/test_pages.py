"""The facilitators' desk, as facilitators and others meet it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person, PersonView
from app.accounts.queries import attestation_of
from app.accounts.rules import Document
from app.accounts.rules.limits import LOOK_UP
from app.accounts.rules.views import Seen
from app.audit.models import AuditEntry
from app.db.session import db
from app.db.transaction import transaction
from app.facilitation.actions import note, send_for, write_for
from app.facilitation.rules import Deed
from app.kernel.actor import Actor, Level, Role
from app.limits import actions as limits
from app.privacy.actions import close_account
from app.privacy.rules import Why
from app.proposals import actions as proposals
from app.proposals.rules import Event, ReasonCode
from tests import builders as b
from tests.client import Visitor

ENROL = "/damping/warga/baru"


@pytest.fixture
def facilitator(session: Session, client: Visitor) -> Actor:
    """The facilitator of Makir, signed in."""
    b.make_regions()
    actor = b.make_staff(Role.FACILITATOR, b.MAKIR)
    client.sign_in(b.person_of(actor))
    return actor


def card(person: Person) -> str:
    return f"/damping/warga/{person.card_number}"


def test_the_desk_is_for_facilitators_only(client: Visitor, session: Session) -> None:
    b.make_regions()
    resident = b.make_person()
    pages = ("/damping/", "/damping/warga/baru", card(resident))
    assert [client.get(page).location for page in pages] == [f"/masuk?next={page}" for page in pages]
    client.sign_in(resident)
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    client.sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELU)))
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


@pytest.mark.usefixtures("facilitator")
def test_the_desk_shows_who_waits_in_the_own_villages_and_never_a_phone(client: Visitor) -> None:
    maria = b.make_person(name="Maria Bete")
    b.make_person(name="Yosef Mau", attested=True)
    b.make_person(b.KEWAR, name="Orang Kewar")
    page = client.get("/damping/").text
    assert maria.card_number in page
    assert "Yosef Mau" not in page
    assert "Orang Kewar" not in page
    assert str(maria.phone)[3:] not in page.replace(" ", "")
    verified = client.get("/damping/?tampil=terverifikasi").text
    assert "Yosef Mau" in verified
    assert "Maria Bete" not in verified


@pytest.mark.usefixtures("facilitator")
def test_a_search_finds_everybody_of_the_own_villages_and_no_name_stands_in_an_address(client: Visitor) -> None:
    maria, yosef = b.make_person(name="Maria Bete"), b.make_person(name="Yosef Mau", attested=True)
    other = b.make_person(b.KEWAR, name="Orang Kewar")

    def found(text: str) -> str:
        answer = client.submit("/damping/cari", {"text": text})
        assert (answer.status_code, answer.location) == (200, None)
        return answer.text

    assert yosef.card_number in found("yosef").replace(" ", "")
    by_card = found(maria.card_number)
    assert "Maria Bete" in by_card
    assert "Yosef Mau" not in by_card
    assert "Tidak ada warga yang cocok" in found(other.card_number)
    assert client.submit("/damping/cari", {"text": "x"}).status_code == 422


def test_who_looks_at_a_resident_is_noted_and_looks_are_limited(client: Visitor, facilitator: Actor) -> None:
    maria = b.make_person(name="Maria Bete")
    client.submit("/damping/cari", {"text": "maria"})
    for _again in range(2):
        client.get(card(maria))
    noted = [(view.viewer_id, view.seen) for view in db.session.query(PersonView).filter_by(person_id=maria.id)]
    assert noted == [(facilitator.person_id, Seen.FOUND), (facilitator.person_id, Seen.RECORD)]
    with transaction():
        for _search in range(LOOK_UP.most):
            limits.count(LOOK_UP, str(facilitator.person_id), b.NOW)
    answer = client.submit("/damping/cari", {"text": "maria"})
    assert answer.status_code == 409
    assert "Maria Bete" not in answer.text
    assert client.get(card(b.make_person())).status_code == 409
    assert client.get(card(maria)).status_code == 200  # seen a moment ago


@pytest.mark.usefixtures("facilitator")
def test_empty_lists_say_what_to_do(client: Visitor) -> None:
    assert "Tidak ada yang menunggu" in client.get("/damping/").text
    assert "Belum ada yang terverifikasi" in client.get("/damping/?tampil=terverifikasi").text


@pytest.mark.usefixtures("facilitator")
def test_meeting_a_resident_verifies_them(client: Visitor) -> None:
    maria = b.make_person(name="Maria Bete")
    page = client.get(card(maria)).text
    assert "Nama Anda Maria Bete. Anda tinggal di Makir, Kecamatan Lamaknen. Betul?" in page
    assert str(maria.phone)[3:] not in page
    answer = client.submit(card(maria), {"document": "kk", "is_confirmed": "y"})
    assert (answer.status_code, answer.location) == (303, f"{card(maria)}?baru=1")
    assert "Maria Bete sudah terverifikasi." in client.get(answer.location).text
    attestation = attestation_of(maria.id)
    assert attestation is not None
    assert (maria.level, attestation.document) == (Level.ATTESTED, Document.KK)


@pytest.mark.usefixtures("facilitator")
@pytest.mark.parametrize(
    "answers", [{"document": "ktp"}, {"is_confirmed": "y"}, {"document": "sim", "is_confirmed": "y"}]
)
def test_nobody_is_verified_unseen_or_unasked(client: Visitor, answers: dict[str, str]) -> None:
    maria = b.make_person()
    answer = client.submit(card(maria), answers)
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.text
    assert maria.level == Level.CONFIRMED


@pytest.mark.usefixtures("facilitator")
def test_the_second_click_is_answered_with_the_reason(client: Visitor) -> None:
    maria = b.make_person()
    token = client.get(card(maria)).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answers = {"csrf_token": token, "document": "ktp", "is_confirmed": "y"}
    assert client.post(card(maria), data=answers).status_code == 303
    again = client.post(card(maria), data=answers)
    assert again.status_code == 409
    assert "Warga ini sudah diverifikasi." in again.text
    assert "Sejak Sabtu, 21 November 2026, 12.00 WITA." in again.text


def test_a_facilitator_reads_why_they_cannot_verify_themselves(client: Visitor, session: Session) -> None:
    b.make_regions()
    own = b.person_of(b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR))
    client.sign_in(own)
    page = client.get(card(own)).text
    assert "Anda tidak dapat memverifikasi diri sendiri." in page
    assert 'name="document"' not in page


@pytest.mark.usefixtures("facilitator")
@pytest.mark.parametrize("village", [b.KEWAR, b.TOHE, b.LALANG])
def test_people_of_other_villages_are_not_there(client: Visitor, village: str) -> None:
    stranger = b.make_person(village)
    assert client.get(card(stranger)).status_code == 404
    token = client.get("/damping/warga/baru").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answers = {"csrf_token": token, "document": "ktp", "is_confirmed": "y"}
    assert client.post(card(stranger), data=answers).status_code == 404
    assert client.get("/damping/warga/00000000").status_code == 404
    assert stranger.level == Level.CONFIRMED


@pytest.mark.usefixtures("facilitator")
def test_data_is_put_right_and_the_phone_never_shown(client: Visitor) -> None:
    maria = b.make_person(name="Maria Bete")
    phone = str(maria.phone)
    page = client.get(f"{card(maria)}/data").text
    assert phone[3:] not in page
    answer = client.submit(f"{card(maria)}/data", {"name": "Maria Bete Mau", "hamlet": "Lahurus"})
    assert answer.location == card(maria)
    assert (maria.name, maria.hamlet, maria.phone) == ("Maria Bete Mau", "Lahurus", phone)
    client.submit(f"{card(maria)}/data", {"phone": "0813 0000 1111"})
    assert (maria.phone, maria.phone_confirmed_at) == ("+6281300001111", None)
    client.submit(f"{card(maria)}/data", {"drops_phone": "y"})
    assert maria.phone is None
    wrong = client.submit(f"{card(maria)}/data", {"nik": "12", "hamlet": "Weluli"})
    assert wrong.status_code == 422
    assert "Weluli" in wrong.text


@pytest.mark.usefixtures("facilitator")
def test_trying_to_act_outside_the_own_villages_is_logged(client: Visitor) -> None:
    stranger = b.make_person(b.TOHE)
    token = client.get(ENROL).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    for way in ("", "/data", "/kartu", "/kartu/cabut", "/usulan"):
        assert client.get(card(stranger) + way).status_code in (404, 405)
        assert client.post(card(stranger) + way, data={"csrf_token": token}).status_code == 404
    tried = db.session.query(AuditEntry).filter_by(act="outside_village").all()
    assert [entry.subject for entry in tried] == [f"person:{stranger.id}"] * 5


@pytest.mark.usefixtures("facilitator")
def test_a_closed_account_is_not_there_any_more(client: Visitor) -> None:
    maria = b.make_person(name="Maria Bete")
    with transaction():
        close_account(b.actor_of(maria), maria, Why.ASKED, b.NOW)
    assert client.get(card(maria)).status_code == 404
    assert client.get(f"{card(maria)}/kartu").status_code == 404


def test_the_desk_shows_today_the_drafts_and_what_goes_back(client: Visitor, facilitator: Actor) -> None:
    b.make_misi()
    b.make_cycle()
    maria = b.make_person(name="Maria Bete", attested=True)
    with transaction():
        note(facilitator, maria, Deed.CARD_PRINTED, b.NOW)
        draft = write_for(facilitator, maria, b.make_answers(), str(uuid4()), b.NOW)
    page = client.get("/damping/").text
    assert "Ditemui hari ini" in page
    assert "Mencetak kartu" in page
    assert "Draf yang Anda tulis" in page
    with transaction():
        sent = send_for(facilitator, maria, draft, b.NOW, is_read_back=True)
        moderator = b.make_staff(Role.MODERATOR, b.BELU)
        proposals.move(moderator, sent, Event.RETURN, b.NOW, code=ReasonCode.INCOMPLETE, reason="Sebutkan panjangnya.")
    page = client.get("/damping/").text
    assert "Draf yang Anda tulis" not in page
    assert "Perbaiki bersama" in page
    assert sent.number in page
    assert "Sebutkan panjangnya." in client.get(card(maria)).text


def test_of_what_others_have_written_only_the_public_is_shown(client: Visitor, facilitator: Actor) -> None:
    b.make_misi()
    b.make_cycle()
    maria = b.make_person(name="Maria Bete", attested=True)
    waiting = b.make_proposal(maria, title="Usulan yang masih diperiksa")
    public = b.make_published(maria, title="Usulan yang sudah terbit")
    page = client.get(card(maria)).text
    assert public.title in page
    assert waiting.title not in page


@pytest.mark.usefixtures("facilitator")
def test_the_desk_needs_few_statements(client: Visitor, queries: Callable[..., Any]) -> None:
    people = [b.make_person(name=f"Warga {each}") for each in range(3)]
    client.get(card(people[0]))
    for page in ("/damping/", card(people[0]), ENROL, "/damping/lembar", "/damping/angka"):
        with queries() as sent:
            assert client.get(page).status_code == 200
        assert len(sent) <= 16, (page, sent)
