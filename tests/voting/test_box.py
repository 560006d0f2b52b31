"""The sealed box on a real database: its keys, its log, its close, and the two witnesses who open it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.session import session as own_session
from app.db.transaction import transaction
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Refused
from app.kernel.transitions import Transition
from app.vault import is_signed
from app.voting import actions, queries
from app.voting.actions import rehearsing
from app.voting.models import Contest, CountedBallot, CountedLeaf, Envelope, LoggedLeaf, PaperStack, WaitingLeaf
from app.voting.queries import CodePlace
from app.voting.rules.box import BoxKeys, BoxRefusal, WitnessFacts, is_batch_due
from app.voting.rules.contest import ContestStatus, Refusal
from app.voting.rules.package.packing import fingerprint
from app.voting.rules.sealed.contents import code_of
from app.voting.rules.sealed.heads import Head
from app.voting.rules.sealed.tree import root_of
from tests import builders as b
from tests.voting.boxes import PUBLIC, SHARES
from tests.voting.scripts import saksi

HOUR = timedelta(hours=1)
AFTER = b.NOW + timedelta(days=6)
REASON = "Banjir memutus jalan ke tiga desa."


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


def reason(act: Any, *args: Any) -> Any:
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.reason


def count(model: type) -> int:
    return own_session.scalar(select(func.count()).select_from(model)) or 0


# Keys


def test_a_contest_without_witnesses_is_not_opened(planner: Actor) -> None:
    contest = b.make_contest(planner=planner, is_open=False)
    contest.box_key = contest.head_key = None
    with pytest.raises(Refused) as refused, transaction():
        actions.open_contest(planner, contest, b.SEED, b.NOW)
    assert refused.value.reason is BoxRefusal.KEYS_MISSING
    assert queries.get_contest(b.BELU, contest.id).status is ContestStatus.PREPARED


def keys(**changes: Any) -> BoxKeys:
    """Good keys, but for the second witness."""
    second = WitnessFacts(**{**vars(b.BOX_KEYS.witnesses[1]), **changes})
    return BoxKeys(PUBLIC, [b.BOX_KEYS.witnesses[0], second, b.BOX_KEYS.witnesses[2]])


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (BoxKeys("00" * 32, b.BOX_KEYS.witnesses), BoxRefusal.NOT_A_KEY),
        (BoxKeys("", b.BOX_KEYS.witnesses), BoxRefusal.NOT_A_KEY),
        (keys(share_sha256="1-AAAA"), BoxRefusal.NOT_A_FINGERPRINT),
        (keys(institution="  panitia   KECAMATAN "), BoxRefusal.SAME_INSTITUTION),
        (keys(share_sha256=b.BOX_KEYS.witnesses[0].share_sha256), BoxRefusal.SAME_SHARE),
    ],
)
def test_three_witnesses_of_three_institutions_hold_three_shares(
    planner: Actor, bad: BoxKeys, refusal: BoxRefusal
) -> None:
    contest = b.make_contest(planner=planner, is_open=False)
    assert reason(actions.set_keys, planner, contest, bad, b.NOW) is refusal


def test_keys_are_a_planners_and_are_frozen_with_the_rest(planner: Actor) -> None:
    contest = b.make_contest(planner=planner, is_open=False)
    with pytest.raises(Denied):
        actions.set_keys(b.make_staff(Role.PLANNER, b.BELTIM), contest, b.BOX_KEYS, b.NOW)
    actions.set_keys(planner, contest, keys(name="Saksi lain"), b.NOW)
    assert [one.name for one in queries.witnesses_of(contest.id)] == ["Saksi 1", "Saksi lain", "Saksi 3"]
    actions.open_contest(planner, contest, b.SEED, b.NOW)
    assert reason(actions.set_keys, planner, contest, b.BOX_KEYS, b.NOW) is Refusal.FROZEN


def test_the_opening_freezes_everything_that_decides(planner: Actor) -> None:
    for _voter in range(2):
        b.make_person(attested=True)
    contest = b.make_contest(planner=planner)
    frozen = json.loads(contest.definition or "")
    assert contest.definition_sha256 == fingerprint((contest.definition or "").encode())
    assert (frozen["format"], frozen["year"], frozen["region"]) == (2, 2028, "Kecamatan Lamaknen")
    assert frozen["villages"] == [
        {"code": b.KEWAR, "name": "Kewar", "eligible": 0},
        {"code": b.MAKIR, "name": "Makir", "eligible": 2},
    ]
    assert [(one["number"], one["code"]) for one in frozen["options"]] == [(1, "P01"), (2, "P02"), (3, "P03")]
    assert (frozen["meta"]["instance"], frozen["meta"]["date_begin"]) == ("2028", "20.11.2026")
    assert [one["institution"] for one in frozen["witnesses"]] == list(b.INSTITUTIONS)
    head = queries.last_head(contest.id)
    assert head is not None
    assert (head.number, head.size, head.root) == (1, 0, root_of([]).hex())


# The log


@pytest.mark.parametrize(
    ("hours", "logged", "waiting", "is_due"),
    [
        (1, 0, 10, True),
        (0, 0, 10, False),
        (1, 0, 9, False),
        (1, 50, 9, False),
        (24, 50, 1, True),
        (24, 0, 9, False),
        (24, 9, 1, True),
        (99, 50, 0, False),
        (-5, 0, 10, False),
    ],
)
def test_a_batch_takes_an_hour_and_enough_envelopes_to_hide_in(
    hours: int, logged: int, waiting: int, is_due: bool
) -> None:
    assert is_batch_due(b.NOW - hours * HOUR, logged, waiting, b.NOW) is is_due


def test_the_log_only_grows_under_signed_heads(planner: Actor, session: Session) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 10)
    assert not actions.grow_log(contest.id, b.NOW + HOUR / 2)
    assert actions.grow_log(contest.id, b.NOW + HOUR)
    assert not actions.grow_log(contest.id, b.NOW + 2 * HOUR)
    first = list(queries.leaves_of(contest.id))
    assert first == sorted(first)
    b.make_ballots(contest, [2], 12)
    assert actions.grow_log(contest.id, b.NOW + 2 * HOUR)
    assert list(queries.leaves_of(contest.id))[:10] == first
    assert count(WaitingLeaf) == 0
    heads = queries.heads_of(contest.id)
    assert [(head.number, head.size) for head in heads] == [(1, 0), (2, 10), (3, 22)]
    for head in heads:
        made = Head(contest.id, contest.definition_sha256 or "", head.number, head.size, head.root, head.at)
        assert is_signed(contest.head_key or "", made.statement, head.signature)
        assert head.root == root_of(queries.leaves_of(contest.id)[: head.size]).hex()


@pytest.mark.parametrize("change", [update(LoggedLeaf).values(leaf=b"0" * 32), delete(LoggedLeaf)])
def test_the_database_itself_refuses_to_change_the_log(planner: Actor, session: Session, change: Any) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 10)
    actions.grow_log(contest.id, b.NOW + HOUR)
    with pytest.raises(DBAPIError, match="only grows"), session.begin_nested():
        session.execute(change)


def test_the_log_run_twice_at_once_grows_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        contest = b.make_contest()
        b.make_ballots(contest, [1], 12)
    answers = b.race(live_app, 4, lambda _number: actions.grow_log(contest.id, b.NOW + HOUR))
    assert sorted(map(str, answers)) == ["False", "False", "False", "True"]
    with live_app.app_context():
        assert (count(LoggedLeaf), count(WaitingLeaf)) == (12, 0)


def test_the_command_grows_the_logs_of_open_contests(
    app: Flask, planner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 10)
    monkeypatch.setitem(app.config, "CLOCK", lambda: b.NOW + HOUR)  # type: ignore[typeddict-item]
    said = [app.test_cli_runner().invoke(args=["voting", "log"]).output for _time in range(2)]
    assert said == [f"Log pemilihan {contest.id} bertambah dan ditandatangani.\n", ""]


# The close


def test_the_last_head_names_the_box_and_every_envelope_is_accounted_for(planner: Actor, session: Session) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 3)
    again, on_paper = b.make_ballot(contest, [2]), b.make_ballot(contest, [3])
    for _time in range(5):
        actions.cast_ballot(b.actor_of(on_paper), contest, [3], b.NOW)
    actions.cast_ballot(b.actor_of(again), contest, [1], b.NOW)
    actions.give_way_to_paper(contest.id, on_paper.id)
    session.execute(text(f"UPDATE roll SET channel = 'paper' WHERE person_id = {on_paper.id}"))
    actions.close_contest(planner, contest, "", AFTER)
    counts = queries.counts_of(contest)
    told = {name: counts[name] for name in ("accepted", "counted", "replaced", "superseded", "paper", "invalid_paper")}
    assert told == {"accepted": 11, "counted": 4, "replaced": 6, "superseded": 1, "paper": 0, "invalid_paper": 0}
    assert counts["roll"][1] == {"village": b.MAKIR, "internet": 4, "assisted": 0, "paper": 1}
    last = queries.last_head(contest.id)
    assert last is not None
    assert last.box_sha256 == contest.box_sha256 == fingerprint((contest.counts or "").encode())
    assert last.size == counts["accepted"]
    assert not actions.grow_log(contest.id, AFTER + HOUR)


def test_a_contest_is_not_closed_while_paper_is_unfinished(planner: Actor, session: Session) -> None:
    contest = b.make_contest(planner=planner)
    stack = {"contest_id": contest.id, "village_code": b.MAKIR, "attendance": 3, "size": 3, "made_at": b.NOW}
    session.add(PaperStack(**stack, station="TPS 2", note=""))
    session.flush()
    with pytest.raises(Refused) as refused:
        actions.close_contest(planner, contest, "", AFTER)
    assert (refused.value.reason, refused.value.facts) == (BoxRefusal.PAPER_UNFINISHED, {"stations": "TPS 2"})


def test_a_box_that_does_not_fit_the_roll_is_not_closed(planner: Actor, session: Session) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 3)
    session.delete(session.scalars(select(Envelope).limit(1)).one())
    session.flush()
    assert reason(actions.close_contest, planner, contest, "", AFTER) is BoxRefusal.BOX_UNEQUAL


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_a_clock_that_jumps_neither_loses_nor_admits_votes(planner: Actor, minutes: int) -> None:
    contest = b.make_contest(planner=planner)
    b.make_ballots(contest, [1], 2)
    voter, moment = b.actor_of(b.make_person(attested=True)), contest.closes + timedelta(minutes=minutes)
    if moment < contest.closes:
        actions.cast_ballot(voter, contest, [1], moment)
    else:
        assert reason(actions.cast_ballot, voter, contest, [1], moment) == "closed"
    taken = count(Envelope)
    actions.close_contest(planner, contest, "", contest.closes)
    # The clock goes back: what is closed stays closed, and nothing that was in the box is gone.
    assert reason(actions.cast_ballot, voter, contest, [1], contest.closes - HOUR) == "closed"
    assert reason(actions.close_contest, planner, contest, REASON, contest.closes - HOUR) is Transition.NOT_NOW
    assert queries.counts_of(contest)["counted"] == taken == count(Envelope)


# Two witnesses


def closed(planner: Actor, *ballots: list[int]) -> Contest:
    contest = b.make_contest(planner=planner)
    for choices in ballots:
        b.make_ballots(contest, choices, 1)
    return actions.close_contest(planner, contest, "", AFTER)


def test_every_pair_of_witnesses_finds_the_same_bytes(planner: Actor) -> None:
    contest = closed(planner, [1], [1, 2], [3])
    found = {b.open_box(contest, one, other) for one, other in ((1, 2), (2, 3), (3, 1))}
    assert len(found) == 1
    assert rehearsing.packed_box(contest) == rehearsing.packed_box(contest)
    for shares in ((SHARES[0], SHARES[0]), (SHARES[0], saksi.make_keys()[1][1])):
        with pytest.raises(Exception, match="bagian kunci"):
            rehearsing.open_box(contest, *shares)


def test_two_who_found_the_same_have_it_counted_and_the_envelopes_destroyed(planner: Actor) -> None:
    contest = closed(planner, [1], [1, 2], [3])
    found = b.open_box(contest)
    first = actions.bring_ballots(planner, contest, 1, found, AFTER)
    assert (first.is_counted, first.sha256, contest.status) == (False, fingerprint(found), ContestStatus.CLOSED)
    assert (count(CountedBallot), count(Envelope)) == (0, 3)
    assert not actions.bring_ballots(planner, contest, 1, found, AFTER).is_counted  # the same witness again
    assert actions.bring_ballots(planner, contest, 3, found, AFTER).is_counted
    assert (contest.status, contest.ballot_count, contest.ballots_sha256) == (
        ContestStatus.COUNTED,
        3,
        fingerprint(found),
    )
    assert [ballot.choices for ballot in queries.counted_ballots(contest.id)] == [(1,), (1, 2), (3,)]
    assert (count(Envelope), count(WaitingLeaf), count(CountedLeaf)) == (0, 0, 3)
    assert [option.votes for option in queries.options_of(contest.id)] == [2, 1, 1]
    assert reason(actions.bring_ballots, planner, contest, 2, found, AFTER) is Transition.NOT_NOW


def test_two_who_differ_have_nothing_counted_until_two_agree(planner: Actor) -> None:
    contest = closed(planner, [1], [1, 2], [3])
    found = b.open_box(contest)
    votes = {line.split(b";")[0]: line for line in found.splitlines() if line.startswith(b"P0")}
    forged = found.replace(b"S00003;P03", b"S00003;P02")
    forged = forged.replace(votes[b"P02"], votes[b"P02"].replace(b";1;", b";2;", 1))
    forged = forged.replace(votes[b"P03"], votes[b"P03"].replace(b";1;", b";0;", 1))
    actions.bring_ballots(planner, contest, 1, forged, AFTER)
    told = actions.bring_ballots(planner, contest, 2, found, AFTER)
    assert (told.is_counted, told.sha256, told.other_sha256) == (False, fingerprint(found), fingerprint(forged))
    assert (contest.status, count(CountedBallot), count(Envelope)) == (ContestStatus.CLOSED, 0, 3)
    assert actions.bring_ballots(planner, contest, 3, found, AFTER).is_counted


def test_what_is_not_the_ballots_of_this_box_is_refused(planner: Actor) -> None:
    contest = closed(planner, [1], [1, 2], [3])
    found = b.open_box(contest)
    fewer = found.replace(b"num_votes;3", b"num_votes;2").replace(b"S00003;P03\n", b"")
    third = next(line for line in found.splitlines() if line.startswith(b"P03"))
    fewer = fewer.replace(third, third.replace(b";1;", b";0;", 1))
    for content, refusal in (
        (b"", BoxRefusal.NOT_THE_BALLOTS),
        (b"\x89PNG" * 100, BoxRefusal.NOT_THE_BALLOTS),
        (found + b"\n", BoxRefusal.NOT_THE_BALLOTS),
        (found.replace(b"P03", b"P04"), BoxRefusal.NOT_THE_BALLOTS),
        (found.replace(b"S00002;P01,P02", b"S00002;P02,P01"), BoxRefusal.NOT_THE_BALLOTS),
        (b.open_box(closed(planner, [2])), BoxRefusal.BALLOTS_UNEQUAL),
        (fewer, BoxRefusal.BALLOTS_UNEQUAL),
    ):
        assert reason(actions.bring_ballots, planner, contest, 1, content, AFTER) is refusal
    assert reason(actions.bring_ballots, planner, contest, 4, found, AFTER) is BoxRefusal.NO_SUCH_WITNESS
    assert {one.ballots_sha256 for one in queries.witnesses_of(contest.id)} == {None}


def test_an_empty_box_is_opened_and_counted(planner: Actor) -> None:
    contest = b.count_box(closed(planner), planner, now=AFTER)
    assert (contest.status, contest.ballot_count) == (ContestStatus.COUNTED, 0)


def test_a_server_killed_while_counting_has_done_nothing(
    planner: Actor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest = closed(planner, [1], [1, 2], [3])
    found, contest_id = b.open_box(contest), contest.id
    with transaction():
        actions.bring_ballots(planner, contest, 1, found, AFTER)

    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions.counting, "write_result", die)
    with pytest.raises(KeyboardInterrupt), transaction():
        actions.bring_ballots(planner, queries.get_contest(b.BELU, contest_id), 2, found, AFTER)
    monkeypatch.undo()
    contest = queries.get_contest(b.BELU, contest_id)
    assert (contest.status, count(CountedBallot), count(Envelope)) == (ContestStatus.CLOSED, 0, 3)
    assert actions.bring_ballots(planner, contest, 2, found, AFTER).is_counted


def test_two_witnesses_who_bring_it_at_once_count_it_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        contest = closed(planner, [1], [2])
        found = b.open_box(contest)

    def bring(number: int) -> Any:
        return actions.bring_ballots(planner, queries.get_contest(b.BELU, contest.id), number % 3 + 1, found, AFTER)

    answers = b.race(live_app, 3, bring)
    assert sorted(str(getattr(answer, "is_counted", answer)) for answer in answers) == ["False", "True", "not_now"]
    with live_app.app_context():
        assert count(CountedBallot) == 2


def test_a_code_is_found_wherever_its_envelope_is(planner: Actor) -> None:
    contest = b.make_contest(planner=planner)
    voter = b.make_ballot(contest, [1])
    first = queries.receipt_of(contest.id, voter.id) or ""
    assert queries.find_code(contest.id, first, is_counted=False) is CodePlace.WAITING
    second = actions.cast_ballot(b.actor_of(voter), contest, [2], b.NOW).code
    b.make_ballots(contest, [1], 9)
    actions.grow_log(contest.id, b.NOW + HOUR)
    assert queries.find_code(contest.id, f" {second.lower().replace('-', ' ')}", is_counted=False) is CodePlace.LOGGED
    b.count_box(contest, planner)
    assert queries.find_code(contest.id, second, is_counted=True) is CodePlace.COUNTED
    assert queries.find_code(contest.id, first, is_counted=True) is CodePlace.NOT_COUNTED
    assert queries.find_code(contest.id, code_of(b"\x00" * 32), is_counted=True) is CodePlace.UNKNOWN
    with pytest.raises(ValueError, match="twelve"):
        queries.find_code(contest.id, "ABCD", is_counted=True)
    with pytest.raises(ValueError, match="Non-base32"):
        queries.find_code(contest.id, "0189-0189-0189", is_counted=True)


def test_casting_takes_six_statements(planner: Actor, queries: Any) -> None:
    contest, voter = b.make_contest(planner=planner), b.actor_of(b.make_person(attested=True))
    for _time in range(2):
        with queries() as sent:
            actions.cast_ballot(voter, contest, [1], b.NOW)
        assert len(sent) == 6, sent
