"""Writing one question a page: kept on the server, continued, changed, sent once, and every kind of bad input."""

import io
import re
from uuid import uuid4

import brotli
import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.catalog.actions import import_catalog
from app.catalog.cli import DATA
from app.cycles.rules import PhaseKind
from app.files.models import StoredFile
from app.files.queries import photos_of
from app.kernel.actor import CONSOLE, Level, Role
from app.kernel.outcomes import Refused
from app.proposals import actions
from app.proposals.models import Proposal, ProposalDraft, TimelineEntry
from app.proposals.queries import find_by_number, find_draft
from app.proposals.rules import Event, ReasonCode, Status
from tests import builders as b
from tests.client import Visitor
from tests.files.pictures import photo
from tests.proposals import world as w

START = "/belu/usulan/baru"
PROBLEM = "Jalan dusun becek setiap hujan, dan anak sekolah sering jatuh."
ANSWERS: dict[str, dict[str, object]] = {
    "masalah": {"problem": PROBLEM},
    "tempat": {"hamlet": "Fatubesi"},
    "pekerjaan": {"kind": "K001"},
    "kebutuhan": {"work": "Cor jalan dari gereja sampai mata air.", "volume": "300"},
    "manfaat": {"beneficiaries": "190"},
    "foto": {},
    "judul": {"title": "Rabat beton jalan ke Fatubesi", "misi": "3"},
}


@pytest.fixture
def author(session: Session, client: Visitor) -> Person:
    w.make_world()
    person = b.make_person()
    client.sign_in(person)
    return person


@pytest.fixture
def form(author: Person) -> str:
    """The address of a form that nobody has begun."""
    return f"{START}/{uuid4()}"


