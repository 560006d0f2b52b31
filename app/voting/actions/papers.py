"""Taking paper in: who has voted on it, the stacks of it, its two readings, and the third look where they differ."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person
from app.accounts.queries import get_actor
from app.audit.actions import record
from app.db.session import session
from app.db.upserts import put
from app.kernel.actor import Actor, covers
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.voting import queries
from app.voting.actions.casting import give_way_to_paper
from app.voting.models import Contest, PaperBallot, PaperStack, RollEntry
from app.voting.permissions import POLICY, Can
from app.voting.queries import papers
from app.voting.rules.ballots import BallotRefusal, refuse_standing
from app.voting.rules.contest import Channel
from app.voting.rules.papers import (
    PaperRefusal,
    Reading,
    StackPlan,
    reading_of,
    refuse_finish,
    refuse_look,
    refuse_paper,
)


def mark_on_paper(actor: Actor, contest_id: int, person: Person, now: datetime) -> bool:
    """Put a voter on the roll as one on paper; an envelope of theirs leaves the box. Whether there was one."""
    contest, zone = queries.get_for_voting(contest_id)
    POLICY.require(actor, Can.TAKE_PAPER, Within(person.village_code))
    if refusal := refuse_paper(contest.status):
        raise Refused(refusal)
    voter = get_actor(person.id, now)
    if contest.opens > now:
        raise Refused(BallotRefusal.NOT_YET_OPEN)
    if not voter.lives_in(contest.region_code):
        raise Refused(BallotRefusal.NOT_RESIDENT)
    today = now.astimezone(zone).date()
    entry = {
        "village_code": person.village_code,
        "channel": Channel.PAPER,
        "helper_id": actor.person_id,
        "voted_on": today,
    }
    key = {"contest_id": contest.id, "person_id": person.id}
    # Whose envelope goes is told of it, as of any vote that was replaced: it may not have been they who signed.
    if put(RollEntry, key, entry, again={"replaced_on": today}, unless=RollEntry.channel == Channel.PAPER) is None:
        raise Refused(PaperRefusal.ON_PAPER_ALREADY)
    if against := refuse_standing(queries.standing_of(contest, person.id), queries.roll_end_of(contest)):
        raise Refused(against)
    return give_way_to_paper(contest.id, person.id)
    # No entry in the audit log: the roll says who has marked whom, and on which day.


def unmark(actor: Actor, contest_id: int, person: Person, reason: str, now: datetime) -> None:
    """Take back that somebody has voted on paper: the wrong line was marked. They may vote again."""
    contest, _zone = queries.get_for_voting(contest_id)
    POLICY.require(actor, Can.TAKE_PAPER, Within(person.village_code))
    if refusal := refuse_paper(contest.status):
        raise Refused(refusal)
    is_theirs = (RollEntry.contest_id == contest.id) & (RollEntry.person_id == person.id)
    gone = delete(RollEntry).where(is_theirs, RollEntry.channel == Channel.PAPER).returning(RollEntry.person_id)
    if session.execute(gone).first() is None:
        raise Refused(PaperRefusal.NOT_ON_PAPER)
    record(actor, "unmark_paper_voter", f"person:{person.id}", now, contest=contest.id, reason=reason)


def register_stack(actor: Actor, contest_id: int, plan: StackPlan, now: datetime) -> PaperStack:
    """The counted papers of a polling place, numbered after they were mixed."""
    contest = _open(actor, contest_id, plan.village_code)
    if not covers(contest.region_code, plan.village_code):
        raise Refused(PaperRefusal.VILLAGE_ELSEWHERE)
    if papers.is_station_known(contest.id, plan.station):
        raise Refused(PaperRefusal.STATION_KNOWN)
    stack = PaperStack(contest_id=contest.id, village_code=plan.village_code, made_at=now, made_by_id=actor.person_id)
    stack.station, stack.attendance, stack.size = plan.station, plan.attendance, plan.size
    session.add(stack)
    session.flush()
    _note(actor, "register_stack", stack, now, attendance=plan.attendance, size=plan.size)
    return stack


def change_stack(actor: Actor, contest_id: int, stack_id: int, plan: StackPlan, now: datetime) -> PaperStack:
    """Mend what was written of a stack that is not finished; the village stays."""
    stack, row = _take(actor, contest_id, stack_id)
    if row.facts.is_finished:
        raise Refused(PaperRefusal.FINISHED)
    if papers.is_station_known(contest_id, plan.station, stack.id):
        raise Refused(PaperRefusal.STATION_KNOWN)
    if plan.size != stack.size and row.facts.firsts:
        raise Refused(PaperRefusal.SIZE_TYPED)
    stack.station, stack.attendance, stack.size = plan.station, plan.attendance, plan.size
    session.flush()
    _note(actor, "change_stack", stack, now, attendance=plan.attendance, size=plan.size)
    return stack


def keep_sheet(stack: PaperStack, sha256: str | None) -> None:
    """The fingerprint of the photo of its tally sheet."""
    stack.sheet_sha256 = sha256
    session.flush()


def type_papers(actor: Actor, contest_id: int, stack_id: int, read: Mapping[int, list[int]], now: datetime) -> Reading:
    """What this person has read on these papers; a reading that is there stays, and two equal ones agree."""
    stack, row = _take(actor, contest_id, stack_id)
    reading = reading_of(row.facts, actor.person_id or 0)
    if isinstance(reading, PaperRefusal):
        raise Refused(reading)
    if reading is Reading.FIRST:
        stack.first_typist_id = actor.person_id
    else:
        stack.second_typist_id = actor.person_id
    known = papers.papers_by_number(stack.id, read)
    for number, choices in read.items():
        if 1 <= number <= stack.size:
            _read(known.get(number) or PaperBallot(stack_id=stack.id, number=number), reading, choices)
    session.flush()
    return reading


def _read(paper: PaperBallot, reading: Reading, choices: list[int]) -> None:
    if getattr(paper, reading) is None:
        setattr(paper, reading, choices)
    if paper.first is not None and paper.first == paper.second:
        paper.agreed = paper.first
    session.add(paper)


def decide(
    actor: Actor, contest_id: int, stack_id: int, number: int, choices: list[int], reason: str, now: datetime
) -> None:
    """What a third person sees on a paper that was read in two ways, and why."""
    stack, row = _take(actor, contest_id, stack_id)
    paper = papers.papers_by_number(stack.id, [number]).get(number)
    is_different = paper is not None and paper.agreed is None and None not in (paper.first, paper.second)
    if refusal := refuse_look(row.facts, actor.person_id or 0, is_different=is_different):
        raise Refused(refusal)
    assert paper is not None  # it differs
    paper.agreed, paper.reason = choices, reason
    session.flush()
    _note(actor, "decide_paper", stack, now, number=number, reason=reason)


def finish_stack(actor: Actor, contest_id: int, stack_id: int, note: str, now: datetime) -> None:
    """The stack is reconciled: from now on nothing of it changes."""
    stack, row = _take(actor, contest_id, stack_id)
    is_on_roll = papers.is_on_roll(contest_id, stack.village_code)
    if refusal := refuse_finish(row.facts, note, is_on_roll=is_on_roll):
        raise Refused(refusal)
    stack.note, stack.finished_at = note, now
    session.flush()
    _note(actor, "finish_stack", stack, now, attendance=stack.attendance, size=stack.size, note=note)


def _take(actor: Actor, contest_id: int, stack_id: int) -> tuple[PaperStack, papers.StackRow]:
    """The stack, locked, of a contest that is open, for whoever takes paper in its village."""
    stack = papers.get_locked_stack(contest_id, stack_id)
    _open(actor, contest_id, stack.village_code)
    return stack, papers.get_stack(contest_id, stack_id)


def _open(actor: Actor, contest_id: int, village_code: str) -> Contest:
    contest, _zone = queries.get_for_voting(contest_id)
    POLICY.require(actor, Can.TYPE_PAPER, Within(village_code))
    if refusal := refuse_paper(contest.status):
        raise Refused(refusal)
    return contest


def _note(actor: Actor, act: str, stack: PaperStack, now: datetime, **facts: object) -> None:
    record(actor, act, f"contest:{stack.contest_id}", now, stack=stack.id, village=stack.village_code, **facts)
