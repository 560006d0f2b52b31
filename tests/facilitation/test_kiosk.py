"""The device in a resident's hands, on a real database and as a visitor sees it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Person, RoleGrant, SignIn
from app.accounts.rules.sessions import Device
from app.audit.models import AuditEntry
from app.credentials.rules.cards import remembered
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.facilitation.actions.kiosk import count_pin_try, lend, take_back
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed
from app.facilitation.rules.kiosk import IDLE, MOST_TRIES, LendRefusal, PinRefusal
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Refused
from app.limits.rules import Refusal as LimitRefusal
from app.voting.actions import cast_ballot
from app.voting.actions.papers import mark_on_paper
from app.voting.models import Contest, RollEntry
from app.web.access import recently_confirmed
from tests import builders as b
from tests.client import Visitor, signed_in

PIN = "402917"


class Clock:
    """A clock that the test sets."""

    now = b.NOW

    def __call__(self) -> datetime:
        return self.now


class Desk:
    """A facilitator of Makir, a verified resident of it, and an open contest."""

    def __init__(self) -> None:
        b.make_world()
        self.contest: Contest = b.make_contest()
        self.facilitator: Actor = b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR)
        self.resident: Person = b.make_person(name="Yosefina Luan", attested=True)
        self.card = self.resident.card_number

    @property
    def ballot(self) -> str:
        return f"/belu/pilih/{self.contest.id}"


@pytest.fixture
def clock(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setitem(app.config, "CLOCK", clock)  # type: ignore[arg-type]
    return clock


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk()


def sign_in_of(actor: Actor) -> SignIn:
    person = b.person_of(actor)
    accounts.begin_session(person.id, person.epoch, Device(), False, b.NOW)
    return own_session.query(SignIn).filter_by(person_id=person.id).one()


def hand_over(visitor: Visitor, desk: Desk, words: str = b.PASSWORD, pin: str = PIN) -> Any:
    visitor.sign_in(b.person_of(desk.facilitator))
    typed = {"password": words, "pin": pin, "pin_again": pin}
    return visitor.submit(f"/damping/warga/{desk.card}/pinjamkan", typed)


@pytest.fixture
def lent(client: Visitor, desk: Desk) -> Visitor:
    """The facilitator's browser in the resident's hands."""
    assert hand_over(client, desk).location == "/pinjam"
    return client


# Actions


def test_who_lends_is_on_the_roll_and_the_deeds_are_counted(desk: Desk, session: Session) -> None:
    row = sign_in_of(desk.facilitator)
    lend(desk.facilitator, row.id, desk.resident, PIN, b.NOW)
    cast_ballot(b.actor_of(desk.resident), desk.contest, [1], b.NOW, desk.facilitator.person_id)
    assert take_back(desk.facilitator, row.id, PIN, count_pin_try(row.id), b.NOW) is None
    assert session.query(RollEntry).one().helper_id == desk.facilitator.person_id
    deeds = [
        one.deed for one in session.query(Assistance).filter_by(person_id=desk.resident.id).order_by(Assistance.id)
    ]
    assert [deed for deed in deeds if deed in (Deed.DEVICE_LENT, Deed.BALLOT_ASSISTED)] == [
        Deed.DEVICE_LENT,
        Deed.BALLOT_ASSISTED,
    ]
    session.refresh(row)
    assert (row.kiosk_for_id, row.kiosk_pin, row.confirmed_at) == (None, None, None)


def test_a_device_that_comes_back_without_a_ballot_counts_none(desk: Desk, session: Session) -> None:
    row = sign_in_of(desk.facilitator)
    lend(desk.facilitator, row.id, desk.resident, PIN, b.NOW)
    take_back(desk.facilitator, row.id, PIN, count_pin_try(row.id), b.NOW)
    assert session.query(Assistance).filter_by(deed=Deed.BALLOT_ASSISTED).count() == 0


def test_the_reasons_against_lending(desk: Desk) -> None:
    row = sign_in_of(desk.facilitator)

    def reason(resident: Person) -> Any:
        with pytest.raises(Refused) as refused:
            lend(desk.facilitator, row.id, resident, PIN, b.NOW)
        return refused.value.reason

    assert reason(b.person_of(desk.facilitator)) is LendRefusal.ONESELF
    assert reason(b.make_person()) is LendRefusal.NOT_ATTESTED
    on_paper = b.make_person(attested=True)
    mark_on_paper(desk.facilitator, desk.contest.id, on_paper, b.NOW)
    assert reason(on_paper) is LendRefusal.ON_PAPER


def test_who_has_voted_may_borrow_the_device_to_replace_their_vote(desk: Desk) -> None:
    row = sign_in_of(desk.facilitator)
    lend(desk.facilitator, row.id, b.make_ballot(desk.contest, [1]), PIN, b.NOW)
    assert row.kiosk_for_id is not None


def test_no_device_is_lent_outside_the_own_villages(desk: Desk) -> None:
    with pytest.raises(Denied):
        lend(desk.facilitator, sign_in_of(desk.facilitator).id, b.make_person(b.TOHE, attested=True), PIN, b.NOW)


def test_twenty_an_hour_and_no_more(desk: Desk) -> None:
    row = sign_in_of(desk.facilitator)
    for _loan in range(20):
        lend(desk.facilitator, row.id, desk.resident, PIN, b.NOW)
    with pytest.raises(Refused) as refused:
        lend(desk.facilitator, row.id, desk.resident, PIN, b.NOW)
    assert refused.value.reason is LimitRefusal.TOO_OFTEN


def test_of_sixty_pins_at_once_no_more_are_tried_than_the_limit(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        desk = Desk()
        row = sign_in_of(desk.facilitator)
        lend(desk.facilitator, row.id, desk.resident, PIN, b.NOW)
        lender, row_id = desk.facilitator, row.id

    def guess(index: int) -> Any:
        try:
            with transaction():
                tries = count_pin_try(row_id)
        except Refused as refused:
            return refused.reason
        with transaction():
            return take_back(lender, row_id, "402918", tries, b.NOW)

    answers = at_once(guess, 12)
    assert answers.count(PinRefusal.WRONG_PIN) <= MOST_TRIES - 1
    assert set(answers) <= {PinRefusal.WRONG_PIN, PinRefusal.SHUT}
    with live_app.app_context():
        assert own_session.get(SignIn, row_id) is None
        assert own_session.query(AuditEntry).filter_by(act="kiosk_shut").count() == 1


def test_when_the_time_is_over_nothing_opens_however_many_ask_at_once(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request of these would look like use to the others, were it written down before it is judged."""
    with live_app.app_context(), transaction():
        desk = Desk()
        cookie, path = signed_in(live_app, b.person_of(desk.facilitator)), desk.ballot
        row_id = own_session.query(SignIn).filter_by(person_id=desk.facilitator.person_id).one().id
        lend(desk.facilitator, row_id, desk.resident, PIN, b.NOW)
    monkeypatch.setitem(live_app.config, "CLOCK", lambda: b.NOW + IDLE)

    def ask(_: int) -> str | None:
        visitor = live_app.test_client()
        with visitor.session_transaction() as kept:
            kept.update(cookie)
        return visitor.get(path).location

    for _ in range(3):
        with live_app.app_context(), transaction():
            row = own_session.get_one(SignIn, row_id)
            row.seen_at = row.confirmed_at = b.NOW
        assert set(at_once(ask, 12)) == {"/pinjam/kembali"}


