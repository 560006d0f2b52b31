"""Sessions on a real database: begun, seen, ended, also all at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions
from app.accounts.models import Person, SignIn
from app.accounts.queries.sessions import find_signed_in, sessions_of
from app.accounts.rules import Refusal
from app.accounts.rules.sessions import OWN, SHARED, Device, Way, digest_of
from app.db.session import session as live_session
from app.db.transaction import transaction
from app.kernel.actor import CONSOLE, Role
from app.kernel.outcomes import Refused
from tests import builders as b

MINUTE = timedelta(minutes=1)


@pytest.fixture
def person(session: Session) -> Person:
    b.make_regions()
    return b.make_person()


def begin(person: Person, *, is_shared: bool = False, now: datetime = b.NOW, **more: Any) -> str:
    return actions.begin_session(person.id, person.epoch, Device("Chrome", "Android"), is_shared, now, **more)


def test_the_table_does_not_hold_what_the_browser_holds(session: Session, person: Person) -> None:
    token = begin(person)
    assert len(token) >= 43
    assert session.query(SignIn.digest).all() == [(digest_of(token),)]
    assert digest_of(token) != token


def test_session_person_and_grants_come_in_one_statement(
    person: Person, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    token = begin(person, proof=actions.Proof(has_factor=True))
    for role in (Role.MODERATOR, Role.PLANNER):
        actions.grant(CONSOLE, person, role, b.BELU, b.NOW)
    with queries() as sent:
        found = find_signed_in(token, b.NOW)
    assert len(sent) == 1
    assert found
    assert found.actor == b.actor_of(person)


def test_without_a_second_factor_only_the_facilitators_role_is_there(person: Person) -> None:
    for role in Role:
        b.grant_role(person, role, b.BELU)
    found = find_signed_in(token := begin(person), b.NOW)
    assert found
    assert found.actor.roles == {Role.FACILITATOR}
    assert {grant.role for grant in found.withheld} == set(Role) - {Role.FACILITATOR}
    assert found.facts.is_staff  # and the session is as short as that of staff
    actions.note_factor(found.sign_in_id, b.NOW)
    found = find_signed_in(token, b.NOW)
    assert found
    assert (found.actor.roles, found.withheld) == (set(Role), ())


def test_a_session_begun_by_a_code_has_not_typed_the_password(person: Person) -> None:
    found = find_signed_in(begin(person, proof=actions.Proof(Way.CODE)), b.NOW)
    assert found
    assert found.confirmed_at is None


def test_signing_in_again_ends_what_the_browser_had(person: Person) -> None:
    first = begin(person)
    second = begin(b.make_person(), instead_of=first)
    assert find_signed_in(first, b.NOW) is None
    assert find_signed_in(second, b.NOW)


def test_a_session_begun_with_an_old_password_is_worth_nothing(person: Person) -> None:
    epoch = person.epoch
    actions.set_password(person, actions.hash_password("kuda putih lari"), b.NOW)
    token = actions.begin_session(person.id, epoch, Device(), False, b.NOW)
    assert find_signed_in(token, b.NOW) is None


def test_a_role_shortens_the_session_at_once_and_its_end_is_felt_at_once(person: Person) -> None:
    token, later = begin(person), b.NOW + timedelta(hours=1)
    assert find_signed_in(token, later)
    row = actions.grant(CONSOLE, person, Role.MODERATOR, b.BELU, b.NOW)
    assert find_signed_in(token, later) is None
    administrator = b.make_staff(Role.ADMINISTRATOR, b.BELU)
    actions.end_grant(administrator, row, "Pindah tugas ke kabupaten lain.", b.NOW + MINUTE)
    found = find_signed_in(token, later)
    assert found
    assert not found.actor.grants


def test_use_keeps_a_shared_device_signed_in_until_its_whole_span_is_over(person: Person) -> None:
    token, at = begin(person, is_shared=True), b.NOW
    while at < b.NOW + SHARED.whole:
        found = find_signed_in(token, at)
        assert found
        actions.note_seen(found.sign_in_id, at)
        at += 10 * MINUTE
    assert find_signed_in(token, at) is None


def test_use_is_noted_once_a_minute(session: Session, person: Person) -> None:
    begin(person)
    row = session.query(SignIn).one()
    for late, noted in ((MINUTE / 2, b.NOW), (MINUTE, b.NOW + MINUTE), (MINUTE * 1.5, b.NOW + MINUTE)):
        actions.note_seen(row.id, b.NOW + late)
        session.refresh(row)
        assert row.seen_at == noted


def test_sessions_that_are_long_over_are_forgotten(session: Session, person: Person) -> None:
    begin(person)
    begin(b.make_person(), now=b.NOW + OWN.whole)
    assert session.query(SignIn).count() == 1


def test_one_ends_ones_own_sessions_and_nobody_elses(session: Session, person: Person) -> None:
    other = b.make_person()
    mine, theirs = begin(person), begin(other)
    row = session.query(SignIn).filter_by(digest=digest_of(theirs)).one()
    actions.end_session(b.actor_of(person), row.id, b.NOW)
    assert find_signed_in(theirs, b.NOW)
    actions.end_session(b.actor_of(other), row.id, b.NOW)
    assert find_signed_in(theirs, b.NOW) is None
    assert find_signed_in(mine, b.NOW)


def test_ending_all_others_keeps_this_one(person: Person) -> None:
    tokens = [begin(person) for _ in range(3)]
    here = find_signed_in(tokens[0], b.NOW)
    assert here
    actions.end_others(here.actor, here.sign_in_id, b.NOW)
    assert [bool(find_signed_in(token, b.NOW)) for token in tokens] == [True, False, False]
    assert [row.id for row in sessions_of(here.actor, b.NOW)] == [here.sign_in_id]


def test_the_list_leaves_out_what_is_over(person: Person) -> None:
    begin(person, is_shared=True)
    begin(person)
    later = b.NOW + timedelta(days=1)
    assert [row.is_shared for row in sessions_of(b.actor_of(person), later)] == [False]


def test_the_password_is_confirmed_by_the_password_only(person: Person) -> None:
    token, later = begin(person), b.NOW + timedelta(hours=1)
    here = find_signed_in(token, later)
    assert here
    with pytest.raises(Refused) as refused:
        actions.check_again(here.actor, "bukan kata sandi", later)
    assert refused.value.reason is Refusal.NOT_CONFIRMED
    actions.check_again(here.actor, b.PASSWORD, later)
    actions.confirm(here.sign_in_id, later)
    found = find_signed_in(token, later)
    assert found
    assert found.confirmed_at == later


@pytest.fixture
def resident(live_app: Flask) -> int:
    with live_app.app_context(), transaction():
        b.make_regions()
        return b.make_person().id


def test_sign_ins_at_once_all_hold_and_end_what_the_browser_had_once(
    live_app: Flask, resident: int, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        old = actions.begin_session(resident, 0, Device(), False, b.NOW - OWN.whole)
        before = actions.begin_session(resident, 0, Device(), False, b.NOW)

    def sign_in(number: int) -> str:
        with transaction():
            return actions.begin_session(resident, 0, Device(), False, b.NOW, instead_of=before)

    tokens = at_once(sign_in, 6)
    with live_app.app_context():
        assert all(find_signed_in(token, b.NOW) for token in tokens)
        assert not find_signed_in(before, b.NOW)
        assert not find_signed_in(old, b.NOW)
        assert live_session.query(SignIn).count() == 6


def test_a_session_ended_while_it_is_used_stays_ended(
    live_app: Flask, resident: int, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        token = actions.begin_session(resident, 0, Device(), False, b.NOW)
    later = b.NOW + timedelta(hours=1)

    def use_or_end(number: int) -> None:
        found = find_signed_in(token, later)
        if found:
            with transaction():
                if number == 0:
                    actions.end_session(found.actor, found.sign_in_id, later)
                else:
                    actions.note_seen(found.sign_in_id, later)

    assert at_once(use_or_end, 6) == [None] * 6
    with live_app.app_context():
        assert find_signed_in(token, later) is None
