"""What a facilitator's powers, or a sheet in a resident's hand, must not be good for."""

from dataclasses import replace
from uuid import UUID, uuid4, uuid5

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.credentials.rules.printing import qr_of
from app.db.transaction import transaction
from app.facilitation.actions import print_batch
from app.facilitation.queries.paper import find_by_sheet, resident_key, sheet_key
from app.facilitation.rules.counts import NIK_KNOWN
from app.facilitation.rules.paper import MOST_SHEETS
from app.facilitation.views import paper
from app.identity import actions as identity
from app.identity.actions import Particulars
from app.kernel.actor import Actor, Role
from app.proposals.actions import write_draft
from tests import builders as b
from tests.client import Visitor

PIN = "402917"


@pytest.fixture
def facilitator(session: Session, client: Visitor) -> Actor:
    """The facilitator of Makir, who lives there, signed in."""
    b.make_world()
    actor = b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR)
    client.sign_in(b.person_of(actor))
    return actor


def record_of(person: Person) -> str:
    return f"/damping/warga/{person.card_number}/data"


def test_a_stolen_session_of_a_facilitator_does_not_change_their_own_phone(client: Visitor, facilitator: Actor) -> None:
    """At the desk nothing asks for the password, as one's own page does."""
    person = b.person_of(facilitator)
    index = person.phone_index
    answer = client.submit(record_of(person), {"phone": "0813 5550 0011"})
    assert answer.status_code == 422
    assert "Data Anda sendiri" in answer.text
    assert person.phone_index == index
    assert person.phone_confirmed_at is not None


def test_the_phone_of_other_staff_is_not_changed_at_the_desk(client: Visitor, facilitator: Actor) -> None:
    person = b.person_of(b.make_staff(Role.ADMINISTRATOR, b.BELU, village=b.MAKIR))
    index = person.phone_index
    assert "memegang peran" in client.submit(record_of(person), {"phone": "0813 5550 0011"}).text
    assert client.submit(record_of(person), {"drops_phone": "y"}).status_code == 422
    assert person.phone_index == index
    assert client.submit(record_of(person), {"hamlet": "Fatubesi"}).status_code == 303


def test_nobody_finds_out_by_trying_which_niks_are_known(client: Visitor, facilitator: Actor, session: Session) -> None:
    """Without a limit, the correction of one resident told of any NIK of the installation, and left no trace."""
    bait = b.make_person()
    known = b.make_nik()
    holder = b.make_person(b.TOHE)
    identity.identify_oneself(b.actor_of(holder), holder, Particulars(known), b.NOW)
    for _ in range(NIK_KNOWN.most + 1):
        assert "sudah" in client.submit(record_of(bait), {"nik": known.digits}).text
    tried = session.query(AuditEntry).filter_by(
        act="nik_known", subject=f"person:{holder.id}", actor_id=facilitator.person_id
    )
    assert tried.count() == NIK_KNOWN.most + 1
    for nik in (known, b.make_nik()):
        assert "Terlalu sering" in client.submit(record_of(bait), {"nik": nik.digits}).text
    assert session.query(AuditEntry).filter_by(act="too_often", subject="limit:nik_known").count() == 1


def test_an_error_page_does_not_show_the_words_of_a_residents_card(client: Visitor, facilitator: Actor) -> None:
    """The resident types them; the facilitator may have signed in again in another tab meanwhile."""
    person = b.make_person(attested=True)
    typed = {"pin": PIN, "pin_again": PIN, "csrf_token": "stale"}
    b.make_contest()
    secret = "terumbu santai sanggup"
    page = client.get(f"/damping/warga/{person.card_number}/pinjamkan").text
    names = [name for name in ("words", "password") if f'name="{name}"' in page]
    answer = client.post(f"/damping/warga/{person.card_number}/pinjamkan", data=typed | dict.fromkeys(names, secret))
    assert names
    assert answer.status_code == 400
    assert secret not in answer.text


def test_who_has_one_sheet_cannot_take_the_place_of_the_others(facilitator: Actor, client: Visitor) -> None:
    """The code stands on every sheet of the batch, and how the keys were made stands in the source."""
    with transaction():
        batch = print_batch(facilitator, b.MAKIR, 12, str(uuid4()), b.NOW)
        code = batch.code
    guessed = str(uuid5(UUID("6d756661-6b61-7420-6c65-6d6261720000"), f"{code}/7"))
    thief = b.make_person()
    with transaction():
        write_draft(b.actor_of(thief), b.make_answers(), guessed, b.NOW)
    assert find_by_sheet(code, 7) is None


def test_every_sheet_has_a_key_of_its_own(app: Flask) -> None:
    keys = {sheet_key(code, sheet) for code in ("ABCD2345", "ABCD2346") for sheet in range(1, MOST_SHEETS + 1)}
    assert len(keys) == 2 * MOST_SHEETS
    assert sheet_key("ABCD2345", 1) == sheet_key("ABCD2345", 1) != resident_key("ABCD2345", 1)


def test_sheets_are_printed_with_the_address_of_the_settings_and_not_of_the_request(
    client: Visitor, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = client.application.config["SETTINGS"]
    monkeypatch.setitem(client.application.config, "SETTINGS", replace(settings, base_url="https://mufakat.belu.go.id"))
    addresses: list[str] = []
    monkeypatch.setattr(paper, "qr_of", lambda text: (addresses.append(text), qr_of(text))[1])
    with transaction():
        code = print_batch(facilitator, b.MAKIR, 1, str(uuid4()), b.NOW).code
    client.get(f"/damping/lembar/{code}/cetak")
    assert addresses == [f"https://mufakat.belu.go.id/damping/lembar/{code}/1"]
