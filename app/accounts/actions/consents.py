"""Yes and no to what data is used for."""

from datetime import datetime

from sqlalchemy import update

from app.accounts import queries
from app.accounts.actions.holding import hold
from app.accounts.models import Consent, Person
from app.accounts.rules import Refusal
from app.accounts.rules.consents import OPTIONAL, WORDING, Mode, Purpose
from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused


def give_consent(
    person: Person, purpose: Purpose, mode: Mode, witness_id: int | None, now: datetime, source: str = ""
) -> Consent:
    """Write down that the person agrees, in the words asked for now; given already in these words, nothing changes."""
    hold(person)
    known = queries.consent_in_force(person.id, purpose)
    if known and known.wording == WORDING[purpose]:
        return known
    consent = Consent(
        person_id=person.id,
        purpose=purpose,
        wording=WORDING[purpose],
        mode=mode,
        source=source,
        witness_id=witness_id,
        given_at=now,
    )
    session.add(consent)
    session.flush()
    return consent


def withdraw_consent(actor: Actor, person: Person, purpose: Purpose, now: datetime) -> None:
    """Take every yes to the purpose back; without the one for the account there is no account: that is closing it."""
    if purpose not in OPTIONAL:
        raise Refused(Refusal.NEEDED_CONSENT)
    given = (Consent.person_id == person.id) & (Consent.purpose == purpose) & Consent.withdrawn_at.is_(None)
    taken_back = update(Consent).where(given).values(withdrawn_at=now)
    if session.execute(taken_back.returning(Consent.id)).all():
        record(actor, "withdraw_consent", f"person:{person.id}", now, purpose=purpose)
