"""The pages of proposals as visitors meet them."""

import re

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.kernel.actor import Role
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode, Status
from tests import builders as b
from tests.client import Visitor

ANSWERS = {
    "title": "Pipa air bersih ke Dusun Fatubesi",
    "problem": "Warga berjalan dua kilometer setiap pagi untuk mengambil air.",
    "work": "Pasang pipa dari mata air ke bak di dusun.",
    "hamlet": "Fatubesi",
    "volume": "1.200",
    "unit": "meter",
    "estimate": "148.000.000",
    "beneficiaries": "240",
    "misi": "3",
}
BEGIN = "/belu/usulan/baru"
WRITE = f"{BEGIN}?sekaligus=1"


@pytest.fixture
def author(session: Session) -> Person:
    b.make_world()
    return b.make_person()


def write(client: Visitor, **changes: object) -> str:
    """Fill in the form and go on to the check page; its address."""
    answer = client.submit(WRITE, ANSWERS | changes)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_proposal_is_written_checked_and_sent(client: Visitor, author: Person) -> None:
    client.sign_in(author)
    check = write(client)
    page = client.get(check).text
    assert "1.200 meter" in page
    assert "Rp148.000.000" in page
    sent = client.submit(check)
    assert sent.location == "/belu/usulan/BLU-28-00001/terkirim"
    assert "BLU-28-00001" in client.get(sent.location).text
    assert "Belum tampil untuk umum" in client.get("/belu/usulan/BLU-28-00001").text


def test_wrong_answers_keep_everything_that_was_typed(client: Visitor, author: Person, session: Session) -> None:
    client.sign_in(author)
    for changes, message in (
        ({"title": "x" * 130}, "Terlalu panjang"),
        ({"title": "Air"}, "Terlalu pendek"),
        ({"volume": "banyak"}, "Tulis angka saja"),
        ({"estimate": "-5"}, "Isi dengan angka"),
        ({"misi": "77"}, "bukan milik kabupaten ini"),
        ({"misi": []}, "wajib diisi"),
        ({"village": b.LALANG}, "desa atau kelurahan tempat Anda tinggal"),
        ({"problem": "Hubungi saya di 0812 3456 7890 untuk tanya jawab."}, "Jangan tulis NIK atau nomor HP"),
        ({"form_key": "bukan kunci"}, "Formulir ini rusak"),
    ):
        answer = client.submit(WRITE, ANSWERS | changes)
        assert answer.status_code == 422, changes
        assert message in answer.text, changes
        for field in ("title", "problem", "work", "hamlet", "volume", "unit", "estimate", "beneficiaries"):
            assert str((ANSWERS | changes)[field]) in answer.text, (changes, field)
    assert session.query(Proposal).count() == 0


def test_a_double_click_gives_one_draft_and_one_proposal(client: Visitor, author: Person, session: Session) -> None:
    client.sign_in(author)
    page = client.get(WRITE).text
    fields = dict(re.findall(r'name="(csrf_token|form_key|village)"[^>]*value="([^"]*)"', page))
    first, second = (client.post(WRITE, data=ANSWERS | fields) for _ in range(2))
    assert first.location == second.location
    client.submit(first.location)
    assert client.get(first.location).location == "/belu/usulan/BLU-28-00001/terkirim"
    assert session.query(Proposal).count() == 1


def test_another_text_on_a_form_already_sent_is_kept_and_told_of(
    client: Visitor, author: Person, session: Session
) -> None:
    client.sign_in(author)
    fields = dict(re.findall(r'name="(csrf_token|form_key|village)"[^>]*value="([^"]*)"', client.get(WRITE).text))
    client.submit(client.post(WRITE, data=ANSWERS | fields).location)
    other = ANSWERS | {"title": "Usulan lain dengan tombol kembali"}
    answer = client.post(WRITE, data=other | fields)
    assert answer.status_code == 422
    assert "sudah terkirim sebagai usulan BLU-28-00001" in answer.text
    assert other["title"] in answer.text
    fresh = dict(re.findall(r'name="(csrf_token|form_key|village)"[^>]*value="([^"]*)"', answer.text))
    assert client.post(WRITE, data=other | fresh).status_code == 303
    assert session.query(Proposal).count() == 2


