"""Cards at the desk, and the account that its owner takes over with one."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import PersonView
from app.accounts.queries import namesakes
from app.accounts.rules.views import Seen
from app.db.session import db
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed
from app.kernel.actor import Actor, Level, Role
from app.proposals.models import Proposal
from tests import builders as b
from tests.client import Visitor
from tests.facilitation.test_proposals import ANSWERS

NEW = {
    "name": "Dominggus Mau",
    "nik": "5304013112880001",
    "village": b.MAKIR,
    "language": "tet",
    "seen": "ktp",
    "consent": "y",
}


@pytest.fixture
def facilitator(session: Session, client: Visitor) -> Actor:
    b.make_world()
    actor = b.make_staff(Role.FACILITATOR, b.MAKIR)
    client.sign_in(b.person_of(actor))
    return actor


def words_on(page: str) -> str:
    return page.split("Tiga kata rahasia</small>")[1].split("</p>", maxsplit=1)[0].strip()


def deeds() -> list[Deed]:
    return [row.deed for row in db.session.query(Assistance).order_by(Assistance.id)]


def enrolled(client: Visitor) -> Any:
    client.submit("/damping/warga/baru", NEW)
    (person,) = namesakes("Dominggus Mau", b.MAKIR)
    return person


def test_a_first_card_is_printed_once_with_its_words(client: Visitor, facilitator: Actor) -> None:
    person = enrolled(client)
    page = f"/damping/warga/{person.card_number}"
    answer = client.submit(f"{page}/kartu")
    assert answer.status_code == 200
    assert len(words_on(answer.text).split()) == 3
    assert words_on(answer.text) not in client.get(f"{page}/kartu").text
    assert deeds() == [Deed.ENROLLED, Deed.ATTESTED, Deed.CARD_PRINTED]
    seen = [view.seen for view in db.session.query(PersonView).filter_by(person_id=person.id)]
    assert Seen.CARD in seen


@pytest.mark.usefixtures("facilitator")
def test_a_replaced_card_needs_a_reason_and_ends_the_old_one(client: Visitor) -> None:
    person = enrolled(client)
    page = f"/damping/warga/{person.card_number}/kartu"
    client.submit(page)
    action = f"{page}/cabut"
    token = client.get(page).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert client.post(page, data={"csrf_token": token}).status_code == 422
    answer = client.post(page, data={"csrf_token": token, "reason": "lost"})
    assert answer.status_code == 200
    assert deeds()[-1] is Deed.CARD_REPLACED
    assert client.post(action, data={"csrf_token": token}).status_code == 422
    assert client.post(action, data={"csrf_token": token, "reason": "misused"}).status_code == 303
    assert client.post(action, data={"csrf_token": token, "reason": "misused"}).status_code == 409


def test_an_assisted_account_is_taken_over_by_its_owner_with_everything(client: Visitor, facilitator: Actor) -> None:
    person = enrolled(client)
    desk = f"/damping/warga/{person.card_number}"
    check = client.submit(f"{desk}/usulan", ANSWERS).location
    client.submit(check, {"is_read_back": "y"})
    (proposal,) = db.session.query(Proposal).all()
    words = words_on(client.submit(f"{desk}/kartu").text)
    assert "dibuka dengan kartu" in client.get(desk).text

    owner = client.application.test_client()
    assert isinstance(owner, Visitor)
    signed = owner.submit("/masuk", {"name": person.card_number, "password": words})
    assert signed.status_code == 303
    assert str(proposal.number) in owner.get("/akun").text
    changed = owner.submit("/akun/sandi", {"password": "kelapa gunung layar"})
    assert changed.status_code == 303, changed.text
    owner.submit("/akun/hp/ganti", {"phone": "0813 2222 3333"})
    assert person.phone == "+6281322223333"
    assert str(proposal.number) in owner.get("/akun").text
    assert person.level == Level.ATTESTED

    again = client.application.test_client()
    assert isinstance(again, Visitor)
    assert again.submit("/masuk", {"name": person.card_number, "password": words}).status_code == 422
    fresh = again.submit("/masuk", {"name": "0813 2222 3333", "password": "kelapa gunung layar"})
    assert fresh.status_code == 303
    assert "sudah dipegang warga sendiri" in client.get(desk).text
