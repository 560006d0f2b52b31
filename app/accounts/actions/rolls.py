"""Entering many people at once, from a village's roll; as `enrol`, in a few statements."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from app.accounts.actions.people import Resident, first_free_serial
from app.accounts.models import Consent, Person, phone_place
from app.accounts.permissions import POLICY, Can
from app.accounts.rules import card_number
from app.accounts.rules.consents import WORDING, Mode, Purpose
from app.audit.actions import record_many
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.policy import Within
from app.vault import blind_index, seal


def enrol_many(actor: Actor, residents: Sequence[Resident], source: str, now: datetime) -> list[int]:
    """Enter people who are not known yet; their ids, in the order of the residents."""
    for village_code in {resident.village_code for resident in residents}:
        POLICY.require(actor, Can.ENROL, Within(village_code))
    first = first_free_serial()
    rows = [_row(resident, card_number(first + place), now) for place, resident in enumerate(residents)]
    if not rows:
        return []
    session.execute(insert(Person), rows)
    numbers = [row["card_number"] for row in rows]
    found = session.execute(select(Person.card_number, Person.id).where(Person.card_number.in_(numbers)))
    ids = {row.card_number: row.id for row in found}
    people = [ids[number] for number in numbers]
    session.execute(insert(Consent), [_consent(person_id, actor, source, now) for person_id in people])
    record_many(actor, "enrol", [f"person:{person_id}" for person_id in people], now, mode=Mode.ROLL)
    return people


def _row(resident: Resident, number: str, now: datetime) -> dict[str, object]:
    phone = resident.phone
    return {
        "card_number": number,
        "name": resident.name,
        "phone_sealed": seal(phone, phone_place(number)) if phone else None,
        "phone_index": blind_index("phone", phone) if phone else None,
        "village_code": resident.village_code,
        "hamlet": resident.hamlet,
        "language": resident.language,
        "level": 0,
        "epoch": 0,
        "registered_at": now,
        "active_at": now,
        "form_key": resident.form_key,
    }


def _consent(person_id: int, actor: Actor, source: str, now: datetime) -> dict[str, object]:
    return {
        "person_id": person_id,
        "purpose": Purpose.ACCOUNT,
        "wording": WORDING[Purpose.ACCOUNT],
        "mode": Mode.ROLL,
        "source": source,
        "witness_id": actor.person_id,
        "given_at": now,
    }
