"""Contests and ballots on a real database: what is frozen, who votes once, what is never written."""

import json
from collections.abc import Callable
from datetime import timedelta
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, func, select, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.kernel.actor import CONSOLE, Actor, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.transitions import Transition
from app.kernel.windows import Window
from app.proposals.actions import move
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.queries import get_locked as get_proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import Event, ReasonCode, Status
from app.voting import queries
from app.voting.actions import (
    Receipt,
    bring_ballots,
    cancel_contest,
    cast_ballot,
    certify_contest,
    change_contest,
    close_contest,
    give_way_to_paper,
    open_contest,
    prepare_contest,
)
from app.voting.models import CountedBallot, Envelope, Option, RollEntry, WaitingLeaf
from app.voting.rules.ballots import BallotRefusal
from app.voting.rules.contest import Channel, ContestStatus, Refusal, RollEnd, draw
from app.voting.rules.counting import Outcome
from app.voting.words import tell_for_good
from tests.builders import (
    BELTIM,
    BELU,
    MAKIR,
    NOW,
    SEED,
    TOHE,
    actor_of,
    count_box,
    make_ballot,
    make_contest,
    make_person,
    make_plan,
    make_published,
    make_staff,
    make_world,
    race,
)

AFTER = NOW + timedelta(days=6)
REASON = "Banjir, kantor desa tidak dapat dicapai."


@pytest.fixture
def planner(session: Session) -> Actor:
    make_world()
    return make_staff(Role.PLANNER, BELU)


def refusal(act: Callable[..., Any], *args: Any) -> Any:
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.reason


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# Preparing


def test_a_contest_in_preparation_is_seen_by_no_resident(planner: Actor) -> None:
    contest = make_contest(planner=planner, is_open=False)
    assert queries.get_row(BELU, contest.id, is_public=False).status is ContestStatus.PREPARED
    with pytest.raises(Missing):
        queries.get_row(BELU, contest.id, is_public=True)
    with pytest.raises(Missing):
        queries.get_row(BELTIM, contest.id, is_public=False)


@pytest.mark.parametrize("actor", [CONSOLE, Actor()])
def test_only_a_planner_of_the_regency_runs_contests(planner: Actor, actor: Actor) -> None:
    contest = make_contest(planner=planner, is_open=False)
    for other in (actor, make_staff(Role.PLANNER, BELTIM), make_staff(Role.MODERATOR, BELU)):
        for act in (
            lambda it=other: prepare_contest(it, make_plan({}), NOW),
            lambda it=other: change_contest(it, contest, make_plan({}), NOW),
            lambda it=other: open_contest(it, contest, SEED, NOW),
            lambda it=other: cancel_contest(it, contest, NOW),
            lambda it=other: close_contest(it, contest, REASON, NOW),
            lambda it=other: certify_contest(it, contest, tell_for_good, NOW),
        ):
            with pytest.raises(Denied):
                act()


def test_options_of_another_region_or_not_published_are_refused(planner: Actor) -> None:
    here = [make_published(title="Jembatan kecil di Makir"), make_published(title="Sumur bor di Makir")]
    elsewhere = make_published(make_person(TOHE), title="Jalan lingkungan di Tohe")
    set_aside = make_published(title="Lapangan voli di Makir")
    move(planner, set_aside, Event.DEFER, NOW, code=ReasonCode.OVER_CEILING, reason="Pagu tahun ini sudah habis.")
    for other in (elsewhere.id, set_aside.id, 99_999):
        plan = make_plan({here[0].id: 1_000, other: 1_000})
        assert refusal(prepare_contest, planner, plan, NOW) is Refusal.UNFIT_OPTION
    assert prepare_contest(planner, make_plan({one.id: 1_000 for one in here}), NOW).status is ContestStatus.PREPARED


def test_a_contest_outside_the_voting_phase_is_refused(planner: Actor) -> None:
    costs = {make_published(title=f"Usulan nomor {n} di Makir").id: 1_000 for n in (1, 2)}
    late = Window(NOW, NOW + timedelta(days=11))
    assert refusal(prepare_contest, planner, make_plan(costs, window=late), NOW) is Refusal.NO_VOTING_PHASE


