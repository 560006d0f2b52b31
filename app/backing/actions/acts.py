"""Legal acts: drafted, harmonised, in force, revoked; a wrong entry is withdrawn."""

from datetime import date, datetime

from sqlalchemy import select

from app.audit.actions import record
from app.backing.models import LegalAct
from app.backing.rules.acts import ACTS, ActEvent, ActState, ActText, refuse_act, refuse_enactment, refuse_revocation
from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import refuse_withdrawal
from app.db.session import session
from app.files.actions import attach_document
from app.files.rules.documents import Document
from app.innovations.actions import keeping_gates, open_for, today_of
from app.innovations.models import Innovation
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused

# What the documents of acts hang on.
FILES = "legal_act"


def add_act(actor: Actor, innovation: Innovation, text: ActText, state: ActState, now: datetime) -> LegalAct:
    """Enter an act as a draft, harmonised, or in force; an act of the same form and number stands once."""
    innovation = open_for(actor, innovation)
    if refusal := refuse_act(text, state, today_of(innovation, now)):
        raise Refused(refusal)
    if text.number.strip() and _same(innovation.id, text):
        raise Refused(Refusal.ACT_TWICE, number=text.number.strip())
    made = LegalAct(
        innovation_id=innovation.id,
        purpose=text.purpose,
        form=text.form,
        state=state,
        title=text.title.strip(),
        number=text.number.strip(),
        dated=text.dated,
        expires=text.expires,
        note=text.note.strip(),
        added_by_id=actor.person_id,
        at=now,
    )
    session.add(made)
    _keep(actor, innovation, made, f"act_{state}", now)
    return made


def _same(innovation_id: int, text: ActText) -> LegalAct | None:
    number = LegalAct.number == text.number.strip()
    same = (LegalAct.form == text.form) & (LegalAct.purpose == text.purpose) & number
    standing = LegalAct.state.not_in((ActState.WITHDRAWN, ActState.REVOKED))
    return session.scalars(select(LegalAct).where(LegalAct.innovation_id == innovation_id, same, standing)).first()


def harmonise(actor: Actor, innovation: Innovation, act: LegalAct, now: datetime) -> LegalAct:
    innovation = _opened(actor, innovation, act)
    act.state = ACTS.after(act.state, ActEvent.HARMONISE)
    _keep(actor, innovation, act, "act_harmonise", now)
    return act


def enact(
    actor: Actor,
    innovation: Innovation,
    act: LegalAct,
    number: str,
    dated: date | None,
    expires: date | None,
    now: datetime,
) -> LegalAct:
    """It is in force, with its number and date."""
    innovation = _opened(actor, innovation, act)
    if refusal := refuse_enactment(number, dated, expires, today_of(innovation, now)):
        raise Refused(refusal)
    act.state = ACTS.after(act.state, ActEvent.ENACT)
    act.number, act.dated, act.expires = number.strip(), dated, expires
    _keep(actor, innovation, act, "act_enact", now)
    return act


def revoke(
    actor: Actor, innovation: Innovation, act: LegalAct, on: date | None, reason: str, now: datetime
) -> LegalAct:
    """The law has taken it back. That is no entry to be refused: the page then says which gate has lost its ground."""
    innovation = _opened(actor, innovation, act)
    if refusal := refuse_revocation(act.dated, on, reason, today_of(innovation, now)):
        raise Refused(refusal)
    act.state = ACTS.after(act.state, ActEvent.REVOKE)
    act.revoked_on, act.withdrawal = on, reason.strip()
    _keep(actor, innovation, act, "act_revoke", now)
    return act


def withdraw_act(actor: Actor, innovation: Innovation, act: LegalAct, reason: str, now: datetime) -> LegalAct:
    """Take a wrong entry back with a public reason; refused where a passed gate stood on it."""
    innovation = _opened(actor, innovation, act)
    if refusal := refuse_withdrawal(reason):
        raise Refused(refusal)
    with keeping_gates(innovation, now):
        act.state = ACTS.after(act.state, ActEvent.WITHDRAW)
        act.withdrawn_at, act.withdrawn_by_id, act.withdrawal = now, actor.person_id, reason.strip()
    _keep(actor, innovation, act, "act_withdraw", now)
    return act


def attach_file(actor: Actor, innovation: Innovation, act: LegalAct, document: Document, now: datetime) -> None:
    """Hang the PDF of the act on it; an earlier one goes."""
    innovation = _opened(actor, innovation, act)
    attach_document(actor, document, FILES, act.id, now)
    record(actor, "act_file", f"innovation:{innovation.id}", now, law=act.id, digest=document.digest)


def _opened(actor: Actor, innovation: Innovation, act: LegalAct) -> Innovation:
    """The innovation locked, and the act as it stands now."""
    innovation = open_for(actor, innovation)
    session.refresh(act)
    return innovation


def _keep(actor: Actor, innovation: Innovation, act: LegalAct, deed: str, now: datetime) -> None:
    session.flush()
    record(actor, deed, f"innovation:{innovation.id}", now, law=act.id, form=act.form)
