"""The same proposal from two places at the same moment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask

from app.db.transaction import transaction
from app.kernel.outcomes import Refused
from app.proposals import queries
from app.proposals.actions import keep_answer, revise, write_draft
from app.proposals.rules.writing import Question, all_said
from tests import builders as b

KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def test_a_form_sent_several_times_at_once_is_one_draft(live_app: Flask, at_once: Callable[..., list[Any]]) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        author = b.make_person()
        actor, answers, draft = b.actor_of(author), b.make_answers(), b.make_draft(author)

    def send(_number: int) -> int:
        with transaction():
            return write_draft(actor, answers, draft.form_key, b.NOW).id

    assert at_once(send, 6) == [draft.id] * 6
    with live_app.app_context():
        assert len(queries.misi_of_proposal(draft.id)) == 1


def test_answers_to_several_questions_at_once_are_all_kept(live_app: Flask, at_once: Callable[..., list[Any]]) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        actor = b.actor_of(b.make_person())
    questions = [question for question in Question if question is not Question.WORK]
    said = all_said(b.ANSWERS)

    def answer(number: int) -> None:
        with transaction():
            keep_answer(actor, KEY, questions[number], said[questions[number]], b.NOW)

    assert at_once(answer, len(questions)) == [None] * len(questions)
    with live_app.app_context():
        draft = queries.find_answers(actor.person_id or 0, KEY)
        assert draft is not None
        assert set(draft.answers["said"]) == set(questions)


def test_the_same_change_sent_several_times_at_once_is_one_version(
    live_app: Flask, at_once: Callable[..., list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        author = b.make_person()
        proposal = b.make_published(author)
        actor = b.actor_of(author)
        answers = replace(queries.answers_of(proposal), title="Pipa air bersih dari mata air Weluly")

    def change(_number: int) -> str:
        try:
            with transaction():
                revise(actor, proposal, answers, b.NOW)
        except Refused as refused:
            return str(refused.reason)
        return "changed"

    outcomes = at_once(change, 4)
    assert sorted(outcomes) == ["changed", *["nothing_changed"] * 3]
    with live_app.app_context():
        assert len(queries.versions_of(proposal.id)) == 1
