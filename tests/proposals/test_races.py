"""The same proposal from two places at the same moment."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from app.db.transaction import transaction
from app.proposals import queries
from app.proposals.actions import write_draft
from tests import builders as b


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
