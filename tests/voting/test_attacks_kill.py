"""A server killed (SIGKILL) while it holds the transaction of a cast, a close, a count or a certification.

Nothing of it is there afterwards, nothing is locked, and the same thing done again succeeds.
"""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db.session import session
from app.db.transaction import transaction
from app.kernel.actor import Actor, Role
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.voting import actions, queries
from app.voting.models import Contest, CountedBallot, CountedLeaf, Envelope, LoggedLeaf, LogHead, RollEntry, WaitingLeaf
from app.voting.rules.contest import ContestStatus
from tests import builders as b
from tests.voting.killed import ACTS, AFTER

ROOT = Path(__file__).parents[2]
TABLES = (RollEntry, Envelope, WaitingLeaf, LoggedLeaf, LogHead, CountedBallot, CountedLeaf)
State = tuple[Any, ...]


def state(contest_id: int) -> State:
    """Everything that could have changed."""
    contest = queries.get_contest(b.BELU, contest_id)
    session.refresh(contest)
    rows = [session.scalar(select(func.count()).select_from(table)) for table in TABLES]
    settled = session.scalar(select(func.count()).select_from(Proposal).where(Proposal.status == Status.SELECTED))
    return contest.status, contest.counts, contest.result, settled, *rows


def prepare(act: str) -> tuple[Actor, Contest, Actor]:
    """A contest on which this act is due, and who does it."""
    b.make_world()
    planner = b.make_staff(Role.PLANNER, b.BELU)
    contest, voter = b.make_contest(planner=planner), b.actor_of(b.make_person(attested=True))
    b.make_ballots(contest, [1], 2)
    if act in ("count", "certify"):
        actions.close_contest(planner, contest, "", AFTER)
        actions.bring_ballots(planner, contest, 1, b.open_box(contest), AFTER)
    if act == "certify":
        actions.bring_ballots(planner, contest, 2, b.open_box(contest), AFTER)
    return planner, contest, voter if act == "cast" else planner


@pytest.mark.parametrize("act", ACTS)
def test_a_server_killed_before_its_commit_has_done_nothing(live_app: Flask, act: str) -> None:
    with live_app.app_context():
        with transaction():
            _planner, contest, actor = prepare(act)
        before = state(contest.id)
        kill_while(live_app, act, contest.id, actor.person_id or 0)
        with transaction():
            assert state(contest.id) == before
            ACTS[act](actor, queries.get_contest(b.BELU, contest.id))
        assert state(contest.id) != before
        status = {"cast": "opened", "close": "closed", "count": "counted", "certify": "certified"}[act]
        assert queries.get_contest(b.BELU, contest.id).status is ContestStatus(status)


def kill_while(app: Flask, act: str, contest_id: int, person_id: int) -> None:
    session.remove()
    url = app.config["SETTINGS"].database_url
    command = [sys.executable, "-m", "tests.voting.killed", url, act, str(contest_id), str(person_id)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "held\n"
        server.send_signal(signal.SIGKILL)
        assert server.wait(10) == -signal.SIGKILL
