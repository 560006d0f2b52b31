"""What visitors meet: the talk of a proposal, writing, changing, hiding; hostile input in every field."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import brotli
import pytest
from sqlalchemy.orm import Session

from app.discussion import actions
from app.discussion.models import Comment
from app.discussion.rules.comments import CommentStatus, HideCode, Stance, Voice, Words
from app.kernel.actor import Actor, Role
from app.proposals.models import Proposal
from tests import builders as b
from tests.client import Visitor

WHY = "Menyebut nama tetangga dengan kasar."
LONG = "Air sumur di dusun kami sering kering sejak bulan Juli, jadi kami berjalan jauh setiap pagi. "


@pytest.fixture
def proposal(session: Session) -> Proposal:
    b.make_world()
    return b.make_published()


def address(proposal: Proposal, comment: Comment | None = None) -> str:
    return f"/belu/usulan/{proposal.number}/obrolan{f'/{comment.id}' if comment else ''}"


def say(proposal: Proposal, text: str = "Kami sangat butuh air.", actor: Actor | None = None, **more: Any) -> Comment:
    actor, to = actor or b.actor_of(b.make_person()), more.pop("to", None)
    said = Words(text, None if to else more.pop("stance", Stance.FOR), more.pop("voice", Voice.RESIDENT))
    return actions.write_comment(actor, proposal, said, str(uuid4()), b.NOW, to)


def at(client: Visitor, monkeypatch: pytest.MonkeyPatch, **later: int) -> None:
    monkeypatch.setitem(client.application.config, "CLOCK", lambda: b.NOW + timedelta(**later))


def test_a_resident_writes_and_everybody_reads_it_without_a_name(client: Visitor, proposal: Proposal) -> None:
    client.sign_in(b.make_person(b.TOHE, name="Yuliana Mau"))
    assert f'href="{address(proposal)}/tulis"' in client.get(address(proposal)).text
    answer = client.submit(
        f"{address(proposal)}/tulis", {"stance": "question", "text": "Kapan mulai?\n\nTerima kasih."}
    )
    assert answer.status_code == 303
    page = client.application.test_client().get(address(proposal)).text
    for words in (
        "Kapan mulai?",
        "Terima kasih.",
        "Bertanya",
        "Warga Tohe",
        '<span class="late">Belum dijawab',
        "1 komentar dan jawaban",
    ):
        assert words in page
    assert "Yuliana" not in page
    assert "Kapan mulai?" in client.get(address(proposal).removesuffix("/obrolan")).text


def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_form(client: Visitor, proposal: Proposal) -> None:
    answer = client.get(f"{address(proposal)}/tulis")
    assert answer.location == f"/masuk?next={address(proposal)}/tulis"


def test_an_agency_s_answer_stands_out(client: Visitor, proposal: Proposal) -> None:
    officer, question = b.make_staff(Role.OFFICER, b.BELU), say(proposal, stance=Stance.QUESTION)
    client.sign_in(b.person_of(officer))
    page = client.get(f"{address(proposal, question)}/balas").text
    assert 'value="officer" checked' in page
    client.submit(f"{address(proposal, question)}/balas", {"text": "Mulai bulan Maret.", "voice": "officer"})
    page = client.get(address(proposal)).text
    assert '<div class="note ok stack">' in page
    assert "<b>Dinas " in page
    assert '<span class="late">' not in page


def test_the_same_form_sent_twice_is_one_comment(client: Visitor, proposal: Proposal, session: Session) -> None:
    client.sign_in(b.make_person())
    _address, fields = client._form(client.get(f"{address(proposal)}/tulis").text, None)
    for _time in range(2):
        answer = client.post(f"{address(proposal)}/tulis", data=fields | {"stance": "for", "text": "Setuju sekali."})
        assert answer.status_code == 303
    assert session.query(Comment).count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "x" * 200_000}, "Terlalu panjang: paling banyak 1.000 huruf, lebih 199.000."),
        ({"text": "\u200b\u202e \u2066"}, "Isian ini wajib diisi."),
        ({"text": "Hubungi 0812 3456 7890 saja"}, "Jangan tulis NIK atau nomor HP"),
        ({"text": "NIK saya 5304 0101 0288 0001"}, "Jangan tulis NIK atau nomor HP"),
        ({"text": "Setuju", "stance": "maybe"}, "Apa pendapat Anda?"),
        ({"text": "Setuju", "voice": "officer"}, "Anda bicara sebagai apa?"),
        ({"text": "Setuju", "form_key": "1; DROP TABLE"}, "Formulir ini rusak"),
    ],
)
def test_what_must_not_stand_there_is_told_and_kept(
    client: Visitor, proposal: Proposal, session: Session, fields: dict[str, str], message: str
) -> None:
    client.sign_in(b.make_person())
    answer = client.submit(f"{address(proposal)}/tulis", {"stance": "for"} | fields)
    assert answer.status_code == 422
    assert message in answer.text
    assert fields["text"].strip()[:20].replace("\u200b", "").replace("\u202e", "").split("\u2066")[0] in answer.text
    assert session.query(Comment).count() == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<b onclick=x>tebal</b> {{ 7*7 }}", "a\u202ebc\u200bd"])
def test_markup_and_tricks_stay_text(client: Visitor, proposal: Proposal, text: str) -> None:
    client.sign_in(b.make_person())
    client.submit(f"{address(proposal)}/tulis", {"stance": "for", "text": text})
    for page in (client.get(address(proposal)).text, client.get(address(proposal).removesuffix("/obrolan")).text):
        assert "<script>alert" not in page
        assert "<b onclick" not in page
        assert "49" not in page.split("</header>")[1].split("<footer")[0]
        assert "\u202e" not in page
        assert "\u200b" not in page


def test_after_the_phase_the_page_says_so_and_a_late_form_is_kept(
    client: Visitor, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(b.make_person())
    _address, fields = client._form(client.get(f"{address(proposal)}/tulis").text, None)
    at(client, monkeypatch, days=11)
    assert "Masa obrolan sudah ditutup" in client.get(address(proposal)).text
    assert client.get(f"{address(proposal)}/tulis").status_code == 409
    answer = client.post(f"{address(proposal)}/tulis", data=fields | {"stance": "for", "text": "Terlambat sedikit."})
    assert answer.status_code == 422
    assert "Masa obrolan sudah ditutup" in answer.text
    assert "Terlambat sedikit." in answer.text


def test_a_third_level_has_no_button_and_is_refused(client: Visitor, proposal: Proposal) -> None:
    first = say(proposal)
    second = say(proposal, "Saya juga.", to=first.id)
    client.sign_in(b.make_person())
    assert "/balas" not in client.get(address(proposal, second)).text
    answer = client.submit(f"{address(proposal, second)}/balas", {"text": "Dan saya."})
    assert answer.status_code == 422
    assert "Jawablah komentar pertamanya" in answer.text


def test_own_words_are_changed_for_a_while_and_then_only_deleted(
    client: Visitor, proposal: Proposal, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = b.make_person()
    comment = say(proposal, actor=b.actor_of(person))
    client.sign_in(person)
    where = address(proposal, comment)
    at(client, monkeypatch, minutes=5)
    assert client.submit(f"{where}/ubah", {"text": "Kami butuh air bersih."}).location == where
    assert "diubah" in client.get(where).text
    at(client, monkeypatch, minutes=15)
    page = client.get(where).text
    assert "/ubah" not in page
    assert client.get(f"{where}/ubah").status_code == 409
    assert client.submit(where, action=f"{where}/hapus").status_code == 303
    assert "Komentar ini dihapus penulisnya." in client.get(address(proposal)).text
    assert session.get_one(Comment, comment.id).text == ""


def test_a_moderator_closes_a_comment_and_the_reason_stands_there(client: Visitor, proposal: Proposal) -> None:
    comment, moderator = say(proposal, "Dasar pemalas!"), b.make_staff(Role.MODERATOR, b.BELU)
    where = address(proposal, comment)
    client.sign_in(b.person_of(moderator))
    assert client.submit(f"{where}/tutup", {"code": "insult", "reason": "pendek"}).status_code == 422
    assert client.submit(f"{where}/tutup", {"code": "insult", "reason": WHY}).location == where
    assert "Dasar pemalas!" in client.get(where).text, "moderators see what they have closed"
    for page in (address(proposal), where):
        shown = client.application.test_client().get(page).text
        assert "Dasar pemalas!" not in shown
        assert WHY in shown
    assert client.submit(where, action=f"{where}/buka").status_code == 303
    assert "Dasar pemalas!" in client.application.test_client().get(where).text


def test_others_have_no_way_to_change_or_close(client: Visitor, proposal: Proposal) -> None:
    comment = say(proposal)
    where = address(proposal, comment)
    client.sign_in(b.make_person())
    page = client.get(where).text
    assert not any(f"{where}/{way}" in page for way in ("ubah", "hapus", "tutup"))
    assert client.get(f"{where}/ubah").status_code == 403
    assert client.get(f"{where}/tutup").status_code == 403
    token = client.get(f"{where}/balas").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    assert client.post(f"{where}/hapus", data={"csrf_token": token}).status_code == 403


def test_comments_of_elsewhere_or_of_what_is_hidden_are_not_there(client: Visitor, proposal: Proposal) -> None:
    comment, other, waiting = say(proposal), b.make_published(), b.make_proposal()
    assert client.get(f"/belitung-timur/usulan/{proposal.number}/obrolan/{comment.id}").status_code == 404
    assert client.get(address(waiting)).status_code == 404
    assert client.get(f"{address(proposal)}/999999").status_code == 404
    moved = client.get(f"{address(other)}/{comment.id}")
    assert (moved.status_code, moved.location) == (303, address(proposal, comment))


def test_a_full_page_keeps_within_its_budgets(client: Visitor, proposal: Proposal, queries: Callable[..., Any]) -> None:
    for number in range(12):
        comment = say(proposal, f"{number}. {LONG}", stance=(Stance.FOR, Stance.QUESTION)[number % 2])
        for answer in range(3):
            say(proposal, f"{answer}. Di dusun kami juga begitu sejak tahun lalu.", to=comment.id)
    client.sign_in(b.make_person())
    for page in (address(proposal), address(proposal, comment), f"{address(proposal)}?urut=pertanyaan"):
        with queries() as sent:
            shown = client.get(page)
        assert len(sent) <= 8, sent
        assert len(brotli.compress(shown.data, quality=5)) <= 4096


@pytest.mark.parametrize("mark", ["x", "1-2-3", "99999999999999999999", "-1", "1%00"])
def test_a_broken_mark_is_the_first_page_or_a_broken_request(client: Visitor, proposal: Proposal, mark: str) -> None:
    say(proposal)
    for order in ("terbaru", "terlama", "pertanyaan", "lain"):
        answer = client.get(f"{address(proposal)}?urut={order}&setelah={mark}")
        assert answer.status_code == (400 if "%00" in mark else 200)


def test_a_hidden_status_is_no_state_of_the_address(client: Visitor, proposal: Proposal) -> None:
    """Hiding one's own words by hand is no way round the desk."""
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    comment = say(proposal)
    actions.hide_comment(moderator, proposal, comment.id, HideCode.SPAM, WHY, b.NOW)
    client.sign_in(b.make_person())
    assert client.submit(f"{address(proposal, comment)}/balas", {"text": "Saya jawab."}).status_code == 422
    assert comment.status is CommentStatus.HIDDEN
