"""Supporting and taking back, on the real database and with real threads."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.session import session as live_session
from app.db.transaction import transaction
from app.discussion import actions
from app.discussion.models import Support
from app.discussion.rules import Refusal
from app.kernel.actor import ANYONE, Actor
from app.kernel.outcomes import Denied, Refused
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.rules import Event
from tests.builders import LALANG, NOW, TOHE, actor_of, make_person, make_proposal, make_published, make_world

THREADS = 20
Race = Callable[[Callable[[int], Any], int], list[Any]]


def supports(proposal: Proposal) -> tuple[int, int]:
    """The rows, and what the proposal says of them."""
    rows = live_session.scalar(select(func.count()).select_from(Support).where(Support.proposal_id == proposal.id))
    shown = live_session.scalar(select(Proposal.support_count).where(Proposal.id == proposal.id))
    return rows or 0, shown or 0


def test_residents_of_the_regency_are_counted_once_each(session: Session) -> None:
    make_world()
    proposal = make_published()
    for village in (TOHE, proposal.village_code):
        resident = actor_of(make_person(village))
        actions.support(resident, proposal, NOW)
        actions.support(resident, proposal, NOW)
    assert supports(proposal) == (2, 2)
    assert proposal.support_count == 2


def test_taking_back_twice_takes_one_away(session: Session) -> None:
    make_world()
    proposal, resident = make_published(), actor_of(make_person())
    actions.support(actor_of(make_person()), proposal, NOW)
    actions.support(resident, proposal, NOW)
    actions.take_back(resident, proposal, NOW)
    actions.take_back(resident, proposal, NOW)
    assert supports(proposal) == (1, 1)


def test_what_was_taken_back_can_be_given_again(session: Session) -> None:
    make_world()
    proposal, resident = make_published(), actor_of(make_person())
    for act in (actions.support, actions.take_back, actions.support):
        act(resident, proposal, NOW)
    assert supports(proposal) == (1, 1)


@pytest.mark.parametrize("act", [actions.support, actions.take_back])
def test_people_of_another_regency_and_strangers_are_denied(session: Session, act: Callable[..., Proposal]) -> None:
    make_world()
    proposal = make_published()
    for actor in (actor_of(make_person(LALANG)), ANYONE):
        with pytest.raises(Denied):
            act(actor, proposal, NOW)
    assert supports(proposal) == (0, 0)


@pytest.mark.parametrize("act", [actions.support, actions.take_back])
def test_after_the_phase_the_count_stands(session: Session, act: Callable[..., Proposal]) -> None:
    make_world()
    proposal, resident = make_published(), actor_of(make_person())
    actions.support(resident, proposal, NOW)
    with pytest.raises(Refused) as refused:
        act(resident, proposal, NOW + timedelta(days=10))
    assert refused.value.reason is Refusal.CLOSED
    assert supports(proposal) == (1, 1)


def test_what_is_not_public_takes_no_support(session: Session) -> None:
    make_world()
    with pytest.raises(Refused) as refused:
        actions.support(actor_of(make_person()), make_proposal(), NOW)
    assert refused.value.reason is Refusal.NOT_PUBLISHED


def test_a_withdrawn_proposal_takes_no_more_support(session: Session) -> None:
    make_world()
    author = make_person()
    proposal = make_published(author)
    move(actor_of(author), proposal, Event.WITHDRAW, NOW)
    with pytest.raises(Refused) as refused:
        actions.support(actor_of(make_person()), proposal, NOW)
    assert refused.value.reason is Refusal.SET_ASIDE


def in_transaction(act: Callable[..., Proposal], proposal: Proposal, people: list[Actor]) -> Callable[[int], None]:
    """The act as something that many threads can do, each as the next of the people."""

    def do(index: int) -> None:
        with transaction():
            act(people[index % len(people)], proposal, NOW)

    return do


def make_live(app: Flask, residents: int) -> tuple[Proposal, list[Actor]]:
    with app.app_context(), transaction():
        make_world()
        return make_published(), [actor_of(make_person()) for _each in range(residents)]


def test_twenty_clicks_of_one_person_at_once_count_once(live_app: Flask, at_once: Race) -> None:
    proposal, (resident,) = make_live(live_app, 1)
    for act, left in ((actions.support, 1), (actions.take_back, 0)):
        assert at_once(in_transaction(act, proposal, [resident]), THREADS) == [None] * THREADS
        with live_app.app_context():
            assert supports(proposal) == (left, left)


def test_twenty_people_at_once_are_all_counted(live_app: Flask, at_once: Race) -> None:
    proposal, residents = make_live(live_app, THREADS)
    assert at_once(in_transaction(actions.support, proposal, residents), THREADS) == [None] * THREADS
    with live_app.app_context():
        assert supports(proposal) == (THREADS, THREADS)


def test_giving_and_taking_back_at_once_leave_count_and_rows_in_step(live_app: Flask, at_once: Race) -> None:
    proposal, (resident,) = make_live(live_app, 1)
    give, take = (in_transaction(act, proposal, [resident]) for act in (actions.support, actions.take_back))
    outcomes = at_once(lambda index: (give, take)[index % 2](index), THREADS)
    assert outcomes == [None] * THREADS
    with live_app.app_context():
        rows, shown = supports(proposal)
        assert rows == shown
