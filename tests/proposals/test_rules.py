"""The life cycle over every state and event, and the pure rules around it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.actor import Actor, Grant, Role
from app.kernel.outcomes import Refused
from app.proposals.permissions import NEEDS, POLICY, Can, ProposalFacts
from app.proposals.rules import (
    HOLDERS,
    LIFECYCLE,
    NOTES,
    Event,
    ReasonCode,
    Refusal,
    Status,
    format_number,
    holder_after,
    public_after,
    refuse_reason,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
# The contract: product.md, "Life cycle of a proposal".
CONTRACT = """
draft submit submitted · submitted publish published · submitted return returned · returned resubmit submitted
submitted merge merged · submitted reject rejected · published shortlist shortlisted · published defer deferred
published merge merged · published reject rejected · rejected appeal submitted · shortlisted select selected
shortlisted defer deferred · deferred reopen published · selected escalate escalated · selected route routed
routed plan planned · planned budget budgeted · budgeted start underway · underway finish completed
draft withdraw withdrawn · submitted withdraw withdrawn · returned withdraw withdrawn · published withdraw withdrawn
published undo submitted · returned undo submitted · rejected undo submitted · merged undo submitted
merged separate published
"""
STEPS = {
    (Status(a), Event(e)): Status(z)
    for a, e, z in (step.split() for line in CONTRACT.strip().splitlines() for step in line.split("·"))
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("event", Event)
def test_every_state_and_event_is_as_the_contract_says(status: Status, event: Event) -> None:
    if (status, event) in STEPS:
        assert LIFECYCLE.after(status, event) is STEPS[status, event]
    else:
        with pytest.raises(Refused):
            LIFECYCLE.after(status, event)


@given(st.lists(st.sampled_from(Event), max_size=40))
def test_no_path_leads_back_to_a_draft_or_out_of_an_end(events: list[Event]) -> None:
    status = Status.DRAFT
    for event in events:
        if LIFECYCLE.allows(status, event):
            assert status not in (Status.COMPLETED, Status.WITHDRAWN, Status.ESCALATED)
            status = LIFECYCLE.after(status, event)
            assert status is not Status.DRAFT


def test_every_event_names_its_permission() -> None:
    assert set(NEEDS) | NOTES == set(Event)
    assert not set(NEEDS) & NOTES


@pytest.mark.parametrize("event", [Event.RETURN, Event.REJECT, Event.DEFER, Event.MERGE])
def test_every_no_needs_a_code_and_words(event: Event) -> None:
    assert refuse_reason(event, None, "Alasan panjang sekali.") is Refusal.REASON_MISSING
    assert refuse_reason(event, ReasonCode.DUPLICATE, "         x") is Refusal.REASON_MISSING
    assert refuse_reason(event, ReasonCode.DUPLICATE, "Sama dengan usulan lain.") is None


def test_the_service_clock_runs_where_somebody_must_answer() -> None:
    assert holder_after(Status.SUBMITTED, NOW)[1] == NOW + timedelta(days=7)
    assert holder_after(Status.COMPLETED, NOW)[1] is None
    assert set(HOLDERS) <= set(Status)


def test_publishing_and_rejecting_are_public_and_returning_is_not() -> None:
    later = NOW + timedelta(days=1)
    assert public_after(Event.PUBLISH, None, None, NOW) == NOW
    assert public_after(Event.REJECT, ReasonCode.DUPLICATE, None, NOW) == NOW
    assert public_after(Event.REJECT, ReasonCode.DUPLICATE, NOW, later) == NOW
    assert public_after(Event.RETURN, ReasonCode.INCOMPLETE, None, NOW) is None
    assert public_after(Event.WITHDRAW, None, None, NOW) is None
    assert public_after(Event.WITHDRAW, None, NOW, later) == NOW


def test_a_text_with_private_data_is_closed_even_after_it_was_public() -> None:
    assert public_after(Event.REJECT, ReasonCode.PRIVATE_DATA, None, NOW) is None
    assert public_after(Event.REJECT, ReasonCode.PRIVATE_DATA, NOW, NOW) is None


@given(st.integers(2020, 2099), st.integers(1, 99_999))
def test_numbers_are_speakable_and_distinct(year: int, sequence: int) -> None:
    number = format_number("BLU", year, sequence)
    assert number == f"BLU-{year - 2000:02d}-{sequence:05d}"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("is_public", [True, False])
def test_who_sees_a_proposal_depends_on_whether_it_is_public(status: Status, is_public: bool) -> None:
    facts = ProposalFacts("53.04.01.2005", 7, 8, status, is_public)
    moderator = Actor(9, grants=(Grant(Role.MODERATOR, "53.04"),))
    foreign = Actor(10, grants=(Grant(Role.MODERATOR, "19.06"),))
    assert POLICY.may(Actor(), Can.SEE, facts) is is_public
    assert POLICY.may(foreign, Can.SEE, facts) is is_public
    assert POLICY.may(Actor(7), Can.SEE, facts)
    assert POLICY.may(moderator, Can.SEE, facts) is (is_public or status is not Status.DRAFT)


@pytest.mark.parametrize("status", Status)
def test_an_auditor_reads_what_is_sent_but_not_what_hides_private_data(status: Status) -> None:
    auditor = Actor(9, grants=(Grant(Role.AUDITOR, "53.04"),))
    hidden = ProposalFacts("53.04.01.2005", 7, 8, status, False)
    assert POLICY.may(auditor, Can.SEE, hidden) is (status not in (Status.DRAFT, Status.REJECTED))
    assert POLICY.may(auditor, Can.SEE, replace(hidden, is_public=True))
    assert not POLICY.may(auditor, Can.SEE, replace(hidden, village_code="19.06.01.2006"))


@pytest.mark.parametrize("person_id", [7, 8])
def test_neither_who_wrote_nor_who_typed_a_proposal_reviews_it(person_id: int) -> None:
    facts = ProposalFacts("53.04.01.2005", 7, 8, Status.SUBMITTED, False)
    assert not POLICY.may(Actor(person_id, grants=(Grant(Role.MODERATOR, "53.04"),)), Can.REVIEW, facts)


def test_no_role_writes_a_proposal_for_a_regency_one_does_not_live_in() -> None:
    facts = ProposalFacts("53.04.01.2005", 1, None, Status.DRAFT, False)
    assert POLICY.may(Actor(1, village_code="53.04.03.2002"), Can.WRITE, facts)
    everything = tuple(Grant(role, "") for role in Role)
    assert not POLICY.may(Actor(1, village_code="19.06.01.2006", grants=everything), Can.WRITE, facts)
    assert not POLICY.may(Actor(2, village_code="53.04.01.2005"), Can.WRITE, facts)
    assert not POLICY.may(Actor(), Can.WRITE, facts)


FACILITATOR = Actor(8, grants=(Grant(Role.FACILITATOR, "53.04.01.2005"),))
TYPED = ProposalFacts("53.04.01.2005", 7, 8, Status.DRAFT, False)


@pytest.mark.parametrize("can", [Can.WRITE, Can.SUBMIT, Can.RESUBMIT])
@pytest.mark.parametrize(
    ("actor", "facts", "may"),
    [
        (FACILITATOR, TYPED, True),
        (Actor(8), TYPED, False),  # the role was taken back meanwhile
        (Actor(8, grants=(Grant(Role.FACILITATOR, "53.04.01.2001"),)), TYPED, False),
        (Actor(8, grants=(Grant(Role.MODERATOR, "53.04"),)), TYPED, False),
        (replace(FACILITATOR, person_id=9), TYPED, False),  # another one's
        (FACILITATOR, replace(TYPED, typed_by_id=None), False),  # the resident's own
        (replace(FACILITATOR, person_id=None), replace(TYPED, typed_by_id=None), False),
    ],
)
def test_only_the_facilitator_who_types_it_writes_for_a_resident(
    can: Can, actor: Actor, facts: ProposalFacts, may: bool
) -> None:
    assert POLICY.may(actor, can, facts) is may


def test_nobody_types_for_themselves() -> None:
    assert not POLICY.may(FACILITATOR, Can.WRITE, replace(TYPED, author_id=8))
    assert not POLICY.may(FACILITATOR, Can.WITHDRAW, TYPED)
