"""Asking the index of each engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, false, func, literal_column, select, text

from app.db.session import session
from app.search.models import SearchDocument
from app.search.rules import likeness, place_word, query_terms, rarity, terms_of

# Of the newest texts that share a word so many are compared; ranking everything grows with the table.
COMPARED = 400
# Words that stand in very many texts of a place find the newest of them; whoever means an older one adds a word.
MOST_FOUND = 300


def matching(kind: str, typed: str, place: str) -> Select[Any]:
    """Numbers of the things in a region that hold every word that was typed, the newest.

    The last word may be its beginning only.
    """
    terms = query_terms(typed)
    if not terms:
        return select(SearchDocument.ref_id).where(false())
    everything = " & ".join([*terms[:-1], f"{terms[-1]}:*"]), " AND ".join([*map(_quoted, terms)]) + "*"
    return _newest(place_word(kind, place), *everything, MOST_FOUND)


def _newest(place: str, postgresql: str, sqlite: str, most: int) -> Select[Any]:
    """So many of the things in a place that fit the engine's own question."""
    row: Any
    fits: Any
    if session.get_bind().dialect.name == "postgresql":
        row, table = literal_column("id"), "search_documents"
        question = func.to_tsquery(literal_column("'simple'"), f"{place} & ({postgresql})")
        fits = literal_column("search_vector").op("@@")(question)
    else:
        row, table = literal_column("rowid"), "search_index"
        fits = literal_column("search_index").op("MATCH")(f"places : {place} AND terms : ({sqlite})")
    rows = select(row).select_from(text(table)).where(fits).order_by(row.desc()).limit(most)
    return select(SearchDocument.ref_id).where(SearchDocument.id.in_(rows))


def _quoted(term: str) -> str:
    return f'"{term}"'


def alike(kind: str, typed: str, place: str, among: Select[Any] | None = None, most: int = 5) -> list[tuple[int, int]]:
    """Numbers of the things in a region most like the text with their likeness in thousandths, the likest first.

    `among` narrows down to some of them; what shares no word is not alike.
    """
    wanted = terms_of(typed)
    candidates = _sharing(place_word(kind, place), wanted, among)
    weights = rarity([terms for _, terms in candidates] + [wanted])
    scored = [(likeness(wanted, terms, weights), ref_id) for ref_id, terms in candidates]
    best = sorted(scored, key=lambda pair: (-pair[0], -pair[1]))[:most]
    return [(ref_id, score) for score, ref_id in best if score > 0]


def _sharing(place: str, wanted: Sequence[str], among: Select[Any] | None) -> list[tuple[int, list[str]]]:
    """The newest things that share a word with the text."""
    terms = list(dict.fromkeys(wanted))
    if not terms:
        return []
    found = _newest(place, " | ".join(terms), " OR ".join(map(_quoted, terms)), MOST_FOUND)
    if among is not None:
        (number,) = among.selected_columns
        # Asked of each of the few that share a word, not of everything that could be meant.
        found = found.where(among.where(number == SearchDocument.ref_id).correlate(SearchDocument).exists())
    newest = found.order_by(SearchDocument.ref_id.desc()).limit(COMPARED)
    return [(row.ref_id, row.terms.split()) for row in session.execute(newest.add_columns(SearchDocument.terms))]
