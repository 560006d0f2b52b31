"""Every stage with every event, every gate with every set of provisions, the five questions, the silo flag."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.innovations.rules.decision import (
    Answer,
    Criterion,
    DecisionFacts,
    Outcome,
    outcome_of,
    refuse_decision,
)
from app.innovations.rules.gates import (
    GATES,
    Asked,
    GateFacts,
    Held,
    LegalForm,
    Need,
    SiloRisk,
    missing,
    refuse_pass,
    refuse_removal,
    silo_risk,
)
from app.innovations.rules.provisions import (
    OPTIONAL,
    REQUIRED,
    Content,
    Field,
    Kind,
    Known,
    day_in,
    fields_of,
    refuse_lead,
    refuse_provision,
)
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import (
    LANES,
    LIFECYCLE,
    PATH,
    RUNNING,
    Stage,
    StageEvent,
    event_to,
    format_number,
    gates_passed,
    other_events,
    refuse_reason,
    targets,
)
from app.kernel.outcomes import Refused

TODAY = date(2026, 11, 21)
PERBUP = LegalForm.REGENT_REGULATION
LAWS = (Held(Asked.REGULATION, legal_form=PERBUP), Held(Asked.DECREE, legal_form=LegalForm.REGENT_DECREE))
EVERYTHING = frozenset({*(Held(one) for one in Asked if one not in (Asked.REGULATION, Asked.DECREE)), *LAWS})

# What product.md writes, told a second time on purpose.
AFTER = {
    StageEvent.SEND_BACK: dict.fromkeys(RUNNING, Stage.REVISION),
    StageEvent.STOP: dict.fromkeys((*RUNNING, Stage.REVISION), Stage.STOPPED),
    StageEvent.REJECT: dict.fromkeys((*RUNNING, Stage.REVISION), Stage.REJECTED),
    StageEvent.RESUME: dict.fromkeys((Stage.REVISION, Stage.STOPPED), Stage.CURATION),
    StageEvent.REPLICATE: {Stage.ADOPTED: Stage.REPLICATING},
    StageEvent.PASS: {
        Stage.IDEA: Stage.CURATION,
        Stage.CURATION: Stage.PROPOSAL,
        Stage.PROPOSAL: Stage.ASSESSED,
        Stage.ASSESSED: Stage.TRIAL_APPROVED,
        Stage.TRIAL_APPROVED: Stage.TRIAL,
        Stage.TRIAL: Stage.EVALUATION,
        Stage.EVALUATION: Stage.ADOPTED,
        Stage.ADOPTED: Stage.INSTITUTIONALISED,
    },
    StageEvent.REGISTER: {},
    StageEvent.HOLD: {stage: stage for stage in (*RUNNING, Stage.REVISION)},
}

stages = st.sampled_from(Stage)
held_sets = st.frozensets(
    st.builds(Held, st.sampled_from(Asked), legal_form=st.none() | st.sampled_from(LegalForm)), max_size=14
)


@pytest.mark.parametrize("event", StageEvent)
@pytest.mark.parametrize("stage", Stage)
def test_an_event_leads_where_the_life_cycle_says_or_is_refused(stage: Stage, event: StageEvent) -> None:
    expected = AFTER[event].get(stage)
    if expected:
        assert LIFECYCLE.after(stage, event) is expected
    else:
        with pytest.raises(Refused):
            LIFECYCLE.after(stage, event)


def test_every_stage_stands_in_exactly_one_lane() -> None:
    assert sorted(stage for lane in LANES.values() for stage in lane) == sorted(Stage)


def test_every_gate_has_its_needs_as_data() -> None:
    assert set(GATES) == {target for stage in Stage for target in targets(stage)}


def test_the_gates_ask_for_what_the_contract_names() -> None:
    def kinds(stage: Stage) -> set[Asked]:
        return {need.asked for need in GATES[stage]}

    assert kinds(Stage.TRIAL) == {Asked.DECREE, Asked.AGENCY, Asked.TRIAL_PERIOD, Asked.BASELINE}
    assert kinds(Stage.ADOPTED) == {Asked.EVALUATION, Asked.REGULATION, Asked.PEOPLE, Asked.BUDGET}
    assert kinds(Stage.INSTITUTIONALISED) == {Asked.PILLAR, Asked.RAD_ACTION, Asked.BUDGET, Asked.REGULATION}
    assert Need(Asked.REGULATION, PERBUP, decides=True) in GATES[Stage.INSTITUTIONALISED]


@given(stages, stages, held_sets)
def test_a_gate_opens_only_to_the_next_stage_and_with_all_it_asks_for(
    stage: Stage, target: Stage, held: frozenset[Held]
) -> None:
    refusal = refuse_pass(GateFacts(stage, None, held, TODAY), target, 7)
    if target not in targets(stage):
        assert refusal is Refusal.STAGE_SKIPPED
    elif missing(target, held, TODAY):
        assert refusal is Refusal.GATE_INCOMPLETE
    else:
        assert refusal is None
        assert {need.asked for need in GATES[target]} <= {one.asked for one in held}


@given(st.sampled_from(sorted(GATES)), held_sets, held_sets)
def test_having_more_never_closes_a_gate(gate: Stage, held: frozenset[Held], more: frozenset[Held]) -> None:
    assert set(missing(gate, held | more, TODAY)) <= set(missing(gate, held, TODAY))


@pytest.mark.parametrize("gate", GATES)
def test_taking_away_one_needed_thing_closes_its_gate(gate: Stage) -> None:
    assert missing(gate, EVERYTHING, TODAY) == ()
    for need in GATES[gate]:
        without = {held for held in EVERYTHING if held.asked is not need.asked}
        assert [one.asked for one in missing(gate, without, TODAY)] == [need.asked]


@pytest.mark.parametrize("form", [None, *LegalForm])
def test_a_lasting_policy_needs_at_least_a_regulation_of_the_regent(form: LegalForm | None) -> None:
    held = {one for one in EVERYTHING if one.asked is not Asked.REGULATION} | {Held(Asked.REGULATION, legal_form=form)}
    is_enough = form in (PERBUP, LegalForm.REGIONAL_REGULATION)
    assert (missing(Stage.INSTITUTIONALISED, held, TODAY) == ()) is is_enough


@pytest.mark.parametrize("stage", PATH[:-1])
def test_who_owns_an_innovation_does_not_open_its_gate(stage: Stage) -> None:
    facts = GateFacts(stage, 7, EVERYTHING, TODAY)
    (target, *_more) = targets(stage)
    assert refuse_pass(facts, target, 7) is Refusal.OWN_GATE
    assert refuse_pass(facts, target, 8) is None
    assert refuse_pass(replace(facts, owner_id=None), target, None) is None


def test_the_event_to_a_target_is_none_where_a_stage_would_be_skipped() -> None:
    assert event_to(Stage.ADOPTED, Stage.REPLICATING) is StageEvent.REPLICATE
    assert event_to(Stage.IDEA, Stage.TRIAL) is None
    assert StageEvent.PASS not in other_events(Stage.IDEA)


@given(held_sets)
def test_each_reason_for_the_silo_flag_stands_exactly_when_it_is_so(held: frozenset[Held]) -> None:
    kinds = {one.asked for one in held}
    risks = silo_risk(list(held), TODAY)
    assert (SiloRisk.NO_AGENCY in risks) is (Asked.AGENCY not in kinds)
    assert (SiloRisk.NO_PARTNER in risks) is (Asked.PARTNER not in kinds)
    assert (SiloRisk.NO_BUDGET in risks) is (Asked.BUDGET not in kinds)


def test_two_people_an_agency_a_partner_and_money_leave_no_silo_risk() -> None:
    others = (Asked.AGENCY, Asked.PARTNER, Asked.BUDGET)
    solid = [Held(Asked.PEOPLE, key="a"), Held(Asked.PEOPLE, key="b"), *map(Held, others)]
    assert silo_risk(solid, TODAY) == ()
    assert silo_risk(solid[1:], TODAY) == (SiloRisk.ONE_PERSON,)
    assert silo_risk((), TODAY) == tuple(SiloRisk)


def test_what_holds_until_a_day_holds_on_that_day_and_no_longer() -> None:
    ends = Held(Asked.BUDGET, until=TODAY)
    assert Need(Asked.BUDGET).met_by([ends], TODAY) == [ends]
    assert Need(Asked.BUDGET).met_by([ends], TODAY + timedelta(days=1)) == []


@pytest.mark.parametrize("gate", GATES)
def test_who_alone_brought_what_decides_does_not_open_the_gate(gate: Stage) -> None:
    stage = next(one for one in Stage if gate in targets(one))
    brought = [replace(held, provider_id=7) for held in EVERYTHING]
    decides = any(need.decides for need in GATES[gate])
    mine = GateFacts(stage, None, brought, TODAY)
    assert refuse_pass(mine, gate, 7) is (Refusal.OWN_EVIDENCE if decides else None)
    assert refuse_pass(mine, gate, 8) is None
    assert refuse_pass(replace(mine, held=[*brought, *EVERYTHING]), gate, 7) is None


def test_nothing_goes_on_which_alone_a_passed_gate_stood() -> None:
    passed, without = (Stage.CURATION, Stage.PROPOSAL), EVERYTHING - {Held(Asked.INITIATIVE)}
    assert refuse_removal(passed, EVERYTHING, without, TODAY) is Refusal.UNDER_PASSED_GATE
    assert refuse_removal((Stage.CURATION,), EVERYTHING, without, TODAY) is None
    assert refuse_removal(passed, without, without, TODAY) is None  # it was gone before


def test_the_gates_behind_an_innovation_are_those_since_it_began_anew() -> None:
    steps = [
        (StageEvent.REGISTER, Stage.IDEA),
        (StageEvent.PASS, Stage.CURATION),
        (StageEvent.HOLD, Stage.CURATION),
        (StageEvent.PASS, Stage.PROPOSAL),
    ]
    assert gates_passed(steps) == (Stage.CURATION, Stage.PROPOSAL)
    anew = [*steps, (StageEvent.SEND_BACK, Stage.REVISION), (StageEvent.RESUME, Stage.CURATION)]
    assert gates_passed(anew) == ()


# Provisions

GOOD = Content(
    title="Judul",
    dated=TODAY,
    until=TODAY,
    year=2027,
    quantity=0,
    unit="menit",
    amount=0,
    text="Isi yang cukup panjang",
)


@pytest.mark.parametrize("kind", Kind)
def test_a_provision_with_all_its_fields_is_taken(kind: Kind) -> None:
    assert refuse_provision(kind, GOOD, TODAY) is None


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in Kind for field in REQUIRED[kind]])
@pytest.mark.parametrize("empty", [None, ""])
def test_a_provision_without_a_required_field_is_refused(kind: Kind, field: Field, empty: str | None) -> None:
    content = replace(GOOD, **{field.value: empty})  # type: ignore[arg-type]
    assert refuse_provision(kind, content, TODAY) is Refusal.FIELD_MISSING


@pytest.mark.parametrize("kind", [kind for kind in Kind if Field.DATED in fields_of(kind)])
def test_a_decree_and_every_other_document_of_tomorrow_is_refused_but_a_trial_may_be_planned(kind: Kind) -> None:
    tomorrow = TODAY + timedelta(days=1)
    refusal = refuse_provision(kind, replace(GOOD, dated=tomorrow, until=tomorrow), TODAY)
    assert refusal is (None if kind is Kind.TRIAL_PERIOD else Refusal.DATED_IN_FUTURE)


def test_a_trial_that_ends_before_it_starts_is_refused() -> None:
    backwards = replace(GOOD, until=TODAY - timedelta(days=1))
    assert refuse_provision(Kind.TRIAL_PERIOD, backwards, TODAY) is Refusal.ENDS_BEFORE_START


def test_an_agency_or_pillar_of_another_regency_is_refused() -> None:
    known = Known({1}, {2})
    assert refuse_lead(9, 2, known) is Refusal.UNKNOWN_AGENCY
    assert refuse_lead(1, 9, known) is Refusal.UNKNOWN_PILLAR
    assert refuse_lead(1, 2, known) is None
    assert refuse_lead(None, None, known) is None


def test_a_kind_asks_for_each_field_once() -> None:
    for kind in Kind:
        assert len(set(fields_of(kind))) == len(REQUIRED[kind]) + len(OPTIONAL.get(kind, ()))


def test_today_is_the_day_on_the_calendar_of_the_regency() -> None:
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    assert day_in("Asia/Makassar", late) == date(2026, 11, 22)
    assert day_in("Asia/Jakarta", late) == date(2026, 11, 21)


# The five questions

ANSWER = st.builds(Answer, st.booleans(), st.just("Satu kalimat untuk umum."))
OPEN = DecisionFacts(is_decided=False, author_id=3, typed_by_id=4)


@given(st.fixed_dictionaries(dict.fromkeys(Criterion, ANSWER)))
def test_only_five_times_yes_makes_an_innovation(answers: dict[Criterion, Answer]) -> None:
    is_innovation = all(answer.is_yes for answer in answers.values())
    right = Outcome.ESCALATED if is_innovation else Outcome.ROUTED
    wrong = Outcome.ROUTED if is_innovation else Outcome.ESCALATED
    assert outcome_of(answers) is right
    assert refuse_decision(OPEN, answers, right, 7) is None
    assert refuse_decision(OPEN, answers, wrong, 7) in (Refusal.IS_INNOVATION, Refusal.NO_INNOVATION)


@pytest.mark.parametrize("criterion", Criterion)
def test_each_answer_needs_its_public_sentence(criterion: Criterion) -> None:
    answers = {c: Answer(True, "Satu kalimat untuk umum.") for c in Criterion}
    silent = answers | {criterion: Answer(True, "   ya   ")}
    assert refuse_decision(OPEN, silent, Outcome.ESCALATED, 7) is Refusal.ANSWER_MISSING
    del silent[criterion]
    assert refuse_decision(OPEN, silent, Outcome.ESCALATED, 7) is Refusal.ANSWER_MISSING


def test_nobody_decides_on_a_proposal_twice_or_on_their_own() -> None:
    answers = {c: Answer(True, "Satu kalimat untuk umum.") for c in Criterion}
    decided = replace(OPEN, is_decided=True)
    assert refuse_decision(decided, answers, Outcome.ESCALATED, 7) is Refusal.ALREADY_DECIDED
    for own in (3, 4):
        assert refuse_decision(OPEN, answers, Outcome.ESCALATED, own) is Refusal.OWN_PROPOSAL


@pytest.mark.parametrize("event", StageEvent)
def test_every_decision_needs_a_reason_stopping_a_lesson_and_a_hold_its_end(event: StageEvent) -> None:
    good, later = "Dananya habis dan belum ada gantinya.", TODAY + timedelta(days=1)
    assert refuse_reason(event, "  pendek  ", good, later, TODAY) is Refusal.REASON_MISSING
    expected = Refusal.LESSON_MISSING if event is StageEvent.STOP else None
    assert refuse_reason(event, good, "", later, TODAY) is expected
    endless = Refusal.UNTIL_MISSING if event is StageEvent.HOLD else None
    assert refuse_reason(event, good, good, None, TODAY) is endless
    assert refuse_reason(event, good, good, TODAY, TODAY) is endless
    assert refuse_reason(event, good, good, later, TODAY) is None


def test_a_number_is_speakable() -> None:
    assert format_number("BLU", 1) == "BLU-I-0001"
    assert format_number("BTM", 12_345) == "BTM-I-12345"
