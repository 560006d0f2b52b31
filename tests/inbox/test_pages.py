"""The inbox and its panel, as people meet them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import brotli
import pytest
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules.consents import Mode, Purpose
from app.discussion import actions as discussion
from app.discussion.rules.comments import Stance, Voice, Words
from app.discussion.rules.follows import Topic
from app.inbox.actions import send_digests
from app.kernel.actor import Role
from app.proposals.actions import move
from app.proposals.rules import Event, ReasonCode
from tests import builders as b
from tests.client import Visitor
from tests.inbox.test_messages import texts


@pytest.fixture
def person(session: Session) -> Person:
    """Who follows a village in which 25 proposals were published."""
    b.make_world()
    made = b.make_person(b.TOHE)
    discussion.follow(b.actor_of(made), Topic.VILLAGE, b.MAKIR, b.BELU, b.NOW)
    author, moderator = b.make_person(), b.make_staff(Role.MODERATOR, b.BELU)
    for _number in range(25):
        move(moderator, b.make_proposal(author), Event.PUBLISH, b.NOW)
    return made


def test_news_is_read_page_by_page_and_marked(client: Visitor, person: Person) -> None:
    client.sign_in(person)
    assert "25 kabar baru" in client.get("/akun").text
    first = client.get("/kotak-masuk").text
    assert first.count("Baru</span>") == 20
    more = first.split('rel="next" href="')[1].split('"')[0]
    assert client.get(more).text.count("Baru</span>") == 5
    assert client.submit("/kotak-masuk", action="/kotak-masuk").location == "/kotak-masuk"
    assert "Baru</span>" not in client.get("/kotak-masuk").text
    assert "Tidak ada kabar baru." in client.get("/akun").text


def test_a_full_page_keeps_within_its_budgets(client: Visitor, person: Person, queries: Callable[..., Any]) -> None:
    client.sign_in(person)
    with queries() as sent:
        shown = client.get("/kotak-masuk")
    assert len(sent) <= 8, sent
    assert len(brotli.compress(shown.data, quality=5)) <= 4096


def test_every_kind_of_news_has_its_words_and_leads_there(client: Visitor, session: Session) -> None:
    b.make_world()
    author, asker = b.make_person(), b.make_person()
    proposal = b.make_published(author)
    officer = b.make_staff(Role.OFFICER, b.BELU)
    question = discussion.write_comment(
        b.actor_of(asker), proposal, Words("Kapan?", Stance.QUESTION), str(uuid4()), b.NOW
    )
    said = Words("Bulan Maret.", None, Voice.OFFICER)
    discussion.write_comment(officer, proposal, said, str(uuid4()), b.NOW, question.id)
    said = Words("Kami sudah meninjau.", Stance.FOR, Voice.OFFICER)
    statement = discussion.write_comment(officer, proposal, said, str(uuid4()), b.NOW)
    client.sign_in(author)
    page = client.get("/kotak-masuk").text
    for words in ("Moderator menerbitkan usulan", "1 komentar baru", "Dinas memberi penjelasan", "usulan Anda"):
        assert words in page
    where = f"/belu/usulan/{proposal.number}"
    for address in (f'"{where}"', f'"{where}/obrolan"', f'"{where}/obrolan/{statement.id}"'):
        assert f"href={address}" in page
    client.sign_in(asker)
    assert "Ada jawaban untuk komentar Anda" in client.get("/kotak-masuk").text


def test_a_hidden_proposal_is_not_named_to_followers(client: Visitor, person: Person) -> None:
    author, moderator = b.make_person(), b.make_staff(Role.MODERATOR, b.BELU)
    proposal = b.make_published(author, title="Jembatan gantung ke Dusun Nualain")
    client.sign_in(person)
    assert proposal.title in client.get("/kotak-masuk").text
    move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.PRIVATE_DATA, reason="Memuat nomor HP tetangga.")
    page = client.get("/kotak-masuk").text
    assert proposal.title not in page
    assert "Usulan ini tidak tampil untuk umum lagi." in page


def test_an_empty_inbox_says_what_to_do(client: Visitor, session: Session) -> None:
    b.make_world()
    client.sign_in(b.make_person())
    assert "ikuti usulan, desa dan misi" in client.get("/kotak-masuk").text


@pytest.mark.parametrize("mark", ["", "x", "-1", "9999999999999", "1; DROP TABLE news"])
def test_a_broken_mark_marks_nothing(client: Visitor, person: Person, mark: str) -> None:
    client.sign_in(person)
    assert client.submit("/kotak-masuk", {"sampai": mark}, action="/kotak-masuk").status_code == 404
    assert client.get(f"/kotak-masuk?setelah={mark}").status_code == 200


def test_the_inbox_is_for_its_owner_alone(client: Visitor, person: Person) -> None:
    assert client.get("/kotak-masuk").location == "/masuk?next=/kotak-masuk"
    client.sign_in(b.make_person(b.LALANG))
    assert "Belum ada kabar" in client.get("/kotak-masuk").text


def test_a_new_wording_reaches_supporters_and_followers_by_inbox_and_digest(client: Visitor, session: Session) -> None:
    b.make_world()
    author, supporter, follower, other = (b.make_person() for _each in range(4))
    proposal = b.make_published(author, title="Pipa air brsih dari mata air Weluli")
    page = f"/belu/usulan/{proposal.number}"
    for person, button in ((supporter, "dukung"), (follower, "ikuti")):
        accounts.give_consent(person, Purpose.MESSAGES, Mode.SELF, None, b.NOW)
        assert client.sign_in(person).submit(page, action=f"{page}/{button}").status_code == 303
    mended = {"title": "Pipa air bersih dari mata air Weluli", "misi": "3"}
    assert client.sign_in(author).submit(f"{page}/ubah", mended).location == page
    for person in (supporter, follower):
        inbox = client.sign_in(person).get("/kotak-masuk").text
        assert "Pengusul memperbaiki tulisannya" in inbox
        assert f'href="{page}/riwayat-teks"' in inbox
    assert "Pengusul memperbaiki tulisannya" not in client.sign_in(other).get("/kotak-masuk").text
    send_digests(0, b.NOW + timedelta(hours=1))
    for person in (supporter, follower):
        (told,) = texts(person)
        assert f"- {proposal.number} tulisannya diperbaiki pengusul" in told
