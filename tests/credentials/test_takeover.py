"""Whoever got into somebody's account, or tries to by another's phone, is out after a recovery and gets nowhere."""

import pytest
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules.consents import Mode
from app.credentials import actions, queries
from app.credentials.models import Passkey
from app.credentials.rules import Refusal, Use
from app.credentials.rules.cards import Reason
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.privacy.actions import close_account
from app.privacy.rules import NAMELESS, Why
from tests import builders as b
from tests.credentials.conftest import sent_code, with_phone

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
VICTIMS = "+6281355500011"


@pytest.fixture(autouse=True)
def _regions(session: Session) -> None:
    b.make_regions()


def with_other_ways(session: Session) -> Person:
    """A resident with a confirmed phone, a passkey and an authenticator app."""
    person = with_phone()
    key = Passkey(person_id=person.id, credential_id=b"k", public_key=b"p", sign_count=0, name="HP", added_at=b.NOW)
    session.add(key)
    actions.set_totp(person, SECRET, b.NOW)
    return person


@pytest.mark.parametrize("reason", [Reason.LOST, Reason.MISUSED])
def test_a_card_from_other_hands_takes_every_other_way_in_with_it(session: Session, reason: Reason) -> None:
    person = with_other_ways(session)
    actions.issue_card(b.make_staff(Role.FACILITATOR, b.MAKIR), person, b.NOW, reason)
    assert not queries.has_factor(person.id)
    assert person.phone is not None
    actions.send_sign_in_code(person.phone, "of the thief", b.NOW)
    used = actions.use_code(Use.SIGN_IN, "of the thief", sent_code(), b.NOW)
    assert used.refusal is Refusal.WRONG_CODE


def test_a_worn_card_takes_nothing_else_with_it(session: Session) -> None:
    person = with_other_ways(session)
    actions.issue_card(b.make_staff(Role.FACILITATOR, b.MAKIR), person, b.NOW, Reason.WORN)
    assert queries.has_factor(person.id)
    assert person.phone_confirmed_at is not None


def test_revoking_a_misused_card_closes_the_other_ways_of_residents_and_of_no_staff(session: Session) -> None:
    facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
    person = accounts.enrol(facilitator, accounts.Resident("Yosef Mau", b.MAKIR), Mode.READ_ALOUD, b.NOW)
    actions.issue_card(facilitator, person, b.NOW)
    actions.set_totp(person, SECRET, b.NOW)
    actions.revoke_card(facilitator, person, Reason.MISUSED, b.NOW)
    assert not queries.has_factor(person.id)
    actions.issue_card(facilitator, person, b.NOW, Reason.WORN)
    actions.set_totp(person, SECRET, b.NOW)
    b.grant_role(person, Role.MODERATOR, b.BELU)
    actions.revoke_card(facilitator, person, Reason.MISUSED, b.NOW)
    assert queries.has_factor(person.id)


def test_nobody_at_a_table_learns_the_first_words_of_staff() -> None:
    facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
    person = accounts.enrol(facilitator, accounts.Resident("Yosef Mau", b.MAKIR), Mode.READ_ALOUD, b.NOW)
    b.grant_role(person, Role.MODERATOR, b.BELU)
    with pytest.raises(Refused) as refused:
        actions.issue_card(facilitator, person, b.NOW)
    assert refused.value.reason is Refusal.STAFF_CARD


def test_a_code_to_ones_own_phone_does_not_confirm_the_one_put_in_its_place() -> None:
    """Both in two requests at once: the code is used, then the phone is another's, then it is confirmed."""
    person = b.make_person(level=b.Level.REGISTERED)
    actions.send_confirming_code(person, "mine", b.NOW)
    used = actions.use_code(Use.CONFIRM_PHONE, "mine", sent_code(), b.NOW)
    accounts.change_phone(b.actor_of(person), person, VICTIMS, b.NOW)
    with pytest.raises(Refused) as refused:
        actions.confirm_phone(person, used, b.NOW)
    assert refused.value.reason is Refusal.CODE_OVER
    assert person.phone_confirmed_at is None


def test_what_was_under_way_brings_nothing_back_to_a_closed_account() -> None:
    person, facilitator = with_phone(), b.make_staff(Role.FACILITATOR, b.MAKIR)
    actor = b.actor_of(person)
    close_account(actor, person, Why.ASKED, b.NOW)
    for act in (
        lambda: actions.change_phone(actor, person, VICTIMS, b.NOW),
        lambda: accounts.correct(facilitator, person, "Maria Bere", "Fatubesi", "tet", b.NOW),
        lambda: accounts.set_password(person, b.PASSWORD_HASH, b.NOW, actor),
        lambda: actions.add_totp(actor, person, SECRET, "000000", b.NOW),
        lambda: actions.renew_recovery_codes(actor, person, b.NOW),
    ):
        with pytest.raises((Missing, Refused)):
            act()
    assert (person.name, person.phone_index, person.password_hash) == (NAMELESS, None, None)
