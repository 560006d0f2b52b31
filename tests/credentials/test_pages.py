"""The pages of ways in, as people meet them."""

import pytest
from flask import Flask, render_template
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.queries import get_person
from app.accounts.rules.consents import Mode
from app.audit.models import AuditEntry
from app.credentials import actions
from app.credentials.models import ResidentCard
from app.credentials.queries import has_factor
from app.credentials.rules.cards import LASTS, Reason, card_seen
from app.credentials.rules.passkeys import ANSWERS
from app.credentials.rules.printing import PrintedCard, qr_of
from app.kernel.actor import Actor, Role
from app.limits import actions as limits
from tests import builders as b
from tests.client import Visitor


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


@pytest.mark.parametrize("page", ["/masuk", "/masuk/kode", "/masuk/kunci"])
def test_ways_in_are_open_to_anyone(client: Visitor, page: str) -> None:
    assert client.get(page).status_code == 200


OWN = (
    "/akun",
    "/akun/hp",
    "/akun/hp/ganti",
    "/akun/hp/hapus",
    "/akun/pengaman",
    "/akun/pengaman/aplikasi",
    "/akun/pengaman/aplikasi/hapus",
    "/akun/pengaman/kunci",
    "/akun/pengaman/cadangan",
)


@pytest.mark.parametrize("page", OWN)
def test_ones_own_ways_in_are_shown(client: Visitor, page: str) -> None:
    assert client.sign_in(b.make_person()).get(page).status_code == 200


def issued(village: str = b.MAKIR) -> tuple[ResidentCard, str, Actor]:
    facilitator = b.make_staff(Role.FACILITATOR, village)
    person = accounts.enrol(facilitator, accounts.Resident("Yosef Mau", village), Mode.READ_ALOUD, b.NOW)
    return *actions.issue_card(facilitator, person, b.NOW), facilitator


def test_the_qr_of_a_card_fills_in_its_number_and_the_address_does_not_tell(client: Visitor) -> None:
    card, words, _facilitator = issued()
    number = get_person(card.person_id).card_number
    answer = client.get(f"/k/{card.code}")
    assert answer.location == "/masuk"
    page = client.get("/masuk").text
    assert f'value="{number}"' in page
    assert f'value="{number}"' not in client.get("/masuk").text, "for one look"
    client.get(f"/k/{card.code}")
    assert client.submit("/masuk", {"password": words}).location == "/akun"
    assert "Berlaku sampai 20 November 2028" in client.get("/akun").text


@pytest.mark.parametrize("what", ["expired", "revoked", "unknown"])
def test_a_card_that_is_over_and_one_that_never_was_get_the_same_answer(
    client: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    card, _words, facilitator = issued()
    person = get_person(card.person_id)
    if what == "revoked":
        actions.revoke_card(facilitator, person, Reason.LOST, b.NOW)
    if what == "expired":
        monkeypatch.setitem(app.config, "CLOCK", lambda: b.NOW + LASTS)
    assert client.get(f"/k/{'x' if what == 'unknown' else card.code}").location == "/masuk"
    page = client.get("/masuk").text
    assert "Kartu ini sudah tidak berlaku. Minta kartu baru kepada pendamping desa." in page
    assert person.card_number not in page


def test_the_words_of_a_card_that_is_over_are_refused_in_words_and_in_the_log(
    client: Visitor, session: Session
) -> None:
    card, words, facilitator = issued()
    person = get_person(card.person_id)
    actions.revoke_card(facilitator, person, Reason.LOST, b.NOW)
    answer = client.submit("/masuk", {"name": person.card_number, "password": words})
    assert "Kartu ini sudah tidak berlaku" in answer.text
    wrong = client.submit("/masuk", {"name": person.card_number, "password": "salah salah salah"})
    assert "tidak berlaku" not in wrong.text
    entry = session.query(AuditEntry).filter_by(act="refuse_sign_in").one()
    assert (entry.subject, entry.facts) == (f"person:{person.id}", {"reason": "card_over"})


def test_a_facilitator_of_the_village_scans_the_way_to_the_resident(client: Visitor, app: Flask) -> None:
    card, _words, facilitator = issued()
    number = get_person(card.person_id).card_number
    client.sign_in(b.person_of(facilitator))
    assert client.get(f"/k/{card.code}").location == f"/damping/warga/{number}"
    with client.session_transaction() as cookie:
        assert card_seen(cookie, card.person_id, b.NOW)
    stranger = app.test_client()
    assert isinstance(stranger, Visitor)
    stranger.sign_in(b.person_of(b.make_staff(Role.FACILITATOR, b.TOHE)))
    assert stranger.get(f"/k/{card.code}").location == "/masuk"
    with stranger.session_transaction() as cookie:
        assert not card_seen(cookie, card.person_id, b.NOW)


def test_a_resident_sees_that_the_card_was_replaced(client: Visitor) -> None:
    card, _words, facilitator = issued()
    actions.issue_card(facilitator, get_person(card.person_id), b.NOW, Reason.LOST)
    assert "Kartu Anda dibuat 21 November 2026" in client.sign_in(get_person(card.person_id)).get("/akun").text


def test_a_printed_card_has_number_words_and_qr(app: Flask) -> None:
    card = PrintedCard("Maria <b>", "Desa Makir", "12345674", "terumbu santai sanggup", b.NOW, qr_of("https://x/k/y"))
    with app.test_request_context("/"):
        html = render_template("credentials/_card.html", card=card)
    for part in ("1234 5674", "terumbu santai sanggup", card.qr.path, "Jangan difoto", "Maria &lt;b&gt;"):
        assert part in html


def test_the_console_recovers_staff_who_have_lost_everything(app: Flask, session: Session) -> None:
    person = b.person_of(b.make_staff(Role.MODERATOR, b.BELU))
    actions.set_totp(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", b.NOW)
    session.commit()
    told = app.test_cli_runner().invoke(args=["credentials", "recover", person.card_number])
    assert told.exit_code == 0, told.output
    session.expire_all()
    assert not has_factor(person.id)
    assert accounts.check_sign_in(person.card_number, told.output.strip(), "10.0.0.1", b.NOW) is person
    assert app.test_cli_runner().invoke(args=["credentials", "recover", "12345678"]).exit_code == 2


def test_answers_that_are_none_are_refused_and_counted(client: Visitor, session: Session) -> None:
    for answer in (
        "{}",
        "[]",
        "null",
        "x",
        '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
        "[" * 9999,
    ):
        refused = client.submit("/masuk/kunci", {"answer": answer})
        assert refused.status_code == 422
        assert "Kunci ini tidak diterima" in refused.text
    assert session.query(AuditEntry).filter_by(act="refuse_passkey").count() == 6
    limits.count(ANSWERS, "127.0.0.1", b.NOW, by=ANSWERS.most)
    assert "Terlalu sering" in client.submit("/masuk/kunci", {"answer": "{}"}).text
