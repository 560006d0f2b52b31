"""Villages that take innovations up, in a real database: proof, who confirms, the gate, and two at once."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.db.session import session as own_session
from app.db.transaction import transaction
from app.files import actions as files
from app.innovations import actions as innovations
from app.innovations.models import Innovation, InnovationDistrict
from app.innovations.queries import held_by
from app.innovations.rules.gates import Asked
from app.innovations.rules.profile import DistrictLink
from app.innovations.rules.refusals import Refusal as GateRefusal
from app.innovations.rules.stages import Stage
from app.kernel.actor import ANYONE, Actor, AgencyFacts, Role
from app.kernel.outcomes import Denied, Refused
from app.kernel.transitions import Transition
from app.replication import actions, queries
from app.replication.models import Replication
from app.replication.rules import AdoptionText, Event, Refusal, State
from tests import builders as b
from tests.files import pictures

TEXT = AdoptionText(b.KEWAR, "Pemerintah Desa Kewar", b.TODAY, "Berjalan sejak awal bulan.")
WHY = "Belum ada kegiatan di desa itu."


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def adopted(planner: Actor) -> Innovation:
    """In use in Makir, led by Dinas Kesehatan."""
    return b.make_adopted(planner)


def prove(actor: Actor, form_key: str) -> None:
    """Add a photo to the form."""
    upload = FileStorage(BytesIO(pictures.photo()), "bukti.jpg")
    files.keep(actor, form_key, files.take(actor, [upload], [], b.NOW), b.NOW)


def report(actor: Actor, innovation: Innovation, text: AdoptionText = TEXT) -> Replication:
    form_key = str(uuid4())
    prove(actor, form_key)
    return actions.report(actor, innovation, text, form_key, b.NOW)


def refused(act: Callable[[], object]) -> object:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason


def facilitator(village: str = b.KEWAR) -> Actor:
    return b.make_staff(Role.FACILITATOR, village)


def test_a_village_reports_and_the_lead_agency_confirms(planner: Actor, adopted: Innovation) -> None:
    made = report(facilitator(), adopted)
    assert (made.state, queries.count_confirmed(adopted.id)) == (State.ASKED, 0)
    agency = AgencyFacts(adopted.agency_id or 0, b.BELU, "Dinas Kesehatan")
    officer = b.make_staff(Role.OFFICER, b.BELU, agency=agency)
    actions.decide(officer, adopted, made, Event.CONFIRM, "", b.NOW)
    assert queries.confirmed_villages(adopted.id) == [b.KEWAR]
    assert Asked.REPLICATION in {one.asked for one in held_by(adopted.id)}
    link = own_session.scalars(select(InnovationDistrict).where(InnovationDistrict.link == DistrictLink.ADOPTER)).one()
    assert link.district_code == b.LAMAKNEN


def test_without_a_photo_and_twice_and_elsewhere_it_is_refused(planner: Actor, adopted: Innovation) -> None:
    mine, key = facilitator(), str(uuid4())
    assert refused(lambda: actions.report(mine, adopted, TEXT, key, b.NOW)) is Refusal.PROOF_MISSING
    report(mine, adopted)
    assert refused(lambda: report(mine, adopted)) is Refusal.ADOPTED_TWICE
    elsewhere = replace(TEXT, village_code=b.LALANG)
    assert refused(lambda: report(facilitator(b.LALANG), adopted, elsewhere)) is Refusal.FOREIGN_VILLAGE
    own = replace(TEXT, village_code=b.MAKIR)
    assert refused(lambda: report(facilitator(b.MAKIR), adopted, own)) is Refusal.OWN_VILLAGE


def test_a_village_that_is_none_is_refused(planner: Actor, adopted: Innovation) -> None:
    nowhere = replace(TEXT, village_code="53.04.01.9999")
    assert refused(lambda: report(planner, adopted, nowhere)) is Refusal.FOREIGN_VILLAGE


def test_a_form_sent_twice_is_one_report(planner: Actor, adopted: Innovation) -> None:
    mine, key = facilitator(), str(uuid4())
    prove(mine, key)
    first = actions.report(mine, adopted, TEXT, key, b.NOW)
    assert actions.report(mine, adopted, TEXT, key, b.NOW) is first


def test_what_was_refused_with_a_reason_may_be_reported_anew(planner: Actor, adopted: Innovation) -> None:
    made = report(facilitator(), adopted)
    assert refused(lambda: actions.decide(planner, adopted, made, Event.REFUSE, "", b.NOW)) is Refusal.REASON_MISSING
    actions.decide(planner, adopted, made, Event.REFUSE, WHY, b.NOW)
    own_session.flush()
    assert report(facilitator(), adopted).id != made.id
    assert refused(lambda: actions.decide(planner, adopted, made, Event.CONFIRM, "", b.NOW)) is Transition.NOT_NOW


def test_nobody_confirms_their_own_report(planner: Actor, adopted: Innovation) -> None:
    made = report(planner, adopted)
    assert refused(lambda: actions.decide(planner, adopted, made, Event.CONFIRM, "", b.NOW)) is Refusal.OWN_REPORT


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.OFFICER])
def test_only_the_villages_facilitator_reports_and_only_the_lead_decides(
    planner: Actor, adopted: Innovation, role: Role
) -> None:
    made = report(facilitator(), adopted)
    for actor in (ANYONE, b.make_staff(role, b.BELU), b.make_staff(Role.PLANNER, b.BELTIM), facilitator(b.TOHE)):
        with pytest.raises(Denied):
            actions.report(actor, adopted, TEXT, str(uuid4()), b.NOW)
        with pytest.raises(Denied):
            actions.decide(actor, adopted, made, Event.CONFIRM, "", b.NOW)


def test_a_confirmed_village_opens_the_last_gate_and_does_not_just_end_under_it(
    planner: Actor, adopted: Innovation, session: Session
) -> None:
    pass_it = lambda: innovations.pass_gate(planner, adopted, Stage.REPLICATING, b.REASON, b.NOW)  # noqa: E731
    assert refused(pass_it) is GateRefusal.GATE_INCOMPLETE
    made = report(facilitator(), adopted)
    actions.decide(planner, adopted, made, Event.CONFIRM, "", b.NOW)
    assert pass_it().stage is Stage.REPLICATING

    def end() -> object:
        with session.begin_nested():
            return actions.decide(planner, adopted, made, Event.END, WHY, b.NOW)

    assert refused(end) is GateRefusal.UNDER_PASSED_GATE
    tohe = report(facilitator(b.TOHE), adopted, replace(TEXT, village_code=b.TOHE))
    actions.decide(planner, adopted, tohe, Event.CONFIRM, "", b.NOW)
    end()
    session.flush()
    assert queries.confirmed_villages(adopted.id) == [b.TOHE]


def test_who_could_be_next_has_asked_for_the_same(planner: Actor, adopted: Innovation) -> None:
    author = b.make_person(b.TOHE)
    proposal = b.make_published(author, village_code=b.TOHE, title="Pipa air bersih dari mata air ke dusun")
    (found,) = queries.candidates(adopted, set())
    assert (found.village, found.proposal) == ("Tohe", proposal.number)
    assert queries.candidates(adopted, {b.TOHE}) == []


def test_the_same_village_reported_ten_times_at_once_stands_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        innovation = b.make_adopted(planner)
        keys = [str(uuid4()) for _ in range(10)]
        mine = [facilitator() for _ in range(10)]
        for actor, key in zip(mine, keys, strict=True):
            prove(actor, key)

    def act(number: int) -> object:
        return actions.report(mine[number], innovation, TEXT, keys[number], b.NOW).state

    answers = b.race(live_app, 10, act)
    assert sorted(map(str, answers)) == [*["adopted_twice"] * 9, "asked"]
    with live_app.app_context():
        assert own_session.scalar(select(func.count()).select_from(Replication)) == 1


def test_a_report_confirmed_and_refused_at_once_is_one_of_both(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planners = [b.make_staff(Role.PLANNER, b.BELU) for _ in range(2)]
        innovation = b.make_adopted(planners[0])
        made_id = report(facilitator(), innovation).id

    def act(number: int) -> object:
        event, made = (Event.CONFIRM, Event.REFUSE)[number], queries.get_replication(innovation.id, made_id)
        return actions.decide(planners[number], innovation, made, event, WHY, b.NOW).state

    answers = b.race(live_app, 2, act)
    assert answers in ([State.CONFIRMED, Transition.NOT_NOW], [Transition.NOT_NOW, State.REFUSED])