def test_a_form_of_an_ended_session_gives_the_text_back(client: Visitor, author: Person, session: Session) -> None:
    client.sign_in(author)
    answer = client.post(WRITE, data=ANSWERS | {"csrf_token": "lama", "password": "tiga kata rahasia"})
    assert answer.status_code == 400
    assert ANSWERS["problem"] in answer.text
    assert ANSWERS["work"] in answer.text
    assert "tiga kata rahasia" not in answer.text
    assert f'href="{WRITE}"' in answer.text
    foreign = client.post(WRITE, data=ANSWERS, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400
    assert ANSWERS["problem"] not in foreign.text
    assert session.query(Proposal).count() == 0


def test_a_number_is_told_once_and_with_its_dots(client: Visitor, author: Person) -> None:
    client.sign_in(author)
    far, words = client.submit(WRITE, ANSWERS | {"volume": "-5"}), client.submit(WRITE, ANSWERS | {"volume": "9" * 21})
    assert "Isi dengan angka dari 1 sampai 1.000.000." in far.text
    assert "Tulis angka saja" in words.text
    assert "Isi dengan angka dari" not in words.text
    long = client.submit(WRITE, ANSWERS | {"problem": "x" * 200_000})
    assert "paling banyak 2.000 huruf, lebih 198.000" in long.text
    assert "x" * 200_000 in long.text


def test_a_list_that_cannot_fill_yet_says_why_and_invites_nobody(client: Visitor, author: Person) -> None:
    page = client.get("/belitung-timur/usulan").text
    assert "Usulan dibuka setelah misi kabupaten dimasukkan" in page
    assert "/belitung-timur/usulan/baru" not in page
    assert "Belum ada usulan" in client.get("/belu/usulan").text
    assert "Tidak ada usulan yang cocok" in client.get("/belu/usulan?q=zzz").text


def test_an_unsent_draft_can_be_changed_and_is_found_again(client: Visitor, author: Person) -> None:
    client.sign_in(author)
    check = write(client)
    assert "Belum dikirim" in client.get("/akun").text
    edit = check.removesuffix("/periksa")
    client.submit(edit, ANSWERS | {"title": "Pipa air bersih yang lebih panjang"})
    assert "yang lebih panjang" in client.get(check).text


def test_someone_elses_draft_and_unpublished_proposal_are_missing(client: Visitor, author: Person) -> None:
    check = write(client.sign_in(author))
    number = str(client.submit(check).location).split("/")[3]
    client.sign_in(b.make_person())
    for address in (
        check,
        f"/belu/usulan/{number}",
        f"/belu/usulan/{number}/terkirim",
        f"/belu/usulan/{number}/perbaiki",
    ):
        assert client.get(address).status_code == 404, address


def test_visitors_are_asked_to_sign_in_and_come_back(client: Visitor, author: Person) -> None:
    answer = client.get(BEGIN)
    assert answer.status_code == 303
    assert answer.location == "/masuk?next=/belu/usulan/baru"


def test_residents_of_another_regency_are_told_why_they_cannot_write(client: Visitor, author: Person) -> None:
    client.sign_in(b.make_person(b.LALANG))
    answer = client.get(WRITE)
    assert answer.status_code == 403
    assert "di kabupaten tempat Anda tinggal" in answer.text


def test_where_there_is_no_misi_the_page_says_that_proposals_wait(client: Visitor, author: Person) -> None:
    client.sign_in(b.make_person(b.LALANG))
    assert "belum dimasukkan perencana" in client.get("/belitung-timur/usulan/baru").text


def test_a_returned_proposal_is_mended_by_its_author(client: Visitor, author: Person) -> None:
    proposal = b.make_proposal(author)
    reason = "Sebutkan nama mata airnya."
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    move(moderator, proposal, Event.RETURN, b.NOW, code=ReasonCode.LOCATION_UNCLEAR, reason=reason)
    client.sign_in(author)
    mend = f"/belu/usulan/{proposal.number}/perbaiki"
    assert reason in client.get(mend).text
    assert client.submit(mend, {"hamlet": "Weluli"}).status_code == 303
    assert (proposal.status, proposal.hamlet) == (Status.SUBMITTED, "Weluli")


def test_an_author_withdraws_and_the_number_stays(client: Visitor, author: Person) -> None:
    proposal = b.make_proposal(author)
    page = f"/belu/usulan/{proposal.number}"
    client.sign_in(author).submit(page, action=f"{page}/tarik")
    assert proposal.status is Status.WITHDRAWN
    assert proposal.number in client.get("/akun").text  # type: ignore[operator]


def test_the_timeline_shows_every_step_with_its_reason(client: Visitor, author: Person) -> None:
    proposal = b.make_proposal(author)
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    reason = "Sudah dibangun tahun 2025 dengan dana desa."
    move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.ALREADY_BUILT, reason=reason)
    page = client.get(f"/belu/usulan/{proposal.number}").text
    for text in ("Pengusul mengirim usulan", "Moderator tidak menerima usulan", reason):
        assert text in page
    assert author.name not in page


def test_the_list_shows_what_is_public_and_pages_on(client: Visitor, author: Person) -> None:
    published = [b.make_published(author, title=f"Usulan terbuka nomor {n:03d}") for n in range(22)]
    b.make_proposal(author, title="Usulan yang masih diperiksa")
    first = client.get("/belu/usulan").text
    assert first.count("/belu/usulan/BLU-28-") == 20
    assert "masih diperiksa" not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    rest = client.get(following.group(1).replace("&amp;", "&")).text
    assert rest.count("/belu/usulan/BLU-28-") == 2
    assert published[0].title in rest


@pytest.mark.parametrize(
    "query",
    [
        "setelah=x-y",
        "setelah=9999999999999999-1",
        "misi=abc",
        "kecamatan=19.06.01",
        "status=draft",
        "urut=%27",
        "q=%E2%80%8B",
    ],
)
def test_nonsense_in_the_address_of_the_list_does_no_harm(client: Visitor, author: Person, query: str) -> None:
    assert client.get(f"/belu/usulan?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/belu/usulan?q=%00", "/belu/usulan/BLU%00", "/%00"])
def test_addresses_that_no_database_takes_are_bad_requests(client: Visitor, author: Person, address: str) -> None:
    assert client.get(address).status_code == 400


def test_nothing_of_one_regency_shows_under_the_other(client: Visitor, author: Person) -> None:
    proposal = b.make_published(author)
    assert proposal.title not in client.get("/belitung-timur/usulan").text
    assert client.get(f"/belitung-timur/usulan/{proposal.number}").status_code == 404


def test_the_list_and_a_proposal_need_few_statements(client: Visitor, author: Person, queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(5):
        proposal = b.make_published(author)
    for address in ("/belu/usulan", f"/belu/usulan/{proposal.number}"):
        with queries() as sent:
            client.get(address)
        assert len(sent) <= 8, "\n".join(sent)


@pytest.mark.parametrize("field", ["title", "problem", "work", "hamlet"])
def test_script_and_markup_are_shown_as_text(client: Visitor, author: Person, field: str) -> None:
    attack = '"><script>alert(1)</script><b onmouseover=x>{{7*7}}'
    proposal = b.make_published(author, **{field: attack})
    page = client.get(f"/belu/usulan/{proposal.number}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
