"""The whole demonstration on a real database: what stands in it; loaded once, as a whole, or not at all."""

import json
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.audit import actions as audit
from app.audit.models import AuditEntry
from app.db.session import db
from app.delivery import rules as works
from app.delivery.models import WorkCheck, WorkProgress
from app.delivery.queries import PHOTOS
from app.discussion.models import Comment, Follow, Support
from app.discussion.rules.comments import CommentStatus, Stance, Voice
from app.factory import create_app
from app.files.models import StoredFile
from app.innovations.models import Innovation
from app.innovations.rules.progress import Progress
from app.innovations.rules.stages import Stage
from app.kernel.actor import covers
from app.moderation.models import AbuseReport, Merge, RankNote, ReviewNote, Score, SiteVisit, Split, VerdictEntry
from app.moderation.rules.verdicts import Level
from app.monitoring.models import CitizenCheck, Evaluation, Report
from app.monitoring.rules import checks as monitored
from app.monitoring.rules.reports import ReportStatus
from app.proposals.models import Proposal, ProposalVersion, TimelineEntry
from app.proposals.rules import Status
from app.rad.queries import get_row, matrix_of
from app.rad.rules.actions import ActionStatus
from app.voting.models import Contest, RollEntry
from app.voting.rules.contest import ContestStatus
from config import Settings
from tests.builders import BELTIM, BELU, NOW, PASSWORD_HASH
from tests.client import Visitor
from tests.engines import Databases

FIELDS = ["role", "name", "phone", "password", "regency", "village"]


def run(app: Flask, command: str) -> Result:
    return app.test_cli_runner().invoke(args=command.split())


def import_all(app: Flask) -> None:
    for command in ("regions import", "plans import", "innovations import", "maturity import"):
        assert run(app, command).exit_code == 0


