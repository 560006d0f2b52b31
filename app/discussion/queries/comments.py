"""Reading comments: pages of them with the first answers, one with all of its answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, case, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from app.accounts.models import Consent, Person
from app.accounts.rules.consents import Purpose
from app.db.session import session
from app.discussion.models import Comment
from app.discussion.rules.comments import ANSWERING, CommentOrder, CommentStatus, HideCode, Stance, Voice
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Missing
from app.kernel.paging import Page, page_of, parse_mark
from app.plans.models import Agency
from app.proposals.models import Proposal
from app.regions.models import Region

COMMENTS_SIZE, ANSWERS_SIZE, FIRST_ANSWERS, NEWEST = 10, 20, 2, 3


@dataclass(frozen=True)
class CommentRow:
    """A comment as everybody sees it; `name` is empty unless its author has agreed that it is shown.

    `answers` are the first ones, `replies` tells how many there are.
    """

    id: int
    parent_id: int | None
    author_id: int
    voice: Voice
    village: str
    agency: str | None
    name: str | None
    stance: Stance | None
    text: str
    status: CommentStatus
    written_at: datetime
    edited_at: datetime | None
    hide_code: HideCode | None
    hide_reason: str
    replies: int
    waits: bool
    answers: tuple["CommentRow", ...] = ()

    @property
    def stands_out(self) -> bool:
        return self.voice in ANSWERING


@cache
def _rows() -> Select[*tuple[Any, ...]]:
    """The columns of a row. Built once: the joins are dear."""
    person = aliased(Person)
    agreed = exists().where(
        Consent.person_id == person.id,
        Consent.purpose == Purpose.PUBLIC_NAME,
        Consent.withdrawn_at.is_(None),
    )
    is_shown = Comment.status == CommentStatus.SHOWN
    name = select(person.name).where(person.id == Comment.author_id, is_shown, person.closed_at.is_(None), agreed)
    return (
        select(
            Comment.id,
            Comment.parent_id,
            Comment.author_id,
            Comment.voice,
            Region.name.label("village"),
            Agency.name.label("agency"),
            name.correlate(Comment).scalar_subquery().label("name"),
            Comment.stance,
            case((is_shown, Comment.text), else_="").label("text"),
            Comment.status,
            Comment.written_at,
            Comment.edited_at,
            Comment.hide_code,
            Comment.hide_reason,
            Comment.replies,
            Comment.waits,
        )
        .join(Region, Region.code == Comment.village_code)
        .outerjoin(Agency, Agency.id == Comment.agency_id)
    )


def _tops(proposal_id: int) -> Select[*tuple[Any, ...]]:
    return _rows().where(Comment.proposal_id == proposal_id, Comment.parent_id.is_(None))


def newest_select(proposal_id: int) -> Select[*tuple[Any, ...]]:
    """The few that stand on the proposal's own page; tombstones are left to the page of all."""
    shown = _tops(proposal_id).where(Comment.status == CommentStatus.SHOWN)
    return shown.order_by(Comment.id.desc()).limit(NEWEST)


def comments_page(
    proposal_id: int, order: CommentOrder, after: str | None, size: int = COMMENTS_SIZE
) -> Page[CommentRow]:
    """Comments with their first answers, two statements; ids are in the order of writing."""
    asked = _in_order(_tops(proposal_id), order, after)
    rows = [CommentRow(*row) for row in session.execute(asked.limit(size + 1))]
    page = page_of(rows, size, lambda row: _mark(row, order))
    return Page(with_answers(page.rows), page.after)


def _mark(row: CommentRow, order: CommentOrder) -> str:
    return f"{int(row.waits)}-{row.id}" if order is CommentOrder.QUESTIONS else str(row.id)


def _in_order(asked: Select[*tuple[Any, ...]], order: CommentOrder, after: str | None) -> Select[*tuple[Any, ...]]:
    if order is CommentOrder.QUESTIONS:
        if pair := parse_mark(after, 2):
            asked = asked.where(tuple_(Comment.waits, Comment.id) < (bool(pair[0]), pair[1]))
        return asked.order_by(Comment.waits.desc(), Comment.id.desc())
    mark = parse_mark(after, 1)
    if order is CommentOrder.OLDEST:
        return (asked.where(Comment.id > mark[0]) if mark else asked).order_by(Comment.id)
    return (asked.where(Comment.id < mark[0]) if mark else asked).order_by(Comment.id.desc())


def with_answers(rows: Sequence[CommentRow]) -> list[CommentRow]:
    """The rows with their first answers, in one statement for all of them."""
    parents = [row.id for row in rows if row.replies]
    found: dict[int, list[CommentRow]] = {}
    if parents:
        place = func.row_number().over(partition_by=Comment.parent_id, order_by=Comment.id)
        placed = select(Comment.id, place.label("place")).where(Comment.parent_id.in_(parents)).subquery()
        first = _rows().join(placed, placed.c.id == Comment.id).where(placed.c.place <= FIRST_ANSWERS)
        for row in session.execute(first.order_by(Comment.id)):
            found.setdefault(row.parent_id, []).append(CommentRow(*row))
    return [replace(row, answers=tuple(found.get(row.id, ()))) for row in rows]


def answers_to(comment_id: int, after: str | None, size: int = ANSWERS_SIZE) -> Page[CommentRow]:
    """The oldest first, as people talk."""
    mark = parse_mark(after, 1) or (0,)
    asked = _rows().where(Comment.parent_id == comment_id, Comment.id > mark[0]).order_by(Comment.id)
    rows = [CommentRow(*row) for row in session.execute(asked.limit(size + 1))]
    return page_of(rows, size, lambda row: str(row.id))


def row_of(comment_id: int) -> CommentRow:
    return CommentRow(*session.execute(_rows().where(Comment.id == comment_id)).one())


def get_comment(comment_id: int) -> Comment:
    comment = session.get(Comment, comment_id)
    if comment is None:
        raise Missing
    return comment


def get_comment_locked(comment_id: int) -> Comment:
    """The comment with its row locked and read anew; its proposal is locked already."""
    comment = session.get(Comment, comment_id, with_for_update=True, populate_existing=True)
    if comment is None:
        raise Missing
    return comment


def find_comment_by_key(author_id: int, form_key: str) -> Comment | None:
    return session.scalars(select(Comment).where(Comment.author_id == author_id, Comment.form_key == form_key)).first()


def has_answer(comment_id: int) -> bool:
    """Whether the author or an office has answered it, and the answer stands."""
    is_answer = (Comment.parent_id == comment_id) & Comment.voice.in_(ANSWERING)
    asked = select(Comment.id).where(is_answer, Comment.status == CommentStatus.SHOWN)
    return session.scalars(asked.limit(1)).first() is not None


def number_of(proposal_id: int, regency_code: str) -> str | None:
    is_it = (Proposal.id == proposal_id) & (Proposal.regency_code == regency_code)
    return session.scalar(select(Proposal.number).where(is_it))


def registered_at(person_id: int) -> datetime:
    return session.execute(select(Person.registered_at).where(Person.id == person_id)).scalar_one()


def agency_of(actor: Actor, code: str) -> int | None:
    """The agency for which an officer speaks there; None where their grant names none."""
    named = (g.agency_id for g in actor.grants if g.role is Role.OFFICER and actor.holds(Role.OFFICER, code))
    return next((agency_id for agency_id in named if agency_id is not None), None)
