"""What is kept no longer goes, whatever is still needed stays, and the command can be run again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Person, PersonView, SignIn
from app.accounts.rules.sessions import Device
from app.accounts.rules.views import Seen
from app.audit.models import AuditEntry
from app.credentials.models import OneTimeCode
from app.credentials.rules import Use
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed
from app.kernel.actor import Role
from app.limits.actions import count
from app.messages.models import Message
from app.messages.rules import Channel, Kind, MessageStatus
from app.privacy.actions import forget
from app.privacy.cli import cli
from app.privacy.queries.expired import count_over, idle_ids
from app.privacy.rules import NAMELESS, OWN_FILE
from app.privacy.rules.periods import PERIODS, Kept
from app.proposals.models import Proposal, ProposalDraft
from tests import builders as b

MOMENT = timedelta(minutes=1)


def old(kept: Kept) -> datetime:
    return PERIODS[kept].start(b.NOW) - MOMENT


def new(kept: Kept) -> datetime:
    return PERIODS[kept].start(b.NOW) + MOMENT


def code(at: datetime) -> OneTimeCode:
    digests = {"phone_index": "p" * 64, "browser_digest": "b" * 64, "code_digest": "c" * 64}
    return OneTimeCode(use=Use.SIGN_IN, sent_at=at, **digests)


def message(at: datetime) -> Message:
    sealed = {"text_sealed": b"text", "address_sealed": b"address"}
    return Message(
        key=str(uuid4()),
        kind=Kind.NOTICE,
        channel=Channel.PHONE,
        status=MessageStatus.SENT,
        written_at=at,
        due_at=at,
        expires_at=at,
        **sealed,
    )


def answers(at: datetime) -> ProposalDraft:
    return ProposalDraft(author_id=b.make_person().id, form_key=str(uuid4()), answers={}, began_at=at, changed_at=at)


def view(at: datetime) -> PersonView:
    return PersonView(person_id=b.make_person().id, viewer_id=b.make_person().id, seen=Seen.RECORD, at=at)


@pytest.mark.parametrize(
    ("kept", "make"),
    [(Kept.CODE, code), (Kept.MESSAGE, message), (Kept.VIEW, view), (Kept.ANSWERS, answers)],
    ids=lambda it: getattr(it, "value", ""),
)
def test_rows_go_when_their_time_is_over_and_not_before(session: Session, kept: Kept, make: Callable[..., Any]) -> None:
    b.make_regions()
    session.add_all([make(old(kept)), make(new(kept))])
    session.flush()
    assert count_over(kept, b.NOW) == 1
    assert [forget(kept, b.NOW), forget(kept, b.NOW)] == [1, 0]
    assert session.query(type(make(b.NOW))).count() == 1


def test_the_text_of_a_message_goes_before_the_record_that_it_was_sent(session: Session) -> None:
    session.add_all([message(old(Kept.MESSAGE_TEXT)), message(new(Kept.MESSAGE_TEXT))])
    session.flush()
    assert [forget(Kept.MESSAGE_TEXT, b.NOW), forget(Kept.MESSAGE_TEXT, b.NOW)] == [1, 0]
    assert {(row.text_sealed, row.address_sealed) for row in session.query(Message)} == {
        (None, None),
        (b"text", b"address"),
    }


def test_sign_ins_and_counters_go(session: Session) -> None:
    b.make_regions()
    person = b.make_person()
    accounts.begin_session(person.id, person.epoch, Device(), False, old(Kept.SIGN_IN))
    accounts.begin_session(person.id, person.epoch, Device(), False, new(Kept.SIGN_IN))
    count(OWN_FILE, "lama", old(Kept.TRIES) - timedelta(hours=1))
    assert [forget(kept, b.NOW) for kept in (Kept.SIGN_IN, Kept.TRIES)] == [1, 1]
    assert session.query(SignIn).count() == 1


def test_drafts_that_nobody_sent_go_and_what_was_sent_stays(session: Session) -> None:
    b.make_world()
    person = b.make_person()
    draft, sent = b.make_draft(person), b.make_proposal(person, title="Usulan yang sudah dikirim")
    draft.written_at = sent.written_at = old(Kept.DRAFT)
    session.flush()
    assert [forget(Kept.DRAFT, b.NOW), forget(Kept.DRAFT, b.NOW)] == [1, 0]
    assert [proposal.id for proposal in session.query(Proposal)] == [sent.id]


def test_an_account_is_idle_when_nothing_was_done_in_it_or_for_it(session: Session) -> None:
    b.make_world()
    before = old(Kept.ACCOUNT)
    idle, active, assisted, author, staff = (b.make_person(now=before) for _ in range(5))
    helper = b.make_staff(Role.FACILITATOR, b.MAKIR)
    active.active_at = b.NOW
    act = {"facilitator_id": helper.person_id, "village_code": b.MAKIR, "deed": Deed.PAPER_TYPED, "at": b.NOW}
    session.add(Assistance(person_id=assisted.id, **act))
    b.make_draft(author)
    accounts.grant(b.CONSOLE, staff, Role.MODERATOR, b.BELU, before)
    session.flush()
    assert idle_ids(b.NOW) == [idle.id]


def test_the_command_counts_first_then_does_it_and_the_second_time_has_nothing_to_do(
    live_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.privacy.cli.system_clock", lambda: b.NOW)
    monkeypatch.setattr("app.privacy.queries.expired.BATCH", 2)
    monkeypatch.setattr("app.privacy.cli.BATCH", 2)
    with live_app.app_context(), transaction():
        b.make_world()
        ids = [b.make_person(name="Nama Lama", now=old(Kept.ACCOUNT)).id for _ in range(5)]
        own_session.add_all([code(old(Kept.CODE)) for _ in range(3)])
    run = live_app.test_cli_runner().invoke
    dry = run(cli, ["retain", "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "Akun yang tidak dipakai: 5\n" in dry.output
    assert "Kode sekali pakai: 3\n" in dry.output
    done = run(cli, ["retain"])
    assert done.output == dry.output
    assert {line.rpartition(" ")[2] for line in run(cli, ["retain"]).output.splitlines()} == {"0"}
    with live_app.app_context():
        assert {own_session.get(Person, id_).name for id_ in ids} == {NAMELESS}  # type: ignore[union-attr]
        reasons = own_session.query(AuditEntry).filter_by(act="close_account").all()
        assert [entry.facts for entry in reasons] == [{"why": "idle"}] * 5
