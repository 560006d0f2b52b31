"""Reading identities; a NIK goes in, and never comes out."""

from collections.abc import Collection

from sqlalchemy import select

from app.db.session import session
from app.identity.models import GroupMembership, Identity
from app.identity.rules import Group
from app.identity.rules.nik import Nik
from app.vault import digests_of_nik


def identity_of(person_id: int) -> Identity | None:
    return session.get(Identity, person_id)


def identities_of(person_ids: Collection[int]) -> dict[int, Identity]:
    rows = session.scalars(select(Identity).where(Identity.person_id.in_(person_ids)).order_by(Identity.person_id))
    return {row.person_id: row for row in rows}


def find_by_nik(nik: Nik) -> Identity | None:
    """Whose NIK it is, under whatever key it was digested."""
    return session.scalars(select(Identity).where(Identity.nik_digest.in_(digests_of_nik(nik.digits)))).first()


def groups_of(person_id: int) -> frozenset[Group]:
    asked = select(GroupMembership.group).where(GroupMembership.person_id == person_id).order_by(GroupMembership.group)
    return frozenset(session.scalars(asked))