def test_a_contest_can_be_changed_and_cancelled_until_it_is_opened(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner, is_open=False)
    options = [option.proposal_id for option in queries.options_of(contest.id)]
    change_contest(planner, contest, make_plan(dict.fromkeys(options[:2], 5000), ceiling=9_000), NOW)
    assert [option.cost for option in queries.options_of(contest.id)] == [5_000, 5_000]
    cancel_contest(planner, contest, NOW)
    assert contest.status is ContestStatus.CANCELLED
    assert all(session.get_one(Proposal, id_).status is Status.PUBLISHED for id_ in options)
    assert refusal(open_contest, planner, contest, SEED, NOW) is Transition.NOT_NOW


# Opening


def test_opening_freezes_draws_and_moves_the_proposals(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner)
    options = queries.options_of(contest.id)
    assert contest.status is ContestStatus.OPENED
    assert contest.draw_seed == SEED
    assert [option.number for option in options] == [1, 2, 3]
    assert [option.proposal_number for option in options] == draw(SEED, {option.proposal_number for option in options})
    assert {option.status for option in options} == {Status.SHORTLISTED}
    assert timeline_of(options[0].proposal_id)[-1].facts == {"contest": contest.id}
    plan = make_plan({option.proposal_id: option.cost for option in options}, ceiling=999_999_999)
    assert refusal(change_contest, planner, contest, plan, NOW) is Refusal.FROZEN
    assert refusal(cancel_contest, planner, contest, NOW) is Transition.NOT_NOW
    assert refusal(open_contest, planner, contest, "lain", NOW) is Transition.NOT_NOW
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.facts["seed"]) == ("open_contest", SEED)


def test_an_option_that_is_gone_stops_the_opening(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner, is_open=False)
    gone = session.get_one(Proposal, queries.options_of(contest.id)[0].proposal_id)
    move(planner, gone, Event.DEFER, NOW, code=ReasonCode.OVER_CEILING, reason="Pagu tahun ini sudah habis.")
    with pytest.raises(Refused) as refused, transaction():
        open_contest(planner, contest, SEED, NOW)
    assert refused.value.reason is Refusal.UNFIT_OPTION
    assert queries.get_contest(BELU, contest.id).status is ContestStatus.PREPARED


def test_a_contest_is_not_opened_after_its_end(planner: Actor) -> None:
    contest = make_contest(planner=planner, is_open=False)
    assert refusal(open_contest, planner, contest, SEED, AFTER) is Refusal.TOO_LATE


# Casting


def test_an_envelope_and_its_roll_entry_share_nothing_but_the_contest(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner)
    voter = make_ballot(contest, [3, 1])
    envelope = session.scalars(select(Envelope)).one()
    entry = session.scalars(select(RollEntry)).one()
    assert (entry.contest_id, entry.person_id, entry.village_code) == (contest.id, voter.id, MAKIR)
    assert (entry.channel, entry.voted_on, entry.helper_id) == (Channel.INTERNET, NOW.date(), None)
    assert len(envelope.content or b"") == 208
    assert {column.name for column in Envelope.__table__.c} & {column.name for column in RollEntry.__table__.c} == {
        "contest_id"
    }


def test_the_log_says_nothing_of_ballots(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner)
    voter = actor_of(make_person(attested=True))
    before = count(session, AuditEntry), count(session, TimelineEntry)
    cast_ballot(voter, contest, [2], NOW)
    assert (count(session, AuditEntry), count(session, TimelineEntry)) == before


def test_no_hidden_order_of_rows_joins_roll_and_box(planner: Actor, session: Session) -> None:
    for table in (RollEntry.__table__, Envelope.__table__, WaitingLeaf.__table__, CountedBallot.__table__):
        assert isinstance(table, Table)
        made = str(CreateTable(table).compile(dialect=sqlite.dialect()))
        if session.get_bind().dialect.name == "sqlite":
            made = session.execute(text(f"SELECT sql FROM sqlite_master WHERE name = '{table.name}'")).scalar_one()
        assert "WITHOUT ROWID" in made


