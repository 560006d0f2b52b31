"""Resident cards: handed out, replaced, over."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import Refusal as AccountRefusal
from app.accounts.rules.consents import Mode
from app.credentials import actions, queries
from app.credentials.rules import Refusal
from app.credentials.rules.cards import LASTS, RECOVERED, Reason, known_words
from app.kernel.actor import Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.limits.rules import Refusal as LimitRefusal
from tests import builders as b

ADDRESS = "203.0.113.7"


@pytest.fixture(autouse=True)
def _regions(session: Session) -> None:
    b.make_regions()


def enrolled(name: str = "Yosef Mau") -> Person:
    facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
    return accounts.enrol(facilitator, accounts.Resident(name, b.MAKIR), Mode.READ_ALOUD, b.NOW)


def test_the_words_on_a_first_card_sign_in() -> None:
    person = enrolled()
    card, words = actions.issue_card(b.make_staff(Role.FACILITATOR, b.MAKIR), person, b.NOW)
    assert len(words.split()) == 3
    assert set(words.split()) <= set(known_words())
    assert card.expires_at == b.NOW + LASTS
    assert accounts.check_sign_in(person.card_number, words, ADDRESS, b.NOW) is person


def test_a_card_instead_of_another_way_in_needs_a_reason() -> None:
    facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
    with pytest.raises(Refused) as refused:
        actions.issue_card(facilitator, b.make_person(), b.NOW)
    assert refused.value.reason is Refusal.REASON_MISSING


def test_a_new_card_ends_the_former_one_and_every_session() -> None:
    facilitator, person = b.make_staff(Role.FACILITATOR, b.MAKIR), enrolled()
    former, old = actions.issue_card(facilitator, person, b.NOW)
    epoch = person.epoch
    card, words = actions.issue_card(facilitator, person, b.NOW, Reason.LOST)
    assert (former.revoked_at, former.revoke_reason, card.revoked_at) == (b.NOW, Reason.LOST, None)
    assert person.epoch == epoch + 1
    assert accounts.check_sign_in(person.card_number, words, ADDRESS, b.NOW) is person
    with pytest.raises(Refused) as refused:
        accounts.check_sign_in(person.card_number, old, ADDRESS, b.NOW)
    assert refused.value.reason is AccountRefusal.WRONG_SIGN_IN


@pytest.mark.parametrize("is_revoked", [True, False], ids=["revoked", "expired"])
def test_the_words_of_a_card_that_is_over_open_nothing(is_revoked: bool) -> None:
    facilitator, person = b.make_staff(Role.FACILITATOR, b.MAKIR), enrolled()
    _card, words = actions.issue_card(facilitator, person, b.NOW)
    now = b.NOW + (timedelta(days=1) if is_revoked else LASTS)
    if is_revoked:
        actions.revoke_card(facilitator, person, Reason.MISUSED, now)
    with pytest.raises(Refused) as refused:
        accounts.check_sign_in(person.card_number, words, ADDRESS, now)
    assert refused.value.reason is AccountRefusal.CARD_OVER


def test_a_password_of_ones_own_outlives_the_card() -> None:
    person = enrolled()
    actions.issue_card(b.make_staff(Role.FACILITATOR, b.MAKIR), person, b.NOW)
    accounts.set_password(person, b.PASSWORD_HASH, b.NOW)
    assert accounts.check_sign_in(person.card_number, b.PASSWORD, ADDRESS, b.NOW + LASTS) is person


def test_only_facilitators_of_the_village_issue_and_revoke() -> None:
    person, stranger = enrolled(), b.make_staff(Role.FACILITATOR, b.TOHE)
    with pytest.raises(Denied):
        actions.issue_card(stranger, person, b.NOW)
    with pytest.raises(Denied):
        actions.revoke_card(stranger, person, Reason.LOST, b.NOW)
    assert queries.latest_card(person.id) is None


def test_nobody_issues_their_own_card_or_recovers_a_colleague() -> None:
    facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR)
    colleague = b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR)
    for whose, reason in ((facilitator, Refusal.OWN_CARD), (colleague, Refusal.STAFF_CARD)):
        with pytest.raises(Refused) as refused:
            actions.issue_card(facilitator, b.person_of(whose), b.NOW, Reason.FORGOTTEN)
        assert refused.value.reason is reason


def test_so_many_recoveries_a_day_and_no_more() -> None:
    facilitator, person = b.make_staff(Role.FACILITATOR, b.MAKIR), b.make_person()
    for _ in range(RECOVERED.most):
        actions.issue_card(facilitator, person, b.NOW, Reason.FORGOTTEN)
    with pytest.raises(Refused) as refused:
        actions.issue_card(facilitator, person, b.NOW, Reason.FORGOTTEN)
    assert refused.value.reason is LimitRefusal.TOO_OFTEN
    actions.issue_card(facilitator, person, b.NOW + timedelta(days=1), Reason.FORGOTTEN)


def test_one_hash_tells_a_right_word_a_wrong_one_and_a_card_that_is_over(hashes: list[str]) -> None:
    facilitator, person = b.make_staff(Role.FACILITATOR, b.MAKIR), enrolled()
    _card, words = actions.issue_card(facilitator, person, b.NOW)
    tries = [(person.card_number, words, LASTS), (person.card_number, "salah", LASTS), ("12345674", words, LASTS)]
    counted = []
    for name, password, later in tries:
        hashes.clear()
        with pytest.raises(Refused):
            accounts.check_sign_in(name, password, ADDRESS, b.NOW + later)
        counted.append(len(hashes))
    assert counted == [1, 1, 1]


def test_a_closed_account_gets_no_card() -> None:
    person = enrolled()
    person.closed_at = b.NOW
    with pytest.raises(Missing):
        actions.issue_card(b.make_staff(Role.FACILITATOR, b.MAKIR), person, b.NOW)
