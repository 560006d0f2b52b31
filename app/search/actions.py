"""Keeping the index in step, and building it anew."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import TextClause, delete, insert, select, text

from app.db.session import session
from app.search.models import SearchDocument
from app.search.rules import places_of, terms_of

ADDED = text("INSERT INTO search_index(rowid, places, terms) VALUES (:id, :places, :terms)")
REMOVED = text("INSERT INTO search_index(search_index, rowid, places, terms) VALUES ('delete', :id, :places, :terms)")
COLUMNS = (SearchDocument.id, SearchDocument.places, SearchDocument.terms)
# Number, place and text of a thing.
Indexed = tuple[int, str, str]
Source = Callable[[], Iterable[Indexed]]
_sources: dict[str, Source] = {}


def index(kind: str, ref_id: int, place: str, content: str) -> None:
    """What this thing is about from now on, and the region in which it lies."""
    index_many(kind, [(ref_id, place, content)])


def index_many(kind: str, things: Iterable[Indexed]) -> None:
    """As `index`, for many things at once."""
    rows = [
        {"kind": kind, "ref_id": ref_id, "places": places_of(kind, place), "terms": " ".join(terms_of(content))}
        for ref_id, place, content in things
    ]
    for ref_id in _indexed(kind, {row["ref_id"] for row in rows}):
        forget(kind, ref_id)
    if rows:
        made = session.execute(insert(SearchDocument).returning(*COLUMNS), rows)
        _tell_sqlite(ADDED, made.mappings().all())


def _indexed(kind: str, wanted: set[Any]) -> set[int]:
    """Those of the numbers that the index knows; asked by their range, for a statement holds only so many."""
    if not wanted:
        return set()
    within = SearchDocument.ref_id.between(min(wanted), max(wanted))
    return wanted & set(session.scalars(select(SearchDocument.ref_id).where(SearchDocument.kind == kind, within)))


def forget(kind: str, ref_id: int) -> None:
    """The thing is found no more."""
    mine = (SearchDocument.kind == kind) & (SearchDocument.ref_id == ref_id)
    gone = session.execute(delete(SearchDocument).where(mine).returning(*COLUMNS))
    _tell_sqlite(REMOVED, gone.mappings().all())


def _tell_sqlite(statement: TextClause, rows: Sequence[Any]) -> None:
    """PostgreSQL keeps its index itself."""
    if rows and session.get_bind().dialect.name == "sqlite":
        session.execute(statement, [dict(row) for row in rows])


def searches(kind: str) -> Callable[[Source], Source]:
    """Register who knows all texts of a kind, with their places."""

    def register(source: Source) -> Source:
        _sources[kind] = source
        return source

    return register


def rebuild() -> Iterator[tuple[str, int]]:
    """Index every text of every kind anew; tells how many each has."""
    for kind, source in sorted(_sources.items()):
        for ref_id in session.scalars(select(SearchDocument.ref_id).where(SearchDocument.kind == kind)).all():
            forget(kind, ref_id)
        things = list(source())
        index_many(kind, things)
        yield kind, len(things)
