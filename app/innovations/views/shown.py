"""What stands in provisions, gates and histories, made ready for templates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.i18n.catalogues import _, quoted, words
from app.i18n.formats import day, number, rupiah
from app.innovations.queries import ProvisionRow
from app.innovations.rules.gates import GATES, Held, Need
from app.innovations.rules.provisions import Field, Kind, fields_of
from app.innovations.rules.stages import Stage, targets
from app.innovations.words import FIELDS_OF_KIND


@dataclass(frozen=True)
class GateView:
    """A gate with each of its needs: whether it is met, its words, and the kind of what meets it."""

    target: Stage
    needs: Sequence[tuple[bool, str, Kind]]

    @property
    def is_complete(self) -> bool:
        return all(is_met for is_met, _words, _kind in self.needs)


def gates_before(stage: Stage, held: Collection[Held]) -> list[GateView]:
    """The gates that the innovation stands before."""
    return [GateView(to, [(need.is_met(held), _need(need), need.kind) for need in GATES[to]]) for to in targets(stage)]


def _need(need: Need) -> str:
    if need.at_least is None:
        return words(need.kind)
    facts = {"what": words(need.kind), "form": words(need.at_least).lower()}
    return str(_("%(what)s, paling rendah %(form)s", **facts))


@dataclass(frozen=True)
class ProvisionView:
    """What a provision says: short facts with their names, and prose that needs none."""

    facts: Sequence[tuple[str, str]]
    prose: str


def provisions_shown(rows: Sequence[ProvisionRow]) -> list[tuple[Kind, list[ProvisionView]]]:
    """Each kind that is there, with its provisions."""
    kinds = [kind for kind in Kind if any(row.provision.kind is kind for row in rows)]
    return [(kind, [_view(row) for row in rows if row.provision.kind is kind]) for kind in kinds]


def _view(row: ProvisionRow) -> ProvisionView:
    kind = row.provision.kind
    values = {field: getattr(row.provision, field) for field in fields_of(kind)}
    named = {Field.AGENCY: row.agency, Field.PILLAR: row.pillar}
    facts = [
        (str(FIELDS_OF_KIND.get((kind, field)) or words(field)), _text(field, named.get(field) or value))
        for field, value in values.items()
        if value is not None and field is not Field.TEXT
    ]
    return ProvisionView(facts, values.get(Field.TEXT) or "")


def _text(field: Field, value: Any) -> str:
    if field is Field.AMOUNT:
        return rupiah(value)
    if field is Field.QUANTITY:
        return number(value)
    if field is Field.LEGAL_FORM:
        return words(value)
    if isinstance(value, date):
        return day(value)
    return quoted(value) if isinstance(value, str) else str(value)
