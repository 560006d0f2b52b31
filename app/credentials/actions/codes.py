"""One-time codes: asked for, sent and used. Whether a phone has an account shows neither in words nor in work done."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, update

from app.accounts import actions as accounts
from app.accounts import queries as people
from app.accounts.models import Person
from app.audit.actions import record
from app.credentials import queries
from app.credentials.models import OneTimeCode
from app.credentials.rules import Refusal, Use
from app.credentials.rules.codes import (
    BUDGET,
    KEPT_FOR,
    LASTS,
    MOST_TRIES,
    PER_ADDRESS,
    PER_DAY,
    PER_MINUTE,
    PER_QUARTER,
    RESEND_AFTER,
    CodeFacts,
    new_code,
    normal_code,
    refuse_code,
)
from app.credentials.rules.texts import HOUSEHOLD, code_text
from app.db.session import session
from app.kernel.actor import ANYONE
from app.kernel.outcomes import Refused
from app.limits import actions as limits
from app.limits.queries import counted
from app.limits.rules import Refusal as LimitRefusal
from app.limits.rules import minutes_left
from app.messages.actions import write
from app.messages.rules import Channel, Kind
from app.vault import blind_index

ALL = "all"
# A message that has expired before it is written: as much work as a real one, and nothing is sent.
NEVER = timedelta()


def count_request(phone: str, address: str, now: datetime) -> Refused | None:
    """Count that a code was asked for, in a transaction of its own; the refusal where that is too often."""
    if counted(BUDGET, ALL, now) >= BUDGET.most:
        return Refused(Refusal.CODES_SPENT)
    if queries.sent_since(_phone_index(phone), now - RESEND_AFTER) or limits.count(PER_MINUTE, phone, now) > 1:
        return Refused(Refusal.CODE_TOO_SOON)
    for limit, key in ((PER_QUARTER, phone), (PER_DAY, phone), (PER_ADDRESS, address)):
        if limits.count(limit, key, now) > limit.most:
            return Refused(LimitRefusal.TOO_OFTEN, minutes=minutes_left(limit, now))
    return None


def send_sign_in_code(phone: str, browser: str, now: datetime) -> None:
    """A code for the one account that has confirmed this phone. In a household it would let one sign in as another:
    then the message says so. For a phone that nobody has confirmed everything is done but the sending.
    """
    owners = [person for person in people.sharing_phone(phone) if person.phone_confirmed_at and not person.closed_at]
    person = owners[0] if len(owners) == 1 else None
    code = _write_code(Use.SIGN_IN, person, phone, browser, now)
    _send(phone, code_text(code) if len(owners) < 2 else HOUSEHOLD, owners, now)


def send_confirming_code(person: Person, browser: str, now: datetime) -> None:
    """A code to the person's own phone; whoever types it here has both in hand."""
    phone = person.phone
    assert phone is not None  # the view has asked
    _send(phone, code_text(_write_code(Use.CONFIRM_PHONE, person, phone, browser, now)), [person], now)


def _write_code(use: Use, person: Person | None, phone: str, browser: str, now: datetime) -> str:
    session.execute(delete(OneTimeCode).where(OneTimeCode.sent_at < now - KEPT_FOR))
    code, phone_index = new_code(), _phone_index(phone)
    row = OneTimeCode(
        use=use,
        person_id=person.id if person else None,
        phone_index=phone_index,
        browser_digest=_browser_digest(browser),
        code_digest=_code_digest(use, phone_index, browser, code),
        sent_at=now,
        tries=0,
    )
    session.add(row)
    session.flush()
    return code


def _send(phone: str, text: str, owners: Sequence[Person], now: datetime) -> None:
    if limits.count(BUDGET, ALL, now, by=min(len(owners), 1)) >= BUDGET.most:
        record(ANYONE, "codes_spent", f"limit:{BUDGET.kind}", now)
    person_id = owners[0].id if len(owners) == 1 else None
    lives_for = LASTS if owners else NEVER
    write(Channel.PHONE, phone, Kind.CODE, text, f"code-{uuid4()}", now, person_id=person_id, lives_for=lives_for)


@dataclass(frozen=True)
class Used:
    """What became of a code: whose it was and to which phone it went, or why it opens nothing."""

    person_id: int | None = None
    refusal: Refusal | None = None
    phone_index: str | None = None


def use_code(use: Use, browser: str, typed: str, now: datetime) -> Used:
    """Use the last code that this browser asked for. It does not raise: the try counts also when it was wrong."""
    row = queries.last_code(use, _browser_digest(browser))
    if row is None:
        return Used(refusal=Refusal.CODE_OVER)
    counter = update(OneTimeCode).where(OneTimeCode.id == row.id).values(tries=OneTimeCode.tries + 1)
    tries: int = session.execute(counter.returning(OneTimeCode.tries)).scalar_one()
    session.refresh(row)
    expected = _code_digest(use, row.phone_index, browser, normal_code(typed))
    facts = CodeFacts(
        sent_at=row.sent_at,
        tries=tries,
        is_used=row.used_at is not None,
        is_newest=not queries.has_newer_code(row),
        fits=hmac.compare_digest(row.code_digest, expected) and queries.is_still_theirs(row),
    )
    if refusal := refuse_code(facts, now):
        if tries <= MOST_TRIES + 1:  # nobody fills the log by trying on
            record(ANYONE, "refuse_code", f"code:{row.id}", now, reason=refusal, use=use, person=row.person_id)
        return Used(refusal=refusal)
    row.used_at = now
    session.flush()
    record(ANYONE, "use_code", f"person:{row.person_id}", now, use=use)
    return Used(row.person_id, phone_index=row.phone_index)


def confirm_phone(person: Person, used: Used, now: datetime) -> None:
    """The phone to which the code went is the person's; changed since, the new one is not confirmed by it."""
    accounts.hold(person)
    if used.person_id != person.id or used.phone_index != person.phone_index:
        raise Refused(Refusal.CODE_OVER)
    accounts.confirm_phone(person, now)


def _phone_index(phone: str) -> str:
    return blind_index("phone", phone)


def _browser_digest(browser: str) -> str:
    return blind_index("code_browser", browser)


def _code_digest(use: Use, phone_index: str, browser: str, code: str) -> str:
    """Of the code together with all that it is bound to."""
    return blind_index("one_time_code", f"{use}|{phone_index}|{browser}|{code}")
