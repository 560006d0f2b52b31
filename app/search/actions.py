"""Keeping the index in step, and building it anew."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import TextClause, delete, select, text

from app.db.session import session
from app.search.models import SearchDocument
from app.search.rules import terms_of

ADDED = text("INSERT INTO search_index(rowid, terms) VALUES (:id, :terms)")
REMOVED = text("INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', :id, :terms)")
Source = Callable[[], Iterable[tuple[int, str]]]
_sources: dict[str, Source] = {}


def index(kind: str, ref_id: int, content: str) -> None:
    """What this thing is about from now on."""
    forget(kind, ref_id)
    _add(kind, ref_id, content)


def _add(kind: str, ref_id: int, content: str) -> None:
    row = SearchDocument(kind=kind, ref_id=ref_id, terms=" ".join(terms_of(content)))
    session.add(row)
    session.flush()
    _tell_sqlite(ADDED, row.id, row.terms)


def forget(kind: str, ref_id: int) -> None:
    """The thing is found no more."""
    mine = (SearchDocument.kind == kind) & (SearchDocument.ref_id == ref_id)
    gone = session.execute(delete(SearchDocument).where(mine).returning(SearchDocument.id, SearchDocument.terms)).all()
    for row in gone:
        _tell_sqlite(REMOVED, row.id, row.terms)


def _tell_sqlite(statement: TextClause, row_id: int, terms: str) -> None:
    """PostgreSQL keeps its index itself."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(statement, {"id": row_id, "terms": terms})


def searches(kind: str) -> Callable[[Source], Source]:
    """Register who knows all texts of a kind, as pairs of number and text."""

    def register(source: Source) -> Source:
        _sources[kind] = source
        return source

    return register


def rebuild() -> Iterator[tuple[str, int]]:
    """Index every text of every kind anew; tells how many each has."""
    for kind, source in sorted(_sources.items()):
        for ref_id in session.scalars(select(SearchDocument.ref_id).where(SearchDocument.kind == kind)).all():
            forget(kind, ref_id)
        count = 0
        for count, (ref_id, content) in enumerate(source(), 1):  # noqa: B007
            _add(kind, ref_id, content)
        yield kind, count
