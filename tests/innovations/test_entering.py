"""Entering innovations and describing them: who may, for whom, what is refused, and who is named."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.db.session import session as own_session
from app.db.transaction import transaction
from app.innovations import actions, queries
from app.innovations.models import Innovation, StageEntry
from app.innovations.rules.entry import MOST_WAITING, Behalf, Entry, refuse_entry
from app.innovations.rules.profile import Affair, Classification, Form
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Origin, Stage
from app.kernel.actor import Actor, Level, Role
from app.kernel.outcomes import Denied, Refused
from app.plans.models import Agency
from app.plans.queries import misi_of
from app.proposals.models import Proposal
from tests import builders as b
from tests.client import Visitor

REASON = "Masalahnya jelas dan caranya baru."
STORY = "Dulu ibu hamil menunggu setengah hari; sekarang antre lewat pesan singkat dari rumah."
SELF = Behalf(Origin.RESIDENT, village_code=b.MAKIR)
Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def agency(session: Session, planner: Actor) -> Agency:
    made = Agency(regency_code=b.BELU, name="Dinas Uji", short_name="Uji", needs_check=False)
    session.add(made)
    session.flush()
    return made


def entry(name: str = "ANTRE RINGAN", behalf: Behalf = SELF, **more: Any) -> Entry:
    return Entry(behalf, name, "", STORY, **more)


def enter(actor: Actor, told: Entry, key: str | None = None) -> Innovation:
    return actions.enter(actor, b.BELU, told, key or str(uuid4()), b.NOW)


# Rules


@pytest.mark.parametrize(
    ("taken", "waiting", "pillar", "refusal"),
    [
        ((), 0, None, None),
        (("antre ringan",), 0, None, Refusal.NAME_TAKEN),
        ((), 0, 7, None),
        ((), 0, 8, Refusal.UNKNOWN_PILLAR),
        ((), MOST_WAITING - 1, None, None),
        ((), MOST_WAITING, None, Refusal.ENOUGH_WAITING),
    ],
)
def test_an_entry_is_refused_with_the_reason(
    taken: tuple[str, ...], waiting: int, pillar: int | None, refusal: Refusal | None
) -> None:
    assert refuse_entry(entry(pillar_id=pillar), taken, waiting, {7}) is refusal


def test_agencies_and_villages_enter_as_many_as_they_run() -> None:
    assert refuse_entry(entry(behalf=Behalf(Origin.AGENCY, 1)), (), 500, ()) is None


# Actions


def test_a_resident_enters_an_idea_that_waits_for_the_planner(planner: Actor, session: Session) -> None:
    rosa = b.actor_of(b.make_person(name="Rosa Bere"))
    made = enter(rosa, entry(misi_ids={misi_of(b.BELU)[0].id}))
    assert (made.stage, made.origin, made.initiator) == (Stage.IDEA, Origin.RESIDENT, "Warga Desa Makir")
    assert (made.classification, made.village_code) == (Classification.COMMUNITY, b.MAKIR)
    assert queries.get_shown(b.BELU, made.number).profile.person is None
    assert [one.number for one in queries.misi_of_innovation(made.id)] == [1]
    (step,) = session.query(StageEntry).filter_by(innovation_id=made.id)
    assert step.role is None
    with pytest.raises(Refused) as refused:
        actions.pass_gate(replace(rosa, grants=planner.grants), made, Stage.CURATION, REASON, b.NOW)
    assert refused.value.reason is Refusal.OWN_GATE
    assert actions.pass_gate(planner, made, Stage.CURATION, REASON, b.NOW).stage is Stage.CURATION


def test_the_owner_is_named_only_as_long_as_they_agree(planner: Actor) -> None:
    rosa = b.actor_of(b.make_person(name="Rosa Bere"))
    made = enter(rosa, entry(is_named=True))
    assert queries.get_shown(b.BELU, made.number).profile.person == "Rosa Bere"
    actions.name_owner(rosa, made, False, b.NOW)
    assert queries.get_shown(b.BELU, made.number).profile.person is None
    actions.name_owner(rosa, made, True, b.NOW)
    assert queries.get_shown(b.BELU, made.number).profile.person == "Rosa Bere"
    for other in (planner, b.actor_of(b.make_person(name="Yanto"))):
        with pytest.raises(Denied):
            actions.name_owner(other, made, False, b.NOW)


def test_an_officer_enters_for_their_agency_only(planner: Actor, agency: Agency, session: Session) -> None:
    other = Agency(regency_code=b.BELU, name="Dinas Lain", short_name="Lain", needs_check=False)
    session.add(other)
    session.flush()
    officer = b.make_staff(Role.OFFICER, b.BELU, agency=agency)
    made = enter(officer, entry(behalf=Behalf(Origin.AGENCY, agency.id)))
    assert (made.origin, made.agency_id, made.initiator) == (Origin.AGENCY, agency.id, "Dinas Uji")
    with pytest.raises(Denied):
        enter(officer, entry("LAIN", Behalf(Origin.AGENCY, other.id)))
    assert {choice.initiator for choice in queries.behalves(planner, b.BELU)} >= {"Dinas Uji", "Dinas Lain"}


def test_a_facilitator_enters_for_their_village(planner: Actor) -> None:
    helper = b.make_staff(Role.FACILITATOR, b.MAKIR)
    made = enter(helper, entry(behalf=Behalf(Origin.VILLAGE, village_code=b.MAKIR)))
    assert (made.origin, made.initiator) == (Origin.VILLAGE, "Desa Makir")
    with pytest.raises(Denied):
        enter(helper, entry("LAIN", Behalf(Origin.VILLAGE, village_code=b.TOHE)))


def test_nobody_enters_elsewhere_or_before_their_phone_is_confirmed(planner: Actor) -> None:
    rosa, new = b.actor_of(b.make_person()), b.actor_of(b.make_person(name="Baru", level=Level.REGISTERED))
    with pytest.raises(Denied):
        actions.enter(rosa, b.BELTIM, entry(), str(uuid4()), b.NOW)
    with pytest.raises(Denied):
        enter(new, entry())


def test_a_resident_has_so_many_ideas_waiting_and_no_more(planner: Actor) -> None:
    rosa = b.actor_of(b.make_person())
    for number in range(MOST_WAITING):
        made = enter(rosa, entry(f"GAGASAN {number}"))
    with pytest.raises(Refused) as refused:
        enter(rosa, entry("SATU LAGI"))
    assert refused.value.reason is Refusal.ENOUGH_WAITING
    actions.pass_gate(planner, made, Stage.CURATION, REASON, b.NOW)
    assert enter(rosa, entry("SATU LAGI")).number == "BLU-I-0006"


def test_the_same_form_sent_many_times_at_once_enters_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        rosa = b.actor_of(b.make_person())
    key = str(uuid4())
    answers = b.race(live_app, 6, lambda _n: actions.enter(rosa, b.BELU, entry(), key, b.NOW).number)
    assert answers == ["BLU-I-0001"] * 6
    with live_app.app_context():
        assert own_session.query(Innovation).count() == 1


def test_describing_changes_what_is_told_and_the_log_names_the_columns(planner: Actor) -> None:
    made = b.make_innovation(planner)
    values = {"form": Form.PUBLIC_SERVICE, "affairs": [Affair.HEALTH, Affair.SOCIAL], "cost": 5_000_000}
    actions.describe(planner, made, values, b.NOW)
    actions.describe(planner, made, values, b.NOW)
    assert queries.affairs_of_all([made.id])[made.id] == [Affair.HEALTH, Affair.SOCIAL]
    revised = [row for row in queries.changes_of(made.id) if row.act == "revise"]
    assert [row.facts["changed"] for row in revised] == [["cost", "form", "affairs"]]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name": "sudah ada"}, Refusal.NAME_TAKEN),
        ({"applied_on": b.NOW.date().replace(year=2099)}, Refusal.NOT_YET_APPLIED),
        ({"developed_on": b.NOW.date().replace(year=2099)}, Refusal.NOT_YET_APPLIED),
        (
            {"trial_on": b.NOW.date(), "applied_on": b.NOW.date().replace(year=2020)},
            Refusal.APPLIED_BEFORE_TRIAL,
        ),
        ({"village_code": "19.06.01.2001"}, Refusal.UNKNOWN_VILLAGE),
        ({"village_code": "53.04.01"}, Refusal.UNKNOWN_VILLAGE),
    ],
)
def test_a_description_is_refused_with_the_reason(planner: Actor, values: dict[str, Any], reason: Refusal) -> None:
    b.make_innovation(planner, "SUDAH ADA")
    made = b.make_innovation(planner, "AIR LESTARI")
    with pytest.raises(Refused) as refused:
        actions.describe(planner, made, values, b.NOW)
    assert refused.value.reason is reason


def test_its_owner_describes_it_until_it_is_taken_further(planner: Actor) -> None:
    rosa = b.actor_of(b.make_person())
    made = enter(rosa, entry())
    actions.describe(rosa, made, {"aims": "Antrean lebih pendek."}, b.NOW)
    actions.pass_gate(planner, made, Stage.CURATION, REASON, b.NOW)
    with pytest.raises(Denied):
        actions.describe(rosa, made, {"aims": "Lain."}, b.NOW)
    actions.send_back(planner, made, "Ceritanya belum jelas bagi warga.", b.NOW)
    actions.describe(rosa, made, {"aims": "Lebih jelas."}, b.NOW)


def test_a_proposal_supports_an_innovation_once(planner: Actor) -> None:
    made = b.make_innovation(planner)
    other = b.make_published()
    for _ in range(2):
        actions.add_supporting(planner, made, str(other.number), b.NOW)
    assert [row.number for row in queries.supporting_of(made.id)] == [other.number]
    assert queries.proposals_of(made.id) == [made.origin_proposal_id, other.id]
    assert queries.supported_by(other.id) == [(made.number, made.name)]
    for number, reason in (("BLU-99-99999", Refusal.NO_SUCH_PROPOSAL), (_origin(made), Refusal.IS_ORIGIN)):
        with pytest.raises(Refused) as refused:
            actions.add_supporting(planner, made, number, b.NOW)
        assert refused.value.reason is reason


def _origin(innovation: Innovation) -> str:
    return str(own_session.get_one(Proposal, innovation.origin_proposal_id).number)


# Pages


def typed(**more: Any) -> dict[str, Any]:
    return {"behalf": f"resident-{b.MAKIR}", "name": "ANTRE RINGAN", "summary": STORY} | more


def test_a_resident_registers_on_the_page(client: Visitor, planner: Actor) -> None:
    client.sign_in(b.make_person(name="Rosa Bere"))
    assert "Daftarkan inovasi" in client.get("/belu/inovasi").text
    answer = client.submit("/belu/inovasi/daftar", typed(is_named="y"))
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "ANTRE RINGAN" in page
    assert "Rosa Bere" in page
    client.submit("/belu/inovasi/BLU-I-0001", action="/belu/inovasi/BLU-I-0001/nama")
    page = client.get("/belu/inovasi/BLU-I-0001").text
    assert "Rosa Bere" not in page
    assert "Warga Desa Makir" in page


def test_what_was_typed_is_kept_where_something_is_wrong(client: Visitor, planner: Actor) -> None:
    client.sign_in(b.make_person())
    bad = typed(summary="Hubungi 0812 3456 7890 untuk keterangan lebih lanjut.")
    page = client.submit("/belu/inovasi/daftar", bad)
    assert page.status_code == 422
    assert 'value="ANTRE RINGAN"' in page.text
    assert "NIK atau nomor HP" in page.text
    wrongs = ({"behalf": "agency-1"}, {"behalf": f"village-{b.TOHE}"}, {"name": ""}, {"misi": "x"}, {"pillar": "9"})
    for wrong in wrongs:
        answer = client.submit("/belu/inovasi/daftar", typed() | wrong)
        assert answer.status_code == (303 if "misi" in wrong else 422), wrong


def test_what_is_much_alike_is_shown_first(client: Visitor, planner: Actor) -> None:
    enter(b.actor_of(b.make_person(name="Yanto")), entry("ANTRE LAIN"))
    client.sign_in(b.make_person())
    page = client.submit("/belu/inovasi/daftar", typed())
    assert page.status_code == 422
    assert "Mungkin sudah ada" in page.text
    assert "ANTRE LAIN" in page.text
    assert client.submit("/belu/inovasi/daftar", typed(is_other="y")).status_code == 303


@pytest.mark.parametrize("section", ["cerita", "klasifikasi", "waktu", "rancangan", "biaya"])
def test_every_part_is_shown_and_sent_back_as_it_was(client: Visitor, planner: Actor, section: str) -> None:
    made = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    at = f"/belu/inovasi/{made.number}/ubah/{section}"
    page = client.get(at)
    assert page.status_code == 200
    assert client.submit(at).status_code == 303
    assert "revise" not in [row.act for row in queries.changes_of(made.id)]


def test_a_part_keeps_what_was_typed_where_it_is_refused(client: Visitor, planner: Actor) -> None:
    made = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    at = f"/belu/inovasi/{made.number}/ubah/waktu"
    page = client.submit(at, {"applied_on": "2099-01-01", "trial_on": "2026-01-01"})
    assert page.status_code == 422
    assert 'value="2099-01-01"' in page.text
    assert "belum tiba" in page.text
    assert client.submit(at, {"applied_on": "kemarin"}).status_code == 422
    assert client.get(f"/belu/inovasi/{made.number}/ubah/lain").status_code == 404
    client.sign_in(b.make_person())
    assert client.get(at).status_code == 403


def test_the_page_tells_the_story_from_the_first_proposal(client: Visitor, planner: Actor) -> None:
    made = b.make_innovation(planner)
    page = client.get(f"/belu/inovasi/{made.number}").text
    places = [page.index(step) for step in ("diangkat menjadi inovasi", "Moderator menerbitkan", "Pengusul mengirim")]
    assert places == sorted(places)  # the latest first


def test_a_short_design_is_hinted_at_and_not_refused(client: Visitor, planner: Actor) -> None:
    made = b.make_innovation(planner)
    actions.describe(planner, made, {"design": "Cara kerja singkat."}, b.NOW)
    assert "3 kata" in client.get(f"/belu/inovasi/{made.number}").text
    actions.describe(planner, made, {"design": "kata " * 300}, b.NOW)
    assert "paling sedikit 300 kata" not in client.get(f"/belu/inovasi/{made.number}").text


def test_changes_are_public_without_names(client: Visitor, planner: Actor) -> None:
    made = b.make_innovation(planner)
    actions.describe(planner, made, {"cost": 1}, b.NOW)
    page = client.get(f"/belu/inovasi/{made.number}/perubahan").text
    assert "Keterangan diubah" in page
    assert "biaya" in page
    assert planner.name not in page


def test_a_planner_ties_a_supporting_proposal_on_a_page(client: Visitor, planner: Actor) -> None:
    made, other = b.make_innovation(planner), b.make_published()
    client.sign_in(b.person_of(planner))
    at = f"/pipa/belu/inovasi/{made.number}/usulan"
    assert client.submit(at, {"number": "BLU-00-00000"}).status_code == 422
    assert client.submit(at, {"number": str(other.number).lower()}).status_code == 303
    assert str(other.number) in client.get(f"/belu/inovasi/{made.number}").text
    assert made.name in client.get(f"/belu/usulan/{other.number}").text
