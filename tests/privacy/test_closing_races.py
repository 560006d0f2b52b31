"""Closing an account while others write to it, by real threads."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import get_person
from app.accounts.rules import Document
from app.accounts.rules.consents import Mode, Purpose
from app.credentials import actions as credentials
from app.db.transaction import transaction
from app.identity import actions as identity
from app.identity.actions import Particulars
from app.identity.queries import identity_of
from app.kernel.actor import Level, Role
from app.privacy.actions import close_account
from app.privacy.queries import consents_of
from app.privacy.rules import NAMELESS, Why
from tests import builders as b


def test_nothing_that_is_under_way_comes_back_to_an_account_that_is_closed_at_the_same_moment(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        facilitator, person = b.make_staff(Role.FACILITATOR, b.MAKIR), b.make_person()
        person_id, owner, said = person.id, b.actor_of(person), Particulars(b.make_nik())

    acts: Sequence[Callable[[Person], object]] = (
        lambda person: close_account(owner, person, Why.ASKED, b.NOW),
        lambda person: credentials.change_phone(owner, person, "+6281355500011", b.NOW),
        lambda person: accounts.correct(facilitator, person, "Maria", "Fatubesi", "tet", b.NOW),
        lambda person: identity.identify(facilitator, person, said, b.NOW),
        lambda person: accounts.give_consent(person, Purpose.MESSAGES, Mode.SELF, None, b.NOW),
        lambda person: accounts.set_password(person, b.PASSWORD_HASH, b.NOW, owner),
        lambda person: accounts.attest(facilitator, person, Document.KTP, b.NOW),
    )

    def act(number: int) -> None:
        person = get_person(person_id)
        with transaction():
            acts[number](person)

    at_once(act, len(acts))
    with live_app.app_context():
        person = get_person(person_id)
        assert person.closed_at == b.NOW
        assert (person.name, person.hamlet, person.phone_index, person.password_hash) == (NAMELESS, "", None, None)
        assert (person.level, identity_of(person_id), consents_of(person_id)) == (Level.REGISTERED, None, {})
