"""What an action of the plan needs."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backing.rules.acts import ActState
from app.innovations.rules.gates import LegalForm
from app.kernel.outcomes import Refused
from app.rad.rules.actions import (
    LIFECYCLE,
    ActionEvent,
    ActionStatus,
    ActionText,
    Direction,
    IndicatorText,
    Known,
    Lack,
    LegalBasis,
    Measure,
    Refusal,
    Said,
    lacking,
    refuse_action,
    refuse_indicator,
    refuse_legal,
)

TODAY = date(2026, 9, 1)
YEARS = range(2025, 2030)
KNOWN = Known({1, 2}, {5}, {10: True, 11: True, 12: False})
TEXT = ActionText("1.1", "Memeriksa calon pengantin", 1, 10)
INDICATOR = IndicatorText(
    Measure.OUTPUT, "Desa yang diperiksa", "desa", Direction.UP, Decimal(3), 2024, "", {2025: Decimal(5)}
)


def changed(**changes: object) -> IndicatorText:
    return IndicatorText(**(vars(INDICATOR) | changes))  # type: ignore[arg-type]


def test_the_life_of_an_action_has_these_steps_and_no_others() -> None:
    steps = {
        (ActionStatus.DRAFT, ActionEvent.ADOPT): ActionStatus.ADOPTED,
        (ActionStatus.DRAFT, ActionEvent.END): ActionStatus.ENDED,
        (ActionStatus.ADOPTED, ActionEvent.REOPEN): ActionStatus.DRAFT,
        (ActionStatus.ADOPTED, ActionEvent.END): ActionStatus.ENDED,
    }
    for status in ActionStatus:
        for event in ActionEvent:
            if (status, event) in steps:
                assert LIFECYCLE.after(status, event) is steps[status, event]
            else:
                with pytest.raises(Refused):
                    LIFECYCLE.after(status, event)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, None),
        ({"misi_id": 5, "supporters": {11, 12}}, None),
        ({"pillar_id": 9}, Refusal.UNKNOWN_PILLAR),
        ({"misi_id": 6}, Refusal.UNKNOWN_MISI),
        ({"agency_id": 99}, Refusal.UNKNOWN_AGENCY),
        ({"supporters": {99}}, Refusal.UNKNOWN_AGENCY),
        ({"agency_id": 12}, Refusal.AGENCY_ENDED),
        ({"supporters": {10}}, Refusal.LEADS_AND_SUPPORTS),
    ],
)
def test_an_action_refers_to_what_its_regency_has(changes: dict[str, object], refusal: Refusal | None) -> None:
    text = ActionText(**(vars(TEXT) | changes))  # type: ignore[arg-type]
    assert refuse_action(text, KNOWN, TODAY) is refusal


@pytest.mark.parametrize(
    ("legal", "refusal"),
    [
        (LegalBasis(LegalForm.REGENT_REGULATION, "Inovasi", ActState.DRAFT), None),
        (LegalBasis(LegalForm.REGENT_REGULATION, "", ActState.DRAFT), Refusal.LEGAL_INCOMPLETE),
        (LegalBasis(LegalForm.REGENT_REGULATION, "Inovasi", ActState.IN_FORCE, "3/2026"), Refusal.LEGAL_INCOMPLETE),
        (
            LegalBasis(LegalForm.REGENT_REGULATION, "Inovasi", ActState.IN_FORCE, "", TODAY),
            Refusal.LEGAL_INCOMPLETE,
        ),
        (LegalBasis(LegalForm.REGENT_REGULATION, "Inovasi", ActState.IN_FORCE, "3/2026", TODAY), None),
        (
            LegalBasis(LegalForm.REGENT_REGULATION, "Inovasi", ActState.IN_FORCE, "3/2026", date(2026, 9, 2)),
            Refusal.DATED_IN_FUTURE,
        ),
        (LegalBasis(LegalForm.REGENT_REGULATION, "Inovasi", ActState.DRAFT, "", date(2027, 1, 1)), None),
    ],
)
def test_what_is_in_force_has_a_number_and_a_day_that_has_come(legal: LegalBasis, refusal: Refusal | None) -> None:
    assert refuse_legal(legal, TODAY) is refusal


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, None),
        ({"targets": {}}, Refusal.NO_TARGET),
        ({"targets": {2030: Decimal(9)}}, Refusal.YEAR_OUTSIDE),
        ({"targets": {2024: Decimal(9), 2025: Decimal(9)}}, Refusal.YEAR_OUTSIDE),
        ({"baseline_year": 2026}, Refusal.BASELINE_LATE),
        ({"baseline_year": 2025}, None),
        ({"targets": {2025: Decimal(9), 2029: Decimal(2)}}, Refusal.WRONG_WAY),
        ({"direction": Direction.DOWN}, Refusal.WRONG_WAY),
        ({"direction": Direction.DOWN, "targets": {2029: Decimal(1)}}, None),
        ({"targets": {2029: Decimal(3)}}, None),
    ],
)
def test_targets_lie_in_the_plan_and_lead_where_better_is(changes: dict[str, object], refusal: Refusal | None) -> None:
    assert refuse_indicator(changed(**changes), YEARS) is refusal


@given(st.decimals(-100, 100, places=2), st.decimals(-100, 100, places=2))
def test_one_of_the_two_directions_always_fits(baseline: Decimal, target: Decimal) -> None:
    refusals = {
        refuse_indicator(changed(baseline=baseline, targets={2029: target}, direction=direction), YEARS)
        for direction in Direction
    }
    assert None in refusals
    assert refusals == ({None} if baseline == target else {None, Refusal.WRONG_WAY})


WHOLE = Said([(Measure.OUTPUT, YEARS), (Measure.OUTCOME, [2029])], YEARS, has_legal=True, has_risk=True)


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, ()),
        ({"indicators": [(Measure.OUTCOME, [2029])]}, (Lack.OUTPUT,)),
        ({"indicators": [(Measure.OUTPUT, YEARS)]}, (Lack.OUTCOME,)),
        ({"indicators": [(Measure.OUTPUT, [2025, 2026]), (Measure.OUTCOME, [2029])]}, (Lack.TARGETS,)),
        ({"funded": {2025}}, (Lack.FUNDS,)),
        ({"has_legal": False, "has_risk": False}, (Lack.LEGAL, Lack.RISK)),
        ({"indicators": [], "funded": ()}, (Lack.OUTPUT, Lack.OUTCOME, Lack.FUNDS)),
    ],
)
def test_what_an_action_does_not_say_is_named(changes: dict[str, object], lacks: tuple[Lack, ...]) -> None:
    assert lacking(Said(**(vars(WHOLE) | changes)), YEARS) == lacks  # type: ignore[arg-type]
