"""Telling by message: at once and once a day, to those alone who have agreed; crashes and two workers."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules.consents import Mode, Purpose
from app.db.session import session as db
from app.db.transaction import transaction
from app.discussion import actions as discussion
from app.discussion.rules.follows import Topic
from app.inbox import actions
from app.inbox.actions import telling
from app.inbox.queries.reachable import BATCH
from app.inbox.rules import SETTLES_IN
from app.kernel.actor import Actor, Level, Role
from app.messages.actions.outbox import place_of_text
from app.messages.models import Message
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode
from app.vault import open_sealed
from tests import builders as b

REASON = "Lokasinya belum jelas, tolong sebutkan dusunnya."
SITE = "https://mufakat.example"
LATER = b.NOW + SETTLES_IN + timedelta(seconds=1)
Race = Callable[[Callable[[int], Any], int], list[Any]]


@pytest.fixture(autouse=True)
def _site(app: Flask) -> Iterator[None]:
    actions.configure(SITE)
    yield
    actions.configure("")


@pytest.fixture
def world(session: Session) -> None:
    b.make_world()


def agreeing(village: str = b.MAKIR, **more: Any) -> Person:
    person = b.make_person(village, **more)
    accounts.give_consent(person, Purpose.MESSAGES, Mode.SELF, None, b.NOW)
    return person


def follower(village: str = b.TOHE) -> Person:
    person = agreeing(village)
    discussion.follow(b.actor_of(person), Topic.VILLAGE, b.MAKIR, b.BELU, b.NOW)
    return person


def texts(person: Person) -> list[str]:
    rows = db.query(Message).filter(Message.person_id == person.id, Message.kind == "notice").order_by(Message.id)
    return [open_sealed(row.text_sealed or b"", place_of_text(row.key)) for row in rows]


def decide(proposal: Proposal, event: Event, actor: Actor | None = None, at: datetime = b.NOW) -> None:
    code = None if event is Event.PUBLISH else ReasonCode.INCOMPLETE
    moderator = actor or b.make_staff(Role.MODERATOR, b.BELU)
    move(moderator, proposal, event, at, code=code, reason="" if code is None else REASON)


def digest(now: datetime = LATER) -> int:
    after, told = 0, 0
    while (batch := actions.send_digests(after, now)).last_id is not None:
        after, told = batch.last_id, told + batch.told
    return told


@pytest.mark.parametrize("event", [Event.PUBLISH, Event.RETURN, Event.REJECT])
def test_the_author_is_told_at_once(world: None, event: Event) -> None:
    author = agreeing()
    proposal = b.make_proposal(author)
    decide(proposal, event)
    (text,) = texts(author)
    assert text.endswith(f"{SITE}/belu/usulan/{proposal.number}")
    assert proposal.title not in text
    assert digest() == 0, "what was told at once is not told again"


def test_nobody_is_told_without_consent_phone_or_account(world: None) -> None:
    silent, unconfirmed, withdrawn = b.make_person(), agreeing(), agreeing()
    proposals = [b.make_proposal(person) for person in (silent, unconfirmed, withdrawn)]
    unconfirmed.phone_confirmed_at = None
    accounts.withdraw_consent(b.actor_of(withdrawn), withdrawn, Purpose.MESSAGES, b.NOW)
    for proposal in proposals:
        decide(proposal, Event.PUBLISH)
    assert not any(texts(person) for person in (silent, unconfirmed, withdrawn))
    assert digest() == 0


def test_an_own_step_sends_no_message(world: None) -> None:
    author = agreeing()
    proposal = b.make_proposal(author)
    move(b.actor_of(author), proposal, Event.WITHDRAW, b.NOW)
    assert texts(author) == []


def test_a_digest_comes_once_a_day_with_what_is_new(world: None) -> None:
    person, author = follower(), b.make_person()
    numbers = [b.make_published(author).number for _each in range(6)]
    assert digest(b.NOW) == 0, "too fresh to be sure of"
    assert (digest(), digest()) == (1, 0)
    (text,) = texts(person)
    assert text.startswith("Mufakat: 6 kabar untuk Anda.\n- ")
    assert f"- {numbers[-1]} sudah terbit" in text
    assert "- dan 2 kabar lain" in text
    assert f"Baca: {SITE}/kotak-masuk" in text
    assert f"Berhenti: {SITE}/akun/persetujuan" in text
    b.make_published(author, now=LATER)
    assert digest(LATER + timedelta(hours=3)) == 0, "one a day"
    assert digest(LATER + timedelta(days=1)) == 1
    assert "1 kabar" in texts(person)[1]
    assert digest(LATER + timedelta(days=2)) == 0, "nothing is told twice"


def test_what_was_read_is_not_told(world: None) -> None:
    person = follower()
    b.make_published()
    actions.mark_read(b.actor_of(person), 10**6)
    assert digest() == 0


def test_the_registered_follow_but_get_no_message(world: None) -> None:
    person = agreeing(b.TOHE, level=Level.REGISTERED)
    discussion.follow(b.actor_of(person), Topic.VILLAGE, b.MAKIR, b.BELU, b.NOW)
    b.make_published()
    assert digest() == 0


def test_keys_tell_nothing_of_the_person(world: None) -> None:
    person = follower()
    b.make_published()
    digest()
    key = db.query(Message.key).filter(Message.person_id == person.id).scalar() or ""
    assert key.startswith("digest:")
    assert str(person.id) != key.removeprefix("digest:")
    assert (person.phone or "")[-6:] not in key


def test_every_batch_gets_its_turn(world: None) -> None:
    people = [follower() for _each in range(3)]
    b.make_published()
    telling_batch = actions.send_digests(people[0].id, LATER)
    assert (telling_batch.last_id, telling_batch.told) == (people[2].id, 2)
    assert digest() == 1
    assert BATCH <= 100


def make_live(app: Flask, people: int) -> list[int]:
    with app.app_context(), transaction():
        b.make_world()
        made = [follower().id for _each in range(people)]
        b.make_published()
    return made


def sent_to(app: Flask, people: list[int]) -> list[int]:
    with app.app_context():
        return [len(texts(db.get_one(Person, person_id))) for person_id in people]


def test_two_workers_at_once_tell_each_person_once(live_app: Flask, at_once: Race) -> None:
    people = make_live(live_app, 4)

    def work(_index: int) -> int:
        with transaction():
            return actions.send_digests(0, LATER).told

    assert sum(at_once(work, 4)) == 4
    assert sent_to(live_app, people) == [1] * 4


def test_a_crash_in_the_middle_loses_and_repeats_nothing(live_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_live(live_app, 3)
    written, write = [], telling.write

    def dies(*args: Any, **kwargs: Any) -> Any:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(args)
        return write(*args, **kwargs)

    monkeypatch.setattr(telling, "write", dies)
    with live_app.app_context(), pytest.raises(KeyboardInterrupt), transaction():
        actions.send_digests(0, LATER)
    assert sent_to(live_app, people) == [0] * 3
    monkeypatch.setattr(telling, "write", write)
    live_app.config["CLOCK"] = lambda: LATER
    for said in ("3 ringkasan ditulis.", "0 ringkasan ditulis."):
        assert said in live_app.test_cli_runner().invoke(args=["inbox", "digest"]).output
    assert sent_to(live_app, people) == [1] * 3
    assert "0 kabar lama dihapus." in live_app.test_cli_runner().invoke(args=["inbox", "sweep"]).output
