"""The facilitators' desk, as facilitators and others meet it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person, PersonView
from app.accounts.queries import attestation_of, namesakes
from app.accounts.rules import Document
from app.accounts.rules.limits import LOOK_UP
from app.accounts.rules.views import Seen
from app.audit.models import AuditEntry
from app.db.session import db
from app.db.transaction import transaction
from app.facilitation.actions import note, send_for, write_for
from app.facilitation.rules import Deed
from app.identity import actions as identity
from app.identity.actions import Particulars
from app.identity.rules.nik import Nik, parse_nik
from app.kernel.actor import Actor, Level, Role
from app.limits import actions as limits
from app.proposals import actions as proposals
from app.proposals.rules import Event, ReasonCode
from tests import builders as b
from tests.client import Visitor

ENROL = "/damping/warga/baru"
NEW = {
    "name": "Dominggus Mau",
    "nik": "5304013112880001",
    "village": b.MAKIR,
    "hamlet": "Fatubesi",
    "phone": "0812 3456 7890",
    "language": "tet",
    "seen": "ktp",
    "consent": "y",
}


@pytest.fixture
def facilitator(session: Session, client: Visitor) -> Actor:
    """The facilitator of Makir, signed in."""
    b.make_regions()
    actor = b.make_staff(Role.FACILITATOR, b.MAKIR)
    client.sign_in(b.person_of(actor))
    return actor


def session_of() -> Any:
    return db.session


def identify(actor: Actor, person: Person, nik: str) -> None:
    parsed = parse_nik(nik, b.NOW.date())
    assert isinstance(parsed, Nik)
    with transaction():
        identity.identify(actor, person, Particulars(parsed), b.NOW)


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
    noted = [(view.viewer_id, view.seen) for view in session_of().query(PersonView).filter_by(person_id=maria.id)]
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
def test_a_resident_is_enrolled_and_attested_on_one_page(client: Visitor) -> None:
    answer = client.submit(ENROL, NEW)
    assert answer.status_code == 303
    (person,) = namesakes("Dominggus Mau", b.MAKIR)
    assert answer.location == f"{card(person)}?baru=1"
    assert (person.level, person.hamlet, person.language) == (Level.ATTESTED, "Fatubesi", "tet")
    page = client.get(answer.location).text
    for way_on in ("Cetak kartu", "Tulis usulan", "Warga berikutnya"):
        assert way_on in page
    assert "berakhir 0001" in page
    assert NEW["nik"] not in page
    assert "0812 3456 7890"[-4:] in page
    assert "81234567890" not in page.replace(" ", "")


@pytest.mark.usefixtures("facilitator")
def test_the_enrolment_sent_twice_enrols_once(client: Visitor) -> None:
    page = client.get(ENROL).text
    hidden = {
        name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("csrf_token", "form_key")
    }
    first, second = (client.post(ENROL, data=NEW | hidden) for _click in range(2))
    assert first.location == second.location
    assert len(namesakes("Dominggus Mau", b.MAKIR)) == 1


@pytest.mark.usefixtures("facilitator")
def test_a_known_name_leads_to_the_known_person_and_a_namesake_can_still_be_enrolled(client: Visitor) -> None:
    known = b.make_person(name="Dominggus Mau")
    answer = client.submit(ENROL, NEW)
    assert answer.status_code == 422
    assert "sudah ada warga bernama Dominggus Mau" in answer.text
    assert f'href="{card(known)}"' in answer.text
    assert NEW["nik"] in answer.text  # kept
    assert client.submit(ENROL, NEW | {"is_another": "y"}).status_code == 303
    assert len(namesakes("Dominggus Mau", b.MAKIR)) == 2


@pytest.mark.usefixtures("facilitator")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"village": b.KEWAR},
        {"consent": ""},
        {"nik": "5304013112880"},
        {"nik": "", "without": ""},
        {"nik": "", "without": "inactive", "birth_year": "", "sex": "male"},
        {"nik": "", "without": "inactive", "birth_year": "1988", "sex": ""},
        {"nik": "", "without": "inactive", "birth_year": "1888", "sex": "male"},
        {"nik": "5304010101110001", "birth_year": ""},  # 1911 or 2011
        {"phone": "021 555"},
        {"phone": "", "takes_messages": "y"},
        {"groups": "disability"},
        {"seen": ""},
        {"seen": "sim"},
        {"language": "klingon"},
    ],
)
def test_a_bad_enrolment_is_shown_again_with_what_was_typed(client: Visitor, wrong: dict[str, str]) -> None:
    answers = {key: value for key, value in (NEW | wrong).items() if value}
    answer = client.submit(ENROL, answers)
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.text
    for name in ("name", "nik", "phone", "hamlet", "birth_year"):
        assert answers.get(name, "") in answer.text
    assert namesakes(NEW["name"], b.MAKIR) == []


@pytest.mark.usefixtures("facilitator")
def test_without_a_nik_the_reason_is_kept_for_whoever_meets_the_resident_next(client: Visitor) -> None:
    without = {"nik": "", "without": "not_at_hand", "birth_year": "1988", "sex": "male", "seen": "belum"}
    answer = client.submit(ENROL, NEW | without)
    page = client.get(answer.location).text
    assert "KTP dan KK tidak dibawa" in page
    assert "Menunggu verifikasi" in page


@pytest.mark.usefixtures("facilitator")
def test_what_does_not_fit_is_shown_once_and_accepted_when_sent_again(client: Visitor) -> None:
    odd = NEW | {"nik": "3171013112880001", "sex": "female"}
    first = client.submit(ENROL, odd)
    assert first.status_code == 422
    assert "pertama kali dibuat di daerah lain" in first.text
    assert "Jenis kelamin di NIK lain" in first.text
    accepted = first.text.split('name="accepted"')[1].split('value="')[1].split('"')[0]
    other = client.submit(ENROL, odd | {"accepted": accepted, "birth_year": "1990"})
    assert other.status_code == 422  # something new
    assert "Tahun lahir di NIK lain" in other.text
    assert client.submit(ENROL, odd | {"accepted": accepted}).status_code == 303


def test_a_nik_that_is_known_here_leads_to_its_holder(client: Visitor, facilitator: Actor) -> None:
    holder = b.make_person(name="Yosef Mau", level=Level.REGISTERED)
    identify(facilitator, holder, NEW["nik"])
    answer = client.submit(ENROL, NEW)
    assert answer.status_code == 422
    assert "NIK ini sudah tercatat. Lihat dulu warga di bawah ini." in answer.text
    assert f'href="{card(holder)}"' in answer.text
    assert namesakes("Dominggus Mau", b.MAKIR) == []


def test_of_a_nik_that_is_known_elsewhere_one_learns_nothing_more(client: Visitor, facilitator: Actor) -> None:
    holder = b.make_person(b.TOHE, name="Orang Tohe", level=Level.REGISTERED)
    identify(facilitator, holder, NEW["nik"])
    answer = client.submit(ENROL, NEW)
    assert answer.status_code == 422
    assert "NIK ini sudah tercatat di tempat lain." in answer.text
    assert "Orang Tohe" not in answer.text
    assert holder.card_number not in answer.text


@pytest.mark.usefixtures("facilitator")
def test_a_child_is_asked_about(client: Visitor) -> None:
    child = NEW | {"nik": "", "without": "not_issued", "birth_year": "2012", "sex": "male"}
    answer = client.submit(ENROL, child)
    assert answer.status_code == 422
    assert "belum 17 tahun" in answer.text
    assert client.submit(ENROL, child | {"is_married": "y"}).status_code == 303


@pytest.mark.usefixtures("facilitator")
def test_the_next_resident_begins_where_the_last_one_lives(client: Visitor) -> None:
    page = client.get(f"{ENROL}?desa={b.MAKIR}&dusun=Fatubesi").text
    assert 'value="Fatubesi"' in page


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
    tried = session_of().query(AuditEntry).filter_by(act="outside_village").all()
    assert [entry.subject for entry in tried] == [f"person:{stranger.id}"] * 5


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


@pytest.mark.usefixtures("facilitator")
def test_the_desk_needs_few_statements(client: Visitor, queries: Callable[..., Any]) -> None:
    people = [b.make_person(name=f"Warga {each}") for each in range(3)]
    client.get(card(people[0]))
    for page in ("/damping/", card(people[0]), ENROL, "/damping/lembar", "/damping/angka"):
        with queries() as sent:
            assert client.get(page).status_code == 200
        assert len(sent) <= 18, (page, sent)
