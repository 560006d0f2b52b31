"""Evidence on a real database: bringing, reviewing, taking back, counting, two at once, and the tables of a year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app import maturity
from app.accounts.queries import get_person
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.db.upserts import Tally
from app.files import actions as files
from app.files.queries import documents_of
from app.files.rules.documents import Document
from app.innovations.models import Innovation, InnovationAffair
from app.innovations.queries import get_locked
from app.innovations.rules.profile import BASIC_SERVICES
from app.innovations.rules.stages import Stage
from app.kernel.actor import ANYONE, CONSOLE, Actor, AgencyFacts, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.maturity import actions, queries
from app.maturity.models import Evidence
from app.maturity.queries import KIND
from app.maturity.rules.evidence import Claim, State
from app.maturity.rules.index import rules_of
from app.maturity.rules.refusals import Refusal
from app.maturity.rules.score import score_of
from app.maturity.rules.tables import read_indicators
from tests import builders as b

YEAR = 2026
TABLE = read_indicators(
    "indicators-2026.csv", (Path(str(maturity.__file__)).parent / "data" / "indicators-2026.csv").read_bytes()
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
DECREE = Claim(2, number="188.45/7", dated=date(2026, 3, 2))
VIDEO = Claim(3, link="https://video.go.id/air-lestari")
REASON = "Halaman dua tidak terbaca."


def pdf(actor: Actor, more: bytes = b"") -> Document:
    content = PDF[:9] + b"%" + more + b"\n" + PDF[9:]
    return files.take_document(actor, FileStorage(BytesIO(content), filename="sk.pdf"), b.NOW)


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    actions.bring_in(CONSOLE, TABLE, b.NOW)
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def reviewer(planner: Actor) -> Actor:
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def innovation(planner: Actor) -> Innovation:
    return b.make_innovation(planner)


def refused(act: Callable[[], object]) -> object:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason


def seen(evidence: Evidence) -> queries.Seen:
    return queries.get_evidence(b.BELU, evidence.id)


def decree(actor: Actor, innovation: Innovation, claim: Claim = DECREE, more: bytes = b"") -> Evidence:
    return actions.provide(actor, innovation, 16, claim, b.NOW, document=pdf(actor, more))


def kept_score(innovation: Innovation) -> int | None:
    return own_session.scalars(select(Innovation.score).where(Innovation.id == innovation.id)).one()


# Bringing and reviewing


def test_accepted_evidence_counts_at_once(planner: Actor, reviewer: Actor, innovation: Innovation) -> None:
    assert kept_score(innovation) is None
    evidence = decree(planner, innovation)
    assert (evidence.state, kept_score(innovation)) == (State.WAITING, 0)
    assert score_of(queries.standings_of(innovation.id, YEAR)).if_accepted == 6
    actions.accept(reviewer, seen(evidence), 2, "", b.NOW)
    assert kept_score(innovation) == 6
    assert score_of(queries.standings_of(innovation.id, YEAR)).counts == 6


def test_a_lower_level_counts_less_and_says_why(planner: Actor, reviewer: Actor, innovation: Innovation) -> None:
    evidence = decree(planner, innovation)
    assert refused(lambda: actions.accept(reviewer, seen(evidence), 1, "", b.NOW)) is Refusal.REASON_MISSING
    actions.accept(reviewer, seen(evidence), 1, "Hanya keputusan kepala dinas.", b.NOW)
    assert (evidence.level, evidence.accepted_level, kept_score(innovation)) == (2, 1, 3)


def test_nobody_reviews_what_they_brought(planner: Actor, innovation: Innovation) -> None:
    evidence = decree(planner, innovation)
    assert refused(lambda: actions.accept(planner, seen(evidence), 2, "", b.NOW)) is Refusal.OWN_EVIDENCE
    assert refused(lambda: actions.send_back(planner, seen(evidence), REASON, b.NOW)) is Refusal.OWN_EVIDENCE
    evidence.state, evidence.accepted_level, evidence.reviewed_at = State.ACCEPTED, 2, b.NOW
    evidence.reviewed_by_id = planner.person_id
    with pytest.raises(IntegrityError):
        own_session.flush()


def test_who_may_bring_and_review(planner: Actor, reviewer: Actor, innovation: Innovation) -> None:
    agency, other = b.make_agency(), b.make_agency("Dinas Pertanian")
    innovation.agency_id = agency.id
    own_session.flush()
    officer = b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(agency.id, b.BELU, agency.name))
    stranger = b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(other.id, b.BELU, other.name))
    elsewhere = b.make_staff(Role.PLANNER, b.BELTIM)
    assert innovation.owner_id
    owner = b.actor_of(get_person(innovation.owner_id))
    for actor in (ANYONE, stranger, elsewhere, b.actor_of(b.make_person()), b.make_staff(Role.MODERATOR, b.BELU)):
        with pytest.raises(Denied):
            actions.provide(actor, innovation, 35, VIDEO, b.NOW)
    for actor in (officer, owner):
        evidence = actions.provide(actor, innovation, 35, replace(VIDEO, note=actor.name), b.NOW)
        assert evidence.added_by_id == actor.person_id
    for actor in (ANYONE, officer, owner, elsewhere):
        with pytest.raises(Denied):
            actions.accept(actor, seen(evidence), 3, "", b.NOW)
    assert actions.accept(reviewer, seen(evidence), 3, "", b.NOW).state is State.ACCEPTED


def test_another_regency_finds_no_evidence_here(planner: Actor, innovation: Innovation) -> None:
    with pytest.raises(Missing):
        queries.get_evidence(b.BELTIM, decree(planner, innovation).id)


def test_changing_anything_asks_for_a_new_review_and_keeps_the_old(
    planner: Actor, reviewer: Actor, innovation: Innovation
) -> None:
    first = decree(planner, innovation)
    actions.accept(reviewer, seen(first), 2, "", b.NOW)
    later = b.NOW + timedelta(hours=1)
    second = actions.provide(planner, innovation, 16, replace(DECREE, number="188.45/8"), later)
    assert (second.state, second.taken_from_id, kept_score(innovation)) == (State.WAITING, first.id, 0)
    assert (first.ended_at, first.state, first.accepted_level) == (later, State.ACCEPTED, 2)
    assert [one.id for one in queries.history_of(innovation.id, first.indicator_id)] == [second.id, first.id]
    third = actions.provide(planner, innovation, 16, replace(DECREE, level=3), later)
    assert third.file_id == first.id
    assert queries.facts_of(first.id) == (queries.whose(innovation), True)


def test_a_new_file_alone_asks_for_a_new_review(planner: Actor, reviewer: Actor, innovation: Innovation) -> None:
    first = decree(planner, innovation)
    actions.accept(reviewer, seen(first), 2, "", b.NOW)
    assert decree(planner, innovation).id == first.id
    second = decree(planner, innovation, more=b"pindaian baru")
    assert (second.state, second.file_id, kept_score(innovation)) == (State.WAITING, second.id, 0)
    assert documents_of(KIND, [first.id, second.id]).keys() == {first.id, second.id}


def test_sending_the_same_twice_is_sending_it_once(planner: Actor, innovation: Innovation) -> None:
    first = actions.provide(planner, innovation, 35, VIDEO, b.NOW)
    assert actions.provide(planner, innovation, 35, VIDEO, b.NOW).id == first.id
    assert own_session.scalars(select(func.count()).select_from(Evidence)).one() == 1


def test_evidence_without_its_file_is_refused(planner: Actor, innovation: Innovation) -> None:
    assert refused(lambda: actions.provide(planner, innovation, 16, DECREE, b.NOW)) is Refusal.FILE_MISSING
    assert refused(lambda: actions.provide(planner, innovation, 25, Claim(1), b.NOW)) is Refusal.FILE_MISSING
    future = replace(DECREE, dated=date(2026, 11, 22))
    assert refused(lambda: decree(planner, innovation, future)) is Refusal.DATED_IN_FUTURE
    with pytest.raises(Missing):
        actions.provide(planner, innovation, 36, Claim(1), b.NOW)


def test_what_has_stopped_takes_no_evidence(planner: Actor, innovation: Innovation) -> None:
    innovation.stage = Stage.STOPPED
    own_session.flush()
    assert refused(lambda: actions.provide(planner, innovation, 35, VIDEO, b.NOW)) is Refusal.INNOVATION_ENDED


def test_what_is_taken_back_does_not_count_and_stays_to_be_read(
    planner: Actor, reviewer: Actor, innovation: Innovation
) -> None:
    evidence = decree(planner, innovation)
    actions.accept(reviewer, seen(evidence), 2, "", b.NOW)
    assert refused(lambda: actions.withdraw(planner, innovation, 16, "salah", b.NOW)) is Refusal.REASON_MISSING
    with pytest.raises(Denied):
        actions.withdraw(ANYONE, innovation, 16, REASON, b.NOW)
    actions.withdraw(planner, innovation, 16, REASON, b.NOW)
    assert kept_score(innovation) is None
    assert refused(lambda: actions.withdraw(planner, innovation, 16, REASON, b.NOW)) is Refusal.ENDED
    (kept,) = queries.history_of(innovation.id, evidence.indicator_id)
    assert (kept.ended_because, kept.accepted_level) == (REASON, 2)
    assert refused(lambda: actions.send_back(reviewer, seen(evidence), REASON, b.NOW)) is Refusal.ENDED
    assert refused(lambda: actions.provide(planner, innovation, 16, DECREE, b.NOW)) is Refusal.FILE_MISSING


def test_one_thing_stands_for_an_indicator_at_a_time(planner: Actor, innovation: Innovation) -> None:
    evidence = actions.provide(planner, innovation, 35, VIDEO, b.NOW)
    columns = {column.key: getattr(evidence, column.key) for column in Evidence.__table__.c if column.key != "id"}
    with pytest.raises(IntegrityError):
        own_session.execute(insert(Evidence).values(columns))


def test_the_queue_begins_with_what_waits_longest(
    planner: Actor, reviewer: Actor, innovation: Innovation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.maturity.queries.evidence.SIZE", 1)
    later = b.NOW + timedelta(seconds=1)
    video = actions.provide(planner, innovation, 35, VIDEO, later)
    letter = decree(planner, innovation)
    page = queries.waiting_in(b.BELU, YEAR, None)
    assert [row.id for row in page.rows] == [letter.id]
    assert page.after
    assert [row.id for row in queries.waiting_in(b.BELU, YEAR, (int(page.after),)).rows] == [video.id]
    actions.send_back(reviewer, seen(letter), REASON, b.NOW)
    assert [row.id for row in queries.waiting_in(b.BELU, YEAR, None).rows] == [video.id]
    assert not queries.waiting_in(b.BELTIM, YEAR, None).rows


def test_a_late_review_of_last_year_leaves_this_years_score(
    planner: Actor, reviewer: Actor, innovation: Innovation
) -> None:
    old = actions.provide(planner, innovation, 35, VIDEO, b.NOW)
    actions.begin_year(CONSOLE, b.NOW)
    next_year = b.NOW + timedelta(days=60)
    fresh = actions.provide(planner, innovation, 35, replace(VIDEO, level=1), next_year)
    actions.accept(reviewer, seen(fresh), 1, "", next_year)
    actions.accept(reviewer, seen(old), 3, "", next_year)
    assert kept_score(innovation) == 4
    assert not queries.waiting_in(b.BELU, 2027, None).rows


# Two at once


def test_of_two_reviewers_at_once_the_second_is_told(
    live_app: Flask, at_once: Callable[[Callable[[int], object], int], list[object]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        actions.bring_in(CONSOLE, TABLE, b.NOW)
        planner = b.make_staff(Role.PLANNER, b.BELU)
        reviewers = [b.make_staff(Role.PLANNER, b.BELU) for _ in range(3)]
        evidence_id = actions.provide(planner, b.make_innovation(planner), 35, VIDEO, b.NOW).id

    def review(index: int) -> int:
        found = queries.get_evidence(b.BELU, evidence_id)
        with transaction():
            actions.accept(reviewers[index], found, 3 - index, "Unsurnya kurang lengkap.", b.NOW)
        return 3 - index

    outcomes = at_once(review, 3)
    levels = [one for one in outcomes if isinstance(one, int)]
    assert len(levels) == 1
    told = [one.reason for one in outcomes if isinstance(one, Refused)]
    assert told == [Refusal.ALREADY_REVIEWED] * 2
    with live_app.app_context():
        assert own_session.scalars(select(Innovation.score)).one() == 4 * levels[0]


def test_of_two_who_bring_evidence_at_once_one_stands(
    live_app: Flask, at_once: Callable[[Callable[[int], object], int], list[object]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        actions.bring_in(CONSOLE, TABLE, b.NOW)
        planners = [b.make_staff(Role.PLANNER, b.BELU) for _ in range(4)]
        innovation_id = b.make_innovation(planners[0]).id

    def bring(index: int) -> int:
        with transaction():
            found = get_locked(innovation_id)
            return actions.provide(planners[index], found, 35, replace(VIDEO, note=f"{index}"), b.NOW).id

    assert len({one for one in at_once(bring, 4) if isinstance(one, int)}) == 4
    with live_app.app_context():
        assert len(queries.current_of(innovation_id, YEAR)) == 1
        assert own_session.scalars(select(func.count()).select_from(Evidence)).one() == 4


# Tables of a year


def test_reading_a_table_twice_changes_nothing(planner: Actor) -> None:
    assert actions.bring_in(CONSOLE, TABLE, b.NOW) == Tally(same=20)
    assert list(queries.indicators_of(YEAR).values()) == TABLE


def test_a_table_is_frozen_once_evidence_rests_on_it(planner: Actor, innovation: Innovation) -> None:
    heavier = replace(TABLE[0], weight=4)
    actions.edit_indicator(CONSOLE, heavier, b.NOW)
    assert queries.get_indicator(YEAR, 16)[1] == heavier
    actions.provide(planner, innovation, 35, VIDEO, b.NOW)
    assert refused(lambda: actions.edit_indicator(CONSOLE, TABLE[0], b.NOW)) is Refusal.YEAR_IN_USE
    own_session.rollback()


def test_a_text_of_a_used_table_is_frozen_too(planner: Actor, innovation: Innovation) -> None:
    actions.provide(planner, innovation, 35, VIDEO, b.NOW)
    basis = replace(TABLE[0].bases[0], levels=("satu", "dua", "tiga"))
    assert refused(lambda: actions.bring_in(CONSOLE, [replace(TABLE[0], bases=(basis,))], b.NOW)) is Refusal.YEAR_IN_USE


def test_a_new_year_begins_as_the_last_one_and_counts_when_it_comes(planner: Actor) -> None:
    assert actions.begin_year(CONSOLE, b.NOW) == 2027
    assert list(queries.indicators_of(2027).values()) == [replace(one, year=2027) for one in TABLE]
    assert queries.find_year(b.NOW.date()) == YEAR
    assert queries.find_year(date(2027, 1, 1)) == 2027


def test_only_an_administrator_keeps_the_tables(planner: Actor) -> None:
    for act in (
        lambda: actions.bring_in(planner, TABLE, b.NOW),
        lambda: actions.edit_indicator(planner, TABLE[0], b.NOW),
        lambda: actions.begin_year(planner, b.NOW),
    ):
        with pytest.raises(Denied):
            act()


# Scores and the index


def test_the_night_mends_what_differs(planner: Actor, reviewer: Actor, innovation: Innovation) -> None:
    actions.accept(reviewer, seen(decree(planner, innovation)), 2, "", b.NOW)
    innovation.score = 99
    own_session.flush()
    assert actions.recompute(YEAR) == 1
    assert kept_score(innovation) == 6
    assert actions.recompute(YEAR) == 0


def test_the_index_counts_what_the_year_asks_for(planner: Actor, innovation: Innovation) -> None:
    rules = rules_of(YEAR)
    assert queries.counted(b.BELU, rules).terms.count == 0
    innovation.stage, innovation.applied_on, innovation.score = Stage.ADOPTED, date(2025, 5, 1), 60
    innovation.design = "kata " * 300
    affairs = sorted(BASIC_SERVICES)[:5]
    own_session.add_all(InnovationAffair(innovation_id=innovation.id, affair=one, is_main=False) for one in affairs)
    own_session.flush()
    found = queries.counted(b.BELU, rules)
    assert (found.registered, found.terms.count, found.terms.scores) == (1, 1, 60)
    assert found.terms.services == set(affairs)
    assert not queries.listed(b.BELU, rules, None).rows[0].lacks
    innovation.design = "kata " * 299
    own_session.flush()
    assert queries.counted(b.BELU, rules).terms.count == 0


def test_five_thousand_scores_are_reckoned_within_a_night(planner: Actor, innovation: Innovation) -> None:
    indicators = queries.indicators_of(YEAR)
    columns = {column.key: getattr(innovation, column.key) for column in Innovation.__table__.c}
    origin = {"origin": "agency", "origin_proposal_id": None}
    rows = [columns | origin | {"id": 10_000 + n, "number": f"N{n}", "name": f"Inovasi {n}"} for n in range(5_000)]
    own_session.execute(insert(Innovation), rows)
    accepted = {"level": 2, "accepted_level": 2, "state": State.ACCEPTED, "reviewed_at": b.NOW, "reason": ""}
    usual = {"number": "", "link": "", "note": "", "at": b.NOW, "ended_because": ""} | accepted
    own_session.execute(
        insert(Evidence),
        [
            usual | {"innovation_id": row["id"], "indicator_id": key, "basis": one.bases[0].code}
            for row in rows
            for key, one in list(indicators.items())[:6]
        ],
    )
    started = perf_counter()
    assert actions.recompute(YEAR) == 5_000
    assert perf_counter() - started < 20


def test_the_figure_of_the_government_is_noted_by_a_planner(planner: Actor) -> None:
    def note(actor: Actor, figure: str) -> object:
        return actions.note_figure(actor, b.BELU, YEAR, Decimal(figure), "Surat kementerian", b.NOW)

    assert refused(lambda: note(planner, "63.01")) is Refusal.FIGURE_RANGE
    with pytest.raises(Denied):
        note(ANYONE, "41")
    note(planner, "41.25")
    note(planner, "42.5")
    found = queries.figure_of(b.BELU, YEAR)
    assert found is not None
    assert found.figure == Decimal("42.5")
    assert queries.figure_of(b.BELTIM, YEAR) is None
