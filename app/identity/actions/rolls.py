"""Entering the people of a village's roll, a batch in a transaction; read again, nobody is entered twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from app.accounts import actions as accounts
from app.accounts.actions.rolls import enrol_many
from app.audit.actions import record
from app.db.session import session
from app.identity import queries
from app.identity.actions.identifying import VERIFIER
from app.identity.models import Identity
from app.identity.rules.rolls import RollRow
from app.kernel.actor import Actor
from app.vault import blind_index, digest_of_nik

# Of 64 hex digits these are enough, and as many as the column holds.
KEY_LENGTH = 36


@dataclass(frozen=True)
class Entered:
    """What became of a batch: how many are new, how many were known, and rows whose NIK somebody elsewhere has."""

    new: int
    known: int
    elsewhere: Sequence[RollRow]


def enter_roll(actor: Actor, rows: Sequence[RollRow], source: str, now: datetime) -> Entered:
    """Enter who is not known yet. They are registered, not attested: a facilitator has to see them first.

    A NIK known in the same village is the same person, of whom nothing is changed: what they said themselves stays.
    """
    villages = queries.villages_of_niks([row.nik for row in rows if row.nik])
    keys = queries.form_keys_among([_key(row) for row in rows if not row.nik])
    elsewhere = [row for row in rows if row.nik and villages.get(row.nik.digits, row.village_code) != row.village_code]
    new = [row for row in rows if (row.nik.digits not in villages if row.nik else _key(row) not in keys)]
    people = enrol_many(actor, [_resident(row) for row in new], source, now)
    if new:
        session.execute(insert(Identity), [_identity(*pair, actor, now) for pair in zip(people, new, strict=True)])
        record(actor, "enter_roll", "roll", now, new=len(new), known=len(rows) - len(new) - len(elsewhere))
    return Entered(len(new), len(rows) - len(new) - len(elsewhere), elsewhere)


def _key(row: RollRow) -> str:
    """By NIK people are known by its digest, which moves on to newer keys; this one is for those without."""
    return blind_index("roll", row.known_by)[:KEY_LENGTH]


def _resident(row: RollRow) -> accounts.Resident:
    return accounts.Resident(
        row.name,
        row.village_code,
        row.phone,
        hamlet=row.hamlet,
        language=row.language,
        form_key=None if row.nik else _key(row),
    )


def _identity(person_id: int, row: RollRow, actor: Actor, now: datetime) -> dict[str, object]:
    return {
        "person_id": person_id,
        "nik_digest": digest_of_nik(row.nik.digits) if row.nik else None,
        "nik_last4": row.nik.last4 if row.nik else None,
        "birth_year": row.birth_year,
        "sex": row.sex,
        "doubts": [doubt.value for doubt in row.doubts],
        "verifier": VERIFIER.name if row.nik else "",
        "recorded_at": now,
        "recorded_by_id": actor.person_id,
    }
