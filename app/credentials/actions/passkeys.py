"""Passkeys: adding, using and removing them. What comes from the browser is checked by the library py_webauthn."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.audit.actions import record
from app.credentials import queries
from app.credentials.actions.codes import Used
from app.credentials.actions.factors import note_change, refuse_last
from app.credentials.models import Passkey
from app.credentials.rules import Refusal
from app.credentials.rules.passkeys import (
    ANSWERS,
    CHALLENGE_LASTS,
    CHALLENGE_ONCE,
    LONGEST_ANSWER,
    MOST_PASSKEYS,
    Challenge,
    Site,
    is_copied,
    refuse_another,
)
from app.db.session import session
from app.db.upserts import add_once
from app.kernel.actor import ANYONE, Actor
from app.kernel.outcomes import Missing, Refused
from app.limits import actions as limits
from app.limits.rules import Refusal as LimitRefusal
from app.limits.rules import minutes_left
from app.vault import blind_index

TIMEOUT = int(CHALLENGE_LASTS.total_seconds()) * 1000
# What the library raises for bytes that are no answer at all.
NO_ANSWER = (WebAuthnException, ValueError, KeyError, TypeError, IndexError, RecursionError)


def _handle(person_id: int) -> bytes:
    """By which the browser's keys name the account; it says nothing to anybody else."""
    return bytes.fromhex(blind_index("passkey_user", str(person_id)))


def _descriptors(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys]


def adding_options(person: Person, site: Site, challenge: Challenge) -> str:
    """What the browser is asked to make a key with, as JSON."""
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name="Mufakat",
        user_id=_handle(person.id),
        user_name=person.card_number,
        user_display_name=person.name,
        challenge=challenge.value,
        timeout=TIMEOUT,
        exclude_credentials=_descriptors(queries.passkeys_of(person.id)),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return options_to_json(options)


def using_options(site: Site, challenge: Challenge, passkeys: Sequence[Passkey] = ()) -> str:
    """What the browser is asked to sign, as JSON; with none of these keys or, where none is named, with any of ours."""
    options = generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenge.value,
        timeout=TIMEOUT,
        allow_credentials=_descriptors(passkeys),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def count_answer(challenge: Challenge | None, address: str, now: datetime) -> Refused | None:
    """Count an answer, in a transaction of its own; the refusal where its challenge is none, or was answered before."""
    if limits.count(ANSWERS, address, now) > ANSWERS.most:
        return Refused(LimitRefusal.TOO_OFTEN, minutes=minutes_left(ANSWERS, now))
    if challenge is None or limits.count(CHALLENGE_ONCE, challenge.value.hex(), challenge.made_at) > 1:
        return Refused(Refusal.WRONG_PASSKEY)
    return None


def add_passkey(
    actor: Actor, person: Person, site: Site, challenge: Challenge, answer: str, name: str, now: datetime
) -> None:
    """Keep the public half of a key that the browser has just made."""
    accounts.hold(person)
    if refusal := refuse_another(len(queries.passkeys_of(person.id))):
        raise Refused(refusal, most=MOST_PASSKEYS)
    try:
        made = verify_registration_response(
            credential=answer[:LONGEST_ANSWER],
            expected_challenge=challenge.value,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except NO_ANSWER:
        raise Refused(Refusal.WRONG_PASSKEY) from None
    is_new = add_once(
        Passkey,
        person_id=person.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        added_at=now,
    )
    if not is_new:
        raise Refused(Refusal.WRONG_PASSKEY)
    note_change(actor, person, "add_passkey", now)


def use_passkey(site: Site, challenge: Challenge, answer: str, now: datetime, person_id: int | None = None) -> Used:
    """Whose key has answered; `person_id` where it must be that person's. It does not raise: refusals are audited."""
    try:
        passkey, shown = _verified(site, challenge, answer[:LONGEST_ANSWER])
    except (*NO_ANSWER, Missing):
        record(ANYONE, "refuse_passkey", f"person:{person_id or ''}", now, reason=Refusal.WRONG_PASSKEY)
        return Used(refusal=Refusal.WRONG_PASSKEY)
    if person_id not in (None, passkey.person_id) or not queries.is_open(passkey.person_id):
        return Used(refusal=Refusal.WRONG_PASSKEY)
    if is_copied(passkey.sign_count, shown) or not _count_use(passkey, shown, now):
        record(ANYONE, "refuse_passkey", f"person:{passkey.person_id}", now, reason=Refusal.COPIED_PASSKEY)
        return Used(refusal=Refusal.COPIED_PASSKEY)
    record(ANYONE, "use_passkey", f"person:{passkey.person_id}", now, passkey=passkey.id)
    return Used(passkey.person_id)


def _verified(site: Site, challenge: Challenge, answer: str) -> tuple[Passkey, int]:
    """The key that signed, and its count; we judge the count ourselves: a copied key is told from a wrong one."""
    answered = parse_authentication_credential_json(answer)
    passkey = queries.find_passkey(answered.raw_id)
    if passkey is None or answered.response.user_handle not in (None, _handle(passkey.person_id)):
        raise Missing
    verified = verify_authentication_response(
        credential=answered,
        expected_challenge=challenge.value,
        expected_rp_id=site.rp_id,
        expected_origin=site.origin,
        credential_public_key=passkey.public_key,
        credential_current_sign_count=0,
        require_user_verification=True,
    )
    return passkey, verified.new_sign_count


def _count_use(passkey: Passkey, shown: int, now: datetime) -> bool:
    """Raise the count; of answers with the same count that come at once the first one does."""
    as_read = (Passkey.id == passkey.id) & (Passkey.sign_count == passkey.sign_count)
    used = update(Passkey).where(as_read).values(sign_count=shown, used_at=now)
    return session.execute(used.returning(Passkey.id)).first() is not None


def remove_passkey(actor: Actor, person: Person, number: int, now: datetime, *, is_staff: bool) -> None:
    """Forget one of the person's own keys; somebody else's is missing."""
    if number not in {passkey.id for passkey in queries.passkeys_of(person.id)}:
        raise Missing
    refuse_last(person, is_staff)
    session.execute(delete(Passkey).where(Passkey.id == number))
    note_change(actor, person, "remove_passkey", now)
