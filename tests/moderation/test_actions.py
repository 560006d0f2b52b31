"""Answering proposals, on the real database and with two moderators at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.db.transaction import transaction
from app.kernel.actor import ANYONE, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.moderation import actions, queries
from app.moderation.queries import Asked
from app.moderation.rules import Decision, Verdict, state_mark
from app.proposals.actions import move, resubmit
from app.proposals.models import Proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import Event, ReasonCode, Refusal, Status
from tests import builders as b

WHY = "Tulis nama dusun dan patokan yang dekat."
DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> None:
    b.make_world()


def verdict(decision: Decision, proposal: Proposal, code: ReasonCode | None = None, reason: str = "") -> Verdict:
    return Verdict(decision, state_mark(proposal.status, proposal.held_since), code, reason)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("decision", "status"),
    [
        (Decision.PUBLISH, Status.PUBLISHED),
        (Decision.RETURN, Status.RETURNED),
        (Decision.REJECT, Status.REJECTED),
    ],
)
def test_the_three_answers_stand_on_the_timeline(decision: Decision, status: Status) -> None:
    proposal, moderator = b.make_proposal(), b.make_staff(Role.MODERATOR, b.LAMAKNEN)
    code, reason = (None, "") if decision is Decision.PUBLISH else (ReasonCode.LOCATION_UNCLEAR, WHY)
    actions.decide(moderator, proposal, verdict(decision, proposal, code, reason), b.NOW)
    last = timeline_of(proposal.id)[-1]
    assert (proposal.status, last.status, last.reason_code, last.reason) == (status, status, code, reason)
    assert last.actor_id == moderator.person_id


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("scope", [b.BELU, b.LAMAKNEN, b.MAKIR, ""])
def test_a_moderator_answers_within_their_scope(scope: str) -> None:
    proposal = b.make_proposal()
    moderator = b.make_staff(Role.MODERATOR, scope)
    actions.decide(moderator, proposal, verdict(Decision.PUBLISH, proposal), b.NOW)
    assert proposal.status is Status.PUBLISHED


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("scope", [b.BELTIM, b.RAIHAT, b.KEWAR])
def test_a_moderator_of_elsewhere_is_denied_and_learns_nothing(scope: str) -> None:
    proposal, moderator = b.make_proposal(), b.make_staff(Role.MODERATOR, scope)
    with pytest.raises(Denied):
        actions.decide(moderator, proposal, verdict(Decision.PUBLISH, proposal), b.NOW)
    with pytest.raises(Missing):
        queries.get_on_desk(moderator, str(proposal.number))
    assert proposal.status is Status.SUBMITTED


@pytest.mark.usefixtures("world")
def test_what_is_public_elsewhere_is_denied_on_the_desk() -> None:
    proposal, moderator = b.make_published(), b.make_staff(Role.MODERATOR, b.RAIHAT)
    with pytest.raises(Denied):
        queries.get_on_desk(moderator, str(proposal.number))


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MODERATOR])
def test_no_other_role_answers(role: Role) -> None:
    proposal, actor = b.make_proposal(), b.make_staff(role, b.BELU)
    for someone in (actor, ANYONE):
        with pytest.raises(Denied):
            actions.decide(someone, proposal, verdict(Decision.PUBLISH, proposal), b.NOW)


@pytest.mark.usefixtures("world")
def test_whoever_wrote_it_opens_it_but_does_not_answer() -> None:
    author = b.make_person()
    b.accounts.grant(b.CONSOLE, author, Role.MODERATOR, b.BELU, b.NOW)
    proposal, moderator = b.make_proposal(author), b.actor_of(author)
    assert queries.get_on_desk(moderator, str(proposal.number)) is proposal
    with pytest.raises(Denied):
        actions.decide(moderator, proposal, verdict(Decision.PUBLISH, proposal), b.NOW)


@pytest.mark.usefixtures("world")
def test_whoever_typed_it_does_not_answer(session: Session) -> None:
    proposal, moderator = b.make_proposal(), b.make_staff(Role.MODERATOR, b.BELU)
    proposal.typed_by_id = moderator.person_id
    session.flush()
    with pytest.raises(Denied):
        actions.decide(moderator, proposal, verdict(Decision.PUBLISH, proposal), b.NOW)


@pytest.mark.usefixtures("world")
def test_the_second_answer_overwrites_nothing() -> None:
    proposal = b.make_proposal()
    seen = verdict(Decision.PUBLISH, proposal), verdict(Decision.REJECT, proposal, ReasonCode.DUPLICATE, WHY)
    first, second = (b.make_staff(Role.MODERATOR, scope) for scope in (b.LAMAKNEN, b.BELU))
    actions.decide(first, proposal, seen[0], b.NOW)
    with pytest.raises(Refused, match=Refusal.CHANGED_MEANWHILE):
        actions.decide(second, proposal, seen[1], b.NOW)
    assert proposal.status is Status.PUBLISHED


@pytest.mark.usefixtures("world")
def test_an_answer_to_the_text_before_it_was_mended_is_refused() -> None:
    author, moderator = b.make_person(), b.make_staff(Role.MODERATOR, b.BELU)
    proposal = b.make_proposal(author)
    old = verdict(Decision.PUBLISH, proposal)
    actions.decide(moderator, proposal, verdict(Decision.RETURN, proposal, ReasonCode.INCOMPLETE, WHY), b.NOW)
    resubmit(b.actor_of(author), proposal, b.make_answers(title="Pipa air bersih, judul kedua"), b.NOW + DAY)
    with pytest.raises(Refused, match=Refusal.CHANGED_MEANWHILE):
        actions.decide(moderator, proposal, old, b.NOW + DAY)
    assert proposal.status is Status.SUBMITTED


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REJECT])
@pytest.mark.parametrize(
    ("code", "reason"), [(None, WHY), (ReasonCode.NOT_SELECTED, WHY), (ReasonCode.DUPLICATE, " no ")]
)
def test_a_no_without_a_reason_is_refused(decision: Decision, code: ReasonCode | None, reason: str) -> None:
    proposal, moderator = b.make_proposal(), b.make_staff(Role.MODERATOR, b.BELU)
    with pytest.raises(Refused, match=Refusal.REASON_MISSING):
        actions.decide(moderator, proposal, verdict(decision, proposal, code, reason), b.NOW)
    assert proposal.status is Status.SUBMITTED


def numbers(asked: Asked, scope: str = b.BELU) -> list[str | None]:
    return [one.row.number for one in queries.waiting_in([scope], asked).rows]


@pytest.mark.usefixtures("world")
def test_the_queue_shows_what_waits_in_the_scopes_the_longest_waiting_first() -> None:
    late = b.make_proposal(b.make_person(b.KEWAR), title="Jembatan kecil di Kewar")
    other = b.make_proposal(b.make_person(b.TOHE), now=b.NOW + DAY, title="Posyandu baru di Tohe")
    b.make_published()
    then = b.NOW + 7 * DAY
    assert numbers(Asked()) == [late.number, other.number]
    assert numbers(Asked(), b.RAIHAT) == [other.number]
    assert numbers(Asked(region=b.RAIHAT)) == [other.number]
    assert numbers(Asked(late_at=then)) == [late.number]
    assert queries.waiting_in([], Asked()).rows == []
    assert queries.load_of([b.BELU], then) == queries.Load(waiting=2, late=1, mine=0, free=2)
    assert queries.load_of([b.BELTIM], then) == queries.Load(waiting=0, late=0)


@pytest.mark.usefixtures("world")
def test_the_queue_goes_on_where_the_last_page_ended() -> None:
    numbers = [b.make_proposal(now=b.NOW + hours * DAY / 24).number for hours in (0, 0, 1, 2, 2)]
    seen, after = [], None
    for _page in range(3):
        page = queries.waiting_in([b.BELU], Asked(), after, size=2)
        seen, after = seen + [one.row.number for one in page.rows], page.after
    assert (seen, after) == (numbers, None)


@pytest.mark.usefixtures("world")
def test_what_the_author_has_withdrawn_is_not_answered() -> None:
    author, moderator = b.make_person(), b.make_staff(Role.MODERATOR, b.BELU)
    proposal = b.make_proposal(author)
    asked = verdict(Decision.PUBLISH, proposal)
    move(b.actor_of(author), proposal, Event.WITHDRAW, b.NOW)
    with pytest.raises(Refused, match=Refusal.CHANGED_MEANWHILE):
        actions.decide(moderator, proposal, asked, b.NOW)
    assert proposal.status is Status.WITHDRAWN


def test_of_two_moderators_at_once_one_answers_and_the_other_is_told(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        proposal = b.make_proposal()
        moderators = [b.make_staff(Role.MODERATOR, b.LAMAKNEN), b.make_staff(Role.MODERATOR, b.BELU)]
        asked = [verdict(Decision.PUBLISH, proposal), verdict(Decision.REJECT, proposal, ReasonCode.DUPLICATE, WHY)]

    def answer(index: int) -> Status:
        with transaction():
            return actions.decide(moderators[index], proposal, asked[index], b.NOW).status

    outcomes = {getattr(outcome, "reason", outcome) for outcome in at_once(answer, 2)}
    with live_app.app_context():
        steps = timeline_of(proposal.id)
    assert len(steps) == 2
    assert outcomes == {Refusal.CHANGED_MEANWHILE, steps[-1].status}
