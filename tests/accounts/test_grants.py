"""Roles given and taken back on a real database, and on the administrators' desk."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions
from app.accounts.models import Person, PersonView, RoleGrant
from app.accounts.queries import get_person
from app.accounts.rules.grants import GrantRefusal
from app.accounts.rules.limits import LOOK_UP
from app.accounts.rules.views import Seen
from app.audit.models import AuditEntry
from app.db.session import session as live_session
from app.db.transaction import transaction
from app.kernel.actor import CONSOLE, Actor, Role
from app.kernel.outcomes import Denied, Refused
from tests import builders as b
from tests.client import Visitor

REASON = "Pindah tugas ke kabupaten lain."


@pytest.fixture
def person(session: Session) -> Person:
    b.make_regions()
    return b.make_person()


@pytest.fixture
def administrator(person: Person) -> Actor:
    return b.make_staff(Role.ADMINISTRATOR, b.BELU)


@pytest.fixture
def desk(client: Visitor, administrator: Actor) -> Visitor:
    return client.sign_in(get_person(administrator.person_id or 0))


def test_a_role_is_not_given_twice_but_again_after_it_has_ended(person: Person, administrator: Actor) -> None:
    row = actions.grant(administrator, person, Role.MODERATOR, b.LAMAKNEN, b.NOW)
    with pytest.raises(Refused) as refused:
        actions.grant(administrator, person, Role.MODERATOR, b.LAMAKNEN, b.NOW)
    assert refused.value.reason is GrantRefusal.ALREADY_GRANTED
    actions.grant(administrator, person, Role.MODERATOR, b.RAIHAT, b.NOW)
    actions.end_grant(administrator, row, REASON, b.NOW)
    assert not b.actor_of(person).holds(Role.MODERATOR, b.LAMAKNEN)
    actions.grant(administrator, person, Role.MODERATOR, b.LAMAKNEN, b.NOW)


def test_nobody_gives_roles_to_themselves_or_takes_their_own(administrator: Actor) -> None:
    myself = get_person(administrator.person_id or 0)
    with pytest.raises(Refused) as refused:
        actions.grant(administrator, myself, Role.PLANNER, b.BELU, b.NOW)
    assert refused.value.reason is GrantRefusal.OWN_ROLE
    own = live_session.query(RoleGrant).filter_by(person_id=myself.id).one()
    with pytest.raises(Refused):
        actions.end_grant(administrator, own, REASON, b.NOW)


def test_a_role_cannot_end_before_it_begins(person: Person, administrator: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.grant(administrator, person, Role.PLANNER, b.BELU, b.NOW, b.NOW)
    assert refused.value.reason is GrantRefusal.UNTIL_PAST


@pytest.mark.parametrize("scope", ["", b.BELTIM, b.LALANG])
def test_nobody_takes_roles_outside_what_they_administer(person: Person, administrator: Actor, scope: str) -> None:
    row = actions.grant(CONSOLE, person, Role.MODERATOR, scope, b.NOW)
    with pytest.raises(Denied):
        actions.end_grant(administrator, row, REASON, b.NOW)


def test_giving_and_taking_stand_in_the_log(session: Session, person: Person, administrator: Actor) -> None:
    row = actions.grant(administrator, person, Role.MODERATOR, b.BELU, b.NOW)
    actions.end_grant(administrator, row, REASON, b.NOW + timedelta(days=1))
    entries = session.query(AuditEntry).filter_by(subject=f"person:{person.id}", actor_id=administrator.person_id)
    assert [entry.act for entry in entries.order_by(AuditEntry.id)] == ["grant", "end_grant"]
    assert REASON not in str([entry.facts for entry in entries])
    assert (row.ended_by_id, row.end_reason) == (administrator.person_id, REASON)


def test_of_the_same_role_given_twice_at_once_one_remains(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        person_id = b.make_person().id
        administrator = b.make_staff(Role.ADMINISTRATOR, b.BELU)

    def give(number: int) -> int:
        with transaction():
            return actions.grant(administrator, get_person(person_id), Role.PLANNER, b.BELU, b.NOW).id

    outcomes = at_once(give, 6)
    refusals = [outcome.reason for outcome in outcomes if isinstance(outcome, Refused)]
    assert refusals == [GrantRefusal.ALREADY_GRANTED] * 5


def test_of_a_role_taken_twice_at_once_the_first_reason_stays(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        administrator = b.make_staff(Role.ADMINISTRATOR, b.BELU)
        grant_id = actions.grant(administrator, b.make_person(), Role.PLANNER, b.BELU, b.NOW).id

    def take(number: int) -> str:
        with transaction():
            actions.end_grant(administrator, live_session.get_one(RoleGrant, grant_id), f"Alasan {number}.", b.NOW)
            return f"Alasan {number}."

    outcomes = at_once(take, 4)
    said = [outcome for outcome in outcomes if isinstance(outcome, str)]
    with live_app.app_context():
        assert [live_session.get_one(RoleGrant, grant_id).end_reason] == said


# The desk


def test_a_role_is_given_and_taken_back_and_both_are_felt_at_the_next_request(
    app: Flask, desk: Visitor, person: Person
) -> None:
    other = app.test_client()
    assert isinstance(other, Visitor)
    other.sign_in(person)
    found = desk.submit("/admin/", {"number": person.card_number})
    assert found.location == f"/admin/{person.card_number}"
    assert other.get("/meja/").status_code == 403
    assert desk.submit(found.location, {"role": "moderator", "scope": b.LAMAKNEN}).status_code == 303
    assert other.get("/meja/").status_code == 200
    page = desk.get(found.location).text
    assert "Seluruh Kecamatan Lamaknen" in page
    end = page.split(f'href="{found.location}/akhiri/')[1].split('"')[0]
    ended = desk.submit(f"{found.location}/akhiri/{end}", {"reason": REASON})
    assert ended.location == found.location
    assert other.get("/meja/").status_code == 403
    page = desk.get(found.location).text
    assert "Berakhir" in page
    assert REASON in page
    again = desk.submit(f"{found.location}/akhiri/{end}", {"reason": REASON})
    assert "Peran ini sudah berakhir" in again.text


def test_people_are_found_by_exact_numbers_within_ones_regions_only(desk: Visitor, person: Person) -> None:
    phone = person.phone or ""
    assert desk.submit("/admin/", {"number": f"0{phone[3:]}"}).location == f"/admin/{person.card_number}"
    away = b.make_person(b.LALANG)
    for number in (person.card_number[:-1], phone[:-2], person.name, away.card_number, away.phone):
        page = desk.submit("/admin/", {"number": number})
        assert page.status_code == 422
        assert "Tidak ada akun dengan nomor itu" in page.text
    assert desk.get(f"/admin/{away.card_number}").status_code == 404


def test_of_a_shared_phone_the_people_are_named_and_the_phone_is_not(desk: Visitor, person: Person) -> None:
    phone = person.phone or ""
    actions.register(actions.Resident("Yosef Bere", b.MAKIR, phone, b.PASSWORD_HASH), b.NOW)
    page = desk.submit("/admin/", {"number": phone})
    assert page.status_code == 200
    assert "Yosef Bere" in page.text
    assert phone not in page.text.replace(f'value="{phone}"', "")
    assert phone not in desk.get(f"/admin/{person.card_number}").text


def test_who_looks_people_up_is_seen_by_them_and_does_not_try_many(desk: Visitor, person: Person) -> None:
    phone = person.phone or ""
    other = actions.register(actions.Resident("Yosef Bere", b.MAKIR, phone, b.PASSWORD_HASH), b.NOW)
    desk.submit("/admin/", {"number": phone})
    assert [row.person_id for row in live_session.query(PersonView).filter_by(seen=Seen.FOUND)] == [person.id, other.id]
    for _ in range(LOOK_UP.most - 1):
        desk.submit("/admin/", {"number": "0811 1111 1111"})
    page = desk.submit("/admin/", {"number": phone})
    assert "Terlalu sering" in page.text
    assert "Yosef Bere" not in page.text


def test_every_no_is_said_at_its_field(desk: Visitor, person: Person) -> None:
    page, role = f"/admin/{person.card_number}", {"role": "planner", "scope": b.BELU}
    assert "Isian ini wajib diisi." in desk.submit(page, {"role": "", "scope": b.BELU}).text
    past = desk.submit(page, role | {"until": "2020-01-01"})
    assert past.status_code == 422
    assert "Tanggal itu sudah lewat" in past.text
    assert "misalnya 31 Desember 2026" in desk.submit(page, role | {"until": "besok"}).text
    for scope in (b.BELTIM, "semua", "99"):
        assert desk.submit(page, role | {"scope": scope}).status_code == 422
    assert desk.submit(page, role | {"until": "2099-12-31"}).status_code == 303
    assert "sudah memegang peran itu" in desk.submit(page, role).text


def test_ones_own_page_offers_nothing_to_give_or_take(desk: Visitor, administrator: Actor) -> None:
    page = desk.get(f"/admin/{get_person(administrator.person_id or 0).card_number}").text
    assert "Anda tidak dapat mengubah peran sendiri" in page
    assert "/akhiri/" not in page


def test_roles_elsewhere_are_neither_shown_nor_found(desk: Visitor, person: Person) -> None:
    row = actions.grant(CONSOLE, person, Role.MODERATOR, b.BELTIM, b.NOW)
    assert "Belum ada peran" in desk.get(f"/admin/{person.card_number}").text
    assert desk.get(f"/admin/{person.card_number}/akhiri/{row.id}").status_code == 404


def test_the_password_is_asked_again_before_roles_are_touched(
    app: Flask, client: Visitor, person: Person, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [b.NOW]
    monkeypatch.setitem(app.config, "CLOCK", lambda: moments[-1])
    client.sign_in(get_person(administrator.person_id or 0))
    page = f"/admin/{person.card_number}"
    assert client.get(page).status_code == 200
    moments.append(b.NOW + timedelta(minutes=10))
    asked = client.get(page)
    assert asked.location == f"/masuk/ulang?next={page}"
    assert client.submit(asked.location, {"password": b.PASSWORD}).location == page
    assert client.get(page).status_code == 200


def test_the_desk_is_light_and_in_english_too(
    desk: Visitor, person: Person, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    row = actions.grant(CONSOLE, person, Role.MODERATOR, b.BELU, b.NOW)
    for address in ("/admin/", f"/admin/{person.card_number}", f"/admin/{person.card_number}/akhiri/{row.id}"):
        with queries() as sent:
            page = desk.get(f"{address}?lang=en")
        assert page.status_code == 200
        assert "Peran" not in page.text
        assert len(sent) <= 11  # two of them note who has seen whom, one asks for the agencies
        assert len(brotli.compress(page.data, quality=5)) <= 4096


def test_an_officer_serves_an_agency_of_the_regency_and_nobody_else_has_one(desk: Visitor, person: Person) -> None:
    page, agency, away = f"/admin/{person.card_number}", b.make_agency(), b.make_agency("Dinas Laut", b.BELTIM)
    officer = {"role": "officer", "scope": b.BELU}
    assert "Pilih dinas tempat petugas ini bekerja." in desk.submit(page, officer).text
    assert desk.submit(page, officer | {"agency": str(away.id)}).status_code == 422
    for wrong in (
        officer | {"agency": str(agency.id), "scope": b.LAMAKNEN},
        {"role": "planner", "scope": b.BELU, "agency": str(agency.id)},
    ):
        answer = desk.submit(page, wrong)
        assert answer.status_code == 422
        assert "Dinas hanya untuk petugas dinas" in answer.text
    assert desk.submit(page, officer | {"agency": str(agency.id)}).status_code == 303
    assert agency.name in desk.get(page).text
    assert b.actor_of(person).serves(b.BELU, agency.id)
    assert not b.actor_of(person).serves(b.BELU, agency.id + 1)


def test_whose_roles_were_looked_at_is_on_record(desk: Visitor, person: Person, session: Session) -> None:
    for _ in range(2):
        desk.get(f"/admin/{person.card_number}")
    assert [view.seen for view in session.query(PersonView).filter_by(person_id=person.id)] == [Seen.GRANTS]


def test_who_comes_to_a_desk_after_losing_the_role_is_refused_and_written_down(
    client: Visitor, session: Session
) -> None:
    b.make_world()
    person = b.make_person()
    row = actions.grant(CONSOLE, person, Role.MODERATOR, b.BELU, b.NOW)
    assert client.sign_in(person).get("/meja/").status_code == 200
    actions.end_grant(CONSOLE, row, REASON, b.NOW)
    for _ in range(2):
        assert client.get("/meja/").status_code == 403
    assert client.get("/damping/").status_code == 403  # never theirs: no news
    denied = [(entry.actor_id, entry.subject) for entry in session.query(AuditEntry).filter_by(act="denied")]
    assert denied == [(person.id, "route:moderation.queue")] * 2


@pytest.mark.parametrize("scope", ["", b.BELU, b.LAMAKNEN])
def test_a_person_at_the_desk_takes_eight_statements_at_most(
    client: Visitor, session: Session, queries: Callable[[], AbstractContextManager[list[str]]], scope: str
) -> None:
    b.make_world()
    person = b.make_person()
    b.grant_role(person, Role.MODERATOR, b.LAMAKNEN)
    client.sign_in(b.person_of(b.make_staff(Role.ADMINISTRATOR, scope)))
    with queries() as sent:
        shown = client.get(f"/admin/{person.card_number}").text
    assert "Seluruh Kecamatan Lamaknen" in shown
    assert len(sent) <= 8, sent
