"""Limits that neither spelling nor haste gets round."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions
from app.accounts.models import Person
from app.accounts.rules import MAX_PER_PHONE, Refusal
from app.accounts.rules.limits import SIGN_IN
from app.audit.models import AuditEntry
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.limits.queries import counted
from app.web.addresses import network_of
from tests import builders as b

PHONE = "+6281234567890"


def test_a_card_number_in_parts_is_the_same_name(session: Session) -> None:
    for name in ("12345678", "1234 5678", " 12 34 56 78 ", "1 2345678"):
        actions.count_try(name, "10.0.0.7", b.NOW)
    assert counted(SIGN_IN, "12345678", b.NOW) == 4


def test_whoever_tries_on_stands_in_the_log_once(session: Session) -> None:
    for _ in range(SIGN_IN.most + 5):
        actions.count_try(PHONE, "10.0.0.7", b.NOW)
    assert session.query(AuditEntry).filter_by(act="too_often").count() == 1


def test_a_phone_serves_no_more_when_all_confirm_at_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
        household = [actions.register(actions.Resident(f"Warga {n}", b.MAKIR, PHONE), b.NOW).id for n in range(9)]

    def confirm(number: int) -> object:
        person = own_session.get(Person, household[number])
        assert person is not None
        return actions.confirm_phone(person, b.NOW)

    answers = b.race(live_app, len(household), confirm)
    assert answers.count(None) == MAX_PER_PHONE
    assert answers.count(Refusal.PHONE_FULL) == len(household) - MAX_PER_PHONE


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::5", "2001:db8:1:2::/64"),
        ("2001:0db8:0001:0002:ffff:1:2:3", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_a_line_with_many_addresses_is_counted_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
