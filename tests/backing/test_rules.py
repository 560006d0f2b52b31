"""The rules of what innovations stand on: every state and event, every year of a strip."""

from dataclasses import replace
from datetime import date

import pytest

from app.backing.rules.acts import ACTS, ActEvent, ActState, ActText, Purpose, refuse_act, refuse_revocation
from app.backing.rules.partners import (
    TASKS,
    PartnerKind,
    PartnerText,
    TaskEvent,
    TaskState,
    TaskText,
    is_late,
    refuse_partner,
    refuse_task,
)
from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import (
    COMMITMENTS,
    CommitmentEvent,
    CommitmentState,
    CommitmentText,
    Cover,
    Fund,
    Resource,
    Span,
    covered_until,
    is_soon,
    ranges,
    refuse_commitment,
    refuse_step,
    strip,
    year_of_money,
)
from app.backing.rules.warnings import Ending, Subject, warning_text
from app.innovations.rules.gates import LegalForm
from app.kernel.outcomes import Refused

TODAY = date(2026, 11, 21)
TOMORROW = date(2026, 11, 22)
MONEY = CommitmentText(Resource.BUDGET, "Air", *year_of_money(2027), fund=Fund.REGENCY, amount=5)
PERSON = CommitmentText(Resource.PEOPLE, "Penanggung jawab", TODAY, person="Katarina")
LAW = ActText(Purpose.USE, LegalForm.REGENT_REGULATION, "Air", "5", TODAY)

COMMITMENT_STEPS = {
    (CommitmentState.PLANNED, CommitmentEvent.AGREE): CommitmentState.AGREED,
    (CommitmentState.AGREED, CommitmentEvent.DELIVER): CommitmentState.DELIVERED,
    (CommitmentState.PLANNED, CommitmentEvent.WITHDRAW): CommitmentState.WITHDRAWN,
    (CommitmentState.AGREED, CommitmentEvent.WITHDRAW): CommitmentState.WITHDRAWN,
    (CommitmentState.DELIVERED, CommitmentEvent.WITHDRAW): CommitmentState.WITHDRAWN,
}
ACT_STEPS = {
    (ActState.DRAFT, ActEvent.HARMONISE): ActState.HARMONISED,
    (ActState.DRAFT, ActEvent.ENACT): ActState.IN_FORCE,
    (ActState.HARMONISED, ActEvent.ENACT): ActState.IN_FORCE,
    (ActState.IN_FORCE, ActEvent.REVOKE): ActState.REVOKED,
    (ActState.DRAFT, ActEvent.WITHDRAW): ActState.WITHDRAWN,
    (ActState.HARMONISED, ActEvent.WITHDRAW): ActState.WITHDRAWN,
    (ActState.IN_FORCE, ActEvent.WITHDRAW): ActState.WITHDRAWN,
}
TASK_STEPS = {
    (TaskState.OPEN, TaskEvent.FINISH): TaskState.DONE,
    (TaskState.OPEN, TaskEvent.DROP): TaskState.DROPPED,
}
CYCLES = (
    *((COMMITMENTS, state, event, COMMITMENT_STEPS) for state in CommitmentState for event in CommitmentEvent),
    *((ACTS, state, event, ACT_STEPS) for state in ActState for event in ActEvent),
    *((TASKS, state, event, TASK_STEPS) for state in TaskState for event in TaskEvent),
)


@pytest.mark.parametrize(("cycle", "state", "event", "steps"), CYCLES)
def test_an_event_leads_where_its_table_says_or_is_refused(cycle, state, event, steps) -> None:  # type: ignore[no-untyped-def]
    if (state, event) in steps:
        assert cycle.after(state, event) is steps[state, event]
    else:
        with pytest.raises(Refused):
            cycle.after(state, event)


