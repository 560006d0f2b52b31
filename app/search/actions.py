"""Keeping the index in step, and building it anew."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import delete, select

from app.db.session import session
from app.search.models import SearchDocument
from app.search.rules import terms_of

BATCH = 500
Source = Callable[[], Iterable[tuple[int, str]]]
_sources: dict[str, Source] = {}


def index(kind: str, ref_id: int, text: str) -> None:
    """What this thing is about from now on."""
    terms = " ".join(terms_of(text))
    mine = (SearchDocument.kind == kind) & (SearchDocument.ref_id == ref_id)
    row = session.scalars(select(SearchDocument).where(mine)).first()
    if row is None:
        session.add(SearchDocument(kind=kind, ref_id=ref_id, terms=terms))
    else:
        row.terms = terms
    session.flush()


def forget(kind: str, ref_id: int) -> None:
    session.execute(delete(SearchDocument).where(SearchDocument.kind == kind, SearchDocument.ref_id == ref_id))


def searches(kind: str) -> Callable[[Source], Source]:
    """Register who knows all texts of a kind, as pairs of number and text."""

    def register(source: Source) -> Source:
        _sources[kind] = source
        return source

    return register


def rebuild() -> Iterator[tuple[str, int]]:
    """Index every text of every kind anew; tells how far it has come."""
    for kind, source in sorted(_sources.items()):
        session.execute(delete(SearchDocument).where(SearchDocument.kind == kind))
        count = 0
        for ref_id, text in source():
            session.add(SearchDocument(kind=kind, ref_id=ref_id, terms=" ".join(terms_of(text))))
            count += 1
            if count % BATCH == 0:
                session.flush()
                session.expunge_all()
        session.flush()
        yield kind, count