@pytest.fixture(scope="module")
def loaded(databases: Databases, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with the demonstration in a database of its own, loaded once for all tests here."""
    url = databases.copy(template)
    app = create_app(Settings.for_tests(url))
    app.config["CLOCK"] = lambda: NOW  # in the first days of a quarter nothing would be late
    app.instance_path = str(tmp_path_factory.mktemp("instance"))
    app.test_client_class = Visitor
    import_all(app)
    outcome = run(app, "demo load")
    assert outcome.exit_code == 0, outcome.output
    yield app
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)


@pytest.fixture
def demo(loaded: Flask) -> Iterator[Flask]:
    with loaded.app_context():
        yield loaded


@pytest.fixture
def empty(live_app: Flask, tmp_path: Path) -> Flask:
    live_app.instance_path = str(tmp_path)
    return live_app


def accounts_file(app: Flask) -> Path:
    return Path(app.instance_path) / "demo-accounts.json"


# What stands in it


def test_proposals_stand_in_every_status_that_the_story_tells(demo: Flask) -> None:
    counted = Counter(db.session.scalars(select(Proposal.status)))
    assert counted[Status.PUBLISHED] >= 80
    assert {status: count for status, count in counted.items() if status is not Status.PUBLISHED} == {
        Status.SUBMITTED: 13,
        Status.RETURNED: 5,
        Status.REJECTED: 9,
        Status.WITHDRAWN: 2,
        Status.SHORTLISTED: 9,
        Status.SELECTED: 4,
        Status.ESCALATED: 7,
        Status.PLANNED: 1,
        Status.BUDGETED: 1,
        Status.UNDERWAY: 1,
        Status.COMPLETED: 1,
        Status.DEFERRED: 12,
        Status.MERGED: 1,
    }


def test_three_proposals_wait_longer_than_promised(demo: Flask) -> None:
    waiting = select(Proposal.held_until, Proposal.held_since).where(Proposal.status == Status.SUBMITTED)
    clock = demo.config["CLOCK"]()
    assert sum(until <= clock for until, _since in db.session.execute(waiting)) == 3


def test_a_visitor_meets_everything_that_can_be_done_with_a_proposal(demo: Flask) -> None:
    for table, least in {
        Comment: 15, Follow: 6, ProposalVersion: 3, StoredFile: 8, VerdictEntry: 12, Score: 40, RankNote: 2,
        Merge: 1, Split: 1, SiteVisit: 1, ReviewNote: 1, AbuseReport: 1,
    }.items():  # fmt: skip
        assert (db.session.scalar(select(func.count()).select_from(table)) or 0) >= least, table
    chosen = db.session.scalar(select(func.count(Proposal.entry_id))) or 0
    pinned = db.session.scalar(select(func.count(Proposal.latitude))) or 0
    assert min(chosen, pinned) >= 80
    assert set(db.session.scalars(select(Comment.stance))) == {*Stance, None}
    assert set(db.session.scalars(select(Comment.voice))) >= set(Voice) - {Voice.PLANNER}
    assert set(db.session.scalars(select(VerdictEntry.level))) == set(Level)
    hidden = db.session.scalars(select(Comment).where(Comment.status == CommentStatus.HIDDEN)).one()
    number = db.session.get_one(Proposal, hidden.proposal_id).number
    talk = demo.test_client().get(f"/belu/usulan/{number}/obrolan").text
    assert hidden.hide_reason in talk
    assert hidden.text not in talk


def test_six_innovations_stand_in_six_stages_and_one_was_stopped(demo: Flask) -> None:
    stages = list(db.session.scalars(select(Innovation.stage).where(Innovation.regency_code == BELU)))
    assert set(stages) == {
        Stage.CURATION,
        Stage.PROPOSAL,
        Stage.TRIAL_APPROVED,
        Stage.TRIAL,
        Stage.EVALUATION,
        Stage.ADOPTED,
        Stage.STOPPED,
    }
    assert len(stages) == 7


def test_one_innovation_hangs_under_an_adopted_action_of_the_plan(demo: Flask) -> None:
    row = get_row(BELU, "3.1")
    assert row.action.status is ActionStatus.ADOPTED
    assert [one.stage for one in row.innovations] == [Stage.ADOPTED]


def test_four_pillars_of_belitung_timur_have_adopted_actions_with_all_their_lights(demo: Flask) -> None:
    rows = matrix_of(BELTIM)
    assert {row.pillar for row in rows} == {1, 2, 3, 4}
    assert {row.action.status for row in rows} == {ActionStatus.ADOPTED}
    assert sum(len(row.innovations) for row in rows) == 15
    assert all("contoh" in one.row.source and "(contoh)" in row.action.title for row in rows for one in row.indicators)
    assert Counter(row.action.progress for row in rows) == {
        Progress.GREEN: 2,
        Progress.YELLOW: 1,
        Progress.RED: 1,
        Progress.GREY: 2,
    }


def test_reports_are_verified_sent_back_missing_and_doubted(demo: Flask) -> None:
    counted = Counter(db.session.scalars(select(Report.status)))
    assert counted == {ReportStatus.ACCEPTED: 20, ReportStatus.SENT: 1, ReportStatus.RETURNED: 1}
    measured = select(Innovation.name, Innovation.progress).where(Innovation.progress.is_not(None))
    lights = dict(db.session.execute(measured).all())
    assert lights == {"KEBUN BATAR": Progress.GREEN, "SIKARAU": Progress.YELLOW, "SIDIK OAN": Progress.RED}
    assert db.session.scalar(select(func.count(Evaluation.id))) == 1
    assert set(db.session.scalars(select(CitizenCheck.answer))) == set(monitored.Answer)


def test_a_finished_work_has_photos_and_answers_of_which_some_doubt(demo: Flask) -> None:
    percents = dict(db.session.execute(select(WorkProgress.id, WorkProgress.percent)).all())
    assert Counter(percents.values()) == {0: 2, 50: 2, 100: 1}
    shown = select(StoredFile.attached_id).where(StoredFile.attached_to == PHOTOS)
    assert set(db.session.scalars(shown)) == set(percents)
    answers = Counter(db.session.scalars(select(WorkCheck.answer)))
    assert answers[works.Answer.DONE]
    assert answers.total() > answers[works.Answer.DONE]


def test_contests_are_finished_running_and_waiting_to_be_opened(demo: Flask) -> None:
    counted = Counter(db.session.scalars(select(Contest.status)))
    assert counted == {ContestStatus.CERTIFIED: 3, ContestStatus.OPENED: 1, ContestStatus.PREPARED: 1}
    running = db.session.scalars(select(Contest).where(Contest.status == ContestStatus.OPENED)).one()
    assert db.session.scalar(select(func.count(RollEntry.person_id)).where(RollEntry.contest_id == running.id)) == 24


def test_nothing_of_belu_stands_under_belitung_timur(demo: Flask) -> None:
    assert set(db.session.scalars(select(Proposal.regency_code))) == {BELU}
    named = db.session.scalars(select(Innovation).where(Innovation.regency_code == BELTIM)).all()
    assert len(named) == 15
    assert {one.stage for one in named} == {Stage.ADOPTED}
    assert not any(one.origin_proposal_id or one.agency_id for one in named)
    assert len([code for code in db.session.scalars(select(Person.village_code)) if covers(BELTIM, code)]) == 6


def test_every_number_of_supports_equals_its_rows(demo: Flask) -> None:
    rows = dict(db.session.execute(select(Support.proposal_id, func.count()).group_by(Support.proposal_id)).all())
    stored = dict(db.session.execute(select(Proposal.id, Proposal.support_count)).all())
    assert {id_: count for id_, count in stored.items() if count} == rows
    assert sum(rows.values()) >= 2000


def test_the_timeline_of_every_proposal_runs_forward_to_its_status(demo: Flask) -> None:
    last = {}
    for entry in db.session.scalars(select(TimelineEntry).order_by(TimelineEntry.id)):
        assert entry.proposal_id not in last or last[entry.proposal_id].at <= entry.at
        last[entry.proposal_id] = entry
    for id_, status, held_since in db.session.execute(select(Proposal.id, Proposal.status, Proposal.held_since)):
        assert last[id_].status is status
        assert held_since <= last[id_].at  # a step that changes no hands may have come since


def test_the_log_fits_from_end_to_end(demo: Flask) -> None:
    assert audit.verify() is None


@pytest.mark.parametrize("page", ["belu/", "belu/usulan", "belu/inovasi", "belitung-timur/", "belitung-timur/inovasi"])
def test_the_public_pages_show_the_demonstration(demo: Flask, page: str) -> None:
    answer = demo.test_client().get(f"/{page}")
    assert answer.status_code == 200
    assert ("KEBUN BATAR" in answer.text) == (page == "belu/inovasi")


# Loading it


def test_the_accounts_are_kept_for_their_owner_only_and_fit(demo: Flask) -> None:
    file = accounts_file(demo)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    listed = json.loads(file.read_text("utf-8"))
    assert all(list(account) == FIELDS for account in listed)
    assert {(one["regency"], one["role"]) for one in listed} >= {("belu", "warga"), ("belitung-timur", "perencana")}
    for account in listed:
        person = accounts.check_sign_in(account["phone"], account["password"], "", demo.config["CLOCK"]())
        assert (person.name, person.village_code) == (account["name"], account["village"])
        assert len(account["password"].split()) == 3
    with_password = db.session.scalar(select(func.count(Person.id)).where(Person.password_hash.is_not(None)))
    assert with_password == len(listed)


def test_whoever_needs_a_second_factor_finds_its_code_on_the_page_and_only_here(demo: Flask) -> None:
    planner = next(one for one in json.loads(accounts_file(demo).read_text("utf-8")) if one["role"] == "perencana")
    settings = demo.config["SETTINGS"]
    for environment, is_shown in (("demonstration", True), ("development", False)):
        demo.config["SETTINGS"] = replace(settings, environment=environment)
        try:
            visitor = demo.test_client()
            visitor.submit("/masuk", {"name": planner["phone"], "password": planner["password"]})
            asked = visitor.get("/pipa/belu/")
            assert asked.location.startswith("/masuk/kedua")
            assert ("Kode Anda sekarang" in visitor.get(asked.location).text) == is_shown
        finally:
            demo.config["SETTINGS"] = settings


def test_a_second_load_changes_nothing_and_prints_the_accounts(demo: Flask) -> None:
    file, entries = accounts_file(demo).read_bytes(), db.session.scalar(select(func.count(AuditEntry.id)))
    again = run(demo, "demo load")
    assert again.exit_code == 0
    assert "tidak ada yang diubah" in again.output
    assert accounts_file(demo).read_bytes() == file
    assert db.session.scalar(select(func.count(AuditEntry.id))) == entries
    printed = run(demo, "demo accounts").output
    assert all(account["password"] in printed for account in json.loads(file))


def test_a_lost_file_is_made_again_with_new_passwords(demo: Flask) -> None:
    before = json.loads(accounts_file(demo).read_text("utf-8"))
    people = db.session.scalar(select(func.count(Person.id)))
    accounts_file(demo).unlink()
    again = run(demo, "demo load")
    assert again.exit_code == 0
    after = json.loads(accounts_file(demo).read_text("utf-8"))
    assert [one["phone"] for one in after] == [one["phone"] for one in before]
    assert [one["password"] for one in after] != [one["password"] for one in before]
    db.session.rollback()
    assert db.session.scalar(select(func.count(Person.id))) == people
    assert accounts.check_sign_in(after[0]["phone"], after[0]["password"], "", demo.config["CLOCK"]())


def test_what_has_to_be_imported_first_is_named(empty: Flask) -> None:
    answer = run(empty, "demo load")
    assert answer.exit_code == 1
    assert "flask regions import" in answer.output
    run(empty, "regions import")
    assert "flask plans import" in run(empty, "demo load").output
    assert not accounts_file(empty).exists()
    assert "flask demo load" in run(empty, "demo accounts").output


def test_production_is_left_alone(empty: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    import_all(empty)
    production = replace(empty.config["SETTINGS"], environment="production")
    monkeypatch.setitem(empty.config, "SETTINGS", production)
    answer = run(empty, "demo load")
    assert answer.exit_code == 1
    with empty.app_context():
        assert db.session.scalar(select(func.count(Person.id))) == 0


def test_an_error_on_the_way_leaves_nothing(empty: Flask) -> None:
    import_all(empty)
    village, moment = f"{BELU}.01.2005", empty.config["CLOCK"]()
    with empty.app_context():
        for _ in range(6):  # as many as a phone may serve: the account that comes with it is refused
            resident = accounts.Resident("Orang Lain", village, "+628119990003", PASSWORD_HASH)
            accounts.confirm_phone(accounts.register(resident, moment), moment)
        db.session.commit()
    assert run(empty, "demo load").exit_code == 1
    with empty.app_context():
        assert set(db.session.scalars(select(Person.name))) == {"Orang Lain"}
    assert not accounts_file(empty).exists()
