"""Reading identities; a NIK goes in, and never comes out."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, case, func, select

from app.accounts.models import Person
from app.db.session import session
from app.identity.models import GroupMembership, Identity
from app.identity.rules import Group, OwnFacts
from app.identity.rules.nik import Nik
from app.kernel.actor import Level
from app.vault import digests_of_nik, newest_nik_key

# As Identity.own_last4, for statements.
OWN_LAST4 = case((Identity.recorded_by_id.is_distinct_from(Identity.person_id), Identity.nik_last4)).label("nik_last4")


def identity_of(person_id: int) -> Identity | None:
    return session.get(Identity, person_id)


def identities_of(person_ids: Collection[int]) -> dict[int, Identity]:
    rows = session.scalars(select(Identity).where(Identity.person_id.in_(person_ids)).order_by(Identity.person_id))
    return {row.person_id: row for row in rows}


def own_facts(person: Person, row: Identity | None, *, is_child: bool = False) -> OwnFacts:
    """What decides whether the person may enter their own NIK."""
    return OwnFacts(
        is_attested=person.level >= Level.ATTESTED,
        is_recorded=row is not None,
        is_by_others=row is not None and row.nik_digest is not None and row.recorded_by_id != person.id,
        is_child=is_child,
    )


def find_by_nik(nik: Nik) -> Identity | None:
    """Whose NIK it is, under whatever key it was digested."""
    return session.scalars(select(Identity).where(Identity.nik_digest.in_(digests_of_nik(nik.digits)))).first()


def owner_of_nik(nik: Nik) -> int | None:
    """Whose NIK it is, as a number and without a flush of what is being written."""
    asked = select(Identity.person_id).where(Identity.nik_digest.in_(digests_of_nik(nik.digits)))
    with session.no_autoflush:
        return session.scalars(asked.order_by(Identity.person_id)).first()


def groups_of(person_id: int) -> frozenset[Group]:
    asked = select(GroupMembership.group).where(GroupMembership.person_id == person_id).order_by(GroupMembership.group)
    return frozenset(session.scalars(asked))


def is_of_older_key() -> ColumnElement[bool]:
    """SQL: the NIK's digest was made with a key that is not the newest."""
    return Identity.nik_digest.is_not(None) & Identity.nik_digest.not_like(f"{newest_nik_key()}:%")


def count_of_older_keys() -> int:
    return session.scalar(select(func.count()).select_from(Identity).where(is_of_older_key())) or 0


def digests_among(digests: Iterable[str]) -> set[str]:
    """Those of the digests that somebody has."""
    asked = select(Identity.nik_digest).where(Identity.nik_digest.in_(list(digests))).order_by(Identity.nik_digest)
    return {digest for digest in session.scalars(asked) if digest}


def villages_of_niks(niks: Collection[Nik]) -> dict[str, str]:
    """Of those NIKs that somebody has, the village where that person lives."""
    digits = {digest: nik.digits for nik in niks for digest in digests_of_nik(nik.digits)}
    rows = session.execute(
        select(Identity.nik_digest, Person.village_code)
        .join(Person, Person.id == Identity.person_id)
        .where(Identity.nik_digest.in_(list(digits)))
        .order_by(Identity.person_id)
    )
    return {digits[row.nik_digest]: row.village_code for row in rows if row.nik_digest}


def form_keys_among(keys: Collection[str]) -> set[str]:
    """Those of the keys under which somebody has been entered."""
    asked = select(Person.form_key).where(Person.form_key.in_(keys)).order_by(Person.form_key)
    return {key for key in session.scalars(asked) if key}