def say(client: Visitor, form: str, question: str, **changes: object) -> TestResponse:
    """Answer one question as its page asks for it."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', client.get(f"{form}/{question}").text)
    assert token is not None, question
    typed = ANSWERS[question] | changes | {"csrf_token": token[1]}
    answer: TestResponse = client.post(f"{form}/{question}", data=typed, content_type="multipart/form-data")
    return answer


def say_all(client: Visitor, form: str, **changes: dict[str, object]) -> str:
    """Answer every question; where that leads."""
    for question in ANSWERS:
        answer = say(client, form, question, **changes.get(question, {}))
        assert answer.status_code == 303, (question, re.findall(r'class="err"[^<]*', answer.text))
    return str(answer.location)


def send(client: Visitor, form: str) -> Proposal:
    number = str(client.submit(f"{form}/periksa").location).split("/")[3]
    proposal = find_by_number(b.BELU, number)
    assert proposal is not None
    return proposal


def draft_of(person: Person, form: str) -> Proposal | None:
    return find_draft(person.id, form.rpartition("/")[2])


def test_seven_answers_make_a_proposal_with_the_catalogs_unit_and_cost(
    client: Visitor, author: Person, form: str
) -> None:
    assert say_all(client, form) == f"{form}/mirip"
    assert client.get(f"{form}/mirip").location == f"{form}/periksa"
    proposal = send(client, form)
    assert (proposal.unit, proposal.volume, proposal.estimate) == ("meter", 300, 160_000_000)
    assert (proposal.entry_id, proposal.hamlet, proposal.village_code) == (w.entry("K001").id, "Fatubesi", b.MAKIR)
    assert proposal.status is Status.SUBMITTED
    page = client.get(f"/belu/usulan/{proposal.number}/terkirim").text
    assert proposal.number in page  # type: ignore[operator]
    assert "https://wa.me/?text=" in page
    assert "Kode QR halaman usulan" in page
    assert "Paling lambat 28 November 2026" in page


def test_whoever_leaves_comes_back_to_where_they_were(client: Visitor, author: Person, form: str) -> None:
    say(client, form, "masalah")
    say(client, form, "tempat")
    page = client.get(START).text
    assert PROBLEM[:40] in page
    assert client.get(f"{form}/periksa").location == f"{form}/pekerjaan"
    assert client.get(f"{form}/mirip").location == f"{form}/pekerjaan"
    assert PROBLEM in client.get(f"{form}/masalah").text  # the back button
    elsewhere = client.application.test_client()
    elsewhere.sign_in(author)
    assert "Fatubesi" in elsewhere.get(f"{form}/tempat").text
    assert draft_of(author, form) is None


def test_several_proposals_are_written_side_by_side(client: Visitor, author: Person, form: str) -> None:
    other = f"{START}/{uuid4()}"
    say(client, form, "masalah")
    say(client, other, "masalah", problem="Air bersih sulit didapat pada musim kemarau panjang.")
    assert PROBLEM in client.get(f"{form}/masalah").text
    assert "kemarau" in client.get(f"{other}/masalah").text
    assert client.get(START).text.count("/periksa") == 2


def test_nobody_elses_answers_are_there(client: Visitor, author: Person, form: str) -> None:
    say(client, form, "masalah")
    client.sign_in(b.make_person())
    assert PROBLEM not in client.get(f"{form}/masalah").text
    for page in (form, f"{form}/periksa", f"{form}/mirip", f"{form}/hapus"):
        assert client.get(page).status_code == 404, page


def test_an_answer_is_changed_from_the_check_page(client: Visitor, author: Person, form: str) -> None:
    say_all(client, form)
    page = client.get(f"{form}/periksa").text
    for question in ANSWERS:
        assert f'href="{form}/{question}"' in page, question
    say(client, form, "manfaat", beneficiaries="250")
    draft = draft_of(author, form)
    assert draft is not None
    assert draft.beneficiaries == 250
    assert send(client, form).beneficiaries == 250


def test_another_entry_asks_for_the_amount_in_its_unit(client: Visitor, author: Person, form: str) -> None:
    say_all(client, form)
    assert say(client, form, "pekerjaan", kind="K002").location == f"{form}/kebutuhan"
    assert client.get(f"{form}/periksa").location == f"{form}/kebutuhan"
    say(client, form, "kebutuhan", volume="2")
    proposal = send(client, form)
    assert (proposal.volume, proposal.unit) == (2, "km")


def test_one_page_and_single_questions_show_the_same(client: Visitor, author: Person, form: str) -> None:
    say_all(client, form)
    page = client.get(form).text
    for text in (PROBLEM, "Fatubesi", "Rabat beton jalan ke Fatubesi", "300"):
        assert text in page
    answer = client.submit(form, {"kind": "K001", "misi": "3", "title": "Rabat beton jalan ke Fatubesi Atas"})
    assert answer.status_code == 303, answer.text
    assert "Fatubesi Atas" in client.get(f"{form}/judul").text
    draft = draft_of(author, form)
    assert draft is not None
    assert draft.title.endswith("Atas")


def test_what_was_begun_can_be_finished_on_one_page(client: Visitor, author: Person, form: str) -> None:
    say(client, form, "masalah")
    whole = {name: value for answer in ANSWERS.values() for name, value in answer.items()}
    assert PROBLEM in client.get(form).text
    assert client.submit(form, whole).status_code == 303
    assert draft_of(author, form) is not None


def test_a_draft_is_thrown_away_with_its_photos(client: Visitor, author: Person, form: str, session: Session) -> None:
    say(client, form, "masalah")
    say(client, form, "foto", photos=[(io.BytesIO(photo()), "a.jpg")])
    assert client.submit(f"{form}/hapus").location == START
    assert session.query(ProposalDraft).count() == session.query(StoredFile).count() == 0
    say_all(client, form)
    client.submit(f"{form}/hapus")
    draft = draft_of(author, form)
    assert draft is not None
    assert draft.status is Status.WITHDRAWN
    assert client.get(f"{form}/hapus").status_code == 404


def test_twenty_drafts_are_enough(client: Visitor, author: Person) -> None:
    forms = [f"{START}/{uuid4()}" for _ in range(21)]
    answers = [say(client, form, "masalah") for form in forms]
    assert [answer.status_code for answer in answers] == [303] * 20 + [422]
    assert "20 usulan yang belum selesai" in answers[-1].text
    assert PROBLEM in answers[-1].text


def test_an_answer_sent_again_after_the_proposal_changes_nothing(client: Visitor, author: Person, form: str) -> None:
    say_all(client, form)
    fields = dict(re.findall(r'name="(csrf_token)"[^>]*value="([^"]*)"', client.get(f"{form}/judul").text))
    token = fields["csrf_token"]
    proposal = send(client, form)
    for question, answer in ANSWERS.items():
        again = client.post(f"{form}/{question}", data=answer | {"csrf_token": token})
        assert again.location == f"{form}/periksa", question
    assert client.post(f"{form}/periksa", data={"csrf_token": token}).location.endswith(f"{proposal.number}/terkirim")
    assert client.get(f"{form}/mirip").location.endswith(f"{proposal.number}/terkirim")
    assert proposal.title == ANSWERS["judul"]["title"]


# Bad input


@pytest.mark.parametrize(
    ("question", "changes", "message"),
    [
        ("masalah", {"problem": "x" * 200_000}, "paling banyak 2.000 huruf, lebih 198.000"),
        ("masalah", {"problem": "Air"}, "Terlalu pendek"),
        ("masalah", {"problem": "\u200b\u202e\u2066" * 30}, "wajib diisi"),
        ("masalah", {"problem": "Hubungi saya di 0812 3456 7890 untuk tanya jawab."}, "Jangan tulis NIK"),
        ("tempat", {"hamlet": "5304010505880001"}, "Jangan tulis NIK"),
        ("tempat", {"hamlet": "x" * 61}, "Terlalu panjang"),
        ("kebutuhan", {"volume": "0"}, "Isi dengan angka dari 1 sampai 1.000.000."),
        ("kebutuhan", {"volume": "1000000000000"}, "Isi dengan angka dari 1 sampai 1.000.000."),
        ("kebutuhan", {"volume": "-5"}, "Isi dengan angka dari 1 sampai 1.000.000."),
        ("kebutuhan", {"volume": "banyak"}, "Tulis angka saja"),
        ("kebutuhan", {"volume": "1000000"}, "lebih dari Rp100 miliar"),
        ("manfaat", {"beneficiaries": "0"}, "Isi dengan angka"),
        ("judul", {"title": "Air"}, "Terlalu pendek"),
        ("judul", {"misi": "77"}, "bukan milik kabupaten ini"),
        ("judul", {"misi": ""}, "bukan milik kabupaten ini"),
        ("pekerjaan", {"kind": ""}, "Pilih satu"),
        ("pekerjaan", {"kind": "K999"}, "tidak ada di kamus usulan tahun ini"),
    ],
)
def test_a_wrong_answer_is_told_kept_on_the_page_and_not_on_the_server(
    client: Visitor, author: Person, form: str, question: str, changes: dict[str, str], message: str
) -> None:
    for before in ANSWERS:
        if before == question:
            break
        say(client, form, before)
    answer = say(client, form, question, **changes)
    assert answer.status_code == 422
    assert message in answer.text
    typed = next(iter(changes.values()))
    if question != "pekerjaan" and typed.isprintable() and "misi" not in changes:
        assert typed in answer.text
    waiting = client.get(f"{form}/periksa")
    assert waiting.location == f"{form}/{question}" if question != "masalah" else waiting.status_code == 404


def test_letters_that_hide_or_turn_are_taken_out_of_a_title(client: Visitor, author: Person, form: str) -> None:
    say_all(client, form, judul={"title": "Rabat\u202e beton\u200b jalan\u2066 ke Fatubesi"})
    draft = draft_of(author, form)
    assert draft is not None
    assert draft.title == "Rabat beton jalan ke Fatubesi"


@pytest.mark.parametrize("field", ["problem", "hamlet", "work", "title", "unit", "group_name"])
def test_markup_and_script_are_text_on_every_page(client: Visitor, author: Person, field: str) -> None:
    form, attack = f"{START}/{uuid4()}", "<script>alert(1)</script>"[: 20 if field == "unit" else 60]
    where = {"problem": "masalah", "hamlet": "tempat", "title": "judul"}.get(field, "kebutuhan")
    changes: dict[str, dict[str, object]] = {where: {field: attack}}
    if field == "unit":
        changes["pekerjaan"] = {"kind": "bebas"}
    if field == "group_name":
        changes["pekerjaan"] = {"kind": "K032"}
        changes["kebutuhan"] |= {"group_registration": "SK Camat 7/2025"}
    say_all(client, form, **changes)
    pages = [client.get(page).text for page in (START, form, f"{form}/{where}", f"{form}/periksa")]
    number = send(client, form).number
    pages += [client.get(f"/belu/usulan/{number}/terkirim").text, client.get(f"/belu/usulan/{number}").text]
    assert all("<script>alert" not in page for page in pages)
    assert any("&lt;script&gt;" in page for page in pages)


def test_entries_of_another_year_another_regency_or_retired_are_not_offered_and_not_taken(
    client: Visitor, author: Person, form: str, session: Session
) -> None:
    content = (DATA / "belu.csv").read_bytes()
    import_catalog(CONSOLE, b.BELU, 2029, "belu.csv", content, b.NOW)
    foreign = session.query(type(w.entry("K001"))).filter_by(plan_year=2029, code="K001").one()
    w.entry("K002").is_retired = True
    session.flush()
    say(client, form, "masalah")
    say(client, form, "tempat")
    assert "Peningkatan jalan kabupaten" not in client.get(f"{form}/pekerjaan?semua=1").text
    assert say(client, form, "pekerjaan", kind="K002").status_code == 422
    for entry_id in (foreign.id, w.entry("K002").id, 10**9):
        with pytest.raises(Refused) as refused:
            actions.write_draft(b.actor_of(author), b.make_answers(entry_id=entry_id), str(uuid4()), b.NOW)
        assert refused.value.reason == "unknown_entry"


def test_a_draft_of_last_year_is_not_sent_with_last_years_entry(
    client: Visitor, author: Person, form: str, session: Session
) -> None:
    say_all(client, form)
    w.entry("K001").is_retired = True
    session.flush()
    answer = client.submit(f"{form}/periksa")
    assert answer.location == f"{form}/periksa"
    assert "tidak ada di kamus usulan tahun ini" in client.get(answer.location).text


def test_help_for_a_group_asks_for_the_group_and_its_registration(client: Visitor, author: Person, form: str) -> None:
    for question in ("masalah", "tempat"):
        say(client, form, question)
    say(client, form, "pekerjaan", kind="K032")
    lacking = say(client, form, "kebutuhan", volume="2", group_name="Kelompok Tani Sinar")
    assert lacking.status_code == 422
    assert "hanya untuk kelompok yang terdaftar" in lacking.text
    group = {"volume": "2", "group_name": "Kelompok Tani Sinar", "group_registration": "SK Camat 7/2025"}
    assert say(client, form, "kebutuhan", **group).status_code == 303
    for question in ("manfaat", "foto", "judul"):
        say(client, form, question)
    proposal = send(client, form)
    assert (proposal.group_name, proposal.group_registration) == ("Kelompok Tani Sinar", "SK Camat 7/2025")
    page = client.get(f"/belu/usulan/{proposal.number}").text
    assert "Kelompok Tani Sinar" in page
    assert "SK Camat" not in page
    desk = client.sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELU)))
    assert "SK Camat 7/2025" in desk.get(f"/meja/{proposal.number}").text


# Places


def pin(client: Visitor, form: str, **typed: str) -> TestResponse:
    return say(client, form, "tempat", **typed)


def test_a_pin_outside_the_regency_is_refused_and_the_rest_kept(client: Visitor, author: Person, form: str) -> None:
    say(client, form, "masalah")
    for at in (w.AT_SEA, w.HOME):
        typed = {"latitude": str(at.latitude), "longitude": str(at.longitude), "titik": "simpan"}
        answer = pin(client, form, **typed)
        if at is w.HOME:
            assert answer.location == f"{form}/tempat#peta"
        else:
            assert answer.status_code == 422
            assert "Titik itu di luar kabupaten" in answer.text
            assert "Fatubesi" in answer.text
    assert "Titik sudah ada" in client.get(f"{form}/tempat").text


@pytest.mark.parametrize("typed", ["", "abc", "nan", "inf", "1e400", "9" * 400, "91"])
def test_a_position_that_is_none_is_left_out(client: Visitor, author: Person, form: str, typed: str) -> None:
    say(client, form, "masalah")
    assert pin(client, form, latitude=typed, longitude="125.1").status_code == 303
    assert "Titik sudah ada" not in client.get(f"{form}/tempat").text


def test_a_tap_on_the_corner_is_the_enter_key(client: Visitor, author: Person, form: str) -> None:
    say(client, form, "masalah")
    assert pin(client, form, **{"peta.x": "0", "peta.y": "0"}).location == f"{form}/pekerjaan"
    for far in ("9999", "99999", "-5", "a"):
        assert pin(client, form, **{"peta.x": far, "peta.y": "5"}).status_code == 303
    assert "Titik sudah ada" not in client.get(f"{form}/tempat").text


def test_of_a_home_only_about_a_kilometre_is_shown_anywhere(client: Visitor, author: Person, form: str) -> None:
    at = {"latitude": str(w.HOME.latitude), "longitude": str(w.HOME.longitude)}
    say_all(client, form, tempat=dict(at), pekerjaan={"kind": "K012"})
    proposal = send(client, form)
    assert proposal.is_at_home
    assert (proposal.latitude, proposal.longitude) == (w.HOME.latitude, w.HOME.longitude)
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    actions.move(moderator, proposal, Event.PUBLISH, b.NOW)
    visitor = client.application.test_client()
    number = proposal.number
    desk = client.application.test_client().sign_in(b.person_of(moderator))
    pages = [visitor.get(f"/belu/usulan/{number}").text, visitor.get("/belu/usulan").text]
    pages += [visitor.get(f"/belu/usulan/{number}/riwayat-teks").text, desk.get(f"/meja/{number}").text]
    assert "9,04° LS, 125,17° BT" in pages[0]
    assert not any(re.search(r"9[.,]041|125[.,]165", page) for page in pages)


# Photos


def test_photos_are_kept_when_another_answer_is_wrong(client: Visitor, author: Person, session: Session) -> None:
    fields = dict(
        re.findall(r'name="(csrf_token|form_key|village)"[^>]*value="([^"]*)"', client.get(f"{START}?sekaligus=1").text)
    )
    whole = {name: value for answer in ANSWERS.values() for name, value in answer.items()} | fields
    photos = [(io.BytesIO(photo()), "jalan.jpg"), (io.BytesIO(b"bukan foto"), "surat.jpg")]
    first = client.post(START, data=whole | {"title": "Air", "photos": photos}, content_type="multipart/form-data")
    assert first.status_code == 422
    assert "Berkas ini bukan foto" in first.text
    assert "Hapus foto 1" in first.text
    assert PROBLEM in first.text
    answer = client.post(START, data=whole, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert session.query(StoredFile).filter_by(attached_to="proposal").count() == 1


def whole_form(client: Visitor, **changes: object) -> dict[str, object]:
    page = client.get(f"{START}?sekaligus=1").text
    fields = dict(re.findall(r'name="(csrf_token|form_key|village)"[^>]*value="([^"]*)"', page))
    return {name: value for answer in ANSWERS.values() for name, value in answer.items()} | fields | changes


def test_a_form_that_was_sent_changes_no_photo_of_its_proposal(
    client: Visitor, author: Person, session: Session
) -> None:
    whole = whole_form(client)
    kept = {"photos": [(io.BytesIO(photo()), "jalan.jpg")]}
    sent = client.post(START, data=whole | kept, content_type="multipart/form-data")
    client.submit(sent.location)
    (proposal,) = session.query(Proposal).all()
    (before,) = photos_of("proposal", [proposal.id])[proposal.id]
    for status in (Status.SUBMITTED, Status.PUBLISHED):
        assert proposal.status is status
        for more in ({"photos-hapus": before.key}, {"photos": [(io.BytesIO(photo(size=(64, 41))), "lain.jpg")]}):
            client.post(START, data=whole | more, content_type="multipart/form-data")
            assert photos_of("proposal", [proposal.id])[proposal.id] == [before]
        if status is Status.SUBMITTED:
            actions.move(b.make_staff(Role.MODERATOR, b.BELU), proposal, Event.PUBLISH, b.NOW)


def test_a_form_that_was_sent_goes_on_as_another_proposal_with_its_photos(
    client: Visitor, author: Person, session: Session
) -> None:
    whole = whole_form(client)
    client.submit(client.post(START, data=whole, content_type="multipart/form-data").location)
    other = whole | {"title": "Rabat beton jalan ke kapela", "photos": [(io.BytesIO(photo()), "jalan.jpg")]}
    told = client.post(START, data=other, content_type="multipart/form-data")
    assert told.status_code == 422
    assert "Hapus foto 1" in told.text
    fresh = dict(re.findall(r'name="(form_key)"[^>]*value="([^"]*)"', told.text))
    again = client.post(START, data=whole | {"title": other["title"]} | fresh, content_type="multipart/form-data")
    assert again.status_code == 303
    second = session.query(Proposal).order_by(Proposal.id.desc()).limit(1).one()
    assert (second.title, len(photos_of("proposal", [second.id])[second.id])) == (other["title"], 1)


def test_what_the_catalog_asks_for_is_said_to_writer_and_moderator(client: Visitor, author: Person, form: str) -> None:
    for question in ("masalah", "tempat", "pekerjaan"):
        say(client, form, question)
    asked = "Foto keadaan sekarang; Surat bahwa tanahnya boleh dipakai"
    assert asked in client.get(f"{form}/kebutuhan").text
    say_all(client, form)
    assert "tambah foto sekarang" in client.get(f"{form}/periksa").text
    desk = client.application.test_client().sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELU)))
    say(client, form, "foto", photos=[(io.BytesIO(photo()), "a.jpg")])
    page = client.get(f"{form}/periksa").text
    assert "tambah foto sekarang" not in page
    assert "Surat bahwa tanahnya boleh dipakai" in page
    page = desk.get(f"/meja/{send(client, form).number}").text
    assert "Diminta kamus, belum ada" in page
    assert asked not in page


def test_five_photos_and_no_more_and_one_is_taken_off_again(client: Visitor, author: Person, form: str) -> None:
    say(client, form, "masalah")
    six = [(io.BytesIO(photo(size=(64, 40 + n))), f"{n}.jpg") for n in range(6)]
    answer = say(client, form, "foto", photos=six)
    assert answer.status_code == 422
    assert "Paling banyak 5 foto" in answer.text
    assert answer.text.count("Hapus foto") == 5
    for question in ANSWERS:
        say(client, form, question)
    key = re.findall(r'name="photos-hapus" value="([0-9a-f]{32})"', client.get(f"{form}/foto").text)[0]
    say(client, form, "foto", **{"photos-hapus": key})
    proposal = send(client, form)
    page = client.get(f"/belu/usulan/{proposal.number}").text
    assert page.count("<img") == 4
    assert page.count('loading="lazy"') == 3
    assert key not in page


def test_photos_are_seen_by_whoever_sees_the_proposal(client: Visitor, author: Person, form: str) -> None:
    say_all(client, form, foto={"photos": [(io.BytesIO(photo()), "a.jpg")]})
    proposal = send(client, form)
    picture = re.findall(r'src="(/berkas/[^"]+)"', client.get(f"/belu/usulan/{proposal.number}").text)[0]
    visitor, moderator = client.application.test_client(), b.make_staff(Role.MODERATOR, b.BELU)
    desk = client.application.test_client().sign_in(b.person_of(moderator))
    assert [one.get(picture).status_code for one in (client, desk, visitor)] == [200, 200, 404]
    assert picture in desk.get(f"/meja/{proposal.number}").text
    actions.move(moderator, proposal, Event.PUBLISH, b.NOW)
    assert visitor.get(picture).status_code == 200
    actions.move(
        moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.PRIVATE_DATA, reason="Ada wajah anak di foto."
    )
    assert [one.get(picture).status_code for one in (client, desk, visitor)] == [200, 200, 404]


# Similar proposals


def test_who_says_that_theirs_is_another_is_believed_and_the_moderator_told(
    client: Visitor, author: Person, form: str, session: Session
) -> None:
    there = b.make_published(entry_id=w.entry("K001").id, unit="meter", hamlet="FATUBESI", title="Jalan beton gereja")
    say_all(client, form)
    page = client.get(f"{form}/mirip").text
    assert "Jalan beton gereja" in page
    assert f'action="/belu/usulan/{there.number}/dukung"' in page
    assert client.submit(f"{form}/mirip", action=f"{form}/mirip").status_code == 303
    proposal = send(client, form)
    sent = session.query(TimelineEntry).filter_by(proposal_id=proposal.id, event=Event.SUBMIT).one()
    assert sent.facts["differs_from"] == [there.number]
    desk = client.sign_in(b.person_of(b.make_staff(Role.MODERATOR, b.BELU))).get(f"/meja/{proposal.number}").text
    assert "menyatakan usulannya berbeda" in desk


def test_supporting_the_other_one_leaves_the_draft(client: Visitor, author: Person, form: str) -> None:
    there = b.make_published(entry_id=w.entry("K001").id, unit="meter", hamlet="Fatubesi")
    say_all(client, form)
    back = client.submit(f"{form}/mirip", action=f"/belu/usulan/{there.number}/dukung")
    assert back.location.endswith(str(there.number))
    assert there.support_count == 1
    assert draft_of(author, form) is not None


def test_same_work_within_a_hundred_metres_counts_whatever_the_hamlet_is_called(
    client: Visitor, author: Person, form: str
) -> None:
    near, far = (w.HOME.latitude + metres / 111_195 for metres in (80, 400))
    work = {"entry_id": w.entry("K001").id, "unit": "meter", "longitude": w.HOME.longitude, "hamlet": ""}
    words = {"problem": "Truk tidak lewat.", "work": "Perkerasan dengan semen."}
    b.make_published(title="Semen untuk gang sebelah kiri", latitude=near, **work, **words)
    b.make_published(title="Semen untuk gang sebelah kanan", latitude=far, **work, **words)
    say_all(client, form, tempat={"latitude": str(w.HOME.latitude), "longitude": str(w.HOME.longitude)})
    page = client.get(f"{form}/mirip").text
    assert "sebelah kiri" in page
    assert "sebelah kanan" not in page


def test_ones_own_proposals_are_not_similar_to_ones_own(client: Visitor, author: Person, form: str) -> None:
    b.make_published(author, entry_id=w.entry("K001").id, unit="meter", hamlet="Fatubesi")
    say_all(client, form)
    assert client.get(f"{form}/mirip").location == f"{form}/periksa"


# Who, when, and how much


def test_a_draft_is_kept_below_the_level_that_sends_it(client: Visitor, author: Person, form: str) -> None:
    client.sign_in(b.make_person(level=Level.REGISTERED))
    say_all(client, form)
    page = client.get(f"{form}/periksa").text
    assert "Draf ini tersimpan" in page
    assert "Kirim usulan" not in page


def test_where_nothing_is_gathered_the_page_says_so_and_gives_back_what_was_typed(
    client: Visitor, session: Session
) -> None:
    b.make_regions()
    w.make_catalog()
    b.make_cycle(kinds=(PhaseKind.VOTING,))
    client.sign_in(b.make_person())
    form = f"{START}/{uuid4()}"
    page = client.get(f"{form}/masalah")
    assert page.status_code == 409
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page.text)
    assert token is not None
    answer = client.post(f"{form}/masalah", data={"problem": PROBLEM, "csrf_token": token[1]})
    assert answer.status_code == 409
    assert PROBLEM in answer.text


def test_residents_of_another_regency_are_told_on_every_question(client: Visitor, author: Person, form: str) -> None:
    client.sign_in(b.make_person(b.LALANG))
    for question in ANSWERS:
        assert client.get(f"{form}/{question}").status_code == 403, question


@pytest.mark.parametrize("question", ["entah", "periksa%00", "judul.html", "mirip/x"])
def test_no_other_question_is_asked(client: Visitor, author: Person, form: str, question: str) -> None:
    assert client.get(f"{form}/{question}").status_code in (400, 404)


def test_where_there_is_no_catalog_nobody_is_asked_for_it(client: Visitor, session: Session) -> None:
    b.make_world()
    client.sign_in(b.make_person())
    form = f"{START}/{uuid4()}"
    say(client, form, "masalah")
    assert say(client, form, "tempat").location == f"{form}/kebutuhan"
    assert say(client, form, "kebutuhan", unit="meter").location == f"{form}/manfaat"


def test_every_page_of_writing_is_small_and_quick(client: Visitor, author: Person, form: str, queries) -> None:  # type: ignore[no-untyped-def]
    neighbour = b.make_person()
    for n in range(5):
        work = {"entry_id": w.entry("K001").id, "unit": "meter", "hamlet": "Fatubesi"}
        b.make_published(neighbour, title=f"Rabat beton jalan gang {n}", **work)
    photos = [(io.BytesIO(photo(size=(64, 40 + n))), f"{n}.jpg") for n in range(5)]
    say_all(client, form, tempat={"latitude": "-9.0413", "longitude": "125.1651"}, foto={"photos": photos})
    pages = [START, f"{START}?sekaligus=1", form, *(f"{form}/{question}" for question in ANSWERS)]
    pages += [f"{form}/pekerjaan?semua=1", f"{form}/mirip", f"{form}/periksa"]
    for page in pages:
        with queries() as sent:
            answer = client.get(page)
        assert answer.status_code == 200, page
        assert len(sent) <= 8, (page, sent)
        assert len(brotli.compress(answer.data, quality=5)) <= 4096, page
