"""Serving photos, and a form with photos that loses none of them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import html5lib
import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, stream_encode_multipart

from app.accounts.models import Person
from app.files import actions as files
from app.files.actions import DiskStorage, NotStored
from app.files.queries import drafts_of, photos_of
from app.files.rules import MOST_PHOTOS, MOST_SENT, Photo, Size, look
from tests import builders as b
from tests.client import Visitor
from tests.files import letters, pictures

COLOURS = ("teal", "navy", "olive", "maroon", "purple", "gray")


@pytest.fixture
def writer(client: Visitor, kept_on_disk: DiskStorage) -> Person:
    """Somebody who is signed in."""
    b.make_world()
    letters.OPEN.clear()
    person = b.make_person()
    client.sign_in(person)
    return person


def sent(*colours: str) -> list[FileStorage]:
    return [file(pictures.photo(colour), f"{colour}.jpg") for colour in colours]


def file(content: bytes, name: str) -> FileStorage:
    return FileStorage(BytesIO(content), name, content_type="image/jpeg")


def write(client: Visitor, *colours: str, page: str | None = None, **answers: Any) -> TestResponse:
    """Send the form as it was shown."""
    fields = fields_of(page or client.get("/surat").text) | {"photos": sent(*colours)} | answers
    return post(client, "/surat", fields)


def post(client: Any, address: str, fields: dict[str, Any]) -> TestResponse:
    """Not left to the client: for what is large it opens a file that it does not close."""
    body, length, boundary = stream_encode_multipart(MultiDict(fields), use_tempfile=False)
    form = f"multipart/form-data; boundary={boundary}"
    answer: TestResponse = client.post(address, input_stream=body, content_length=length, content_type=form)
    return answer


def fields_of(page: str) -> dict[str, Any]:
    root = html5lib.parse(page, namespaceHTMLElements=False)
    hidden = [field for field in root.iter("input") if field.get("type") in ("hidden", "text")]
    return {field.get("name"): field.get("value", "") for field in hidden}


def drafts(writer: Person, page: str) -> list[Photo]:
    return list(drafts_of(writer.id, fields_of(page)["form_key"]))


def letter() -> list[Photo]:
    return list(photos_of("letter", [letters.NUMBER])[letters.NUMBER])


# Serving


def test_a_photo_of_something_open_is_everybodys_and_kept_for_ever(client: Visitor, writer: Person) -> None:
    write(client, "teal", text="Jalan rusak")
    letters.OPEN.add(letters.NUMBER)
    for visitor in (client, client.application.test_client()):
        for size in Size:
            answer = visitor.get(f"/berkas/{letter()[0].name(size)}")
            assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
            assert look(answer.data) is not None
            assert "immutable" in answer.headers["Cache-Control"]
            assert "private" in answer.headers["Cache-Control"]
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")  # it changes, and would empty the browser's cache


def test_once_it_is_hidden_its_photo_is_gone_for_everybody(client: Visitor, writer: Person) -> None:
    write(client, "teal", text="Jalan rusak")
    address = f"/berkas/{letter()[0].name('sedang')}"
    letters.OPEN.add(letters.NUMBER)
    assert client.get(address).status_code == 200
    letters.OPEN.clear()
    assert client.get(address).status_code == 404


def test_a_draft_is_shown_to_its_owner_alone_and_not_kept(client: Visitor, writer: Person) -> None:
    page = write(client, "teal").text
    address = f"/berkas/{drafts(writer, page)[0].name('kecil')}"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    others = client.application.test_client(), client.application.test_client().sign_in(b.make_person())
    assert [other.get(address).status_code for other in others] == [404, 404]


@pytest.mark.parametrize(
    "name",
    ["", "x.jpg", "0" * 32 + "-kecil.jpg", "0" * 32 + "-besar.jpg", "0" * 32, "..%2f..%2fwsgi.py", "%2e%2e/wsgi.py"],
)
def test_what_is_no_photo_of_ours_is_not_found(client: Visitor, writer: Person, name: str) -> None:
    assert client.get(f"/berkas/{name}").status_code == 404


def test_while_the_storage_is_away_the_page_says_so(
    client: Visitor, writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/berkas/{drafts(writer, write(client, 'teal').text)[0].name('kecil')}"

    def away(self: DiskStorage, name: str) -> bytes:
        raise NotStored

    monkeypatch.setattr(DiskStorage, "get", away)
    assert client.get(address).status_code == 503


def test_a_photo_whose_object_is_lost_is_not_found(client: Visitor, writer: Person, kept_on_disk: DiskStorage) -> None:
    name = drafts(writer, write(client, "teal").text)[0].name("kecil")
    kept_on_disk.delete(name)
    assert client.get(f"/berkas/{name}").status_code == 404


def test_a_photo_costs_few_statements(client: Visitor, writer: Person, queries: Callable[..., Any]) -> None:
    write(client, "teal", text="Jalan rusak")
    letters.OPEN.add(letters.NUMBER)
    address = f"/berkas/{letter()[0].name('kecil')}"
    with queries() as statements:
        client.application.test_client().get(address)
    assert len(statements) == 1


# The form


def test_photos_and_the_letter_arrive_together(client: Visitor, writer: Person) -> None:
    assert write(client, "teal", "navy", text="Jalan rusak").status_code == 303
    assert len(letter()) == 2


def test_a_letter_needs_no_photo(client: Visitor, writer: Person) -> None:
    assert client.submit("/surat", {"text": "Jalan rusak"}).status_code == 303


def test_photos_stay_when_another_answer_is_wrong(client: Visitor, writer: Person) -> None:
    wrong = write(client, "teal", "navy", text="")
    assert wrong.status_code == 422
    kept = drafts(writer, wrong.text)
    assert [wrong.text.count(photo.name("kecil")) for photo in kept] == [1, 1]
    assert write(client, page=wrong.text, text="Jalan rusak").status_code == 303
    assert letter() == kept


def test_other_answers_and_photos_stay_when_a_photo_is_wrong(client: Visitor, writer: Person) -> None:
    mixed = [*sent("teal"), file(pictures.SVG, "denah.svg"), file(b"", "kosong.jpg")]
    wrong = write(client, text="Jalan rusak", photos=mixed)
    assert wrong.status_code == 422
    assert "Foto “denah.svg” tidak disimpan." in wrong.text
    assert "Foto “kosong.jpg” tidak disimpan." in wrong.text
    assert fields_of(wrong.text)["text"] == "Jalan rusak"
    assert len(drafts(writer, wrong.text)) == 1
    assert letter() == []


@pytest.mark.parametrize("name", pictures.BAD)
def test_whatever_is_sent_is_told_at_the_field(client: Visitor, writer: Person, name: str) -> None:
    make, _reason = pictures.BAD[name]
    wrong = write(client, text="Jalan rusak", photos=[file(make(), "foto.jpg")])
    assert wrong.status_code == 422
    assert wrong.text.count("Foto “foto.jpg” tidak disimpan.") == 2  # in the summary and at the field


def test_a_photo_can_be_taken_out_and_another_put_in_its_place(client: Visitor, writer: Person) -> None:
    wrong = write(client, *COLOURS[:MOST_PHOTOS], text="")
    first = drafts(writer, wrong.text)[0]
    changed = write(client, COLOURS[5], page=wrong.text, text="", **{"photos-hapus": first.key})
    kept = drafts(writer, changed.text)
    assert len(kept) == MOST_PHOTOS
    assert first not in kept


def test_of_six_photos_five_are_kept_and_the_sixth_is_told(client: Visitor, writer: Person) -> None:
    wrong = write(client, *COLOURS, text="Jalan rusak")
    assert wrong.status_code == 422
    assert len(drafts(writer, wrong.text)) == MOST_PHOTOS
    assert "Paling banyak 5 foto." in wrong.text


def test_the_form_sent_twice_has_its_photos_once(client: Visitor, writer: Person) -> None:
    page = client.get("/surat").text
    for _ in range(2):
        assert write(client, "teal", page=page, text="Jalan rusak").status_code == 303
    assert len(letter()) == 1


def test_a_form_key_that_is_none_keeps_nothing_and_breaks_nothing(client: Visitor, writer: Person) -> None:
    assert write(client, "teal", text="Jalan rusak", form_key="x" * 90).status_code == 422


def test_nobody_reaches_the_drafts_of_others_by_their_key(client: Visitor, writer: Person) -> None:
    page = write(client, "teal", text="").text
    key = fields_of(page)["form_key"]
    other = client.application.test_client().sign_in(b.make_person())
    assert isinstance(other, Visitor)
    theirs = {"photos-hapus": drafts(writer, page)[0].key}
    assert write(other, text="Jalan rusak", form_key=key, **theirs).status_code == 303
    assert letter() == []
    assert len(drafts(writer, page)) == 1


# How much may be sent


def test_a_form_with_photos_takes_larger_requests(client: Visitor, writer: Person) -> None:
    large = [file(pictures.photo() + bytes(14 * 2**20), "panorama.jpg")]
    assert write(client, text="Jalan rusak", photos=large).status_code == 303


def test_beyond_all_photos_together_it_is_refused_unread(client: Visitor, writer: Person) -> None:
    assert send_large(client, "/surat", MOST_SENT) == 413


def test_other_forms_and_strangers_keep_to_the_usual_limit(client: Visitor, writer: Person) -> None:
    assert send_large(client, "/surat", 9 * 2**20) == 400  # it has been read, and has no token
    assert send_large(client, "/akun/sandi", 9 * 2**20) == 413
    assert send_large(client.application.test_client(), "/surat", 9 * 2**20) == 413


def send_large(client: Any, address: str, length: int) -> int:
    answer: TestResponse = post(client, address, {"photos": file(bytes(length), "film.jpg")})
    return answer.status_code


def test_of_a_full_storage_the_form_tells_and_keeps_what_was_typed(
    client: Visitor, writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: DiskStorage, name: str, content: bytes) -> None:
        raise NotStored

    monkeypatch.setattr(files.DiskStorage, "put", full)
    wrong = write(client, "teal", text="Jalan rusak")
    assert wrong.status_code == 422
    assert "Tempat menyimpan foto sedang terganggu." in wrong.text
    assert fields_of(wrong.text)["text"] == "Jalan rusak"


def test_a_photo_of_a_gallery_has_words_and_a_place_before_it_comes(
    app: Flask, client: Visitor, writer: Person, session: Session
) -> None:
    write(client, "teal", "navy", text="Jalan rusak")
    page = client.get(f"/surat/{letters.NUMBER}").text
    assert 'alt="Foto 2 dari 2: Surat" loading="lazy"' in page
    assert page.count('width="64" height="48"') == 2
