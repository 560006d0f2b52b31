"""The log of envelopes: its leaves and heads, and where a receipt's code is found."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db.session import session
from app.voting.models import Contest, CountedLeaf, LoggedLeaf, LogHead, WaitingLeaf
from app.voting.rules.contest import ContestStatus
from app.voting.rules.sealed.contents import leaves_of_code
from app.voting.rules.sealed.heads import Head


class CodePlace(StrEnum):
    """Where the envelope of a code is."""

    WAITING = "waiting"
    LOGGED = "logged"
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    UNKNOWN = "unknown"


def open_contest_ids() -> Sequence[int]:
    """The contests whose log may grow."""
    asked = select(Contest.id).where(Contest.status == ContestStatus.OPENED, Contest.box_key.is_not(None))
    return session.scalars(asked.order_by(Contest.id)).all()


def leaves_of(contest_id: int) -> Sequence[bytes]:
    """The log, leaf by leaf."""
    asked = select(LoggedLeaf.leaf).where(LoggedLeaf.contest_id == contest_id)
    return session.scalars(asked.order_by(LoggedLeaf.position)).all()


def log_size(contest_id: int) -> int:
    asked = select(func.count()).select_from(LoggedLeaf).where(LoggedLeaf.contest_id == contest_id)
    return session.scalar(asked) or 0


def heads_of(contest_id: int) -> Sequence[LogHead]:
    return session.scalars(select(LogHead).where(LogHead.contest_id == contest_id).order_by(LogHead.number)).all()


def last_heads(contest_id: int, most: int) -> Sequence[LogHead]:
    """The latest first."""
    asked = select(LogHead).where(LogHead.contest_id == contest_id)
    return session.scalars(asked.order_by(LogHead.number.desc()).limit(most)).all()


def last_head(contest_id: int) -> LogHead | None:
    return next(iter(last_heads(contest_id, 1)), None)


def count_waiting(contest_id: int) -> int:
    asked = select(func.count()).select_from(WaitingLeaf).where(WaitingLeaf.contest_id == contest_id)
    return session.scalar(asked) or 0


def signed_head(row: LogHead, definition_sha256: str) -> dict[str, object]:
    """The head with its signature, as it is published."""
    head = Head(row.contest_id, definition_sha256, row.number, row.size, row.root, row.at, row.box_sha256 or "")
    return head.signed(row.signature)


def find_code(contest_id: int, code: str, *, is_counted: bool) -> CodePlace:
    """Where the envelope of a receipt's code is; ValueError where it is no code."""
    first, last = leaves_of_code(code)

    def has(leaf: InstrumentedAttribute[bytes], of_contest: ColumnElement[bool]) -> bool:
        return session.execute(select(leaf).where(of_contest, leaf.between(first, last)).limit(1)).first() is not None

    if has(CountedLeaf.leaf, CountedLeaf.contest_id == contest_id):
        return CodePlace.COUNTED
    if has(LoggedLeaf.leaf, LoggedLeaf.contest_id == contest_id):
        return CodePlace.NOT_COUNTED if is_counted else CodePlace.LOGGED
    is_waiting = has(WaitingLeaf.leaf, WaitingLeaf.contest_id == contest_id)
    return CodePlace.WAITING if is_waiting else CodePlace.UNKNOWN
