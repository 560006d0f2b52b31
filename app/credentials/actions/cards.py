"""Handing out resident cards and taking them back; a new one for somebody who had a password is a recovery."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from app.accounts import actions as accounts
from app.accounts import queries as people
from app.accounts.models import Person
from app.accounts.permissions import POLICY, Can
from app.accounts.rules import Refusal as AccountRefusal
from app.audit.actions import record
from app.credentials import queries
from app.credentials.actions.factors import close_other_ways
from app.credentials.actions.notices import tell
from app.credentials.models import ResidentCard
from app.credentials.rules import Refusal
from app.credentials.rules.cards import (
    ISSUED,
    LASTS,
    OTHER_HANDS,
    RECOVERED,
    CardFacts,
    Reason,
    State,
    draw_words,
    refuse_card,
    state_of,
)
from app.credentials.rules.texts import CARD_REPLACED
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.limits import actions as limits

CODE_BYTES = 12


@dataclass(frozen=True)
class Drawn:
    """Words for a card, and what is kept of them."""

    words: str
    password_hash: str


def draw(person: Person) -> Drawn:
    """Slow on purpose, so do it before the transaction in which the card is issued."""
    words = draw_words()
    return Drawn(words, accounts.hash_password(words, person.phone))


def issue_card(
    actor: Actor, person: Person, now: datetime, reason: Reason | None = None, *, drawn: Drawn | None = None
) -> tuple[ResidentCard, str]:
    """A card of the person's own, and the three words on it, which are their password from now on and shown once.

    A card or a password that they had before opens nothing any more; that needs a reason.
    """
    POLICY.require(actor, Can.ATTEST, Within(person.village_code))
    assert actor.person_id is not None  # facilitators are signed in
    drawn = drawn or draw(person)
    accounts.hold(person)
    facts = CardFacts(person.id, person.password_hash is not None, _is_staff(person, now))
    if refusal := refuse_card(facts, actor.person_id, reason):
        raise Refused(refusal)
    limits.take(ISSUED, str(actor.person_id), now, actor)
    if facts.has_password:
        _recover(actor, person, reason or Reason.LOST, now)
    accounts.set_password(person, drawn.password_hash, now, actor)
    card = ResidentCard(
        person_id=person.id,
        code=secrets.token_urlsafe(CODE_BYTES),
        password_hash=drawn.password_hash,
        issued_by_id=actor.person_id,
        issued_at=now,
        expires_at=now + LASTS,
    )
    session.add(card)
    session.flush()
    record(actor, "issue_card", f"person:{person.id}", now, card=card.id)
    return card, drawn.words


def _recover(actor: Actor, person: Person, reason: Reason, now: datetime) -> None:
    """The owner has come in person because their way in is lost; whoever else has it is out."""
    limits.take(RECOVERED, str(actor.person_id), now, actor)
    _revoke_latest(person, reason, now)
    if reason in OTHER_HANDS:
        close_other_ways(person)
    record(actor, "recover_account", f"person:{person.id}", now, reason=reason)
    tell(person, CARD_REPLACED, now)


def revoke_card(actor: Actor, person: Person, reason: Reason, now: datetime) -> None:
    """The card opens nothing from now on, and whoever is signed in is out; the person needs another one."""
    POLICY.require(actor, Can.ATTEST, Within(person.village_code))
    accounts.hold(person)
    if not _revoke_latest(person, reason, now):
        raise Refused(Refusal.NO_CARD)
    person.epoch += 1
    if reason in OTHER_HANDS and not _is_staff(person, now):  # no table in the village undoes a second factor
        close_other_ways(person)
    session.flush()
    record(actor, "revoke_card", f"person:{person.id}", now, reason=reason)


def _is_staff(person: Person, now: datetime) -> bool:
    return bool(people.get_actor(person.id, now).grants)


def _revoke_latest(person: Person, reason: Reason, now: datetime) -> bool:
    card = queries.latest_card(person.id)
    if card is None or card.revoked_at is not None:
        return False
    card.revoked_at, card.revoke_reason = now, reason
    session.flush()
    return True


@accounts.may_refuse_sign_in
def refuse_card_over(person: Person, now: datetime) -> AccountRefusal | None:
    """The words on a card that is over are the person's password still, and open nothing."""
    card = queries.latest_card(person.id)
    if card is None or card.password_hash != person.password_hash:
        return None
    is_over = state_of(card.expires_at, card.revoked_at, now) is not State.IN_FORCE
    return AccountRefusal.CARD_OVER if is_over else None
