"""Supplies: how rooms above tell gates what an innovation has, without innovations knowing of them.

A room above says in a few lines, in its queries, what it supplies, and on which page people bring it:

    @supplies({Asked.PEOPLE: At("backing.add_resource", kind="people")})
    def people_held() -> Select[Any]:
        rows = held_rows(Commitment.innovation_id, Asked.PEOPLE, Commitment.id, text=Commitment.title, …)
        return rows.where(Commitment.kind == Resource.PEOPLE, Commitment.state.in_(FIRM))

From then on it counts at every gate, on the public page, on the desk and for the silo flag; however many rooms supply,
it is one statement. What is held until a day says so (`until`), and the rules compare it with today; who brought it
(`provider_id`) does not open a gate by it alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, Integer, Select, String, cast, literal, null, select, union_all

from app.db.session import session
from app.innovations.rules.gates import Asked, Held, LegalForm

Supplier = Callable[[], Select[Any]]
# So many ids go into one statement.
BATCH = 500


@dataclass(frozen=True, init=False)
class At:
    """The page on which something is brought: an endpoint that takes `number`, and what else it wants."""

    endpoint: str
    values: Mapping[str, str]

    def __init__(self, endpoint: str, **values: str) -> None:
        object.__setattr__(self, "endpoint", endpoint)
        object.__setattr__(self, "values", values)


_suppliers: list[Supplier] = []
_places: dict[Asked, At] = {}


def supplies(places: Mapping[Asked, At]) -> Callable[[Supplier], Supplier]:
    """Register what innovations have, and where each of it is brought; the page of a room above takes precedence."""

    def register(supplier: Supplier) -> Supplier:
        if supplier not in _suppliers:
            _suppliers.append(supplier)
            _places.update(places)
        return supplier

    return register


def place_of(asked: Asked) -> At | None:
    """Where it is brought; None where no room supplies it yet."""
    return _places.get(asked)


def held_rows(
    innovation_id: Any,
    asked: Any,
    row_id: Any,
    *,
    text: Any = None,
    dated: Any = None,
    until: Any = None,
    form: Any = None,
    provider_id: Any = None,
    key: Any = None,
) -> Select[Any]:
    """Rows of what is held, as every supplier gives them: columns, or one value for all; `asked` may be a column."""
    return select(
        innovation_id.label("innovation_id"),
        _as(asked, String).label("asked"),
        row_id.label("row_id"),
        _as(text, String).label("text"),
        _as(dated, Date).label("dated"),
        _as(until, Date).label("until"),
        _as(form, String).label("form"),
        _as(provider_id, Integer).label("provider_id"),
        _as(key, String).label("key"),
    )


def _as(value: Any, kind: Any) -> Any:
    """Of the same type in every part of the union: PostgreSQL does not guess."""
    if value is None:
        return cast(null(), kind)
    if isinstance(value, str):
        return cast(literal(str(value)), kind)
    return value if kind is Date else cast(value, kind)


def held_of_all(ids: Sequence[int]) -> dict[int, tuple[Held, ...]]:
    """All that each of the innovations has; one statement for each few hundred."""
    found: dict[int, list[Held]] = {number: [] for number in ids}
    for start in range(0, len(ids), BATCH):
        for row in session.execute(_union(ids[start : start + BATCH])):
            form = LegalForm(row.form) if row.form else None
            held = Held(Asked(row.asked), row.text or "", row.dated, row.until, form, row.provider_id, row.key or "")
            found[row.innovation_id].append(held)
    return {number: tuple(held) for number, held in found.items()}


def _union(ids: Sequence[int]) -> Any:
    asked = (supplier() for supplier in _suppliers)
    parts = [rows.where(rows.selected_columns.innovation_id.in_(ids)) for rows in asked]
    return union_all(*parts).order_by("innovation_id", "asked", "row_id")
