"""The facilitators' desk, as facilitators and others meet it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.queries import attestation_of, namesakes
from app.accounts.rules import Document
from app.kernel.actor import Actor, Level, Role
from tests import builders as b
from tests.client import Visitor

NEW = {"name": "Dominggus Mau", "village": b.MAKIR, "consent": "y"}


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
def test_a_search_finds_everybody_of_the_own_villages(client: Visitor) -> None:
    maria, yosef = b.make_person(name="Maria Bete"), b.make_person(name="Yosef Mau", attested=True)
    assert yosef.card_number in client.get("/damping/?q=yosef").text
    by_card = client.get(f"/damping/?q={maria.card_number}").text
    assert "Maria Bete" in by_card
    assert "Yosef Mau" not in by_card
    other = b.make_person(b.KEWAR, name="Orang Kewar")
    assert "Tidak ada warga yang cocok" in client.get(f"/damping/?q={other.card_number}").text


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
    assert (answer.status_code, answer.location) == (303, "/damping/")
    assert "Maria Bete sudah terverifikasi." in client.get("/damping/").text
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
def test_a_resident_without_a_phone_is_enrolled_and_then_verified(client: Visitor) -> None:
    answer = client.submit("/damping/warga/baru", NEW)
    assert answer.status_code == 303
    (person,) = namesakes("Dominggus Mau", b.MAKIR)
    assert answer.location == f"{card(person)}?baru=1"
    page = client.get(answer.location).text
    assert "Tulis nomor ini di kartunya" in page
    assert person.card_number in page
    client.submit(answer.location, {"document": "ktp", "is_confirmed": "y"})
    assert person.level == Level.ATTESTED


@pytest.mark.usefixtures("facilitator")
def test_the_enrolment_sent_twice_enrols_once(client: Visitor) -> None:
    page = client.get("/damping/warga/baru").text
    hidden = {
        name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("csrf_token", "form_key")
    }
    first, second = (client.post("/damping/warga/baru", data=NEW | hidden) for _click in range(2))
    assert first.location == second.location
    assert len(namesakes("Dominggus Mau", b.MAKIR)) == 1


@pytest.mark.usefixtures("facilitator")
def test_a_known_name_leads_to_the_known_person_and_a_namesake_can_still_be_enrolled(client: Visitor) -> None:
    known = b.make_person(name="Dominggus Mau")
    answer = client.submit("/damping/warga/baru", NEW)
    assert answer.status_code == 422
    assert "sudah ada warga bernama Dominggus Mau" in answer.text
    assert f'href="{card(known)}"' in answer.text
    assert client.submit("/damping/warga/baru", NEW | {"is_another": "y"}).status_code == 303
    assert len(namesakes("Dominggus Mau", b.MAKIR)) == 2


@pytest.mark.usefixtures("facilitator")
@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 81}, {"village": b.KEWAR}, {"consent": ""}])
def test_a_bad_enrolment_is_shown_again_with_what_was_typed(client: Visitor, wrong: dict[str, str]) -> None:
    answers = {key: value for key, value in (NEW | wrong).items() if value}
    answer = client.submit("/damping/warga/baru", answers)
    assert answer.status_code == 422
    assert answers.get("name", "") in answer.text
    assert namesakes(NEW["name"], b.MAKIR) == []


@pytest.mark.usefixtures("facilitator")
def test_the_desk_needs_few_statements(client: Visitor, queries: Callable[..., Any]) -> None:
    people = [b.make_person(name=f"Warga {each}") for each in range(3)]
    for page in ("/damping/", card(people[0]), "/damping/warga/baru"):
        with queries() as sent:
            assert client.get(page).status_code == 200
        assert len(sent) <= 8, sent
