"""Enrolling a resident at the table: one page, nothing typed is lost, nobody is entered twice."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Attestation, Consent, Person
from app.accounts.queries import namesakes
from app.accounts.rules import Document
from app.accounts.rules.consents import Mode, Purpose
from app.db.session import db
from app.db.transaction import transaction
from app.facilitation.actions import Enrolment, enrol
from app.facilitation.models import Assistance
from app.identity import actions as identity
from app.identity.actions import Particulars
from app.identity.models import GroupMembership, Identity
from app.identity.rules import Refusal as IdentityRefusal
from app.identity.rules.nik import Nik, parse_nik
from app.kernel.actor import Actor, Level, Role
from tests import builders as b
from tests.client import Visitor

THREADS = 6
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


def nik_of(typed: str) -> Nik:
    nik = parse_nik(typed, b.NOW.date())
    assert isinstance(nik, Nik)
    return nik


def identify(actor: Actor, person: Person, nik: str) -> None:
    with transaction():
        identity.identify(actor, person, Particulars(nik_of(nik)), b.NOW)


def card(person: Person) -> str:
    return f"/damping/warga/{person.card_number}"


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
def test_each_purpose_has_a_consent_of_its_own_and_groups_are_free(client: Visitor) -> None:
    client.submit(ENROL, NEW | {"groups": ["disability", "women"], "takes_groups": "y", "takes_messages": "y"})
    (person,) = namesakes("Dominggus Mau", b.MAKIR)
    consents = db.session.query(Consent).filter_by(person_id=person.id).order_by(Consent.id)
    assert {one.purpose for one in consents} == {Purpose.ACCOUNT, Purpose.GROUPS, Purpose.MESSAGES}
    assert {one.mode for one in consents} == {Mode.READ_ALOUD}
    assert db.session.query(GroupMembership).filter_by(person_id=person.id).count() == 2


def test_many_clicks_at_once_enrol_identify_and_attest_once(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        facilitator, key = b.make_staff(Role.FACILITATOR, b.MAKIR), str(uuid4())
    said = Particulars(nik_of(NEW["nik"]))
    enrolment = Enrolment("Dominggus Mau", b.MAKIR, said=said, seen=Document.KTP)

    def click(_index: int) -> int:
        with transaction():
            return enrol(facilitator, enrolment, key, b.NOW).id

    assert len(set(at_once(click, THREADS))) == 1
    with live_app.app_context():
        assert db.session.query(Attestation).count() == 1
        assert db.session.query(Assistance).count() == 2  # enrolled and attested


def test_of_two_tables_that_enter_the_same_nik_one_gets_it(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        tables = [b.make_staff(Role.FACILITATOR, b.MAKIR) for _each in range(THREADS)]
    said = Particulars(nik_of(NEW["nik"]))

    def click(index: int) -> int:
        with transaction():
            enrolment = Enrolment("Dominggus Mau", b.MAKIR, said=said, seen=Document.KTP, is_another=True)
            return enrol(tables[index], enrolment, str(uuid4()), b.NOW).id

    outcomes = [getattr(outcome, "reason", outcome) for outcome in at_once(click, THREADS)]
    assert outcomes.count(IdentityRefusal.NIK_KNOWN) == THREADS - 1
    with live_app.app_context():
        assert db.session.query(Identity).filter(Identity.nik_last4 == "0001").count() == 1
        assert len(namesakes("Dominggus Mau", b.MAKIR)) == 1  # a refused enrolment leaves nobody behind