def test_a_second_ballot_takes_the_place_of_the_first(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner)
    voter = make_ballot(contest, [1])
    first = session.scalars(select(Envelope.content)).one()
    code = queries.receipt_of(contest.id, voter.id)
    receipt = cast_ballot(actor_of(voter), contest, [1], NOW)
    second = session.execute(select(Envelope.content, Envelope.replaced)).one()
    assert receipt.has_replaced
    assert (second.replaced, second.content != first) == (1, True)
    assert code != queries.receipt_of(contest.id, voter.id) == receipt.code
    assert (count(session, RollEntry), count(session, WaitingLeaf)) == (1, 2)


def test_a_vote_on_paper_stands_and_its_envelope_is_gone(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner)
    voter = make_ballot(contest, [1])
    assert give_way_to_paper(contest.id, voter.id)
    assert not give_way_to_paper(contest.id, voter.id)
    session.execute(update(RollEntry).values(channel=Channel.PAPER))
    assert refusal(cast_ballot, actor_of(voter), contest, [2], NOW) is BallotRefusal.ALREADY_VOTED
    assert session.scalars(select(Envelope.content)).all() == [None]
    assert queries.receipt_of(contest.id, voter.id) is None


def test_where_the_roll_ends_with_the_opening_the_later_attested_are_told(planner: Actor) -> None:
    early = actor_of(make_person(attested=True))
    contest = make_contest(planner=planner, is_open=False)
    contest.roll_ends = RollEnd.AT_OPENING
    open_contest(planner, contest, SEED, NOW)
    cast_ballot(early, contest, [1], NOW)
    later = NOW + timedelta(minutes=1)
    late = actor_of(make_person(attested=True, now=later), later)
    assert refusal(cast_ballot, late, contest, [1], later) is BallotRefusal.VERIFIED_LATE


def test_the_database_itself_takes_no_second_roll_entry(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner)
    voter = make_ballot(contest, [1])
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(RollEntry.__table__.insert().values(contest_id=contest.id, person_id=voter.id))


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ([], BallotRefusal.NO_CHOICE),
        ([1, 2, 3], BallotRefusal.TOO_MANY),
        ([1, 1], BallotRefusal.CHOSEN_TWICE),
        ([4], BallotRefusal.UNKNOWN_OPTION),
        ([0], BallotRefusal.UNKNOWN_OPTION),
    ],
)
def test_bad_choices_leave_nothing_behind(
    planner: Actor, session: Session, choices: list[int], reason: BallotRefusal
) -> None:
    contest = make_contest(planner=planner)
    voter = actor_of(make_person(attested=True))
    assert refusal(cast_ballot, voter, contest, choices, NOW) is reason
    assert (count(session, RollEntry), count(session, Envelope), count(session, WaitingLeaf)) == (0, 0, 0)


def test_strangers_and_the_late_are_refused(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner)
    voter = actor_of(make_person(attested=True))
    assert refusal(cast_ballot, actor_of(make_person()), contest, [1], NOW) is BallotRefusal.NOT_VERIFIED
    stranger = actor_of(make_person(TOHE, attested=True))
    assert refusal(cast_ballot, stranger, contest, [1], NOW) is BallotRefusal.NOT_RESIDENT
    assert refusal(cast_ballot, voter, contest, [1], AFTER) is BallotRefusal.CLOSED
    close_contest(planner, contest, REASON, NOW)
    assert refusal(cast_ballot, voter, contest, [1], NOW) is BallotRefusal.CLOSED
    with pytest.raises(Denied):
        cast_ballot(CONSOLE, contest, [1], NOW)
    assert count(session, RollEntry) == 0


def test_a_contest_of_the_regency_takes_voters_of_every_kecamatan(planner: Actor) -> None:
    contest = make_contest(planner=planner, region_code=BELU)
    cast_ballot(actor_of(make_person(TOHE, attested=True)), contest, [1], NOW)
    assert len(queries.envelopes_in(contest.id)) == 1


def test_the_turnout_is_told_from_ten_ballots_on(planner: Actor) -> None:
    contest = make_contest(planner=planner)
    for _number in range(9):
        make_ballot(contest, [1])
    assert queries.turnout(contest.id) is None
    make_ballot(contest, [1])
    assert queries.turnout(contest.id) == 10