# Pages


def test_lending_asks_for_the_residents_words_and_a_pin(client: Visitor, desk: Desk, session: Session) -> None:
    assert "Kata sandi tidak cocok" in hand_over(client, desk, words="bukan kata mereka").text
    assert "tidak urut" in hand_over(client, desk, pin="123456").text
    assert session.query(SignIn).filter(SignIn.kiosk_for_id.is_not(None)).count() == 0
    done = hand_over(client, desk)
    assert (done.status_code, done.location, done.headers["Clear-Site-Data"]) == (303, "/pinjam", '"cache"')


def test_a_resident_who_may_not_vote_is_told_why_before_anything_is_typed(client: Visitor, desk: Desk) -> None:
    client.sign_in(b.person_of(desk.facilitator))
    page = client.get(f"/damping/warga/{b.make_person().card_number}/pinjamkan")
    assert "belum diverifikasi" in page.text
    assert "Serahkan HP" not in page.text


@pytest.mark.parametrize("path", [
    "/", "/belu/", "/akun", "/akun/data", "/akun/perangkat", "/damping/", "/masuk", "/masuk/ulang", "/belu/usulan",
    "/belu/pilih", "/belu/hasil", "/privasi", "/tidak/ada", "/health/ready",
])  # fmt: skip
def test_a_lent_browser_opens_nothing_but_the_ballot(lent: Visitor, path: str) -> None:
    answer = lent.get(path)
    assert (answer.status_code, answer.location) == (303, "/pinjam")


def test_a_lent_browser_posts_nothing_but_the_ballot(lent: Visitor, desk: Desk) -> None:
    token = re.search(
        r'name="csrf_token" value="([^"]+)"|name="csrf_token"[^>]*value="([^"]+)"', lent.get(desk.ballot).text
    )
    assert token
    fields = {"csrf_token": token[1] or token[2]}
    for path in ("/keluar", "/akun/data/unduh", "/akun/tutup", f"/damping/warga/{desk.card}"):
        assert lent.post(path, data=fields).location == "/pinjam"
    assert lent.get("/belitung-timur/pilih/1").location == "/pinjam"


def test_nothing_of_the_facilitator_is_on_the_residents_pages(lent: Visitor, desk: Desk) -> None:
    for path in ("/pinjam", desk.ballot, "/pinjam/kembali"):
        page = lent.get(path)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert len(brotli.compress(page.data, quality=5)) <= 4096
        for hint in (desk.facilitator.name, "Akun saya", "Keluar", "Meja pendamping", "/keluar", "Bantuan"):
            assert hint not in page.text, (path, hint)
    assert "Yosefina Luan" in lent.get("/pinjam").text
    assert "lang=en" in lent.get(desk.ballot).text


