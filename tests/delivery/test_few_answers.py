"""What few residents say of a work is counted, and not told by itself."""

from sqlalchemy.orm import Session

from app.delivery import actions
from app.delivery.rules import Answer
from app.kernel.actor import Role
from tests import builders as b
from tests.client import Visitor
from tests.delivery.works import finished, make_routed


def test_answers_are_told_from_the_third_on(client: Visitor, session: Session) -> None:
    b.make_world()
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = finished(session, planner, make_routed(planner))
    told = []
    for _resident in range(3):
        actions.check(b.actor_of(b.make_person(proposal.village_code)), proposal, Answer.NOT_YET, "", b.NOW)
        told.append("Kurang dari 3 jawaban warga" not in client.get(f"/belu/usulan/{proposal.number}").text)
    assert told == [False, False, True]