# Closing and certifying


def test_closing_early_without_a_reason_is_refused(planner: Actor) -> None:
    contest = make_contest(planner=planner)
    with pytest.raises(Refused) as refused, transaction():
        close_contest(planner, contest, "ya", NOW)
    assert refused.value.reason is Refusal.REASON_MISSING
    assert queries.get_contest(BELU, contest.id).status is ContestStatus.OPENED


def test_the_reason_of_an_early_end_is_kept_and_after_the_end_none_is_asked(planner: Actor, session: Session) -> None:
    early = close_contest(planner, make_contest(planner=planner), REASON, NOW)
    assert (early.status, early.close_reason, early.closed_at) == (ContestStatus.CLOSED, REASON, NOW)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.facts == {"reason": REASON, "box": early.box_sha256}
    in_time = close_contest(planner, make_contest(planner=planner), "tidak dipakai", AFTER)
    assert in_time.close_reason == ""


def test_certifying_counts_tells_everybody_why_and_moves_the_proposals(planner: Actor, session: Session) -> None:
    contest = make_contest(planner=planner, ceiling=200_000_000)
    for choices in ([2], [2], [2, 1], [1]):
        make_ballot(contest, choices)
    count_box(contest, planner, now=AFTER)
    assert contest.ballot_count == 4
    certify_contest(planner, contest, tell_for_good, AFTER)
    rows = queries.results_of(contest.id)
    assert [(row.number, row.votes, row.outcome, row.status) for row in rows] == [
        (2, 3, Outcome.WON, Status.SELECTED),
        (1, 2, Outcome.OVER_CEILING, Status.DEFERRED),
        (3, 0, Outcome.NO_VOTES, Status.DEFERRED),
    ]
    last = [timeline_of(row.proposal_id)[-1] for row in rows]
    assert [entry.reason for entry in last] == [
        "3 suara; biaya Rp148.000.000 masih cukup dari sisa pagu Rp200.000.000.",
        (
            "2 suara; biaya Rp148.000.000 melebihi sisa pagu Rp52.000.000, kurang Rp96.000.000. "
            "Dengan 1 suara lagi, gilirannya datang saat sisa pagu masih cukup."
        ),
        "Tidak ada suara untuk usulan ini.",
    ]
    assert [entry.reason_code for entry in last] == [None, ReasonCode.NOT_SELECTED, ReasonCode.NOT_SELECTED]
    assert refusal(certify_contest, planner, contest, tell_for_good, AFTER) is Transition.NOT_NOW


def test_nothing_is_counted_before_it_is_closed(planner: Actor) -> None:
    contest = make_contest(planner=planner)
    assert refusal(bring_ballots, planner, contest, 1, b"", AFTER) is Transition.NOT_NOW
    close_contest(planner, contest, "", AFTER)
    assert refusal(certify_contest, planner, contest, tell_for_good, AFTER) is Transition.NOT_NOW
    assert [option.votes for option in queries.options_of(contest.id)] == [None, None, None]


def test_nobody_certifies_that_their_own_proposal_has_won(session: Session) -> None:
    make_world()
    planner = make_staff(Role.PLANNER, BELU)
    author = session.get_one(Person, planner.person_id)
    own, other = make_published(author), make_published(title="Sumur bor di dusun Fatubesi")
    contest = make_contest(own, other, planner=planner)
    number = next(o.number for o in queries.options_of(contest.id) if o.proposal_id == own.id)
    assert number is not None
    make_ballot(contest, [number])
    count_box(contest, planner, now=AFTER)
    with pytest.raises(Refused) as refused, transaction():
        certify_contest(planner, contest, tell_for_good, AFTER)
    assert refused.value.facts == {"number": own.number}
    assert queries.get_contest(BELU, contest.id).status is ContestStatus.COUNTED
    certify_contest(make_staff(Role.PLANNER, BELU), contest, tell_for_good, AFTER)
    assert session.get_one(Proposal, own.id).status is Status.SELECTED


# What other rooms ask


