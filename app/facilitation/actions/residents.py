"""Enrolling and attesting residents in person, and looking them up; every look and every deed is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.accounts import actions as accounts
from app.accounts import queries
from app.accounts.models import Attestation, Person
from app.accounts.permissions import POLICY, Can
from app.accounts.rules import Document
from app.accounts.rules.consents import Mode, Purpose
from app.accounts.rules.limits import LOOK_UP
from app.accounts.rules.views import Seen
from app.audit.actions import record
from app.credentials.actions import change_phone
from app.db.session import session
from app.facilitation.actions.deeds import note
from app.facilitation.rules import Deed, EnrolmentFacts, Refusal, refuse_enrolment
from app.facilitation.rules.counts import NIK_KNOWN
from app.identity import actions as identity
from app.identity.actions import Particulars
from app.identity.queries import find_by_nik
from app.identity.rules import Group
from app.identity.rules.nik import Nik
from app.kernel.actor import Actor, Level, Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.limits import actions as limits

NOTHING_SAID = Particulars(None)
MOST_FOUND = 20


@dataclass(frozen=True)
class Enrolment:
    """What the resident says of themselves, and what the facilitator has seen of it.

    `is_another` where the facilitator knows a namesake to be someone else. Without `seen` nobody is attested yet.
    """

    name: str
    village_code: str
    hamlet: str = ""
    phone: str | None = None
    language: str = "id"
    said: Particulars = NOTHING_SAID
    groups: frozenset[Group] = frozenset()
    takes_messages: bool = False
    seen: Document | None = None
    is_another: bool = False
    is_married: bool = False


def enrol(actor: Actor, enrolment: Enrolment, form_key: str, now: datetime, source: str = "") -> Person:
    """Enter a resident and, where a document was seen, attest them; the same form again gives the same person."""
    POLICY.require(actor, Can.ENROL, Within(enrolment.village_code))
    # Lock the facilitator's own row: of a double click the second half finds what the first has entered.
    session.get(Person, actor.person_id, with_for_update=True)
    if known := queries.find_by_form_key(form_key):
        return queries.get_resident(actor, known.card_number)
    _refuse(enrolment, now)
    _refuse_guessing(actor, enrolment.said, now)
    resident = accounts.Resident(
        enrolment.name,
        enrolment.village_code,
        enrolment.phone,
        hamlet=enrolment.hamlet,
        language=enrolment.language,
        form_key=form_key,
    )
    person = accounts.enrol(actor, resident, Mode.READ_ALOUD, now, source)
    note(actor, person, Deed.ENROLLED, now)
    _write_down(actor, person, enrolment, now)
    accounts.note_views(actor, [person.id], Seen.RECORD, now)
    return person


def _refuse(enrolment: Enrolment, now: datetime) -> None:
    said = enrolment.said
    born = said.birth_year or (said.nik.birth_years[0] if said.nik else None)
    facts = EnrolmentFacts(
        namesakes=len(queries.namesakes(enrolment.name, enrolment.village_code)),
        is_another=enrolment.is_another,
        age=now.year - born if born else None,
        is_married=enrolment.is_married,
    )
    if refusal := refuse_enrolment(facts):
        raise Refused(refusal, name=enrolment.name)


def _write_down(actor: Actor, person: Person, enrolment: Enrolment, now: datetime) -> None:
    if enrolment.said != NOTHING_SAID:
        identity.identify(actor, person, enrolment.said, now)
    if enrolment.groups:
        identity.declare_groups(actor, person, enrolment.groups, Mode.READ_ALOUD, now)
    if enrolment.takes_messages:
        accounts.give_consent(person, Purpose.MESSAGES, Mode.READ_ALOUD, actor.person_id, now)
    if enrolment.seen:
        attest(actor, person, enrolment.seen, now)


def attest(actor: Actor, person: Person, document: Document, now: datetime) -> Attestation:
    """Confirm to have met the resident, and write the deed down."""
    attestation = accounts.attest(actor, person, document, now)
    note(actor, person, Deed.ATTESTED, now)
    return attestation


def correct(actor: Actor, person: Person, correction: "Correction", now: datetime) -> None:
    """Put right what the account says; the identity only where it is not recorded yet or has changed."""
    POLICY.require(actor, Can.ENROL, Within(person.village_code))
    accounts.hold(person)
    _refuse_correction(actor, person, correction, now)
    accounts.correct(actor, person, correction.name, correction.hamlet, correction.language, now)
    if correction.is_phone_typed:
        change_phone(actor, person, correction.phone, now)
    if correction.said != NOTHING_SAID:
        identity.identify(actor, person, correction.said, now)


def _refuse_correction(actor: Actor, person: Person, correction: "Correction", now: datetime) -> None:
    """One's own data asks for the password, and nobody else changes where warnings to staff go."""
    if person.id == actor.person_id:
        raise Refused(Refusal.OWN_RECORD)
    if correction.is_phone_typed and queries.get_actor(person.id, now).grants:
        raise Refused(Refusal.STAFF_PHONE)
    _refuse_guessing(actor, correction.said, now)


@dataclass(frozen=True)
class Correction:
    """What a resident's account should say; the phone and the identity only where something was typed."""

    name: str
    hamlet: str
    language: str
    is_phone_typed: bool = False
    phone: str | None = None
    said: Particulars = NOTHING_SAID


def open_record(actor: Actor, card_number: str, now: datetime, seen: Seen = Seen.RECORD) -> Person:
    """A resident's record, for a facilitator of the village; noted for the resident, and so many an hour."""
    person = queries.get_resident(actor, card_number)
    assert actor.person_id is not None  # facilitators are signed in
    if not queries.seen_lately(actor.person_id, [person.id], seen, now):
        limits.take(LOOK_UP, str(actor.person_id), now, actor)
    accounts.note_views(actor, [person.id], seen, now)
    return person


def search(actor: Actor, text: str, now: datetime) -> Sequence[Person]:
    """Residents of the facilitator's villages by card number or part of the name; noted for each of them."""
    limits.take(LOOK_UP, str(actor.person_id), now, actor)
    found = queries.residents_of(actor.scopes(Role.FACILITATOR), tuple(Level), text, None, MOST_FOUND).rows
    accounts.note_views(actor, [person.id for person in found], Seen.FOUND, now)
    return found


def _refuse_guessing(actor: Actor, said: Particulars, now: datetime) -> None:
    """Who has met many known NIKs learns of no other one for a while, whether it is known or not."""
    if said.nik:
        limits.refuse_over(NIK_KNOWN, str(actor.person_id), now)


def note_known_nik(actor: Actor, nik: Nik, now: datetime) -> None:
    """Count that a NIK turned out to be known, in a transaction of its own; whose it is can read of it."""
    limits.count(NIK_KNOWN, str(actor.person_id), now, actor)
    if known := find_by_nik(nik):
        record(actor, "nik_known", f"person:{known.person_id}", now)


def holder_of_nik(actor: Actor, nik: Nik, now: datetime) -> Person | None:
    """Who has this NIK, where they live in the facilitator's villages; of others one learns nothing more."""
    limits.take(LOOK_UP, str(actor.person_id), now, actor)
    known = find_by_nik(nik)
    person = queries.get_person(known.person_id) if known else None
    if person is None or not POLICY.may(actor, Can.SEE_RESIDENTS, Within(person.village_code)):
        return None
    accounts.note_views(actor, [person.id], Seen.FOUND, now)
    return person
