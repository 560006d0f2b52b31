"""Recording who somebody is, and the groups they say they belong to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules.consents import Mode, Purpose
from app.audit.actions import record
from app.db.session import session
from app.identity import queries
from app.identity.models import GroupMembership, Identity
from app.identity.rules import Group, Refusal, Sex
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
    """A resident enters their own NIK. One that is known already is not told: it would say who is registered.

    Such a one is not recorded, the facilitator sees that there is something to look at.
    """
    return _identify(actor, person, said, now, tells_known=False)


def identify(actor: Actor, person: Person, said: Particulars, now: datetime) -> Identity:
    """A facilitator or a roll enters what is known of a resident, or puts it right.

    A NIK that another account has is refused; where none is said the recorded one stays.
    """
    return _identify(actor, person, said, now, tells_known=True)


def _identify(actor: Actor, person: Person, said: Particulars, now: datetime, *, tells_known: bool) -> Identity:
    session.refresh(person, with_for_update=True)
    row = queries.identity_of(person.id) or Identity(person_id=person.id)
    if row.nik_digest and not tells_known:
        raise Refused(Refusal.ALREADY_IDENTIFIED)
    birth_year, sex = said.birth_year, said.sex
    doubts = [Doubt(code) for code in row.doubts] if row.nik_digest else [said.without] if said.without else []
    if said.nik:
        claim = Claim(said.nik, regency_of(person.village_code), said.birth_year, said.sex)
        doubts = list(VERIFIER.verify(claim).doubts)
        birth_year, sex = claim.completed().birth_year, claim.completed().sex
    row.birth_year, row.sex, row.verifier = birth_year, sex, VERIFIER.name if said.nik or row.nik_digest else ""
    row.recorded_at, row.recorded_by_id = now, actor.person_id
    row.doubts = [doubt.value for doubt in doubts]
    if said.nik and not _take_nik(row, said.nik):
        if tells_known:
            raise Refused(Refusal.NIK_KNOWN)
        row.doubts = [*row.doubts, Doubt.ALREADY_KNOWN.value]
    session.add(row)
    session.flush()
    record(actor, "identify", f"person:{person.id}", now, doubts=row.doubts)
    lift_level(person)
    return row


def _take_nik(row: Identity, nik: Nik) -> bool:
    """Whether the NIK was free; of two who enter it at the same moment one gets it."""
    known = queries.find_by_nik(nik)
    if known and known.person_id != row.person_id:
        return False
    try:
        with session.begin_nested():
            row.nik_digest, row.nik_last4 = digest_of_nik(nik.digits), nik.last4
            session.add(row)
    except IntegrityError:
        row.nik_digest = row.nik_last4 = None
        return False
    return True


def lift_level(person: Person) -> None:
    """CONFIRMED needs both: an identity whose format was accepted, and a phone that is theirs."""
    row = queries.identity_of(person.id)
    if row and row.verifier and person.phone_confirmed_at:
        accounts.raise_level([person], Level.CONFIRMED)


def declare_groups(actor: Actor, person: Person, groups: Collection[Group], mode: Mode, now: datetime) -> None:
    """The groups a person says they belong to, instead of those said before; none takes the consent back."""
    session.execute(delete(GroupMembership).where(GroupMembership.person_id == person.id))
    session.add_all(GroupMembership(person_id=person.id, group=group) for group in sorted(set(groups)))
    session.flush()
    if groups:
        witness_id = None if actor.person_id == person.id else actor.person_id
        accounts.give_consent(person, Purpose.GROUPS, mode, witness_id, now)
    else:
        accounts.withdraw_consent(actor, person, Purpose.GROUPS, now)