@pytest.mark.parametrize(
    ("text", "state", "on", "refusal"),
    [
        (MONEY, CommitmentState.AGREED, TODAY, None),
        (MONEY, CommitmentState.AGREED, TOMORROW, Refusal.IN_FUTURE),
        (MONEY, CommitmentState.PLANNED, TOMORROW, None),
        (replace(MONEY, title=" "), CommitmentState.PLANNED, TODAY, Refusal.FIELD_MISSING),
        (replace(MONEY, fund=None), CommitmentState.PLANNED, TODAY, Refusal.FIELD_MISSING),
        (replace(MONEY, amount=None), CommitmentState.PLANNED, TODAY, Refusal.FIELD_MISSING),
        (PERSON, CommitmentState.DELIVERED, TODAY, None),
        (replace(PERSON, person=""), CommitmentState.DELIVERED, TODAY, Refusal.FIELD_MISSING),
        (replace(PERSON, until=date(2026, 1, 1)), CommitmentState.AGREED, TODAY, Refusal.ENDS_BEFORE_START),
    ],
)
def test_a_commitment_is_entered_whole_and_not_before_its_day(text, state, on, refusal) -> None:  # type: ignore[no-untyped-def]
    assert refuse_commitment(text, state, on, TODAY) is refusal


def test_a_step_comes_after_the_one_before_it_and_not_before_its_day() -> None:
    deliver, withdraw = CommitmentEvent.DELIVER, CommitmentEvent.WITHDRAW
    assert refuse_step(deliver, TODAY, TODAY, "", TODAY) is None
    assert refuse_step(deliver, TOMORROW, TODAY, "", TODAY) is Refusal.IN_FUTURE
    assert refuse_step(deliver, date(2026, 1, 1), TODAY, "", TODAY) is Refusal.EARLIER_STEP
    assert refuse_step(withdraw, TODAY, TODAY, "pendek", TODAY) is Refusal.REASON_MISSING


def span(kind: Resource, first: date, last: date | None, *, is_firm: bool = True) -> Span:
    return Span(kind, first, last, is_firm)


def test_a_strip_tells_covered_planned_and_empty_years_apart() -> None:
    spans = [
        span(Resource.BUDGET, *year_of_money(2026)),
        span(Resource.BUDGET, *year_of_money(2027), is_firm=False),
        span(Resource.BUDGET, *year_of_money(2027)),
        span(Resource.BUDGET, *year_of_money(2028), is_firm=False),
        span(Resource.PEOPLE, *year_of_money(2029)),
    ]
    found = [cover for _year, cover in strip(spans, Resource.BUDGET, 2026)]
    assert found == [Cover.COVERED, Cover.COVERED, Cover.PLANNED, Cover.NOTHING, Cover.NOTHING, Cover.NOTHING]
    shown = ranges(strip(spans, Resource.BUDGET, 2026))
    assert shown == [(2026, 2027, Cover.COVERED), (2028, 2028, Cover.PLANNED), (2029, 2031, Cover.NOTHING)]


@pytest.mark.parametrize(
    ("spans", "end"),
    [
        ([], None),
        ([span(Resource.BUDGET, *year_of_money(2026))], date(2026, 12, 31)),
        ([span(Resource.BUDGET, *year_of_money(y)) for y in (2027, 2026)], date(2027, 12, 31)),
        ([span(Resource.BUDGET, *year_of_money(y)) for y in (2026, 2028)], date(2026, 12, 31)),
        ([span(Resource.BUDGET, *year_of_money(2026), is_firm=False)], None),
        ([span(Resource.BUDGET, date(2026, 1, 1), None)], None),
        ([span(Resource.BUDGET, *year_of_money(2028))], None),
    ],
)
def test_the_cover_lasts_until_the_first_gap(spans: list[Span], end: date | None) -> None:
    assert covered_until(spans, Resource.BUDGET, TODAY) == end


def test_people_are_told_from_half_a_year_before_until_the_day() -> None:
    assert is_soon(date(2027, 5, 20), TODAY)
    assert not is_soon(date(2027, 5, 21), TODAY)
    assert is_soon(TODAY, TODAY)
    assert not is_soon(date(2026, 11, 20), TODAY)


