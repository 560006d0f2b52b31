"""What many try at the same moment is done once, and counted as often as it was tried."""

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules.consents import Mode
from app.credentials import actions
from app.credentials.actions import Outcome
from app.credentials.models import OneTimeCode, ResidentCard
from app.credentials.rules import Refusal, Use
from app.credentials.rules.cards import Reason
from app.credentials.rules.codes import MOST_TRIES
from app.credentials.rules.factors import WRONG
from app.credentials.rules.passkeys import Ceremony, new_challenge
from app.db.session import session
from app.db.transaction import transaction
from app.kernel.actor import Actor, Role
from tests import builders as b
from tests.credentials.conftest import sent_code, with_phone

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def holder(live_app: Flask) -> Actor:
    with live_app.app_context(), transaction():
        b.make_regions()
        actor = b.make_staff(Role.ADMINISTRATOR, b.BELU)
        actions.set_totp(b.person_of(actor), SECRET, b.NOW)
        return actor


def test_of_sixty_guesses_at_once_five_are_compared(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        actions.send_sign_in_code(with_phone().phone or "", "a", b.NOW)
        wrong = f"{(int(sent_code()) + 1) % 10**6:06d}"
    answers = b.race(live_app, 60, lambda _: actions.use_code(Use.SIGN_IN, "a", wrong, b.NOW).refusal)
    assert answers.count(Refusal.WRONG_CODE) == MOST_TRIES
    assert answers.count(Refusal.CODE_OVER) == 60 - MOST_TRIES
    with live_app.app_context():
        assert session.query(OneTimeCode).one().tries == 60


def test_a_code_typed_twice_at_once_signs_in_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        actions.send_sign_in_code(with_phone().phone or "", "a", b.NOW)
        code = sent_code()
    answers = b.race(live_app, 5, lambda _: actions.use_code(Use.SIGN_IN, "a", code, b.NOW).refusal)
    assert answers.count(None) == 1


def test_codes_asked_for_at_once_are_one(live_app: Flask) -> None:
    answers = b.race(live_app, 12, lambda _: actions.count_request("+6281200000001", "10.0.0.1", b.NOW))
    assert answers.count(None) == 1


def once(live_app: Flask, use: Callable[[int], object], times: int = 8) -> list[object]:
    return b.race(live_app, times, use)


def test_the_same_code_of_the_app_at_once_opens_once(live_app: Flask, holder: Actor) -> None:
    code = pyotp.TOTP(SECRET).at(b.NOW)
    answers = once(live_app, lambda _: actions.use_factor(holder, code, b.NOW))
    assert answers.count(Outcome.RIGHT) == 1
    assert answers.count(Outcome.USED) == 7


def test_a_recovery_code_at_once_opens_once(live_app: Flask, holder: Actor) -> None:
    with live_app.app_context(), transaction():
        code = actions.renew_recovery_codes(holder, b.person_of(holder), b.NOW)[0]
    answers = once(live_app, lambda _: actions.use_factor(holder, code, b.NOW))
    assert answers.count(Outcome.RIGHT) == 1
    assert answers.count(Outcome.USED) == 7


def test_of_many_factor_tries_at_once_five_are_let_through(live_app: Flask, holder: Actor) -> None:
    answers = once(live_app, lambda _: actions.count_factor_try(holder, b.NOW), 30)
    assert answers.count(None) == WRONG.most


def test_a_challenge_is_answered_once(live_app: Flask) -> None:
    challenge = new_challenge(Ceremony.SIGN_IN, b.NOW)
    assert once(live_app, lambda _: actions.count_answer(challenge, "10.0.0.1", b.NOW)).count(None) == 1


def people(live_app: Flask) -> tuple[Actor, int]:
    with live_app.app_context(), transaction():
        b.make_regions()
        facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
        return facilitator, accounts.enrol(facilitator, accounts.Resident("Yosef", b.MAKIR), Mode.READ_ALOUD, b.NOW).id


def cards(live_app: Flask, person_id: int) -> list[ResidentCard]:
    with live_app.app_context():
        rows = session.query(ResidentCard).filter_by(person_id=person_id, revoked_at=None).all()
        person = session.get(Person, person_id)
        assert person
        assert [row.password_hash for row in rows] == [person.password_hash]
        return rows


@pytest.mark.parametrize("reason", [None, Reason.LOST])
def test_a_card_asked_for_twice_at_once_leaves_one_in_force(live_app: Flask, reason: Reason | None) -> None:
    facilitator, person_id = people(live_app)

    def issue(_number: int) -> object:
        person = session.get(Person, person_id)
        assert person
        return actions.issue_card(facilitator, person, b.NOW, reason)[1]

    answers = b.race(live_app, 4, issue)
    assert answers.count(Refusal.REASON_MISSING) == (3 if reason is None else 0)
    assert len(cards(live_app, person_id)) == 1
