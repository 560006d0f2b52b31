"""Lines of a plan's matrix, made by the planner's own actions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.backing.rules.acts import ActState
from app.backing.rules.resources import Fund
from app.innovations.rules.gates import LegalForm
from app.kernel.actor import Actor, Role
from app.plans.queries import agencies_of, pillars_of
from app.rad import actions
from app.rad.models import RadAction
from app.rad.rules.actions import ActionText, Direction, IndicatorText, LegalBasis, Measure
from tests import builders as b

YEARS = range(2025, 2030)
TARGETS = {year: Decimal(20 * place) for place, year in enumerate(YEARS, 1)}
LEGAL = LegalBasis(
    LegalForm.REGENT_REGULATION, "Rencana aksi inovasi daerah", ActState.IN_FORCE, "12/2025", date(2025, 3, 4)
)


def planner(regency: str = b.BELU) -> Actor:
    return b.make_staff(Role.PLANNER, regency)


def pillar_of(regency: str) -> int:
    known = [pillar.id for pillar in pillars_of(regency) if pillar.regency_code == regency]
    return known[0] if known else b.make_pillar(regency_code=regency).id


def agency_of(regency: str, name: str = "Dinas Kesehatan") -> int:
    known = [agency.id for agency in agencies_of(regency) if agency.name == name]
    return known[0] if known else b.make_agency(name, regency).id


def make_text(regency: str = b.BELU, **changes: object) -> ActionText:
    """A good action under a pillar of its own and led by an agency of its own, with changes."""
    text = ActionText(
        code="1.1",
        title="Memeriksa kesehatan calon pengantin di setiap kecamatan",
        pillar_id=pillar_of(regency),
        agency_id=agency_of(regency),
        risk="Tenaga kesehatan kurang di desa yang jauh.",
        risk_answer="Jadwal keliling sebulan sekali.",
        legal=LEGAL,
    )
    return replace(text, **changes)  # type: ignore[arg-type]


def make_indicator(measure: Measure = Measure.OUTPUT, **changes: object) -> IndicatorText:
    text = IndicatorText(
        measure, f"Pasangan yang diperiksa ({measure})", "pasangan", Direction.UP, Decimal(5), 2024, "Dinkes", TARGETS
    )
    return replace(text, **changes)  # type: ignore[arg-type]


def make_action(actor: Actor | None = None, regency: str = b.BELU, **changes: object) -> RadAction:
    """A draft that has nothing but its text."""
    return actions.add_action(actor or planner(regency), regency, make_text(regency, **changes), b.NOW)


def complete(
    actor: Actor, action: RadAction, measures: Iterable[Measure] = tuple(Measure), years: Iterable[int] = YEARS
) -> RadAction:
    """Give a draft what it needs to be adopted."""
    for measure in measures:
        actions.set_indicator(actor, action, make_indicator(measure), b.NOW)
    actions.set_funds(actor, action, {(year, Fund.REGENCY): 50_000_000 for year in years}, b.NOW)
    return action


def make_adopted(regency: str = b.BELU, **changes: object) -> RadAction:
    actor = planner(regency)
    action = complete(actor, make_action(actor, regency, **changes))
    actions.adopt(actor, action, b.NOW)
    return action
