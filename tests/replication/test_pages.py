"""The map of adoption, a facilitator's report, and the lead agency's finding, as people meet them."""

from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.innovations.models import Innovation
from app.kernel.actor import Actor, Role
from app.replication.models import Replication
from app.replication.rules import State
from tests import builders as b
from tests.client import Visitor
from tests.files import pictures


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def adopted(planner: Actor) -> Innovation:
    return b.make_adopted(planner)


def told(**changes: object) -> dict[str, object]:
    answers = {"village": b.KEWAR, "adopter": "Pemerintah Desa Kewar", "adopted_on": "2026-11-01", "note": ""}
    photo = {"photos": [(BytesIO(pictures.photo()), "bukti.jpg")]}
    return answers | photo | changes


def test_a_facilitator_reports_and_it_stands_on_the_page_once_confirmed(
    client: Visitor, planner: Actor, adopted: Innovation, session: Session
) -> None:
    public, form = f"/belu/inovasi/{adopted.number}/replikasi", f"/damping/belu/inovasi/{adopted.number}/terapkan"
    assert form not in client.get(public).text
    assert public in client.get(f"/belu/inovasi/{adopted.number}").text
    client.sign_in(b.person_of(b.make_staff(Role.FACILITATOR, b.KEWAR)))
    assert form in client.get(public).text
    page = client.submit(form, told(photos=[]))
    assert (page.status_code, "Tambahkan bukti" in page.text, "Pemerintah Desa Kewar" in page.text) == (422, True, True)
    assert client.submit(form, told(adopted_on="2026-12-01")).status_code == 422
    assert client.submit(form, told(village=b.TOHE)).status_code == 422
    assert client.submit(form, told()).location == public
    assert "Menunggu dinas pengampu" in client.get(public).text
    made = session.scalars(select(Replication)).one()
    client.sign_in(b.person_of(planner))
    finding = f"/pipa/belu/inovasi/{adopted.number}/replikasi/{made.id}"
    assert finding in client.get(public).text
    assert client.submit(finding, {"step": "refuse"}).status_code == 422
    assert client.submit(finding, {"step": "confirm"}).location == public
    assert made.state is State.CONFIRMED
    stranger = client.application.test_client()
    seen = stranger.get(public).text
    assert "1 desa diakui dinas pengampu." in seen
    assert "/berkas/" in seen


def test_the_page_of_another_regency_is_none(client: Visitor, adopted: Innovation) -> None:
    assert client.get(f"/belitung-timur/inovasi/{adopted.number}/replikasi").status_code == 404


def test_what_is_not_in_use_says_so(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner, "BARU")
    client.sign_in(b.person_of(b.make_staff(Role.FACILITATOR, b.KEWAR)))
    page = client.submit(f"/damping/belu/inovasi/{innovation.number}/terapkan", told())
    assert (page.status_code, "belum diterapkan di tempat asalnya" in page.text) == (422, True)
