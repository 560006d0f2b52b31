"""Actions of the plans, examples that say they are, and the innovations that hang under them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.backing.rules.acts import ActState
from app.backing.rules.resources import Fund
from app.demo.rules.clock import Clock
from app.demo.rules.people import BELTIM, BELU, PLANNER
from app.demo.rules.plan_texts import IndicatorLine, PlanText
from app.demo.rules.steps import Step
from app.demo.rules.texts import Texts
from app.innovations.rules.gates import LegalForm
from app.rad.rules.actions import ActionText, Direction, IndicatorText, LegalBasis, Measure

PLANNERS = {BELU: PLANNER, BELTIM: f"perencana {BELTIM}"}
DRAFT_TITLE = "Rancangan Peraturan Bupati tentang Rencana Aksi Daerah 2025–2029 (contoh)"
PROGRAM = "Contoh peragaan: target dan pagu bukan angka resmi"


@dataclass(frozen=True)
class Adopt(Step):
    """The planner enters the action with all it must say, adopts it, and hangs its innovations under it."""

    plan: PlanText
    enacted: date | None


def tell_plan(texts: Texts, clock: Clock) -> Iterator[Step]:
    for order, plan in enumerate(texts.plan):
        enacted = None if plan.enacted is None else clock.date(plan.enacted)
        yield Adopt(clock.hour(plan.adopted, 10, 5 * order), PLANNERS[plan.regency], plan, enacted)


def action_text(
    plan: PlanText, pillars: Mapping[int, int], agencies: Mapping[str, int], enacted: date | None
) -> ActionText:
    state = ActState.IN_FORCE if enacted else ActState.DRAFT
    title = plan.legal_title or DRAFT_TITLE
    return ActionText(
        code=plan.code,
        title=plan.title,
        pillar_id=pillars[plan.pillar],
        agency_id=agencies[plan.agency],
        program=PROGRAM,
        place=plan.place,
        risk=plan.risk,
        risk_answer=plan.risk_answer,
        supporters=[agencies[name] for name in plan.supporters],
        legal=LegalBasis(LegalForm.REGENT_REGULATION, title, state, plan.legal_number, enacted),
    )


def indicators(plan: PlanText, years: Sequence[int]) -> list[IndicatorText]:
    lines = ((Measure.OUTPUT, plan.output), (Measure.OUTCOME, plan.outcome))
    return [indicator(measure, line, years, f"{plan.agency} (contoh)") for measure, line in lines]


def indicator(measure: Measure, line: IndicatorLine, years: Sequence[int], source: str) -> IndicatorText:
    """A target for every year of the plan."""
    baseline, yearly = Decimal(line.baseline), Decimal(str(line.yearly))
    targets = {year: baseline + yearly * place for place, year in enumerate(years, 1)}
    direction = Direction.UP if yearly > 0 else Direction.DOWN
    return IndicatorText(measure, line.name, line.unit, direction, baseline, years[0], source, targets)


def funds(plan: PlanText, years: Sequence[int]) -> Mapping[tuple[int, Fund], int]:
    return {(year, Fund.REGENCY): plan.a_year for year in years}
