"""The planner's page for misi."""

from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.kernel.actor import Role
from app.plans.queries import misi_of
from tests import builders as b
from tests.client import Visitor

PAGE = "/pipa/belitung-timur/misi"
TEXT = "Meningkatkan jalan dan jembatan antardesa"


def planner(session: Session, scope: str) -> Person:
    return session.get_one(Person, b.make_staff(Role.PLANNER, scope).person_id)


def test_a_planner_enters_the_first_misi_and_the_next_number_is_proposed(client: Visitor, session: Session) -> None:
    b.make_regions()
    client.sign_in(planner(session, b.BELTIM))
    page = client.get(PAGE).text
    assert "warga belum dapat mengusulkan" in page
    assert 'value="1"' in page
    sent = client.submit(PAGE, {"text": TEXT, "short": "Jalan"})
    assert sent.location == PAGE
    page = client.get(PAGE).text
    assert "Misi 1 tersimpan." in page
    assert TEXT in page
    assert 'value="2"' in page


def test_a_taken_number_is_an_error_at_its_field_and_keeps_what_was_typed(client: Visitor, session: Session) -> None:
    b.make_regions()
    b.make_misi(b.BELTIM)
    client.sign_in(planner(session, b.BELTIM))
    answer = client.submit(PAGE, {"number": "2", "text": TEXT, "short": "Jalan"})
    assert answer.status_code == 422
    assert "Misi nomor 2 sudah ada." in answer.text
    assert TEXT in answer.text
    assert len(misi_of(b.BELTIM)) == 3


def test_a_misi_that_is_no_sentence_is_refused(client: Visitor, session: Session) -> None:
    b.make_regions()
    client.sign_in(planner(session, b.BELTIM))
    answer = client.submit(PAGE, {"number": "0", "text": "Jalan", "short": ""})
    assert answer.status_code == 422
    assert "Terlalu pendek" in answer.text
    assert "wajib diisi" in answer.text


def test_the_page_is_for_planners_of_that_regency(client: Visitor, session: Session) -> None:
    b.make_regions()
    assert client.get(PAGE).location == f"/masuk?next={PAGE}"
    assert client.sign_in(b.make_person()).get(PAGE).status_code == 403
    assert client.sign_in(planner(session, b.BELU)).get(PAGE).status_code == 403
