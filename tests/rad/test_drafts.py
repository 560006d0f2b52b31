"""What a planner still writes is nobody else's to read, wherever it is told of."""

import pytest
from sqlalchemy.orm import Session

from app.db.session import session as own_session
from app.innovations.actions import add_supporting
from app.rad import actions, queries
from tests import builders as b
from tests.client import Visitor
from tests.monitoring.things import make_report, make_thing
from tests.rad.matrices import make_action, make_text, planner

SECRET = "Rencana yang belum diputuskan siapa pun"


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def test_an_innovation_does_not_tell_of_the_draft_that_it_hangs_under(client: Visitor) -> None:
    actor = planner()
    innovation, draft = b.make_innovation(actor), make_action(actor, title=SECRET)
    actions.hang(actor, draft, innovation, b.NOW)
    assert SECRET not in client.get(f"/belu/inovasi/{innovation.number}").text
    client.sign_in(b.person_of(actor))
    assert SECRET in client.get(f"/belu/inovasi/{innovation.number}").text


def test_an_action_that_was_reopened_is_not_read_on_the_page_of_its_progress(client: Visitor) -> None:
    thing = make_thing()
    make_report(thing)
    actor = planner()
    action = queries.get_row(b.BELU, "1.1").action
    assert client.get("/belu/rad/1.1/pantauan").status_code == 200
    actions.reopen(actor, action, "Targetnya harus diperbaiki dulu.", b.NOW)
    actions.change_action(actor, action, make_text(title=SECRET), b.NOW)
    assert client.get("/belu/rad/1.1").status_code == 404
    page = client.get("/belu/rad/1.1/pantauan")
    assert SECRET not in page.text
    assert SECRET not in client.get("/belu/rad/pantauan").text
    assert SECRET not in client.get("/belu/rad/pantauan.csv").text


def test_an_innovation_does_not_tell_of_a_supporting_proposal_that_is_not_public_any_more(client: Visitor) -> None:
    innovation = b.make_innovation(planner())
    proposal = b.make_published(b.make_person(), title="Pompa air tenaga surya untuk kebun")
    add_supporting(planner(), innovation, proposal.number, b.NOW)
    page = f"/belu/inovasi/{innovation.number}"
    assert proposal.title in client.get(page).text
    proposal.public_since = None
    own_session.flush()
    assert proposal.title not in client.get(page).text
