"""Following a proposal, a village or a misi, and no longer following it; doing either again changes nothing."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.db.session import session
from app.db.upserts import add_once
from app.discussion import queries
from app.discussion.models import Follow
from app.discussion.permissions import FOLLOW_POLICY, CanFollow
from app.discussion.rules.follows import MOST_FOLLOWED, Topic, refuse_follow
from app.kernel.actor import Actor
from app.kernel.movers import moves
from app.kernel.outcomes import Refused
from app.kernel.policy import Within


def follow(actor: Actor, kind: Topic, ref: str, regency_code: str, now: datetime) -> None:
    """Hear of it from now on. The caller has seen to it that it is there, and public."""
    FOLLOW_POLICY.require(actor, CanFollow.FOLLOW, Within(regency_code))
    assert actor.person_id is not None  # only who is signed in belongs anywhere
    # Lock the person's row: two tabs must not both take the last place.
    session.get(Person, actor.person_id, with_for_update={"key_share": True})
    if queries.is_followed(actor.person_id, kind, ref):
        return
    if refusal := refuse_follow(queries.count_followed(actor.person_id)):
        raise Refused(refusal, most=MOST_FOLLOWED)
    add_once(Follow, person_id=actor.person_id, kind=kind, ref=ref, at=now)


def unfollow(actor: Actor, kind: Topic, ref: str) -> None:
    """Hear of it no more, wherever it is and whatever became of it."""
    session.execute(delete(Follow).where(Follow.person_id == actor.person_id, Follow.kind == kind, Follow.ref == ref))


class FollowMover:
    """Lets those who follow a proposal follow the one with which it is united; the key is the person."""

    kind = "follow"

    def unite(self, from_id: int, into_id: int, only: Collection[int] | None = None) -> Collection[int]:
        here = select(Follow.person_id).where(Follow.kind == Topic.PROPOSAL, Follow.ref == str(into_id))
        lacking = [Follow.kind == Topic.PROPOSAL, Follow.ref == str(from_id), Follow.person_id.not_in(here)]
        if only is not None:
            lacking.append(Follow.person_id.in_(only))
        brought = select(Follow.person_id, Follow.kind, literal(str(into_id)), Follow.at).where(*lacking)
        added = insert(Follow).from_select(["person_id", "kind", "ref", "at"], brought).returning(Follow.person_id)
        return session.scalars(added).all()

    def separate(self, from_id: int, into_id: int, brought: Collection[int]) -> Collection[int]:
        """Who follows the other one anew since then does so of their own: the moment differs."""
        there = aliased(Follow)
        moment = select(there.at).where(
            there.kind == Topic.PROPOSAL, there.ref == str(from_id), there.person_id == Follow.person_id
        )
        gone = (
            delete(Follow)
            .where(
                Follow.kind == Topic.PROPOSAL,
                Follow.ref == str(into_id),
                Follow.person_id.in_(brought),
                Follow.at == moment.correlate(Follow).scalar_subquery(),
            )
            .returning(Follow.person_id)
        )
        return session.scalars(gone, execution_options={"synchronize_session": False}).all()


moves("proposal", FollowMover())
