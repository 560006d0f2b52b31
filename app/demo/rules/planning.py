"""One adopted action of Belu's plan, an example that says it is, and the innovation that hangs under it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.backing.rules.acts import ActState
from app.backing.rules.resources import Fund
from app.demo.rules.clock import Clock
from app.demo.rules.people import PLANNER
from app.demo.rules.steps import Step
from app.innovations.rules.gates import LegalForm
from app.rad.rules.actions import ActionText, Direction, IndicatorText, LegalBasis, Measure

ADOPTED, ENACTED = -20, -38
PROPOSAL, AGENCY, PILLAR = "kebun-batar-maneikun", "Disdik", 3
A_YEAR, SOURCE = 210_000_000, "Dinas Pendidikan (contoh)"


@dataclass(frozen=True)
class Adopt(Step):
    """The planner enters the action with all it must say, adopts it, and hangs the proposal's innovation under it."""

    enacted: date


def tell_plan(clock: Clock) -> Iterator[Step]:
    yield Adopt(clock.hour(ADOPTED, 10), PLANNER, clock.date(ENACTED))


def action_text(pillar_id: int, agency_id: int, enacted: date) -> ActionText:
    title = "Peraturan Bupati tentang Kebun Sekolah dan Bank Pangan (contoh)"
    return ActionText(
        code="3.1",
        title="Perluasan kebun sekolah dan bank pangan ke sekolah dasar lain (contoh)",
        pillar_id=pillar_id,
        agency_id=agency_id,
        place="Sekolah dasar dengan lahan sendiri di semua kecamatan",
        risk="Air kurang pada musim kering.",
        risk_answer="Dua tandon untuk setiap sekolah sebelum tanam kedua.",
        legal=LegalBasis(LegalForm.REGENT_REGULATION, title, ActState.IN_FORCE, "DEMO-5", enacted),
    )


def indicators(years: Sequence[int]) -> list[IndicatorText]:
    """Twelve schools more in every year of the plan, and their pupils."""
    schools = {year: Decimal(12 * place) for place, year in enumerate(years, 1)}
    pupils = {year: 150 * many for year, many in schools.items()}
    said = (
        (Measure.OUTPUT, "Sekolah dengan kebun dan buku timbangan", "sekolah", 1, schools),
        (Measure.OUTCOME, "Murid yang sarapan tiga kali seminggu", "murid", 143, pupils),
    )
    return [
        IndicatorText(measure, name, unit, Direction.UP, Decimal(baseline), years[0], SOURCE, targets)
        for measure, name, unit, baseline, targets in said
    ]


def funds(years: Sequence[int]) -> Mapping[tuple[int, Fund], int]:
    return {(year, Fund.REGENCY): A_YEAR for year in years}
