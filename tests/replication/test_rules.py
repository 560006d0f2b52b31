"""When a village can adopt an innovation, and who confirms it."""

from dataclasses import replace
from datetime import date

import pytest

from app.innovations.rules.stages import Stage
from app.kernel.outcomes import Refused
from app.replication.rules import (
    ADOPTABLE,
    REPLICATIONS,
    AdoptionFacts,
    AdoptionText,
    Event,
    Refusal,
    State,
    refuse_adoption,
    refuse_decision,
)

TODAY = date(2026, 11, 21)
FACTS = AdoptionFacts("53.04", Stage.ADOPTED, "53.04.01.2005", {"53.04.03.2002"})
GOOD = AdoptionText("53.04.01.2001", "Pemerintah Desa Kewar", TODAY)
STEPS = {
    (State.ASKED, Event.CONFIRM): State.CONFIRMED,
    (State.ASKED, Event.REFUSE): State.REFUSED,
    (State.CONFIRMED, Event.END): State.ENDED,
}
WHY = "Belum ada kegiatan di desa itu."


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", State)
def test_an_event_leads_where_its_table_says_or_is_refused(state: State, event: Event) -> None:
    if (state, event) in STEPS:
        assert REPLICATIONS.after(state, event) is STEPS[state, event]
    else:
        with pytest.raises(Refused):
            REPLICATIONS.after(state, event)


@pytest.mark.parametrize("stage", Stage)
def test_only_what_is_in_use_can_be_taken_over(stage: Stage) -> None:
    refusal = refuse_adoption(replace(FACTS, stage=stage), GOOD, has_proof=True, today=TODAY)
    assert refusal is (None if stage in ADOPTABLE else Refusal.NOT_IN_USE)


@pytest.mark.parametrize(
    ("text", "has_proof", "refusal"),
    [
        (replace(GOOD, village_code="19.06.01.2006"), True, Refusal.FOREIGN_VILLAGE),
        (replace(GOOD, village_code="53.04.01.2005"), True, Refusal.OWN_VILLAGE),
        (replace(GOOD, village_code="53.04.03.2002"), True, Refusal.ADOPTED_TWICE),
        (replace(GOOD, adopter="  "), True, Refusal.FIELD_MISSING),
        (replace(GOOD, adopted_on=date(2026, 11, 22)), True, Refusal.IN_FUTURE),
        (GOOD, False, Refusal.PROOF_MISSING),
    ],
)
def test_a_report_is_of_this_regency_once_not_before_its_day_and_proved(
    text: AdoptionText, has_proof: bool, refusal: Refusal
) -> None:
    assert refuse_adoption(FACTS, text, has_proof=has_proof, today=TODAY) is refusal


def test_nobody_confirms_their_own_report_and_every_no_has_a_reason() -> None:
    assert refuse_decision(Event.CONFIRM, 7, 7, "") is Refusal.OWN_REPORT
    assert refuse_decision(Event.REFUSE, 7, 7, WHY) is Refusal.OWN_REPORT
    assert refuse_decision(Event.CONFIRM, 7, 8, "") is None
    assert refuse_decision(Event.REFUSE, 7, 8, "pendek") is Refusal.REASON_MISSING
    assert refuse_decision(Event.END, 7, 7, WHY) is None
