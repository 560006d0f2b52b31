"""Works for the tests, made by the planner's own actions."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy.orm import Session, scoped_session

from app.backing.rules.resources import Fund
from app.delivery import actions
from app.delivery.rules import Budgeted, Finished, Planned, Reached, Started
from app.files.models import StoredFile
from app.innovations import actions as innovations
from app.innovations.rules.decision import Criterion
from app.kernel.actor import Actor
from app.proposals.models import Proposal
from app.proposals.queries import get_locked
from tests import builders as b

TODAY = b.NOW.date()
PLAN = Planned(2028, "1.03.10.2.01", "Pemeliharaan jalan desa")
BUDGET = Budgeted(2028, "5.2.04.01", "Belanja modal jalan", Fund.REGENCY, 140_000_000)
START = Started(TODAY - timedelta(days=20), TODAY + timedelta(days=40), "Kelompok kerja Makir")


def make_routed(planner: Actor, agency_id: int | None = None) -> Proposal:
    answers = b.five_answers(Criterion.NOVELTY)
    return innovations.route(planner, b.make_selected(), answers, agency_id, "Pekerjaan biasa dinas.", b.NOW)


def with_photo(session: Session | scoped_session[Session], actor: Actor) -> str:
    """The key of a form to which the actor has added a photo."""
    form_key, key = str(uuid4()), uuid4().hex
    photo = {"width": 64, "height": 48, "bytes": 900, "source_digest": key * 2, "created_at": b.NOW}
    session.add(StoredFile(key=key, owner_id=actor.person_id, form_key=form_key, **photo))
    session.flush()
    return form_key


def finished(session: Session | scoped_session[Session], actor: Actor, proposal: Proposal) -> Proposal:
    actions.plan(actor, proposal, PLAN, b.NOW)
    actions.budget(actor, proposal, BUDGET, b.NOW)
    actions.start(actor, proposal, START, with_photo(session, actor), b.NOW)
    actions.reach(actor, proposal, Reached(50, TODAY), with_photo(session, actor), b.NOW)
    actions.finish(actor, proposal, Finished(TODAY, 138_000_000), with_photo(session, actor), b.NOW)
    return get_locked(proposal.id)
