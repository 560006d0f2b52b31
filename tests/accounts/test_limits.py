"""Limits that neither spelling nor haste gets round."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions, queries
from app.accounts.models import Person
from app.accounts.rules import MAX_PER_PHONE, TRIES, Refusal
from app.audit.models import AuditEntry
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.kernel.outcomes import Refused
from tests import builders as b

PHONE = "+6281234567890"


def test_a_card_number_in_parts_is_the_same_name(session: Session) -> None:
    for name in ("12345678", "1234 5678", " 12 34 56 78 ", "1 2345678"):
        actions.count_try(name, b.NOW)
    assert actions.tries_of("12345678", b.NOW) == 4


def test_whoever_tries_on_stands_in_the_log_once(session: Session) -> None:
    for _ in range(TRIES + 5):
        actions.count_try(PHONE, b.NOW)
    assert session.query(AuditEntry).filter_by(act="too_many_tries").count() == 1


def test_a_phone_serves_no_more_when_all_come_at_once(live_app: Flask, at_once: Callable[..., list[Any]]) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()

    def register(number: int) -> str:
        try:
            with transaction():
                actions.register(f"Warga {number}", PHONE, b.PASSWORD_HASH, b.MAKIR, b.NOW)
        except Refused as refused:
            return str(refused.reason)
        return "registered"

    answers = at_once(register, MAX_PER_PHONE + 3)
    assert sorted(answers) == sorted(["registered"] * MAX_PER_PHONE + [str(Refusal.PHONE_FULL)] * 3)
    with live_app.app_context():
        assert own_session.query(Person).filter_by(phone=PHONE).count() == len(queries.sharing_phone(PHONE))
