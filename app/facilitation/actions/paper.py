"""Printing paper forms, and entering what was written on them."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.accounts import queries as people
from app.accounts.models import Person
from app.accounts.permissions import POLICY, Can
from app.accounts.rules import Document
from app.audit.actions import record
from app.db.session import session
from app.facilitation.actions.proposals import send_for, write_for
from app.facilitation.actions.residents import Enrolment, attest, enrol
from app.facilitation.models import PaperBatch
from app.facilitation.queries.paper import find_by_sheet, resident_key, sheet_key
from app.facilitation.rules import Deed, Refusal
from app.facilitation.rules.paper import batch_code
from app.kernel.actor import SPEAKS, Actor
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.proposals.models import Proposal
from app.proposals.rules import Answers


@dataclass(frozen=True)
class Sheet:
    """What stands on a sheet: who (a card, or somebody new), what, and what the facilitator saw and read back."""

    card_number: str
    newcomer: Enrolment | None
    answers: Answers
    seen: Document | None
    is_read_back: bool


def print_batch(actor: Actor, village_code: str, sheets: int, form_key: str, now: datetime) -> PaperBatch:
    """A batch of numbered sheets for a village; the same form again gives the same batch."""
    POLICY.require(actor, Can.ATTEST, Within(village_code))
    assert actor.person_id is not None  # facilitators are signed in
    session.get(Person, actor.person_id, with_for_update=True)
    code = batch_code(form_key)
    if known := session.get(PaperBatch, code):
        if known.facilitator_id != actor.person_id:
            raise Missing
        return known
    batch = PaperBatch(
        code=code, village_code=village_code, facilitator_id=actor.person_id, sheets=sheets, printed_at=now
    )
    session.add(batch)
    session.flush()
    record(actor, "print_sheets", f"paper:{code}", now, sheets=sheets, village=village_code)
    return batch


def enter_sheet(actor: Actor, batch: PaperBatch, number: int, sheet: Sheet, now: datetime) -> Proposal:
    """Send what stands on a sheet in the name of whoever wrote it; entered once, it stays as it is."""
    POLICY.require(actor, Can.ATTEST, Within(batch.village_code))
    # Lock the batch: two who enter the same pile come one after the other.
    session.refresh(batch, with_for_update=True)
    if known := find_by_sheet(batch.code, number):
        return known
    person = _author(actor, batch, number, sheet, now)
    answers = replace(sheet.answers, village_code=person.village_code)
    draft = write_for(actor, person, answers, sheet_key(batch.code, number), now)
    return send_for(actor, person, draft, now, is_read_back=sheet.is_read_back, deed=Deed.PAPER_TYPED)


def _author(actor: Actor, batch: PaperBatch, number: int, sheet: Sheet, now: datetime) -> Person:
    if sheet.newcomer:
        source = f"lembar {batch.code}/{number}"
        person = enrol(actor, sheet.newcomer, resident_key(batch.code, number), now, source)
    else:
        person = _of_card(actor, sheet.card_number)
        if person.level < SPEAKS and sheet.seen:
            attest(actor, person, sheet.seen, now)
    if person.level < SPEAKS:
        raise Refused(Refusal.NOT_ATTESTED)
    return person


def _of_card(actor: Actor, card_number: str) -> Person:
    try:
        return people.get_resident(actor, card_number)
    except Missing:
        raise Refused(Refusal.CARD_UNKNOWN) from None
