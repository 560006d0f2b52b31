"""Ballot, receipt and the desk for paper as those who use them meet them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import brotli
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db.session import session as own_session
from app.kernel.actor import Actor, Role
from app.voting.actions.papers import mark_on_paper
from app.voting.models import Contest, PaperBallot, PaperStack, RollEntry
from app.voting.queries import receipt_of
from app.voting.rules.contest import Channel
from tests import builders as b
from tests.client import Visitor

TITLES = [f"Sumur bor nomor {number} untuk kebun sayur dan ternak warga dusun" for number in range(1, 14)]
STACK = {"village": b.MAKIR, "station": "TPS 1", "attendance": "3", "size": "3"}


class Desk:
    """An open contest, two facilitators of Makir and a planner."""

    def __init__(self) -> None:
        b.make_world()
        self.planner = b.make_staff(Role.PLANNER, b.BELU)
        self.contest: Contest = b.make_contest(planner=self.planner)
        self.first, self.second = (b.make_staff(Role.FACILITATOR, b.MAKIR) for _ in range(2))
        self.home = f"/damping/kertas-suara/{self.contest.id}"

    @property
    def ballot(self) -> str:
        return f"/belu/pilih/{self.contest.id}"


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk()


def as_(client: Visitor, who: Actor | Person) -> Visitor:
    return client.sign_in(b.person_of(who) if isinstance(who, Actor) else who)


def cast(client: Visitor, desk: Desk, choices: list[str]) -> str:
    """Vote by the pages; where one is led."""
    page = client.get(desk.ballot).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    sent = client.post(f"{desk.ballot}/masukkan", data={"csrf_token": token[1], "choices": choices})
    assert sent.status_code == 303
    return str(sent.location)


# The ballot


def test_a_ballot_of_thirteen_options_is_light_and_can_be_narrowed_to_a_village(
    client: Visitor, session: Session
) -> None:
    b.make_world()
    authors = [b.make_person(village) for village in (b.MAKIR, b.KEWAR)]
    options = [b.make_published(authors[at % 2], title=title) for at, title in enumerate(TITLES)]
    contest = b.make_contest(*options, max_choices=3, ceiling=900_000_000)
    page = as_(client, b.make_person(attested=True)).get(f"/belu/pilih/{contest.id}")
    assert len(brotli.compress(page.data, quality=5)) <= 4096
    assert page.text.count('name="choices"') == 13
    assert page.text.count('name="desa"') == 3
    assert "Sumur bor nomor 1 untuk kebun sayur dan\u00a0…" in page.text
    assert "Boleh sampai 3." in page.text


def test_showing_a_ballot_and_casting_it_take_eight_statements_at_most(
    client: Visitor, desk: Desk, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    ballot = desk.ballot
    as_(client, b.make_person(attested=True))
    for _again in range(2):
        cast(client, desk, ["1"])
        with queries() as sent:
            page = client.get(ballot).text
        assert len(sent) <= 8, sent
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        with queries() as sent:
            client.post(f"{ballot}/masukkan", data={"csrf_token": token[1], "choices": ["2"]})
        assert len(sent) <= 8, sent


def test_a_ballot_by_number_is_in_the_order_of_the_numbers(client: Visitor, desk: Desk) -> None:
    as_(client, b.make_person(attested=True))
    by_number = re.findall(r'name="choices" value="(\d+)"', client.get(f"{desk.ballot}?urut=nomor").text)
    assert by_number == ["1", "2", "3"]


def test_whoever_votes_again_finds_an_empty_ballot_and_until_when_it_may_be_replaced(
    client: Visitor, desk: Desk
) -> None:
    voter = b.make_person(attested=True)
    as_(client, voter)
    cast(client, desk, ["1"])
    page = client.get(desk.ballot).text
    assert "Anda sudah memilih" in page
    assert "yang dihitung hanya yang terakhir" in page
    assert "checked" not in page
    assert "Suara Anda diganti" not in page
    cast(client, desk, ["2", "3"])
    page = client.get(desk.ballot).text
    assert "Suara Anda diganti pada 21 November 2026" in page
    assert "Suara Anda diganti pada 21 November 2026" in client.get("/kotak-masuk").text
    assert "checked" not in page
    assert b.choices_in(desk.contest) == [[2, 3]]


def test_whoever_has_voted_on_paper_is_told_and_finds_nothing_to_tick(client: Visitor, desk: Desk) -> None:
    voter = b.make_person(attested=True)
    mark_on_paper(desk.first, desk.contest.id, voter, b.NOW)
    page = as_(client, voter).get(desk.ballot).text
    assert "di kertas" in page
    assert 'name="choices"' not in page
    assert client.get(f"{desk.ballot}/sudah").location == desk.ballot


# The receipt


def test_a_receipt_is_shown_once_after_voting_and_stands_in_no_address_and_no_cookie(
    client: Visitor, desk: Desk
) -> None:
    voter = b.make_person(attested=True)
    as_(client, voter)
    done = cast(client, desk, ["1"])
    assert "Simpan bukti" in client.get(done).text
    shown = client.submit(done, action=f"{desk.ballot}/bukti")
    code = receipt_of(desk.contest.id, voter.id)
    assert code is not None
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert code in shown.text
    assert "Bukti ini tidak berisi pilihan Anda" in shown.text
    assert code not in str(shown.headers)
    assert "Pipa" not in shown.text.partition("<main")[2].partition("</main")[0].replace(desk.contest.title, "")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)
    assert token
    again = client.post(f"{desk.ballot}/bukti", data={"csrf_token": token[1]})
    assert (again.status_code, again.location) == (303, done)
    page = client.get(done).text
    assert "hanya ditampilkan sekali" in page
    assert "Simpan bukti" not in page
    assert client.get(f"{desk.ballot}/bukti").status_code == 405


def test_nobody_gets_a_receipt_who_has_not_just_voted_here(client: Visitor, desk: Desk) -> None:
    voter = b.make_ballot(desk.contest, [1])
    page = as_(client, voter).get(f"{desk.ballot}/sudah").text
    assert "Simpan bukti" not in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    assert client.post(f"{desk.ballot}/bukti", data={"csrf_token": token[1]}).status_code == 303


# Attendance


def test_a_facilitator_finds_a_voter_and_marks_them_on_paper(client: Visitor, desk: Desk) -> None:
    voter = b.make_person(name="Yosefina Luan", attested=True)
    as_(client, voter)
    cast(client, desk, ["1"])
    as_(client, desk.first)
    assert desk.home in client.get("/damping/kertas-suara").text
    assert "Daftar hadir" in client.get(desk.home).text
    found = client.submit(f"{desk.home}/hadir", {"text": "yosefina"})
    assert "Sudah memilih lewat HP" in found.text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', found.text)
    assert token
    mark = f"{desk.home}/hadir/{voter.card_number}"
    assert client.post(mark, data={"csrf_token": token[1]}).status_code == 303
    told = client.get(f"{desk.home}/hadir").text
    assert "Yosefina Luan tercatat memilih di kertas. Suaranya lewat HP sudah dikeluarkan dari kotak." in told
    assert own_session.scalars(select(RollEntry.channel)).all() == [Channel.PAPER]
    assert "Di kertas, 21 November 2026" in client.submit(f"{desk.home}/hadir", {"text": voter.card_number}).text
    client.post(mark, data={"csrf_token": token[1]})
    assert "sudah dicatat memilih di kertas" in client.get(f"{desk.home}/hadir").text
    client.post(f"{mark}/batal", data={"csrf_token": token[1], "reason": "x"})
    assert "Tulis alasan membatalkan" in client.get(f"{desk.home}/hadir").text
    client.post(f"{mark}/batal", data={"csrf_token": token[1], "reason": "Salah orang, namanya mirip."})
    assert "boleh memilih lagi" in client.get(f"{desk.home}/hadir").text
    assert own_session.scalars(select(RollEntry)).all() == []


def test_nobody_is_found_outside_the_own_villages(client: Visitor, desk: Desk) -> None:
    stranger = b.make_person(b.KEWAR, name="Yosefina Luan", attested=True)
    as_(client, desk.first)
    assert "Tidak ada warga terverifikasi" in client.submit(f"{desk.home}/hadir", {"text": "yosefina"}).text
    page = client.get(f"{desk.home}/hadir").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    mark = f"{desk.home}/hadir/{stranger.card_number}"
    assert client.post(mark, data={"csrf_token": token[1]}).status_code == 404


# Stacks


def new_stack(client: Visitor, desk: Desk, **changes: str) -> str:
    sent = client.submit(f"{desk.home}/baru", STACK | changes)
    assert sent.status_code == 303, sent.text
    return str(sent.location)


def test_two_type_a_third_decides_and_the_stack_is_done(client: Visitor, desk: Desk) -> None:
    as_(client, desk.first)
    stack = new_stack(client, desk, attendance="4")
    assert client.submit(f"{stack}/ketik", {"k1": "1", "k2": "1 2", "k3": "0"}).location == stack
    as_(client, desk.second)
    grid = client.get(f"{stack}/ketik").text
    assert "Pembacaan kedua" in grid
    assert "sudah</b>" not in grid
    wrong = client.submit(f"{stack}/ketik", {"k1": "1", "k2": "1 2 3", "k3": "0"})
    assert wrong.status_code == 422
    assert "kertas ini tidak sah, ketik 0" in wrong.text
    assert 'value="1 2 3"' in wrong.text
    assert client.submit(f"{stack}/ketik", {"k2": "2"}).location == stack
    assert "Ada yang berbeda" in client.get(stack).text
    assert "Anda salah satu pengetiknya" in client.get(f"{stack}/beda").text
    as_(client, desk.planner)
    page = client.get(f"{stack}/beda").text
    assert page.index("P01, P02") < page.index("<b>P02</b>")
    bad = client.submit(f"{stack}/beda", {"choices": "9", "reason": "Coblosan kedua hanya lipatan."})
    assert (bad.status_code, "tidak ada di surat suara" in bad.text) == (422, True)
    assert (
        client.submit(f"{stack}/beda", {"choices": "2", "reason": "Coblosan kedua hanya lipatan."}).status_code == 303
    )
    assert "Tanda tangan 4, kertas 3" in client.get(stack).text
    refused = client.submit(stack, {"note": "x"}, action=f"{stack}/selesai")
    assert (refused.status_code, "Tulis sebabnya" in refused.text) == (422, True)
    client.submit(stack, {"note": "Satu warga membawa pulang kertasnya."}, action=f"{stack}/selesai")
    assert "Tumpukan ini selesai dicocokkan" in client.get(stack).text
    check = client.get(f"{stack}/periksa").text
    assert "Periksa 3 kertas dengan tangan" in check
    assert "149 kertas menemukan 2 persen" in check
    assert own_session.scalars(select(PaperBallot.agreed).order_by(PaperBallot.number)).all() == [[1], [2], []]


def test_who_typed_first_is_sent_away_from_the_second_reading(client: Visitor, desk: Desk) -> None:
    as_(client, desk.first)
    stack = new_stack(client, desk)
    client.submit(f"{stack}/ketik", {"k1": "1", "k2": "2", "k3": "3"})
    assert client.get(f"{stack}/ketik").location == stack
    assert "Minta orang lain" in client.get(stack).text
    assert client.post(f"{stack}/ketik", data={"k1": "3"}).status_code in (303, 400)
    assert own_session.scalars(select(PaperBallot.second)).all() == [None, None, None]


def test_a_faulty_stack_is_told_at_its_fields_and_a_known_station_too(client: Visitor, desk: Desk) -> None:
    as_(client, desk.planner)
    bad = client.submit(f"{desk.home}/baru", STACK | {"attendance": "0", "size": "-1"})
    assert (bad.status_code, bad.text.count("Isi dengan angka")) == (422, 4)
    new_stack(client, desk)
    known = client.submit(f"{desk.home}/baru", STACK | {"station": "tps 1"})
    assert (known.status_code, "sudah didaftarkan" in known.text) == (422, True)
    assert len(own_session.scalars(select(PaperStack)).all()) == 1


def test_a_planner_finds_the_paper_of_a_contest_and_others_do_not(client: Visitor, desk: Desk) -> None:
    as_(client, desk.planner)
    assert client.get(f"/pipa/belu/pilih/{desk.contest.id}/kertas").location == desk.home
    assert client.get(f"/pipa/belu/pemilihan/{desk.contest.id}").text.count("/kertas") >= 1
    stack = new_stack(client, desk)
    as_(client, b.make_staff(Role.FACILITATOR, b.TOHE))
    for address in (desk.home, stack, f"{stack}/ketik", f"{desk.home}/cetak"):
        assert client.get(address).status_code == 404
    as_(client, b.make_person())
    assert client.get(desk.home).status_code == 403


def test_ballots_are_printed_in_four_orders(client: Visitor, desk: Desk) -> None:
    page = as_(client, desk.first).get(f"{desk.home}/cetak").text
    assert page.count('<article class="page">') == 4
    assert page.count("<b>P01</b>") == 4
    assert "Lebih dari itu tidak sah" in page
