"""Reading follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, exists, func, select

from app.db.session import session
from app.discussion.models import Follow
from app.discussion.rules.follows import MOST_FOLLOWED, Topic
from app.plans.models import Misi
from app.proposals.models import Proposal
from app.regions.models import RegencyProfile, Region


@dataclass(frozen=True)
class Followed:
    """Something that a person follows, ready to be shown; `key` is its part of the address."""

    kind: Topic
    ref: str
    key: str
    name: str
    slug: str


def is_followed(person_id: int | None, kind: Topic, ref: str) -> bool:
    is_it = exists().where(Follow.person_id == person_id, Follow.kind == kind, Follow.ref == ref)
    return bool(session.scalar(select(is_it)))


def count_followed(person_id: int) -> int:
    return session.scalar(select(func.count()).select_from(Follow).where(Follow.person_id == person_id)) or 0


def followed_by(person_id: int) -> Sequence[Followed]:
    """Proposals, villages and misi, each the last followed first; a proposal that is hidden now has no title."""
    rows = session.execute(
        select(Follow.kind, Follow.ref)
        .where(Follow.person_id == person_id)
        .order_by(Follow.at.desc(), Follow.kind, Follow.ref)
        .limit(MOST_FOLLOWED)
    ).all()
    refs = {kind: [row.ref for row in rows if row.kind is kind] for kind in Topic}
    named = _proposals(refs[Topic.PROPOSAL]) | _villages(refs[Topic.VILLAGE]) | _misi(refs[Topic.MISI])
    return [named[kind, ref] for kind in Topic for ref in refs[kind] if (kind, ref) in named]


Named = dict[tuple[Topic, str], Followed]


def _proposals(refs: Sequence[str]) -> Named:
    title = case((Proposal.public_since.is_not(None), Proposal.title), else_="")
    asked = (
        select(Proposal.id, Proposal.number, title, RegencyProfile.slug)
        .join(RegencyProfile, RegencyProfile.code == Proposal.regency_code)
        .where(Proposal.id.in_([int(ref) for ref in refs]))
        .order_by(Proposal.id)
    )
    kind, rows = Topic.PROPOSAL, session.execute(asked) if refs else ()
    return {(kind, str(id_)): Followed(kind, str(id_), number, name, slug) for id_, number, name, slug in rows}


def _villages(refs: Sequence[str]) -> Named:
    is_its = func.substr(Region.code, 1, 5) == RegencyProfile.code
    asked = select(Region.code, Region.name, RegencyProfile.slug).join(RegencyProfile, is_its)
    kind, rows = (
        Topic.VILLAGE,
        session.execute(asked.where(Region.code.in_(refs)).order_by(Region.code)) if refs else (),
    )
    return {(kind, code): Followed(kind, code, code, name, slug) for code, name, slug in rows}


def _misi(refs: Sequence[str]) -> Named:
    asked = (
        select(Misi.id, Misi.number, Misi.short, RegencyProfile.slug)
        .join(RegencyProfile, RegencyProfile.code == Misi.regency_code)
        .where(Misi.id.in_([int(ref) for ref in refs]))
        .order_by(Misi.id)
    )
    kind, rows = Topic.MISI, session.execute(asked) if refs else ()
    return {(kind, str(id_)): Followed(kind, str(id_), str(number), short, slug) for id_, number, short, slug in rows}
