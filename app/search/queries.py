"""Asking the index of each engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, false, func, literal_column, select, text

from app.db.session import session
from app.search.models import SearchDocument
from app.search.rules import likeness, query_terms, rarity, terms_of

# Of the newest texts that share a word so many are compared; ranking everything grows with the table.
COMPARED = 400
# A word that stands in very many texts finds the newest of them; whoever means an older one adds a word.
MOST_FOUND = 1_000


def matching(kind: str, typed: str) -> Select[Any]:
    """Numbers of the things that hold every word that was typed, the newest; the last one may be its beginning only."""
    asked = select(SearchDocument.ref_id).where(SearchDocument.kind == kind)
    terms = query_terms(typed)
    if not terms:
        return asked.where(false())
    both = " & ".join([*terms[:-1], f"{terms[-1]}:*"]), " AND ".join([*map(_quoted, terms)]) + "*"
    return _match(asked, *both, newest=MOST_FOUND)


def _match(asked: Select[Any], postgresql: str, sqlite: str, newest: int | None = None) -> Select[Any]:
    """Narrow down to what fits the engine's own question; of `newest` so many at most."""
    if session.get_bind().dialect.name == "postgresql":
        vector = func.to_tsvector(literal_column("'simple'"), SearchDocument.terms)
        asked = asked.where(vector.op("@@")(func.to_tsquery(literal_column("'simple'"), postgresql)))
        return asked.order_by(SearchDocument.id.desc()).limit(newest) if newest else asked
    row: Any = literal_column("rowid")
    rows: Select[Any] = select(row).select_from(text("search_index"))
    rows = rows.where(literal_column("search_index").op("MATCH")(sqlite))
    rows = rows.order_by(row.desc()).limit(newest) if newest else rows
    return asked.where(SearchDocument.id.in_(rows))


def _quoted(term: str) -> str:
    return f'"{term}"'


def alike(kind: str, typed: str, among: Select[Any] | None = None, most: int = 5) -> list[tuple[int, int]]:
    """Numbers of the things most like the text with their likeness in thousandths, the likest first.

    `among` narrows down to some of them; what shares no word is not alike.
    """
    wanted = terms_of(typed)
    candidates = _sharing(kind, wanted, among)
    weights = rarity([terms for _, terms in candidates] + [wanted])
    scored = [(likeness(wanted, terms, weights), ref_id) for ref_id, terms in candidates]
    best = sorted(scored, key=lambda pair: (-pair[0], -pair[1]))[:most]
    return [(ref_id, score) for score, ref_id in best if score > 0]


def _sharing(kind: str, wanted: Sequence[str], among: Select[Any] | None) -> list[tuple[int, list[str]]]:
    """The newest things that share a word with the text."""
    terms = list(dict.fromkeys(wanted))
    if not terms:
        return []
    asked = select(SearchDocument.ref_id).where(SearchDocument.kind == kind)
    asked = _match(asked, " | ".join(terms), " OR ".join(map(_quoted, terms)))
    if among is not None:
        asked = asked.where(SearchDocument.ref_id.in_(among))
    newest = asked.order_by(SearchDocument.ref_id.desc()).limit(COMPARED).add_columns(SearchDocument.terms)
    return [(row.ref_id, row.terms.split()) for row in session.execute(newest)]
