"""Writing, submitting and moving proposals, on a real database."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.cycles.rules import PhaseKind
from app.kernel.actor import Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.transitions import Transition
from app.plans.models import Misi
from app.proposals import actions, queries
from app.proposals.models import Proposal
from app.proposals.rules import Event, Holder, ReasonCode, Refusal, Status
from tests import builders as b

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def refused(reason: object) -> object:
    """Expects a refusal with this reason."""
    return pytest.raises(Refused, match=str(reason))


def test_a_draft_has_no_number_and_a_submitted_proposal_keeps_its_own() -> None:
    author = b.make_person()
    draft = b.make_draft(author)
    assert (draft.number, draft.status, draft.holder) == (None, Status.DRAFT, Holder.AUTHOR)
    sent = actions.submit(b.actor_of(author), draft, b.NOW)
    assert (sent.number, sent.status, sent.holder) == ("BLU-28-00001", Status.SUBMITTED, Holder.MODERATOR)
    assert sent.held_until == b.NOW + timedelta(days=7)
    assert b.make_proposal(author).number == "BLU-28-00002"


def test_the_same_form_sent_twice_gives_one_draft_with_the_newer_answers() -> None:
    actor, key = b.actor_of(b.make_person()), str(uuid4())
    first = actions.write_draft(actor, b.make_answers(), key, b.NOW)
    second = actions.write_draft(actor, b.make_answers(title="Pipa air bersih, judul kedua"), key, b.NOW)
    assert (first.id, second.title) == (second.id, "Pipa air bersih, judul kedua")


def test_sending_a_draft_twice_gives_one_number_and_one_step_on_the_timeline() -> None:
    author = b.make_person()
    draft = b.make_draft(author)
    for _ in range(2):
        sent = actions.submit(b.actor_of(author), draft, b.NOW)
    assert sent.number == "BLU-28-00001"
    assert [entry.event for entry in queries.timeline_of(sent.id)] == [Event.SUBMIT]


def test_a_draft_already_sent_does_not_change_when_its_form_comes_again() -> None:
    author, key = b.make_person(), str(uuid4())
    draft = actions.write_draft(b.actor_of(author), b.make_answers(), key, b.NOW)
    actions.submit(b.actor_of(author), draft, b.NOW)
    assert actions.write_draft(b.actor_of(author), b.make_answers(), key, b.NOW).id == draft.id
    with refused(Refusal.ALREADY_SENT):
        actions.write_draft(b.actor_of(author), b.make_answers(title="Judul yang terlambat datang"), key, b.NOW)
    assert draft.title == b.ANSWERS.title


def test_bad_answers_are_refused_with_the_reason_and_leave_nothing(session: Session) -> None:
    foreign = b.make_misi(b.BELTIM)[0]
    actor = b.actor_of(b.make_person())
    for changes, reason in (
        ({"misi_ids": frozenset()}, Refusal.NO_MISI_CHOSEN),
        ({"misi_ids": frozenset({99_999})}, Refusal.UNKNOWN_MISI),
        ({"misi_ids": frozenset({foreign.id})}, Refusal.UNKNOWN_MISI),
        ({"village_code": b.KEWAR}, Refusal.OTHER_VILLAGE),
        ({"village_code": b.LALANG}, Refusal.OTHER_VILLAGE),
    ):
        with refused(reason):
            actions.write_draft(actor, b.make_answers(**changes), str(uuid4()), b.NOW)
    assert session.query(Proposal).count() == 0


def test_outside_the_gathering_phase_nothing_is_written() -> None:
    actor, late = b.actor_of(b.make_person()), b.NOW + timedelta(days=10)
    with refused(Refusal.NO_CYCLE_OPEN):
        actions.write_draft(actor, b.make_answers(), str(uuid4()), late)


def test_where_the_regency_has_no_misi_proposals_wait_until_a_planner_enters_them(session: Session) -> None:
    b.make_cycle(b.BELTIM, kinds=(PhaseKind.GATHERING,))
    actor = b.actor_of(b.make_person(b.LALANG))
    with refused(Refusal.NO_MISI):
        actions.write_draft(actor, b.make_answers(village_code=b.LALANG), str(uuid4()), b.NOW)
    own = b.make_misi(b.BELTIM)[0]
    answers = b.make_answers(village_code=b.LALANG, misi_ids=frozenset({own.id}))
    assert actions.write_draft(actor, answers, str(uuid4()), b.NOW).regency_code == b.BELTIM


def test_a_no_without_a_public_reason_is_refused() -> None:
    proposal = b.make_proposal()
    moderator = b.make_staff(Role.MODERATOR, b.LAMAKNEN)
    for event in (Event.RETURN, Event.REJECT):
        for code, reason in ((None, "Alasan yang cukup panjang."), (ReasonCode.DUPLICATE, "pendek")):
            with refused(Refusal.REASON_MISSING):
                actions.move(moderator, proposal, event, b.NOW, code=code, reason=reason)
    assert proposal.status is Status.SUBMITTED


def test_returned_is_mended_and_sent_again_with_number_and_history_kept() -> None:
    author = b.make_person()
    proposal = b.make_proposal(author)
    moderator = b.make_staff(Role.MODERATOR, b.LAMAKNEN)
    reason = "Sebutkan dusun dan nama mata airnya."
    actions.move(moderator, proposal, Event.RETURN, b.NOW, code=ReasonCode.LOCATION_UNCLEAR, reason=reason)
    answers = b.make_answers(hamlet="Dusun Weluli A")
    mended = actions.resubmit(b.actor_of(author), proposal, answers, b.NOW)
    assert (mended.number, mended.hamlet, mended.status) == ("BLU-28-00001", "Dusun Weluli A", Status.SUBMITTED)
    events = [entry.event for entry in queries.timeline_of(proposal.id)]
    assert events == [Event.SUBMIT, Event.RETURN, Event.RESUBMIT]
    assert queries.timeline_of(proposal.id)[1].reason == reason


def test_who_wrote_a_proposal_does_not_moderate_it_nor_does_another_districts_moderator() -> None:
    moderator = b.make_staff(Role.MODERATOR, b.BELU, village=b.MAKIR)
    own = actions.write_draft(moderator, b.make_answers(), str(uuid4()), b.NOW)
    actions.submit(moderator, own, b.NOW)
    with pytest.raises(Denied):
        actions.move(moderator, own, Event.PUBLISH, b.NOW)
    with pytest.raises(Denied):
        actions.move(b.make_staff(Role.MODERATOR, b.RAIHAT), own, Event.PUBLISH, b.NOW)
    assert actions.move(b.make_staff(Role.MODERATOR, b.LAMAKNEN), own, Event.PUBLISH, b.NOW).public_since == b.NOW


def test_a_step_that_the_life_cycle_does_not_know_is_refused() -> None:
    with refused(Transition.NOT_NOW):
        actions.move(b.make_staff(Role.PLANNER, b.BELU), b.make_proposal(), Event.SELECT, b.NOW)


def test_what_is_not_public_is_missing_for_others_and_seen_by_those_who_work_on_it() -> None:
    author = b.make_person()
    proposal = b.make_proposal(author)
    stranger = b.actor_of(b.make_person(b.KEWAR))
    with pytest.raises(Missing):
        queries.get_seen_by(stranger, b.BELU, "BLU-28-00001")
    for actor in (b.actor_of(author), b.make_staff(Role.MODERATOR, b.LAMAKNEN), b.make_staff(Role.PLANNER, b.BELU)):
        assert queries.get_seen_by(actor, b.BELU, "BLU-28-00001").id == proposal.id


def test_a_rejected_proposal_is_public_with_its_reason_unless_its_text_holds_private_data() -> None:
    moderator = b.make_staff(Role.MODERATOR, b.LAMAKNEN)
    for code, is_public in ((ReasonCode.DUPLICATE, True), (ReasonCode.PRIVATE_DATA, False)):
        proposal = b.make_proposal()
        actions.move(moderator, proposal, Event.REJECT, b.NOW, code=code, reason="Alasan untuk semua orang.")
        assert (proposal.public_since is not None) is is_public


def test_a_proposal_of_one_regency_is_missing_under_the_other() -> None:
    proposal = b.make_published()
    with pytest.raises(Missing):
        queries.get_seen_by(b.actor_of(b.make_person()), b.BELTIM, proposal.number or "")


def test_lists_page_by_keyset_without_losing_or_repeating_a_row() -> None:
    numbers = [b.make_published(now=b.NOW + timedelta(minutes=n % 3)).number for n in range(7)]
    for order in queries.Order:
        seen: list[str] = []
        after: str | None = None
        while True:
            page = queries.public_list(b.BELU, queries.Filters(order=order), after, 3)
            seen += [row.number for row in page.rows]
            if (after := page.after) is None:
                break
        assert sorted(seen) == sorted(filter(None, numbers))


def test_search_takes_signs_of_patterns_as_they_are() -> None:
    b.make_published(title="Listrik 100% untuk Dusun_Satu")
    for text, hits in (("100%", 1), ("dusun_satu", 1), ("100 persen", 0), ("LISTRIK dusun", 1), ("'; DROP", 0)):
        assert len(queries.public_list(b.BELU, queries.Filters(text=text), None).rows) == hits


def test_filters_narrow_by_misi_and_region(session: Session) -> None:
    economy = session.query(Misi).filter_by(regency_code=b.BELU, number=2).one()
    b.make_published(b.make_person(b.TOHE), misi_ids=frozenset({economy.id}))
    b.make_published()
    for filters, hits in (
        (queries.Filters(misi=2), 1),
        (queries.Filters(misi=1), 0),
        (queries.Filters(region=b.LAMAKNEN), 1),
        (queries.Filters(region=b.TOHE), 1),
        (queries.Filters(region="53.04.0"), 0),
    ):
        assert len(queries.public_list(b.BELU, filters, None).rows) == hits
