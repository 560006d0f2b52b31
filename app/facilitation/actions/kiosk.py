"""Handing the device over to a resident, and taking it back.

The roll names the facilitator who lent the device. That a ballot was cast is counted among the facilitator's deeds
with the moment at which the device came back: the box has neither times nor an order to lay it beside.
"""

import hmac
from datetime import datetime

from sqlalchemy import delete, func, select, update

from app.accounts.models import Person, SignIn
from app.accounts.permissions import POLICY, Can
from app.accounts.queries import get_actor, get_person
from app.audit.actions import record
from app.db.session import session
from app.facilitation.actions.deeds import note
from app.facilitation.models import Assistance
from app.facilitation.queries.kiosk import ballots_of
from app.facilitation.rules import Deed
from app.facilitation.rules.kiosk import LENDING, LendFacts, PinRefusal, is_shut, refuse_lending
from app.kernel.actor import Actor, Level
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.limits import actions as limits
from app.vault import blind_index
from app.voting.models import RollEntry
from app.voting.rules.contest import Channel


def lend(actor: Actor, sign_in_id: int, resident: Person, pin: str, now: datetime) -> None:
    """Put this browser into the hands of a resident who has just shown who they are, until the PIN is typed."""
    POLICY.require(actor, Can.ATTEST, Within(resident.village_code))
    ballots = ballots_of(get_actor(resident.id, now), now)
    left = sum(not ballot.is_on_paper for ballot in ballots)
    facts = LendFacts(resident.id, Level(resident.level), len(ballots), left)
    if refusal := refuse_lending(facts, actor.person_id):
        raise Refused(refusal)
    limits.take(LENDING, str(actor.person_id), now, actor)
    lent = {"kiosk_for_id": resident.id, "kiosk_pin": _digest(sign_in_id, pin), "kiosk_tries": 0}
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(**lent, confirmed_at=now, seen_at=now))
    note(actor, resident, Deed.DEVICE_LENT, now)
    record(actor, "lend_device", f"person:{resident.id}", now)


def _digest(sign_in_id: int, pin: str) -> str:
    return blind_index("kiosk", f"{sign_in_id}|{pin}")


def lock(sign_in_id: int) -> None:
    """The resident's time is over: from now on only the PIN opens anything."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(confirmed_at=None))


def count_pin_try(sign_in_id: int) -> int:
    """Count a try at the PIN, in a transaction of its own; however many come at once, each gets another number."""
    counted = (
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.kiosk_for_id.is_not(None))
        .values(kiosk_tries=SignIn.kiosk_tries + 1)
        .returning(SignIn.kiosk_tries)
    )
    tries = session.execute(counted).scalar()
    if tries is None:
        raise Refused(PinRefusal.SHUT)
    return tries


def take_back(lender: Actor, sign_in_id: int, pin: str, tries: int, now: datetime) -> PinRefusal | None:
    """Give the browser back to the facilitator, whose password does not count as typed by it.

    A wrong PIN is told and not raised: the one that ends the session has to be committed.
    """
    row = session.get(SignIn, sign_in_id, with_for_update=True, populate_existing=True)
    if row is None or row.kiosk_for_id is None or row.kiosk_pin is None:
        return PinRefusal.SHUT
    resident = get_person(row.kiosk_for_id)
    is_right = hmac.compare_digest(row.kiosk_pin, _digest(sign_in_id, pin))
    if is_shut(tries, is_right=is_right):
        _note_ballots(lender, resident, now)
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id))
        record(lender, "kiosk_shut", f"person:{resident.id}", now, tries=tries)
        return PinRefusal.SHUT
    if not is_right:
        return PinRefusal.WRONG_PIN
    _note_ballots(lender, resident, now)
    row.kiosk_for_id, row.kiosk_pin, row.kiosk_tries, row.confirmed_at = None, None, 0, None
    session.flush()
    return None


def _note_ballots(lender: Actor, resident: Person, now: datetime) -> None:
    """Count the ballots cast on the lender's device that are not counted among their deeds yet."""
    on_roll = (RollEntry.person_id == resident.id) & (RollEntry.helper_id == lender.person_id)
    on_roll &= RollEntry.channel == Channel.ASSISTED
    noted = (Assistance.person_id == resident.id) & (Assistance.facilitator_id == lender.person_id)
    noted &= Assistance.deed == Deed.BALLOT_ASSISTED
    for _ballot in range(_count(RollEntry, on_roll) - _count(Assistance, noted)):
        note(lender, resident, Deed.BALLOT_ASSISTED, now)


def _count(model: type[RollEntry | Assistance], condition: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(condition)) or 0  # type: ignore[arg-type]
