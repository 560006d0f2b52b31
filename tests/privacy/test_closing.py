"""Closing an account on a real database: nothing that tells who it was is left, and what was public stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Consent, Person, SignIn
from app.accounts.queries import find_by_card, residents_of
from app.db.base import Base
from app.db.forgetting import wipe
from app.db.session import db
from app.db.transaction import transaction
from app.discussion.models import Support
from app.identity.actions import Particulars, identify
from app.identity.rules.nik import parse_nik
from app.kernel.actor import CONSOLE, Level, Role
from app.kernel.outcomes import Denied, Refused
from app.privacy.actions import close_account
from app.privacy.queries.traces import TRACES
from app.privacy.rules import Fate, Refusal, Why
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode, Status
from app.voting.actions import cast_ballot
from app.voting.models import Contest, Envelope, RollEntry
from app.voting.rules.ballots import BallotRefusal
from tests import builders as b
from tests.privacy.canary import CHOICES, HAMLET, NAME, NIK, canary, leaks


def dump() -> Iterator[bytes]:
    """The database: the bytes of SQLite's files, or every value of every row."""
    if db.engine.dialect.name == "sqlite":
        path = Path(db.engine.url.database or "")
        yield from (file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
        return
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"'):
                for value in row:
                    yield bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def found(needles: list[bytes]) -> list[bytes]:
    haystack = list(dump())
    return [needle for needle in needles if any(needle in straw for straw in haystack)]


def test_nothing_in_the_database_tells_who_a_closed_account_was(live_app: Flask) -> None:
    with live_app.app_context():
        with transaction():
            b.make_world()
            person = canary()
            secrets = leaks(person)
        wipe()
        # The phone and the NIK never stand there as they are; everything else must be found while it is there.
        assert found(secrets) == [secrets[0], secrets[3], *secrets[5:]]
        with transaction():
            close_account(b.actor_of(person), person, Why.ASKED, b.NOW)
        assert wipe()
        assert found(secrets) == []


def test_what_was_public_stays_without_a_name_and_what_was_never_sent_goes(session: Session) -> None:
    b.make_world()
    person = canary()
    author = b.make_published(person, title="Usulan yang menunggu hitungan").author_id
    before = (session.query(Support).count(), session.query(Envelope).count(), session.query(RollEntry).count())
    close_account(b.actor_of(person), person, Why.ASKED, b.NOW)
    left = session.scalars(select(Proposal).where(Proposal.author_id == author)).all()
    assert {proposal.status for proposal in left} == {Status.PUBLISHED}
    assert {proposal.village_code for proposal in left} == {b.MAKIR}
    assert (session.query(Support).count(), session.query(Envelope).count(), session.query(RollEntry).count()) == before
    assert (person.name, person.hamlet, person.phone, person.level) == ("Warga", "", None, Level.REGISTERED)
    assert session.query(SignIn).filter_by(kiosk_for_id=person.id).count() == 0
    in_force = Consent.withdrawn_at.is_(None)
    assert session.scalars(select(Consent).where(Consent.person_id == person.id, in_force)).all() == []


def test_a_closed_account_is_nobodys(session: Session) -> None:
    b.make_world()
    person = b.make_person(name=NAME)
    close_account(b.actor_of(person), person, Why.ASKED, b.NOW)
    assert find_by_card(person.card_number) is None
    assert residents_of([b.MAKIR], tuple(Level), "", None).rows == []
    epoch = person.epoch
    close_account(CONSOLE, person, Why.IDLE, b.NOW)  # again: nothing happens
    assert person.epoch == epoch


def test_the_number_of_the_card_is_never_given_again_and_nik_and_phone_may_be_used_again(session: Session) -> None:
    b.make_world()
    person = canary()
    number = person.card_number
    close_account(b.actor_of(person), person, Why.ASKED, b.NOW)
    again = b.make_person(name=NAME, level=Level.REGISTERED)
    nik = parse_nik(NIK, b.NOW.date())
    assert identify(b.actor_of(again), again, Particulars(nik), b.NOW).nik_last4 == NIK[-4:]  # type: ignore[arg-type]
    assert again.card_number != number
    assert session.get(Person, person.id).card_number == number  # type: ignore[union-attr]


def test_who_has_voted_and_comes_back_with_the_same_nik_does_not_vote_twice(session: Session) -> None:
    b.make_world()
    person = canary()
    contest = session.query(Contest).one()
    close_account(b.actor_of(person), person, Why.ASKED, b.NOW)
    again = b.make_person(name=NAME, level=Level.REGISTERED)
    helper = b.make_staff(Role.FACILITATOR, b.MAKIR)
    identify(helper, again, Particulars(parse_nik(NIK, b.NOW.date())), b.NOW)  # type: ignore[arg-type]
    again.level = Level.ATTESTED
    with pytest.raises(Refused) as refused:
        cast_ballot(b.actor_of(again), contest, CHOICES, b.NOW)
    assert refused.value.reason is BallotRefusal.ALREADY_VOTED
    other = b.make_person(attested=True)
    cast_ballot(b.actor_of(other), contest, CHOICES, b.NOW)


def test_a_ballot_that_was_under_way_while_the_account_was_closed_is_refused(session: Session) -> None:
    b.make_world()
    voter, contest = b.make_person(attested=True), b.make_contest()
    under_way = b.actor_of(voter)
    close_account(under_way, voter, Why.ASKED, b.NOW)
    with pytest.raises(Refused) as refused:
        cast_ballot(under_way, contest, CHOICES, b.NOW)
    assert refused.value.reason is BallotRefusal.NOT_VERIFIED


def test_what_waits_for_its_author_is_withdrawn(session: Session) -> None:
    b.make_world()
    person = b.make_person()
    returned = b.make_proposal(person)
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    b.proposals.move(
        moderator, returned, Event.RETURN, b.NOW, code=ReasonCode.INCOMPLETE, reason="Lokasinya belum jelas."
    )
    waiting = b.make_proposal(person, title="Usulan yang belum diperiksa")
    close_account(b.actor_of(person), person, Why.ASKED, b.NOW)
    assert (returned.status, waiting.status) == (Status.WITHDRAWN, Status.SUBMITTED)


def test_staff_give_their_roles_back_first(session: Session) -> None:
    b.make_world()
    planner = b.make_staff(Role.PLANNER, b.BELU)
    with pytest.raises(Refused) as refused:
        close_account(planner, b.person_of(planner), Why.ASKED, b.NOW)
    assert refused.value.reason is Refusal.HOLDS_ROLE


def test_whose_idea_became_an_innovation_is_named_there_no_longer(session: Session) -> None:
    b.make_world()
    owner = b.make_person()
    innovation = b.make_innovation(b.make_staff(Role.PLANNER, b.BELU), author=owner)
    innovation.named_at = b.NOW
    session.flush()
    close_account(b.actor_of(owner), owner, Why.ASKED, b.NOW)
    session.refresh(innovation)
    assert (innovation.named_at, innovation.initiator) == (None, "Warga Desa Makir")


def test_nobody_closes_the_account_of_somebody_else(session: Session) -> None:
    b.make_world()
    person, other = b.make_person(), b.make_staff(Role.ADMINISTRATOR, "")
    with pytest.raises(Denied):
        close_account(other, person, Why.ASKED, b.NOW)


def test_every_column_that_points_at_a_person_is_known() -> None:
    """A new table fails here: say in queries/traces.py what the file tells of it and what closing does."""
    pointing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "people" for key in column.foreign_keys)
    }
    assert {trace.name for trace in TRACES} == pointing
    assert [trace.name for trace in TRACES if trace.fate is not Fate.DELETED and not trace.why] == []
    assert [trace.name for trace in TRACES if not trace.section and not trace.why] == []


def test_the_canary_has_something_in_every_section(session: Session) -> None:
    b.make_world()
    person = canary()
    empty = [trace.name for trace in TRACES if trace.section and not session.execute(trace.rows_of(person.id)).all()]
    assert empty == ["role_grants.person_id"]  # residents have no roles
    assert HAMLET
