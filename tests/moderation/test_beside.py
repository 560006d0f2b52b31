"""Beside the answers: notes, visits, reports, appeals, deferred proposals, and the clock looked back upon."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.cycles.rules import PhaseKind
from app.cycles.rules import Refusal as CycleRefusal
from app.db.transaction import transaction
from app.discussion.actions import hide_comment, support, write_comment
from app.discussion.models import Comment
from app.discussion.rules.comments import CommentStatus, HideCode, Stance, Words
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.transitions import Transition
from app.limits.rules import Refusal as LimitRefusal
from app.moderation import actions, queries
from app.moderation.cli import cli
from app.moderation.rules import Decision, Verdict, state_mark
from app.moderation.rules.appeals import refuse_appeal
from app.moderation.rules.refusals import Refusal
from app.moderation.rules.reports import REPORTS, Finding, SubjectKind, Wrong
from app.moderation.rules.reports import Refusal as ReportRefusal
from app.moderation.rules.scoring import DEFAULT
from app.moderation.rules.service import FIRST_ANSWER, Service, Step, Tally, cycle_at, service_of, stops
from app.moderation.rules.verdicts import Level, LevelVerdict, Outcome
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import NOTES, Event, Holder, ReasonCode, Status
from app.proposals.rules import Refusal as ProposalRefusal
from app.proposals.rules.newcomers import NEW_FOR, NEWCOMERS
from tests import builders as b
from tests.client import Visitor

DAY = timedelta(days=1)
WHY = "Usulan ini memuat nomor orang lain."
QUESTION = "Apakah pipa lama masih dapat dipakai?"


@pytest.fixture
def moderator(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.MODERATOR, b.LAMAKNEN)


# Notes and visits


def test_whoever_wrote_or_typed_it_neither_reads_nor_writes_notes_on_it(moderator: Actor, client: Visitor) -> None:
    proposal = b.make_published()
    actions.write_note(moderator, proposal, "Tanyakan dulu kepada kepala dusun.", b.NOW)
    person = b.make_person()
    own = b.make_published(person)
    for role, scope in ((Role.MODERATOR, b.LAMAKNEN), (Role.PLANNER, b.BELU)):
        b.grant_role(person, role, scope)
    with pytest.raises(Denied):
        actions.write_note(b.actor_of(person), own, "Terima saja, ini dari saya.", b.NOW)
    actions.write_note(moderator, own, "Penulisnya moderator sendiri.", b.NOW)
    client.sign_in(person)
    assert client.get(f"/meja/{own.number}/catatan").status_code == 403
    assert "Penulisnya moderator" not in client.get(f"/meja/{own.number}").text
    assert "kepala dusun" in client.get(f"/meja/{proposal.number}/catatan").text


def test_notes_are_for_moderators_and_planners_of_the_place(moderator: Actor) -> None:
    proposal = b.make_proposal()
    for writer in (moderator, b.make_staff(Role.PLANNER, b.BELU)):
        actions.write_note(writer, proposal, "Sudah saya telepon kepala dusun.", b.NOW)
    assert [note.author for note in queries.notes_on(proposal.id)] == ["Planner 53.04", "Moderator 53.04.01"]
    for other in (
        b.make_staff(Role.MODERATOR, b.RAIHAT),
        b.make_staff(Role.FACILITATOR, b.MAKIR),
        b.actor_of(b.make_person()),
    ):
        with pytest.raises(Denied):
            actions.write_note(other, proposal, "Bukan untuk saya.", b.NOW)


def test_the_village_is_asked_and_answers_in_public(moderator: Actor) -> None:
    proposal, today = b.make_proposal(), b.NOW.date()
    until = proposal.held_until
    with pytest.raises(Refused, match=Refusal.VISIT_DATE):
        actions.ask_for_visit(moderator, proposal, today - DAY, today, QUESTION, b.NOW)
    actions.ask_for_visit(moderator, proposal, today, today, QUESTION, b.NOW)
    with pytest.raises(Refused, match=Refusal.VISIT_ASKED):
        actions.ask_for_visit(moderator, proposal, today, today, QUESTION, b.NOW)
    assert [row.number for row in queries.visits_within([b.MAKIR])] == [proposal.number]
    assert queries.visits_within([b.KEWAR]) == []
    facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
    with pytest.raises(Denied):
        actions.answer_visit(b.make_staff(Role.FACILITATOR, b.TOHE), proposal, "Pipa lama sudah pecah.", b.NOW)
    actions.answer_visit(facilitator, proposal, "Pipa lama sudah pecah.", b.NOW + DAY)
    asked, told = timeline_of(proposal.id)[-2:]
    assert (asked.event, asked.reason, asked.facts["due"]) == (Event.VISIT, QUESTION, today.isoformat())
    assert (told.event, told.reason) == (Event.VISITED, "Pipa lama sudah pecah.")
    assert (proposal.held_until, proposal.status) == (until, Status.SUBMITTED)
    with pytest.raises(Refused, match=Refusal.NO_VISIT):
        actions.answer_visit(facilitator, proposal, "Pipa lama sudah pecah.", b.NOW + DAY)


# Reports


def test_a_report_upheld_closes_the_text_and_counts_against_its_author(moderator: Actor) -> None:
    author = b.make_person()
    bad, good = b.make_published(author), b.make_published(author)
    reporters = [b.actor_of(b.make_person(b.KEWAR)) for _each in range(2)]
    for reporter in reporters:
        actions.report(reporter, bad, Wrong.PRIVATE_DATA, "", b.NOW)
    actions.report(reporters[0], good, Wrong.SPAM, "", b.NOW + DAY)
    with pytest.raises(Refused, match=ReportRefusal.REPORTED_ALREADY):
        actions.report(reporters[0], bad, Wrong.SPAM, "", b.NOW)
    found = queries.open_reports([b.LAMAKNEN], None).rows
    assert [(row.number, row.count) for row in found] == [(bad.number, 2), (good.number, 1)]
    assert queries.open_reports([b.RAIHAT], None).rows == []
    assert actions.close_reports(moderator, bad, Finding.UPHELD, WHY, b.NOW) == 2
    assert (bad.status, bad.public_since) == (Status.REJECTED, None)
    actions.close_reports(moderator, good, Finding.DISMISSED, "", b.NOW)
    assert good.status is Status.PUBLISHED
    assert queries.upheld_against([author.id], b.NOW + DAY) == {author.id: 1}
    assert queries.upheld_against([author.id], b.NOW + 400 * DAY) == {}
    with pytest.raises(Refused, match=ReportRefusal.CLOSED_ALREADY):
        actions.close_reports(moderator, good, Finding.UPHELD, WHY, b.NOW)


def test_who_may_report(moderator: Actor) -> None:
    author = b.make_person()
    public, hidden = b.make_published(author), b.make_proposal()
    stranger = b.actor_of(b.make_person())
    for actor, proposal in (
        (b.actor_of(author), public),
        (stranger, hidden),
        (b.actor_of(b.make_person(b.LALANG)), public),
    ):
        with pytest.raises(Denied):
            actions.report(actor, proposal, Wrong.SPAM, "", b.NOW)


def test_reports_without_end_are_stopped(moderator: Actor) -> None:
    reporter = b.actor_of(b.make_person())
    for _each in range(REPORTS.most):
        actions.report(reporter, b.make_published(), Wrong.SPAM, "", b.NOW)
    with pytest.raises(Refused, match=LimitRefusal.TOO_OFTEN):
        actions.report(reporter, b.make_published(), Wrong.SPAM, "", b.NOW)


# Appeals


def test_an_appeal_is_looked_at_once_in_a_cycle(moderator: Actor) -> None:
    author = b.make_person()
    proposal = b.make_proposal(author)
    reject(moderator, proposal)
    actor = b.actor_of(author)
    with pytest.raises(Refused, match=ProposalRefusal.REASON_MISSING):
        actions.appeal(actor, proposal, "tidak", b.NOW)
    actions.appeal(actor, proposal, "Bak itu milik desa tetangga.", b.NOW)
    assert (proposal.status, proposal.holder) == (Status.SUBMITTED, Holder.MODERATOR)
    reject(moderator, proposal)
    with pytest.raises(Refused, match=Refusal.APPEALED_ALREADY):
        actions.appeal(actor, proposal, "Bak itu milik desa tetangga.", b.NOW)
    with pytest.raises(Denied):
        actions.appeal(moderator, proposal, "Bak itu milik desa tetangga.", b.NOW)


def reject(moderator: Actor, proposal: Proposal) -> None:
    seen = state_mark(proposal.status, proposal.held_since)
    verdict = Verdict(Decision.REJECT, seen, ReasonCode.ALREADY_BUILT, "Sudah dibangun tahun lalu.")
    actions.decide(moderator, proposal, verdict, b.NOW)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PUBLISHED])
def test_only_a_rejection_is_appealed_against(moderator: Actor, status: Status) -> None:
    author = b.make_person()
    proposal = b.make_published(author) if status is Status.PUBLISHED else b.make_proposal(author)
    with pytest.raises(Refused, match=Transition.NOT_NOW):
        actions.appeal(b.actor_of(author), proposal, "Bak itu milik desa tetangga.", b.NOW)


def test_the_next_cycle_allows_another_appeal() -> None:
    assert refuse_appeal(1, []) is None
    assert refuse_appeal(1, [1]) is Refusal.APPEALED_ALREADY
    assert refuse_appeal(2, [1]) is None


def test_after_the_phases_nobody_could_answer_an_appeal(session: Session) -> None:
    b.make_regions()
    b.make_misi()
    b.make_cycle(kinds=(PhaseKind.GATHERING,))
    author = b.make_person()
    proposal = b.make_proposal(author)
    reject(b.make_staff(Role.MODERATOR, b.BELU), proposal)
    with pytest.raises(Refused, match=CycleRefusal.NOT_OPEN):
        actions.appeal(b.actor_of(author), proposal, "Bak itu milik desa tetangga.", b.NOW + 30 * DAY)


# Deferred proposals


def test_deferred_ones_come_back_with_number_supports_and_history(session: Session) -> None:
    b.make_world()
    proposal, planner = b.make_published(), b.make_staff(Role.PLANNER, b.BELU)
    person = b.make_person()
    support(b.actor_of(person), proposal, b.NOW)
    move(planner, proposal, Event.DEFER, b.NOW, code=ReasonCode.OVER_CEILING, reason="Dana tahun ini habis.")
    number, steps, gone = proposal.number, len(timeline_of(proposal.id)), proposal.cycle_id
    assert actions.reopen_deferred(planner, b.BELU, b.NOW) == 0  # nothing newer is open
    later = b.NOW + 365 * DAY
    following = b.make_cycle(plan_year=2029, kinds=(PhaseKind.GATHERING,), now=later)
    assert actions.reopen_deferred(planner, b.BELU, later) == 1
    assert (proposal.status, proposal.cycle_id, proposal.number) == (Status.PUBLISHED, following.id, number)
    assert (proposal.support_count, len(timeline_of(proposal.id))) == (1, steps + 1)
    assert queries.service_of_cycle(gone)[FIRST_ANSWER, ""].answers == 1  # that year's answer stays there
    assert queries.service_of_cycle(following.id) == {}
    assert actions.reopen_deferred(planner, b.BELU, later) == 0


def test_in_the_new_year_every_level_speaks_again_and_points_are_given_anew(session: Session) -> None:
    b.make_world()
    proposal, planner = b.make_published(), b.make_staff(Role.PLANNER, b.BELU)
    points = {one.code: 4 for one in DEFAULT if not one.is_automatic}
    actions.assess(planner, proposal, points, b.NOW)
    say(b.make_staff(Role.MODERATOR, b.LAMAKNEN), proposal, Outcome.DEFER, b.NOW)
    later = b.NOW + 365 * DAY
    following = b.make_cycle(plan_year=2029, kinds=(PhaseKind.GATHERING, PhaseKind.REVIEW), now=later)
    actions.reopen_deferred(planner, b.BELU, later)
    assert queries.given_on(proposal.id) == []
    assert queries.ranking(following.id, b.LAMAKNEN, DEFAULT) == []
    assert [row.stands for row in queries.verdicts_on(proposal.id)] == [False]  # it stays to be read
    moderator = b.make_staff(Role.MODERATOR, b.LAMAKNEN, now=later)
    say(moderator, proposal, Outcome.ACCEPT, later + DAY)
    actions.assess(planner, proposal, points, later + DAY)
    assert [(row.outcome, row.stands) for row in queries.verdicts_on(proposal.id)] == [
        (Outcome.DEFER, False),
        (Outcome.ACCEPT, True),
    ]
    assert len(queries.ranking(following.id, b.LAMAKNEN, DEFAULT)) == 1


def say(moderator: Actor, proposal: Proposal, outcome: Outcome, now: datetime) -> None:
    seen = state_mark(proposal.status, proposal.held_since)
    code = None if outcome is Outcome.ACCEPT else ReasonCode.OVER_CEILING
    actions.judge(moderator, proposal, LevelVerdict(Level.VILLAGE, outcome, seen, code, "Dana tahun ini habis."), now)


def test_the_command_brings_all_of_them_back_and_first_only_counts(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        for _each in range(3):
            code, why = ReasonCode.OVER_CEILING, "Dana tahun ini habis."
            move(planner, b.make_published(), Event.DEFER, b.NOW, code=code, reason=why)
        b.make_cycle(plan_year=2029, kinds=(PhaseKind.GATHERING,), now=b.NOW + 365 * DAY)
    live_app.config["CLOCK"] = lambda: b.NOW + 365 * DAY
    runner = live_app.test_cli_runner()
    assert "3 usulan yang ditunda" in runner.invoke(cli, ["reopen", "belu", "--dry-run"]).output
    assert "3 dari 3 dibuka lagi" in runner.invoke(cli, ["reopen", "belu"]).output
    assert runner.invoke(cli, ["reopen", "belu"]).output == "0 usulan yang ditunda menunggu tahun baru.\n"
    assert "tidak ada kabupaten atambua" in runner.invoke(cli, ["reopen", "atambua"]).output
    assert "Belum ada tahun baru" in runner.invoke(cli, ["reopen", "belitung-timur"]).output
    assert "3 jawaban dihitung" in runner.invoke(cli, ["recount"]).output


def test_they_come_back_only_when_a_year_gathers_and_by_its_planner(moderator: Actor) -> None:
    with pytest.raises(Denied):
        actions.reopen_deferred(moderator, b.BELU, b.NOW)
    with pytest.raises(Refused, match=Refusal.NO_NEXT_CYCLE):
        actions.reopen_deferred(b.make_staff(Role.PLANNER, b.BELU), b.BELU, b.NOW + 400 * DAY)


# The clock looked back upon


def step(event: Event, status: Status, hours: int, until: int | None = None, level: str = "") -> Step:
    end = b.NOW + timedelta(hours=until) if until is not None else None
    return Step(event, status, Holder.MODERATOR, b.NOW + timedelta(hours=hours), end, level)


SENT = step(Event.SUBMIT, Status.SUBMITTED, 0, 168)


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (Event.PUBLISH, Status.PUBLISHED),
        (Event.RETURN, Status.RETURNED),
        (Event.REJECT, Status.REJECTED),
        (Event.MERGE, Status.MERGED),
    ],
)
def test_every_answer_stops_the_clock(event: Event, status: Status) -> None:
    (stop,) = stops([SENT, step(event, status, 30)])
    assert (stop.desk, stop.days, stop.is_in_time) == (FIRST_ANSWER, 2, True)
    (late,) = stops([SENT, step(event, status, 168)])
    assert not late.is_in_time


@pytest.mark.parametrize("event", sorted(NOTES))
def test_what_is_told_beside_does_not_stop_it(event: Event) -> None:
    (stop,) = stops([SENT, step(event, Status.SUBMITTED, 5, 168), step(Event.PUBLISH, Status.PUBLISHED, 50)])
    assert stop.since == b.NOW


def test_a_withdrawal_is_no_answer_and_one_taken_back_is_none_either() -> None:
    assert stops([SENT, step(Event.WITHDRAW, Status.WITHDRAWN, 5)]) == []
    answered = [SENT, step(Event.PUBLISH, Status.PUBLISHED, 5), step(Event.UNDO, Status.SUBMITTED, 6, 168)]
    assert stops(answered) == []
    (stop,) = stops([*answered, step(Event.RETURN, Status.RETURNED, 200)])
    assert (stop.since, stop.is_in_time) == (b.NOW, False)


def test_levels_are_counted_from_when_they_got_it() -> None:
    steps = [
        SENT,
        step(Event.PUBLISH, Status.PUBLISHED, 1),
        step(Event.VERDICT, Status.PUBLISHED, 100, 436, "village"),
        step(Event.VERDICT, Status.PUBLISHED, 110, 446, "village"),  # put right: no answer of the next level
        step(Event.VERDICT, Status.PUBLISHED, 500, 668, "planning"),
    ]
    first, planning = stops(steps)
    assert (first.desk, planning.desk, planning.is_in_time) == (FIRST_ANSWER, "planning", False)
    assert planning.since == b.NOW + timedelta(hours=110)


def test_shares_and_medians_are_whole_numbers() -> None:
    made = [Tally(9, False, 1), Tally(1, True, 1), Tally(2, True, 1)]
    assert service_of(made) == Service(3, 2, 2)
    assert (service_of(made).share, service_of([]).share) == (66, 0)
    assert service_of([Tally(3, True, 2), Tally(9, False, 2)]) == Service(4, 2, 3)


def test_an_answer_belongs_to_the_year_in_which_it_was_given() -> None:
    reopened = [(b.NOW, 1), (b.NOW + DAY, 2)]
    moments = (b.NOW - DAY, b.NOW, b.NOW + timedelta(hours=1), b.NOW + 2 * DAY)
    assert [cycle_at(at, reopened, 3) for at in moments] == [1, 1, 2, 3]


def test_the_service_of_a_cycle_is_counted_by_district_and_names_nobody(moderator: Actor) -> None:
    proposal = b.make_proposal(now=b.NOW - 9 * DAY)
    reject(moderator, proposal)
    b.make_published(b.make_person(b.TOHE))
    found = queries.service_of_cycle(proposal.cycle_id)
    assert found[FIRST_ANSWER, b.LAMAKNEN] == Service(1, 0, 9)
    assert found[FIRST_ANSWER, b.RAIHAT].share == 100
    assert found[FIRST_ANSWER, ""].answers == 2
    assert actions.count_answers([proposal.id]) == 1  # counted anew, it is the same
    assert queries.service_of_cycle(proposal.cycle_id) == found


def test_an_answer_taken_back_is_not_counted(moderator: Actor) -> None:
    proposal = b.make_proposal()
    verdict, seen = Verdict(Decision.PUBLISH, ""), state_mark(proposal.status, proposal.held_since)
    done = actions.decide_many(moderator, {str(proposal.number): seen}, verdict, b.NOW)
    assert queries.service_of_cycle(proposal.cycle_id)[FIRST_ANSWER, ""].answers == 1
    actions.undo_batch(moderator, done.batch_id, b.NOW)
    assert queries.service_of_cycle(proposal.cycle_id) == {}


# New accounts


def test_an_account_of_a_few_days_sends_a_few_proposals_a_day(moderator: Actor) -> None:
    author = b.make_person(known_for=timedelta(0))
    for _each in range(NEWCOMERS.most):
        b.make_proposal(author)
    with pytest.raises(Refused, match=LimitRefusal.TOO_OFTEN):
        b.make_proposal(author)
    b.make_proposal(author, now=b.NOW + DAY)
    for _each in range(NEWCOMERS.most + 1):  # after a week nobody counts any more
        b.make_proposal(author, now=b.NOW + NEW_FOR)


# Reports of comments


def comment_on(proposal: Proposal, author: Person, text: str = "Kakak ipar saya yang pegang uangnya.") -> Comment:
    return write_comment(b.actor_of(author), proposal, Words(text, Stance.AGAINST), str(uuid4()), b.NOW)


def test_a_reported_comment_is_hidden_and_counts_against_its_own_author(moderator: Actor) -> None:
    author, talker = b.make_person(), b.make_person(b.KEWAR)
    proposal = b.make_published(author)
    said = comment_on(proposal, talker)
    with pytest.raises(Denied):
        actions.report(b.actor_of(talker), proposal, Wrong.INSULT, "", b.NOW, said)
    actions.report(b.actor_of(author), proposal, Wrong.INSULT, "", b.NOW, said)
    (row,) = queries.open_reports([b.LAMAKNEN], None).rows
    assert (row.kind, row.comment, row.number) == (SubjectKind.COMMENT, said.text, proposal.number)
    with pytest.raises(Refused, match=ProposalRefusal.REASON_MISSING):
        actions.close_reports(moderator, proposal, Finding.UPHELD, " ", b.NOW, said.id)
    actions.close_reports(moderator, proposal, Finding.UPHELD, "Menuduh orang tanpa bukti.", b.NOW, said.id)
    assert (said.status, said.hide_code) == (CommentStatus.HIDDEN, HideCode.INSULT)
    assert proposal.status is Status.PUBLISHED
    assert queries.upheld_against([talker.id, author.id], b.NOW + DAY) == {talker.id: 1}


def test_a_comment_of_another_proposal_is_missing(moderator: Actor) -> None:
    proposal, other = b.make_published(), b.make_published()
    said = comment_on(other, b.make_person())
    with pytest.raises(Missing):
        actions.report(b.actor_of(b.make_person()), proposal, Wrong.INSULT, "", b.NOW, said)


def test_a_comment_that_is_hidden_already_is_only_closed(moderator: Actor) -> None:
    proposal = b.make_published()
    said = comment_on(proposal, b.make_person())
    actions.report(b.actor_of(b.make_person()), proposal, Wrong.SPAM, "", b.NOW, said)
    hide_comment(moderator, proposal, said.id, HideCode.SPAM, "Ini iklan toko.", b.NOW)
    assert actions.close_reports(moderator, proposal, Finding.UPHELD, "Ini iklan toko.", b.NOW, said.id) == 1
