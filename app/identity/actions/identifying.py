"""Recording who somebody is: said by themselves, or by a facilitator who has them in front of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.audit.actions import record
from app.db.session import session
from app.identity import queries
from app.identity.models import Identity
from app.identity.rules import Refusal, Sex, refuse_oneself
from app.identity.rules.nik import Doubt, Nik
from app.identity.rules.verifying import Claim, FormatVerifier, IdentityVerifier
from app.kernel.actor import Actor, Level, regency_of
from app.kernel.outcomes import Refused
from app.vault import digest_of_nik

VERIFIER: IdentityVerifier = FormatVerifier()


@dataclass(frozen=True)
class Particulars:
    """What is said of a person; without a NIK (none yet, inactive, not at hand) somebody has to know them."""

    nik: Nik | None
    birth_year: int | None = None
    sex: Sex | None = None
    without: Doubt | None = None


def identify_oneself(actor: Actor, person: Person, said: Particulars, now: datetime) -> Identity:
    """A resident enters their own NIK, again where it was wrong, until a facilitator has seen them.

    One that another account has is not told, nor shown by anything that follows: it would say who is registered. It is
    not recorded, and the facilitator sees that there is something to look at.
    """
    accounts.hold(person)
    row = queries.identity_of(person.id)
    is_child = said.nik is not None and said.nik.is_child(said.birth_year, now.date())
    if refusal := refuse_oneself(queries.own_facts(person, row, is_child=is_child)):
        raise Refused(refusal)
    return _write(actor, person, row, said, now, tells_known=False)


def identify(actor: Actor, person: Person, said: Particulars, now: datetime) -> Identity:
    """A facilitator enters what is known of a resident, or puts it right.

    A NIK that another account has is refused; where none is said the recorded one stays.
    """
    accounts.hold(person)
    return _write(actor, person, queries.identity_of(person.id), said, now, tells_known=True)


def _write(
    actor: Actor, person: Person, known: Identity | None, said: Particulars, now: datetime, *, tells_known: bool
) -> Identity:
    row = known or Identity(person_id=person.id, doubts=[], verifier="")
    row.birth_year, row.sex = said.birth_year, said.sex
    row.recorded_at, row.recorded_by_id = now, actor.person_id
    if said.nik:
        _write_nik(row, Claim(said.nik, regency_of(person.village_code), said.birth_year, said.sex), tells_known)
    elif not row.nik_digest:
        row.doubts = [said.without.value] if said.without else []
    session.add(row)
    session.flush()
    record(actor, "identify", f"person:{person.id}", now, doubts=row.doubts)
    lift_level(person)
    return row


def _write_nik(row: Identity, claim: Claim, tells_known: bool) -> None:
    verdict, whole = VERIFIER.verify(claim), claim.completed()
    row.birth_year, row.sex = whole.birth_year, whole.sex
    row.verifier = VERIFIER.name if verdict.is_accepted else ""
    row.doubts = [doubt.value for doubt in verdict.doubts]
    if not _take_nik(row, claim.nik):
        if tells_known:
            raise Refused(Refusal.NIK_KNOWN)
        row.doubts = [*row.doubts, Doubt.ALREADY_KNOWN.value]


def _take_nik(row: Identity, nik: Nik) -> bool:
    """Whether the NIK was free; of two who enter it at the same moment one gets it. Whoever had another gives it up."""
    row.nik_digest = row.nik_last4 = None
    is_free = queries.owner_of_nik(nik) in (None, row.person_id)
    try:
        with session.begin_nested():  # either way, so that both take the same time
            if is_free:
                row.nik_digest, row.nik_last4 = digest_of_nik(nik.digits), nik.last4
            session.add(row)
    except IntegrityError:
        row.nik_digest = row.nik_last4 = None
        return False
    return is_free


def lift_level(person: Person) -> None:
    """CONFIRMED needs both: an identity that was accepted, and a phone that is theirs."""
    row = queries.identity_of(person.id)
    if row and row.verifier and person.phone_confirmed_at:
        accounts.raise_level([person], Level.CONFIRMED)
