"""What stands in documents, gates and histories, made ready for templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from app.i18n.catalogues import _, quoted, words
from app.i18n.formats import day, number, rupiah
from app.innovations.models import Innovation, Provision
from app.innovations.queries import place_of
from app.innovations.rules.gates import GATES, Asked, GateFacts, Held, Need, missing
from app.innovations.rules.provisions import Field, Kind, fields_of
from app.innovations.rules.stages import Stage, targets
from app.innovations.words import FIELDS_OF_KIND

# Of what meets a need, so many are named.
NAMED = 3


@dataclass(frozen=True)
class NeedView:
    """What a gate asks for: its words, what meets it, and where it is brought by those who may."""

    is_met: bool
    text: str
    note: str
    url: str | None


@dataclass(frozen=True)
class GateView:
    """A gate with each of its needs; `was_passed` unless the innovation was entered at the stage behind it."""

    target: Stage
    needs: Sequence[NeedView]
    was_passed: bool

    @property
    def is_complete(self) -> bool:
        return all(need.is_met for need in self.needs)


def gates_before(innovation: Innovation, facts: GateFacts, *, may_provide: bool) -> list[GateView]:
    """The gates that the innovation stands before."""
    return [gate_shown(innovation, facts, to, may_provide=may_provide) for to in targets(facts.stage)]


def gate_shown(innovation: Innovation, facts: GateFacts, to: Stage, *, may_provide: bool) -> GateView:
    needs = [_need(innovation, need, facts, may_provide=may_provide) for need in GATES[to]]
    return GateView(to, needs, was_passed=innovation.stage_since != innovation.registered_at)


def questioned(innovation: Innovation, facts: GateFacts, *, may_provide: bool) -> GateView | None:
    """The gate behind which the innovation stands, where something it asks for has gone since, or never stood here."""
    gate = facts.stage if facts.stage in GATES else None
    if gate is None or not missing(gate, facts.held, facts.today):
        return None
    return gate_shown(innovation, facts, gate, may_provide=may_provide)


def _need(innovation: Innovation, need: Need, facts: GateFacts, *, may_provide: bool) -> NeedView:
    found = need.met_by(facts.held, facts.today)
    text = words(need.asked)
    if need.at_least is not None:
        text = _("%(what)s, paling rendah %(form)s", what=text, form=words(need.at_least).lower())
    url = bring_url(innovation, need.asked) if may_provide and not found else None
    return NeedView(bool(found), text, "; ".join(filter(None, map(_named, found[-NAMED:]))), url)


def bring_url(innovation: Innovation, asked: Asked) -> str | None:
    """Where it is brought; None as long as no room supplies it."""
    place = place_of(asked)
    if place is None:
        return None
    values: dict[str, Any] = {"number": innovation.number, **place.values}
    return url_for(place.endpoint, **values)


def _named(held: Held) -> str:
    form = words(held.legal_form) if held.legal_form else ""
    return ", ".join(part for part in (form, held.text, day(held.dated) if held.dated else "") if part)


@dataclass(frozen=True)
class ProvisionView:
    """What a document says: facts with their names, and prose that needs none; why it was withdrawn, if it was."""

    id: int
    facts: Sequence[tuple[str, str]]
    prose: str
    withdrawal: str


def provisions_shown(rows: Sequence[Provision]) -> list[tuple[Kind, list[ProvisionView]]]:
    """Each kind that is there, with its documents."""
    kinds = [kind for kind in Kind if any(row.kind is kind for row in rows)]
    return [(kind, [_view(row) for row in rows if row.kind is kind]) for kind in kinds]


def _view(row: Provision) -> ProvisionView:
    values = {field: getattr(row, field) for field in fields_of(row.kind)}
    facts = [
        (str(FIELDS_OF_KIND.get((row.kind, field)) or words(field)), _text(field, value))
        for field, value in values.items()
        if value is not None and field is not Field.TEXT
    ]
    return ProvisionView(row.id, facts, values.get(Field.TEXT) or "", row.withdrawal)


def _text(field: Field, value: Any) -> str:
    if field is Field.AMOUNT:
        return rupiah(value)
    if field is Field.QUANTITY:
        return number(value)
    if isinstance(value, date):
        return day(value)
    return quoted(value) if isinstance(value, str) else str(value)
