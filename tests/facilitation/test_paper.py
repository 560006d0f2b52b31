"""Paper forms: printed in numbered batches, entered sheet by sheet, each one once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Consent, Person
from app.accounts.queries import namesakes
from app.db.session import db
from app.db.transaction import transaction
from app.facilitation.actions import Sheet, enter_sheet, print_batch
from app.facilitation.models import Assistance, PaperBatch
from app.facilitation.rules import Deed
from app.facilitation.rules.paper import MOST_SHEETS
from app.kernel.actor import Actor, Level, Role
from app.kernel.outcomes import Denied
from app.proposals.models import Proposal
from app.proposals.rules import Status
from tests import builders as b
from tests.client import Visitor

THREADS = 6
ORDER = "/damping/lembar"
TYPED = {
    "title": "Pipa air bersih dari mata air Weluli",
    "problem": "Warga berjalan dua kilometer untuk mengambil air setiap pagi.",
    "work": "Pasang pipa dari mata air ke bak penampung di dusun.",
    "hamlet": "Fatubesi",
    "volume": "1200",
    "unit": "meter",
    "beneficiaries": "240",
    "misi": ["3"],
    "is_read_back": "y",
}


@pytest.fixture
def facilitator(session: Session, client: Visitor) -> Actor:
    """The facilitator of Makir, signed in, while residents propose."""
    b.make_world()
    actor = b.make_staff(Role.FACILITATOR, b.MAKIR)
    client.sign_in(b.person_of(actor))
    return actor


@pytest.fixture
def batch(facilitator: Actor) -> PaperBatch:
    with transaction():
        return print_batch(facilitator, b.MAKIR, 12, str(uuid4()), b.NOW)


def on(number: int, **typed: Any) -> dict[str, Any]:
    """What is typed on a sheet, under its names in the grid."""
    return {f"s{number}-{name}": value for name, value in (TYPED | typed).items() if value}


def test_a_batch_is_ordered_once_and_printed_with_a_qr_for_each_sheet(client: Visitor, facilitator: Actor) -> None:
    answer = client.submit(ORDER, {"village": b.MAKIR, "sheets": "3"})
    assert answer.status_code == 303
    (made,) = db.session.query(PaperBatch).all()
    page = client.get(answer.location).text
    assert page.count("<article") == page.count('class="qr"') == 3
    assert f"{made.code[:4]} {made.code[4:]}" in page
    with transaction():
        key = str(uuid4())
        assert len({print_batch(facilitator, b.MAKIR, 3, key, b.NOW).code for _click in range(2)}) == 1


@pytest.mark.usefixtures("facilitator")
@pytest.mark.parametrize("sheets", ["0", str(MOST_SHEETS + 1), "banyak", ""])
def test_a_batch_has_one_to_fifty_sheets(client: Visitor, sheets: str) -> None:
    assert client.submit(ORDER, {"village": b.MAKIR, "sheets": sheets}).status_code == 422


def test_a_qr_leads_to_its_row(client: Visitor, batch: PaperBatch) -> None:
    assert client.get(f"{ORDER}/{batch.code}/12").location == f"{ORDER}/{batch.code}?hal=2#lembar-12"
    assert client.get(f"{ORDER}/{batch.code}/13").status_code == 404
    assert client.get(f"{ORDER}/{batch.code}?hal=3").status_code == 404
    assert client.get(f"{ORDER}/TIDAKADA").status_code == 404


def test_facilitators_of_other_villages_see_no_batch(client: Visitor, batch: PaperBatch) -> None:
    client.sign_in(b.person_of(b.make_staff(Role.FACILITATOR, b.TOHE)))
    for way in ("", "/1", "/cetak"):
        assert client.get(f"{ORDER}/{batch.code}{way}").status_code == 404
    assert batch.code not in client.get(ORDER).text


def test_the_sheet_of_a_known_resident_becomes_their_proposal(client: Visitor, batch: PaperBatch) -> None:
    maria = b.make_person(name="Maria Bete", attested=True)
    answer = client.submit(f"{ORDER}/{batch.code}", on(4, card=maria.card_number))
    assert answer.status_code == 303
    (proposal,) = db.session.query(Proposal).all()
    assert (proposal.author_id, proposal.status, proposal.read_back_at) == (maria.id, Status.SUBMITTED, b.NOW)
    page = client.get(answer.location).text
    assert "1 lembar tersimpan." in page
    assert str(proposal.number) in page
    assert "s4-title" not in page  # entered, it is shown with its number
    assert [row.deed for row in db.session.query(Assistance).filter_by(person_id=maria.id)] == [Deed.PAPER_TYPED]


def test_a_newcomer_is_enrolled_and_attested_by_the_sheet(client: Visitor, batch: PaperBatch) -> None:
    new = {"name": "Dominggus Mau", "birth_year": "1970", "sex": "male", "seen": "kk"}
    assert client.submit(f"{ORDER}/{batch.code}", on(1, **new)).status_code == 303
    (person,) = namesakes("Dominggus Mau", b.MAKIR)
    assert person.level == Level.ATTESTED
    consent = db.session.query(Consent).filter_by(person_id=person.id).one()
    assert consent.source == f"lembar {batch.code}/1"


def test_every_sheet_stands_for_itself(client: Visitor, batch: PaperBatch) -> None:
    maria, waiting = b.make_person(attested=True), b.make_person(name="Yosef", level=Level.REGISTERED)
    stranger = b.make_person(b.TOHE, attested=True)
    sheets = (
        on(1, card=maria.card_number)
        | on(2, card=maria.card_number, title="Pendek")
        | on(3, card=waiting.card_number, title="Jembatan bambu di Lahurus")
        | on(5, card=stranger.card_number)
        | on(6, card="12345678")
        | on(7, card=maria.card_number, is_read_back="")
        | on(8, name="Orang Baru")
    )
    answer = client.submit(f"{ORDER}/{batch.code}", sheets)
    assert answer.status_code == 422
    page = answer.text
    assert db.session.query(Proposal).count() == 1
    assert "1 lembar tersimpan." in page
    assert "Terlalu pendek" in page
    assert "Pendek" in page
    assert "Jembatan bambu di Lahurus" in page
    assert "Warga ini belum diverifikasi" in page
    assert "tidak ada di desa dampingan" in page
    assert "Bukan nomor kartu" in page
    assert "tulis tahun lahirnya" in page
    assert client.submit(f"{ORDER}/{batch.code}", on(3, card=waiting.card_number, seen="ktp")).status_code == 303
    assert waiting.level == Level.ATTESTED


def test_a_sheet_sent_twice_enters_once_and_not_for_somebody_else(facilitator: Actor, batch: PaperBatch) -> None:
    maria, yosef = b.make_person(attested=True), b.make_person(name="Yosef", attested=True)

    def enter(person: Person) -> Proposal:
        with transaction():
            sheet = Sheet(person.card_number, None, b.make_answers(), None, is_read_back=True)
            return enter_sheet(facilitator, batch, 1, sheet, b.NOW)

    assert len({enter(person).id for person in (maria, maria, yosef)}) == 1
    assert db.session.query(Assistance).filter_by(deed=Deed.PAPER_TYPED).count() == 1


def test_nobody_else_enters_sheets(batch: PaperBatch) -> None:
    sheet = Sheet(b.make_person(attested=True).card_number, None, b.make_answers(), None, is_read_back=True)
    for role in (Role.MODERATOR, Role.ADMINISTRATOR, Role.PLANNER):
        with pytest.raises(Denied), transaction():
            enter_sheet(b.make_staff(role, b.BELU), batch, 1, sheet, b.NOW)


def test_many_who_enter_the_same_sheet_enter_it_once(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        facilitators = [b.make_staff(Role.FACILITATOR, b.MAKIR) for _each in range(THREADS)]
        cards = [b.make_person(name=f"Warga {each}", attested=True).card_number for each in range(THREADS)]
        code = print_batch(facilitators[0], b.MAKIR, 5, str(uuid4()), b.NOW).code
        answers = b.make_answers()

    def enter(index: int) -> int:
        with transaction():
            found = db.session.get(PaperBatch, code)
            assert found is not None
            sheet = Sheet(cards[index], None, answers, None, is_read_back=True)
            return enter_sheet(facilitators[index], found, 2, sheet, b.NOW).id

    assert len(set(at_once(enter, THREADS))) == 1
    with live_app.app_context():
        assert db.session.query(Proposal).count() == 1
