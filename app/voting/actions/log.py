"""The log of envelopes: batches of what was accepted, sorted, and signed heads of the tree over all of them."""

from datetime import datetime

from sqlalchemy import delete, insert

from app.db.session import session
from app.vault import sign
from app.voting import queries
from app.voting.models import Contest, LoggedLeaf, LogHead, WaitingLeaf
from app.voting.rules.box import is_batch_due
from app.voting.rules.contest import ContestStatus
from app.voting.rules.sealed.heads import Head
from app.voting.rules.sealed.tree import root_of


def grow_log(contest_id: int, now: datetime) -> bool:
    """Take what waits into the log, where it is time; whether there is a new head. Twice at once, it happens once."""
    contest = queries.get_locked(contest_id)
    last = queries.last_head(contest_id)
    if contest.status is not ContestStatus.OPENED or last is None:
        return False
    if not is_batch_due(last.at, last.size, queries.count_waiting(contest_id), now):
        return False
    add_head(contest, now)
    return True


def add_head(contest: Contest, now: datetime, box_sha256: str | None = None) -> LogHead:
    """Log what waits, and sign the log as it then is; the last head also names what was found in the closed box.

    No head is older than the one before it, whatever the clock says.
    """
    size = _log_waiting(contest.id)
    last = queries.last_head(contest.id)
    at = max(now, last.at) if last else now
    head = Head(
        contest=contest.id,
        definition=str(contest.definition_sha256),
        number=last.number + 1 if last else 1,
        size=size,
        root=root_of(queries.leaves_of(contest.id)).hex(),
        at=at,
        box=box_sha256 or "",
    )
    row = LogHead(
        contest_id=contest.id,
        number=head.number,
        size=head.size,
        root=head.root,
        at=at,
        box_sha256=box_sha256,
        signature=sign(contest.id, head.statement),
    )
    session.add(row)
    session.flush()
    return row


def _log_waiting(contest_id: int) -> int:
    """Move the waiting leaves into the log, sorted: who came first inside a batch is nowhere. The log's new size."""
    waiting = delete(WaitingLeaf).where(WaitingLeaf.contest_id == contest_id).returning(WaitingLeaf.leaf)
    leaves = sorted(session.scalars(waiting).all())
    start = queries.log_size(contest_id)
    rows = [{"contest_id": contest_id, "position": place, "leaf": leaf} for place, leaf in enumerate(leaves, start)]
    if rows:
        session.execute(insert(LoggedLeaf), rows)
    return start + len(rows)
