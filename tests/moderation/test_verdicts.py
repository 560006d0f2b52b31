"""Verdicts of the levels: whose turn it is, who may speak, what follows, and what SIPD calls it."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.cycles.rules import PhaseKind
from app.cycles.rules import Refusal as CycleRefusal
from app.kernel.actor import Actor, AgencyFacts, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.moderation import actions, queries
from app.moderation.rules import state_mark
from app.moderation.rules.refusals import Refusal
from app.moderation.rules.sipd import AT, SipdStatus, sipd_status
from app.moderation.rules.verdicts import (
    ENDS,
    ORDER,
    TAKES,
    YES,
    Given,
    Level,
    LevelVerdict,
    Outcome,
    Turn,
    hands_on,
    outcomes_of,
    refuse_level_verdict,
    turn_after,
)
from app.proposals.models import Proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import Event, Holder, ReasonCode, Status
from app.proposals.rules import Refusal as ProposalRefusal
from tests import builders as b

WHY = "Panjang pipa cukup sampai bak penampung."
SEEN = "seen"


def yes(*levels: Level) -> list[Given]:
    return [Given(level, Outcome.ACCEPT, 1) for level in levels]


def said(level: Level, outcome: Outcome = Outcome.ACCEPT, **more: object) -> LevelVerdict:
    """A verdict with all that it needs."""
    code = None if outcome in YES else ReasonCode.OVER_CEILING
    agency = 2 if outcome is Outcome.REROUTE else 1
    verdict = LevelVerdict(level, outcome, SEEN, code, WHY, 800, 90_000_000, agency)
    return replace(verdict, **more)  # type: ignore[arg-type]


def refused(verdict: LevelVerdict, status: Status = Status.PUBLISHED, given: list[Given] | None = None) -> object:
    before = yes(*ORDER[: ORDER.index(verdict.level)]) if given is None else given
    return refuse_level_verdict(verdict, status, SEEN, turn_after(before), is_review_open=True)


# Turns


@pytest.mark.parametrize(("level", "following"), [*pairwise(ORDER), (Level.REGENCY, None)])
@pytest.mark.parametrize("outcome", Outcome)
def test_a_verdict_hands_the_proposal_on(level: Level, following: Level | None, outcome: Outcome) -> None:
    given = [*yes(*ORDER[: ORDER.index(level)]), Given(level, outcome, 1, 2 if outcome is Outcome.REROUTE else None)]
    before = ORDER[max(ORDER.index(level) - 1, 0)]
    expected = {
        Outcome.RETURN: before,
        Outcome.REROUTE: Level.AGENCY,
        Outcome.DEFER: None,
        Outcome.REJECT: None,
    }.get(outcome, following)
    turn = turn_after(given)
    assert (turn.level, turn.last) == (expected, level)
    assert turn.agency_id == (2 if outcome is Outcome.REROUTE else 1)


def test_nobody_has_spoken_on_a_new_one() -> None:
    assert turn_after([]) == Turn(Level.VILLAGE, None, None)


@given(st.lists(st.builds(Given, st.sampled_from(Level), st.sampled_from(Outcome)), max_size=12))
def test_whatever_was_said_somebody_holds_it(given: list[Given]) -> None:
    turn = turn_after(given)
    holder, until = hands_on(turn, b.NOW)
    assert (turn.level is None) is (until is None) is (holder is Holder.RESIDENTS)
    assert turn.last is (given[-1].level if given else None)


# Refusals


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_state_level_and_outcome(status: Status, level: Level, outcome: Outcome) -> None:
    if status not in TAKES:
        expected: object = Refusal.TAKES_NO_VERDICT
    elif outcome in ENDS and status is not Status.PUBLISHED:
        expected = Refusal.IN_CONTEST
    elif outcome not in outcomes_of(level, status):
        expected = Refusal.NOT_AT_THIS_LEVEL
    else:
        expected = None
    assert refused(said(level, outcome), status) is expected


@pytest.mark.parametrize("speaks", Level)
@pytest.mark.parametrize("given", [ORDER[:n] for n in range(6)])
def test_only_the_next_level_speaks_or_the_last_one_again(speaks: Level, given: tuple[Level, ...]) -> None:
    in_turn = ORDER[len(given) : len(given) + 1] + given[-1:]
    expected = None if speaks in in_turn else Refusal.NOT_THEIR_TURN
    assert refused(said(speaks), given=yes(*given)) is expected


def test_a_verdict_on_an_older_state_or_outside_the_phases_is_refused() -> None:
    turn, verdict = turn_after([]), said(Level.VILLAGE)
    asked = (verdict, Status.PUBLISHED)
    assert refuse_level_verdict(*asked, "newer", turn, is_review_open=True) is ProposalRefusal.CHANGED_MEANWHILE
    assert refuse_level_verdict(*asked, SEEN, turn, is_review_open=False) is CycleRefusal.NOT_OPEN


@pytest.mark.parametrize("outcome", Outcome)
def test_everything_but_a_plain_yes_needs_a_reason(outcome: Outcome) -> None:
    expected = None if outcome is Outcome.ACCEPT else ProposalRefusal.REASON_MISSING
    assert refused(said(Level.AGENCY, outcome, reason="  pendek ")) is expected
    lacks_code = refused(said(Level.AGENCY, outcome, code=None))
    assert lacks_code is (None if outcome in YES else ProposalRefusal.REASON_MISSING)


def test_changes_name_what_changes_and_a_way_names_its_agency() -> None:
    assert (
        refused(said(Level.VILLAGE, Outcome.ACCEPT_WITH_CHANGES, volume=None, budget=None)) is Refusal.CHANGES_MISSING
    )
    for level in (Level.PLANNING, Level.DISTRICT):
        nobody = [Given(one, Outcome.ACCEPT) for one in ORDER[: ORDER.index(level)]]
        assert refused(said(level, agency_id=None), given=nobody) is Refusal.AGENCY_MISSING
        assert refused(said(level, agency_id=3), given=nobody) is None
    assert refused(said(Level.AGENCY, Outcome.REROUTE, agency_id=1)) is Refusal.SAME_AGENCY
    assert refused(said(Level.AGENCY, Outcome.REROUTE, agency_id=None)) is Refusal.AGENCY_MISSING


# SIPD: domain.md 2.3 and 2.4

VILLAGE, PLANNING, DISTRICT, AGENCY, REGENCY = (AT[level] for level in ORDER)


def test_the_strings_are_word_for_word() -> None:
    assert (VILLAGE, PLANNING, DISTRICT, AGENCY, REGENCY) == (
        "",
        "Validasi Mitra Bappeda",
        "Diteruskan ke Musrenbang Kecamatan",
        "Diteruskan ke Forum SKPD",
        "Diteruskan ke Musrenbang Provinsi/Kabupaten/Kota",
    )


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("count", range(6))
def test_every_state_has_its_string(status: Status, count: int) -> None:
    """After so many levels have agreed."""
    reached = (VILLAGE, PLANNING, DISTRICT, AGENCY, REGENCY, REGENCY)[count]
    expected = {
        Status.DRAFT: SipdStatus(""),
        Status.SUBMITTED: SipdStatus(""),
        Status.MERGED: SipdStatus(""),
        Status.RETURNED: SipdStatus("", is_returned=True),
        Status.REJECTED: SipdStatus(f"{reached}||Ditolak" if reached else "", is_rejected=True),
        Status.WITHDRAWN: SipdStatus(reached, is_cancelled=True),
        **dict.fromkeys((Status.PLANNED, Status.BUDGETED), SipdStatus(REGENCY)),
        **dict.fromkeys((Status.DEFERRED, Status.UNDERWAY, Status.COMPLETED), SipdStatus("")),
    }.get(status, SipdStatus(reached))
    assert sipd_status(status, yes(*ORDER[:count])) == expected


@pytest.mark.parametrize("level", ORDER[1:])
def test_a_no_stands_behind_the_string_of_its_level(level: Level) -> None:
    given = [*yes(*ORDER[: ORDER.index(level)]), Given(level, Outcome.REJECT, 1)]
    assert sipd_status(Status.REJECTED, given).text == f"{AT[level]}||Ditolak"


def test_what_is_sent_back_is_where_it_was_sent() -> None:
    given = [*yes(Level.VILLAGE, Level.PLANNING), Given(Level.DISTRICT, Outcome.RETURN, 1)]
    assert sipd_status(Status.PUBLISHED, given).text == PLANNING


# Actions


@pytest.fixture
def proposal(session: Session) -> Proposal:
    b.make_world()
    return b.make_published()


def speak(actor: Actor, proposal: Proposal, level: Level, outcome: Outcome = Outcome.ACCEPT, **more: object) -> None:
    seen = state_mark(proposal.status, proposal.held_since)
    code = None if outcome in YES else ReasonCode.OVER_CEILING
    plain: dict[str, object] = {"code": code, "reason": WHY} | more
    actions.judge(actor, proposal, LevelVerdict(level, outcome, seen, **plain), b.NOW)  # type: ignore[arg-type]


def staff(agency: AgencyFacts) -> dict[Level, Actor]:
    planner, moderator = b.make_staff(Role.PLANNER, b.BELU), b.make_staff(Role.MODERATOR, b.LAMAKNEN)
    return {
        Level.VILLAGE: b.make_staff(Role.MODERATOR, b.MAKIR),
        Level.PLANNING: planner,
        Level.DISTRICT: moderator,
        Level.AGENCY: b.make_staff(Role.OFFICER, b.BELU, agency=agency),
        Level.REGENCY: planner,
    }


def agency(name: str = "Dinas PUPR") -> AgencyFacts:
    made = b.make_agency(name)
    return AgencyFacts(made.id, b.BELU, made.name)


def test_all_levels_speak_in_turn_and_the_original_stays(proposal: Proposal) -> None:
    works = agency()
    people = staff(works)
    holders = []
    for level in Level:
        more = {"agency_id": works.id} if level is Level.PLANNING else {}
        if level is Level.DISTRICT:
            more = {"volume": 800, "budget": 90_000_000}
        outcome = Outcome.ACCEPT_WITH_CHANGES if level is Level.DISTRICT else Outcome.ACCEPT
        speak(people[level], proposal, level, outcome, **more)
        holders.append(proposal.holder)
    assert holders == [Holder.PLANNER, Holder.MODERATOR, Holder.AGENCY, Holder.PLANNER, Holder.RESIDENTS]
    assert (proposal.volume, proposal.estimate, proposal.status) == (1200, 148_000_000, Status.PUBLISHED)
    rows = queries.verdicts_on(proposal.id)
    assert [row.level for row in rows] == list(Level)
    assert (rows[2].volume, rows[2].budget, rows[3].agency) == (800, 90_000_000, "Dinas PUPR")
    told = timeline_of(proposal.id)[-3]
    assert (told.event, told.facts["level"], told.facts["budget"]) == (Event.VERDICT, "district", 90_000_000)


def test_a_level_is_for_those_who_hold_it(proposal: Proposal) -> None:
    works = agency()
    people = staff(works)
    other = b.make_staff(Role.OFFICER, b.BELU, agency=agency("Dinas Pertanian"))
    foreign = b.make_staff(Role.OFFICER, b.BELTIM)
    may = {
        Level.VILLAGE: {Level.VILLAGE, Level.DISTRICT},  # who moderates the district moderates its villages
        Level.PLANNING: {Level.PLANNING, Level.REGENCY},
        Level.DISTRICT: {Level.DISTRICT},
        Level.AGENCY: {Level.AGENCY},
        Level.REGENCY: {Level.PLANNING, Level.REGENCY},
    }
    for level in Level:
        denied = [actor for held, actor in people.items() if held not in may[level]] + [other, foreign]
        for actor in denied:
            with pytest.raises(Denied):
                speak(actor, proposal, level)
        speak(people[level], proposal, level, agency_id=works.id if level is Level.PLANNING else None)


def test_whoever_wrote_it_speaks_on_no_level(session: Session) -> None:
    b.make_world()
    author = b.make_person()
    for role in (Role.MODERATOR, Role.PLANNER):
        b.grant_role(author, role, b.BELU)
    mine = b.make_published(author)
    for level in (Level.VILLAGE, Level.PLANNING, Level.DISTRICT, Level.REGENCY):
        with pytest.raises(Denied):
            speak(b.actor_of(author), mine, level)


def test_an_agency_passes_it_on_and_the_other_one_speaks(proposal: Proposal) -> None:
    works, farms = agency(), agency("Dinas Pertanian")
    people = staff(works)
    farmer = b.make_staff(Role.OFFICER, b.BELU, agency=farms)
    for level in ORDER[:3]:
        speak(people[level], proposal, level, agency_id=works.id if level is Level.PLANNING else None)
    assert [row.number for row in queries.waiting_for_verdict(people[Level.AGENCY], None).rows] == [proposal.number]
    assert queries.waiting_for_verdict(farmer, None).rows == []
    code = ReasonCode.WRONG_AGENCY
    speak(people[Level.AGENCY], proposal, Level.AGENCY, Outcome.REROUTE, agency_id=farms.id, code=code)
    assert proposal.holder is Holder.AGENCY
    assert [row.number for row in queries.waiting_for_verdict(farmer, None).rows] == [proposal.number]
    assert queries.waiting_for_verdict(people[Level.AGENCY], None).rows == []
    with pytest.raises(Denied):
        speak(people[Level.AGENCY], proposal, Level.AGENCY)
    speak(farmer, proposal, Level.AGENCY)
    last = queries.verdicts_on(proposal.id)[-1]
    assert (last.agency, proposal.holder) == ("Dinas Pertanian", Holder.PLANNER)


def test_an_agency_of_elsewhere_gets_nothing(proposal: Proposal) -> None:
    people = staff(agency())
    speak(people[Level.VILLAGE], proposal, Level.VILLAGE)
    with pytest.raises(Missing):
        speak(people[Level.PLANNING], proposal, Level.PLANNING, agency_id=b.make_agency("Dinas X", b.BELTIM).id)


@pytest.mark.parametrize(("outcome", "status"), [(Outcome.DEFER, Status.DEFERRED), (Outcome.REJECT, Status.REJECTED)])
def test_a_no_of_a_level_ends_it_with_the_reason(proposal: Proposal, outcome: Outcome, status: Status) -> None:
    speak(staff(agency())[Level.VILLAGE], proposal, Level.VILLAGE, outcome)
    last = timeline_of(proposal.id)[-1]
    assert (proposal.status, last.reason, last.facts["outcome"]) == (status, WHY, outcome)


def test_two_who_speak_at_once_for_a_level_do_not_overwrite_each_other(proposal: Proposal) -> None:
    seen = state_mark(proposal.status, proposal.held_since)
    first, second = b.make_staff(Role.MODERATOR, b.MAKIR), b.make_staff(Role.MODERATOR, b.BELU)
    later = b.NOW + timedelta(minutes=1)
    actions.judge(first, proposal, LevelVerdict(Level.VILLAGE, Outcome.ACCEPT, seen), later)
    with pytest.raises(Refused, match=ProposalRefusal.CHANGED_MEANWHILE):
        actions.judge(second, proposal, LevelVerdict(Level.VILLAGE, Outcome.ACCEPT, seen), later)


def test_outside_the_phases_no_level_speaks(session: Session) -> None:
    b.make_regions()
    b.make_misi()
    b.make_cycle(kinds=(PhaseKind.GATHERING,))
    proposal = b.make_published()
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    seen = state_mark(proposal.status, proposal.held_since)
    verdict = LevelVerdict(Level.VILLAGE, Outcome.ACCEPT, seen)
    with pytest.raises(Refused, match=CycleRefusal.NOT_OPEN):
        actions.judge(moderator, proposal, verdict, b.NOW + timedelta(days=30))