@pytest.mark.parametrize(
    ("text", "state", "refusal"),
    [
        (LAW, ActState.IN_FORCE, None),
        (replace(LAW, dated=TOMORROW), ActState.IN_FORCE, Refusal.IN_FUTURE),
        (replace(LAW, dated=None), ActState.IN_FORCE, Refusal.FIELD_MISSING),
        (replace(LAW, number=" "), ActState.IN_FORCE, Refusal.FIELD_MISSING),
        (replace(LAW, number="", dated=None), ActState.DRAFT, None),
        (replace(LAW, title=""), ActState.DRAFT, Refusal.FIELD_MISSING),
        (replace(LAW, expires=date(2026, 1, 1)), ActState.IN_FORCE, Refusal.ENDS_BEFORE_START),
        (replace(LAW, dated=date(2025, 1, 1), expires=date(2026, 1, 1)), ActState.IN_FORCE, Refusal.EXPIRED),
    ],
)
def test_an_act_in_force_has_number_and_a_date_that_has_come(text, state, refusal) -> None:  # type: ignore[no-untyped-def]
    assert refuse_act(text, state, TODAY) is refusal


def test_an_act_is_revoked_on_a_day_since_its_own_with_a_reason() -> None:
    why = "Diganti peraturan baru."
    assert refuse_revocation(TODAY, TODAY, why, TODAY) is None
    assert refuse_revocation(TODAY, None, why, TODAY) is Refusal.FIELD_MISSING
    assert refuse_revocation(TODAY, TOMORROW, why, TODAY) is Refusal.IN_FUTURE
    assert refuse_revocation(TODAY, date(2026, 1, 1), why, TODAY) is Refusal.EARLIER_STEP
    assert refuse_revocation(TODAY, TODAY, "", TODAY) is Refusal.REASON_MISSING


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (PartnerText(PartnerKind.CAMPUS, "Meneliti", name="Unimor"), None),
        (PartnerText(PartnerKind.CAMPUS, "Meneliti"), Refusal.FIELD_MISSING),
        (PartnerText(PartnerKind.AGENCY, "Membantu", agency_id=2), None),
        (PartnerText(PartnerKind.AGENCY, "Membantu", agency_id=1), Refusal.IS_LEAD),
        (PartnerText(PartnerKind.AGENCY, "Membantu", name="Dinas"), Refusal.FIELD_MISSING),
        (PartnerText(PartnerKind.VILLAGE, " ", village_code="53.04.01.2005"), Refusal.FIELD_MISSING),
        (PartnerText(PartnerKind.MEDIA, "Menyiarkan", name="RRI", agreed_on=TOMORROW), Refusal.IN_FUTURE),
        (
            PartnerText(PartnerKind.MEDIA, "Menyiarkan", name="RRI", agreed_on=TODAY, ends=date(2026, 1, 1)),
            Refusal.ENDS_BEFORE_START,
        ),
    ],
)
def test_a_partner_has_a_name_a_role_and_is_not_the_lead(text: PartnerText, refusal: Refusal | None) -> None:
    assert refuse_partner(text, 1, TODAY) is refusal


def test_a_task_has_one_doer_and_a_day_to_come() -> None:
    good = TaskText("Latih kader", TODAY, agency_id=1)
    assert refuse_task(good, TODAY) is None
    assert refuse_task(replace(good, partner_id=2), TODAY) is Refusal.FIELD_MISSING
    assert refuse_task(replace(good, agency_id=None), TODAY) is Refusal.FIELD_MISSING
    assert refuse_task(replace(good, due=date(2026, 1, 1)), TODAY) is Refusal.DUE_IN_PAST


def test_a_task_is_late_from_the_day_after_only_as_long_as_it_is_open() -> None:
    assert not is_late(TaskState.OPEN, TODAY, TODAY)
    assert is_late(TaskState.OPEN, TODAY, TOMORROW)
    assert not is_late(TaskState.DONE, TODAY, TOMORROW)


@pytest.mark.parametrize("subject", list(Subject))
def test_a_warning_names_innovation_and_day(subject: Subject) -> None:
    said = warning_text(Ending(1, subject, date(2027, 1, 31), "Perbup 5"), "BLU-I-0001")
    assert "BLU-I-0001" in said
    assert "31-01-2027" in said