def vote(visitor: Visitor, desk: Desk) -> Any:
    page = visitor.get(desk.ballot).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token[1], "choices": ["1"]}
    assert "Sudah benar pilihan Anda?" in visitor.post(desk.ballot, data=fields).text
    return visitor.post(f"{desk.ballot}/masukkan", data=fields)


def test_the_ballot_goes_in_and_the_device_goes_back(lent: Visitor, desk: Desk, session: Session) -> None:
    sent = vote(lent, desk)
    assert sent.status_code == 303
    done = lent.get(sent.location).text
    assert "Simpan bukti" in done
    assert 'href="/pinjam"' in done
    page = lent.get("/pinjam").text
    assert "Suara Anda sudah masuk kotak" in page
    assert "Kembalikan HP kepada pendamping" in page
    assert session.query(RollEntry).one().helper_id == desk.facilitator.person_id
    back = lent.submit("/pinjam/kembali", {"pin": PIN})
    assert (back.status_code, back.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert "Yosefina" not in lent.get(back.location).text.partition("hari ini")[0]
    # The resident's words say nothing of who holds the device now.
    assert lent.get("/akun/tutup").location.startswith("/masuk/ulang")
    assert lent.get("/pinjam").location == "/akun"


def test_the_words_just_typed_count_where_the_password_is_asked_for_again(
    app: Flask, lent: Visitor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = recently_confirmed(app.view_functions["voting.ballot"])
    monkeypatch.setitem(app.view_functions, "voting.ballot", guarded)
    assert lent.get(desk.ballot).status_code == 200


def test_a_card_scanned_a_moment_ago_speaks_for_its_resident(client: Visitor, desk: Desk) -> None:
    client.sign_in(b.person_of(desk.facilitator))
    with client.session_transaction() as cookie:
        cookie.update(remembered(desk.resident.id, b.NOW))
    page = f"/damping/warga/{desk.card}/pinjamkan"
    assert "tiga kata" not in client.get(page).text
    assert client.submit(page, {"pin": PIN, "pin_again": PIN}).location == "/pinjam"


def test_the_id_of_the_session_changes_when_the_device_changes_hands(lent: Visitor, session: Session) -> None:
    with lent.session_transaction() as cookie:
        borrowed = dict(cookie)
    lent.submit("/pinjam/kembali", {"pin": PIN})
    with lent.session_transaction() as cookie:
        assert cookie["_user_id"] != borrowed["_user_id"]
        cookie.clear()
        cookie.update(borrowed)
    assert lent.get("/damping/").location.startswith("/masuk")


def test_five_wrong_pins_end_the_session(lent: Visitor, session: Session) -> None:
    for _try in range(MOST_TRIES - 1):
        wrong = lent.submit("/pinjam/kembali", {"pin": "402918"})
        assert (wrong.status_code, "PIN tidak cocok" in wrong.text) == (422, True)
    shut = lent.submit("/pinjam/kembali", {"pin": "402918"})
    assert shut.location == "/masuk"
    assert "terlalu sering" in lent.get("/masuk").text
    assert lent.get("/damping/").location.startswith("/masuk")
    assert session.query(AuditEntry).filter_by(act="kiosk_shut").count() == 1


def test_a_quarter_of_an_hour_unused_leaves_only_the_pin(clock: Clock, client: Visitor, desk: Desk) -> None:
    assert hand_over(client, desk).location == "/pinjam"
    assert client.get("/pinjam").headers["Refresh"] == "905; url=/pinjam/kembali"
    clock.now += IDLE
    for _time in range(2):  # asking does not bring it back
        assert client.get(desk.ballot).location == "/pinjam/kembali"
        assert client.get("/pinjam").location == "/pinjam/kembali"
        clock.now += timedelta(minutes=2)
    assert client.submit("/pinjam/kembali", {"pin": PIN}).location == "/damping/"


def test_a_role_taken_back_meanwhile_leaves_only_the_pin(lent: Visitor, desk: Desk, session: Session) -> None:
    session.query(RoleGrant).filter_by(person_id=desk.facilitator.person_id).update({"until": b.NOW})
    assert lent.get(desk.ballot).location == "/pinjam/kembali"
    lent.submit("/pinjam/kembali", {"pin": PIN})
    assert lent.get("/damping/").status_code == 403


def test_nobody_else_finds_the_kiosk(client: Visitor, desk: Desk) -> None:
    assert client.get("/pinjam").location.startswith("/masuk")
    client.sign_in(desk.resident)
    assert client.get("/pinjam").location == "/akun"
    assert client.get("/pinjam/kembali").location == "/akun"
    assert client.get(f"/damping/warga/{desk.card}/pinjamkan").status_code == 403