def test_home_learns_what_is_open_and_the_desk_what_waits(planner: Actor) -> None:
    first, second = make_contest(planner=planner), make_contest(planner=planner, is_open=False)
    assert [row.id for row in queries.open_contests(BELU, NOW)] == [first.id]
    assert queries.open_contests(BELTIM, NOW) == []
    assert queries.open_contests(BELU, AFTER) == []
    assert [row.id for row in queries.awaiting_planner(BELU, NOW)] == [second.id]
    assert {row.id for row in queries.awaiting_planner(BELU, AFTER)} == {first.id, second.id}
    place = queries.place_of(queries.options_of(first.id)[0].proposal_id)
    assert place is not None
    assert (place.contest_id, place.number, place.outcome) == (first.id, 1, None)
    assert queries.place_of(queries.options_of(second.id)[0].proposal_id) is None


# Races


def test_of_fifty_ballots_of_one_person_at_once_one_is_in_the_box(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        make_world()
        contest, voter = make_contest(), actor_of(make_person(attested=True))
    answers = race(live_app, 50, lambda number: cast_ballot(voter, contest, [number % 3 + 1], NOW))
    assert len({answer.code for answer in answers if isinstance(answer, Receipt)}) == 50
    with live_app.app_context():
        assert (count(own_session, RollEntry), count(own_session, Envelope)) == (1, 1)
        assert own_session.scalars(select(Envelope.replaced)).one() == 49
        assert queries.receipt_of(contest.id, voter.person_id or 0) in {getattr(it, "code", "") for it in answers}


def test_twenty_people_vote_at_once_and_every_ballot_is_in_the_box(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        make_world()
        contest, voters = make_contest(), [actor_of(make_person(attested=True)) for _ in range(20)]
    answers = race(live_app, 20, lambda number: cast_ballot(voters[number], contest, [1], NOW))
    assert all(isinstance(answer, Receipt) for answer in answers)
    with live_app.app_context():
        assert (count(own_session, RollEntry), count(own_session, Envelope)) == (20, 20)


def test_every_ballot_is_either_counted_or_refused_when_the_contest_is_closed_meanwhile(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        make_world()
        planner = make_staff(Role.PLANNER, BELU)
        contest, voters = make_contest(planner=planner), [actor_of(make_person(attested=True)) for _ in range(12)]

    def act(number: int) -> object:
        if number == 6:
            return json.loads(close_contest(planner, contest, REASON, NOW).counts or "")["counted"]
        return cast_ballot(voters[number], contest, [1], NOW)

    answers = race(live_app, 12, act)
    with live_app.app_context():
        taken = sum(isinstance(answer, Receipt) for answer in answers)
        assert answers[6] == count(own_session, Envelope) == taken
        assert answers.count(BallotRefusal.CLOSED) == 11 - taken


def test_two_planners_who_open_the_same_contest_at_once_open_it_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        make_world()
        planner = make_staff(Role.PLANNER, BELU)
        contest = make_contest(planner=planner, is_open=False)
    answers = race(live_app, 4, lambda number: open_contest(planner, contest, f"{SEED} {number}", NOW).draw_seed)
    assert answers.count(Transition.NOT_NOW) == 3
    with live_app.app_context():
        assert sorted(own_session.scalars(select(Option.number))) == [1, 2, 3]


def test_opening_waits_for_whoever_moves_an_option_at_the_same_moment(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        make_world()
        planner, author = make_staff(Role.PLANNER, BELU), make_person()
        options = [make_published(author) for _ in range(5)]
        contest, resident = make_contest(*options, planner=planner, is_open=False), actor_of(author)

    def act(number: int) -> object:
        if number == 0:
            return open_contest(planner, contest, SEED, NOW).status
        get_proposal(options[number].id)
        sleep(0.05)  # long enough for the planner to hold the log, were the options not locked first
        return move(resident, options[number], Event.WITHDRAW, NOW).status

    # Either the planner is told that an option is gone, or the author that it is too late.
    answers = race(live_app, 5, act)
    assert {*answers} <= {Refusal.UNFIT_OPTION, ContestStatus.OPENED, Status.WITHDRAWN, Transition.NOT_NOW}
