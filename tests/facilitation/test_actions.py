"""Enrolling and verifying residents, and who of them a facilitator finds."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts import queries
from app.accounts.models import Person
from app.accounts.rules import Document, is_card_number
from app.accounts.rules import Refusal as AccountsRefusal
from app.audit.models import AuditEntry
from app.db.transaction import transaction
from app.facilitation.actions import Enrolment, enrol
from app.facilitation.rules import Refusal
from app.kernel.actor import ANYONE, Actor, Level, Role
from app.kernel.outcomes import Denied, Missing, Refused
from tests import builders as b

THREADS = 8
DOMINGGUS = Enrolment("Dominggus Mau", b.MAKIR, is_another=False)


@pytest.fixture
def facilitator(session: Session) -> Actor:
    b.make_regions()
    return b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR)


def test_an_enrolled_resident_has_a_card_and_neither_phone_nor_password(facilitator: Actor) -> None:
    person = enrol(facilitator, DOMINGGUS, str(uuid4()), b.NOW)
    assert is_card_number(person.card_number)
    assert (person.phone, person.password_hash, person.level) == (None, None, Level.REGISTERED)


def test_the_same_form_sent_again_gives_the_same_person(facilitator: Actor, session: Session) -> None:
    key = str(uuid4())
    first, second = (enrol(facilitator, DOMINGGUS, key, b.NOW) for _click in range(2))
    assert first.id == second.id
    assert session.query(AuditEntry).filter_by(act="enrol").count() == 1


def test_a_name_known_in_the_village_is_asked_about_first(facilitator: Actor) -> None:
    first = enrol(facilitator, DOMINGGUS, str(uuid4()), b.NOW)
    again = Enrolment("dominggus mau", b.MAKIR, is_another=False)
    with pytest.raises(Refused, match=Refusal.NAME_KNOWN):
        enrol(facilitator, again, str(uuid4()), b.NOW)
    assert [one.id for one in queries.namesakes("DOMINGGUS MAU", b.MAKIR)] == [first.id]
    other = enrol(facilitator, Enrolment("Dominggus Mau", b.MAKIR, is_another=True), str(uuid4()), b.NOW)
    assert other.id != first.id


@pytest.mark.parametrize("village", [b.KEWAR, b.TOHE, b.LALANG])
def test_nobody_is_enrolled_or_verified_outside_the_own_villages(facilitator: Actor, village: str) -> None:
    with pytest.raises(Denied):
        enrol(facilitator, Enrolment("Dominggus Mau", village, is_another=False), str(uuid4()), b.NOW)
    stranger = b.make_person(village)
    with pytest.raises(Denied):
        accounts.attest(facilitator, stranger, Document.KTP, b.NOW)
    with pytest.raises(Missing):
        queries.get_resident(facilitator, stranger.card_number)
    assert queries.residents_of([b.MAKIR], tuple(Level), stranger.card_number, None).rows == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FACILITATOR])
def test_no_other_role_finds_or_verifies(session: Session, role: Role) -> None:
    b.make_regions()
    resident = b.make_person()
    for actor in (b.make_staff(role, b.BELU), ANYONE):
        if role is not Role.ADMINISTRATOR:  # who may enrol whole rolls
            with pytest.raises(Denied):
                enrol(actor, DOMINGGUS, str(uuid4()), b.NOW)
        with pytest.raises(Denied):
            accounts.attest(actor, resident, Document.KK, b.NOW)
        with pytest.raises(Missing):
            queries.get_resident(actor, resident.card_number)


def test_verifying_oneself_or_twice_is_refused_with_the_reason(facilitator: Actor) -> None:
    assert facilitator.person_id is not None
    with pytest.raises(Refused, match=AccountsRefusal.OWN_ATTESTATION):
        accounts.attest(facilitator, queries.get_person(facilitator.person_id), Document.KTP, b.NOW)
    resident = b.make_person()
    accounts.attest(facilitator, resident, Document.KNOWN, b.NOW)
    with pytest.raises(Refused, match=AccountsRefusal.ALREADY_ATTESTED):
        accounts.attest(facilitator, resident, Document.KTP, b.NOW)


def test_residents_are_found_by_card_number_or_part_of_the_name(facilitator: Actor) -> None:
    maria, yosef = b.make_person(name="Maria Bete 100%"), b.make_person(name="Yosef Mau")
    b.make_person(b.KEWAR, name="Maria dari Kewar")

    def found(text: str) -> list[int]:
        return [one.id for one in queries.residents_of([b.MAKIR], tuple(Level), text, None).rows]

    assert found("maria") == found("BETE mar") == found("100%") == [maria.id]
    assert found(f"{yosef.card_number[:4]} {yosef.card_number[4:]}") == [yosef.id]
    assert found("_") == []


def test_the_lists_hold_who_waits_and_who_is_verified(facilitator: Actor, session: Session) -> None:
    registered, confirmed = b.make_person(name="Satu", level=Level.REGISTERED), b.make_person(name="Dua")
    attested = b.make_person(name="Tiga", attested=True)
    session.flush()
    own = facilitator.person_id
    scopes = facilitator.scopes(Role.FACILITATOR)
    waiting = queries.residents_of(scopes, (Level.REGISTERED, Level.CONFIRMED), "", None).rows
    assert [one.id for one in waiting] == [own, registered.id, confirmed.id]
    assert [one.id for one in queries.residents_of(scopes, (Level.ATTESTED,), "", None).rows] == [attested.id]
    assert queries.count_by_level(scopes) == {Level.REGISTERED: 1, Level.CONFIRMED: 2, Level.ATTESTED: 1}
    assert queries.count_by_level([]) == dict.fromkeys(Level, 0)


def test_many_clicks_at_once_enrol_one_person_and_verify_them_once(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        facilitator, key = b.make_staff(Role.FACILITATOR, b.MAKIR), str(uuid4())

    def click(_index: int) -> Person:
        with transaction():
            return enrol(facilitator, DOMINGGUS, key, b.NOW)

    people = at_once(click, THREADS)
    assert len({person.id for person in people}) == 1

    def verify(index: int) -> None:
        with transaction():
            accounts.attest(facilitator, queries.get_person(people[index].id), Document.KTP, b.NOW)

    outcomes = [getattr(outcome, "reason", outcome) for outcome in at_once(verify, THREADS)]
    assert outcomes.count(None) == 1
    assert outcomes.count(AccountsRefusal.ALREADY_ATTESTED) == THREADS - 1
