"""A NIK and a phone, typed wherever something can be typed: nothing keeps them, and no page shows them again."""

import logging
import re
from collections.abc import Iterator
from contextvars import Context
from itertools import product
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from flask import Flask
from sqlalchemy import LargeBinary, insert, inspect, select, text
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db.session import db
from app.db.session import session as current
from app.kernel.actor import CONSOLE, Role
from tests import builders as b
from tests.client import Visitor

NIK, PHONE = "5304015703876391", "081277738991"
SPELLINGS = (NIK, "5304 0157 0387 6391", "53.04.01-570387-6391", PHONE, "+62 812-7773-8991")
# Without what may stand between them, and the phone without what may stand before it.
TRACES = ("5304015703876391", "81277738991")
TYPED_INTO = {"text", "tel", "search", "number", None}


def traces(text: str) -> list[str]:
    digits = re.sub(r"(?<=\d)[ .\-/\u00a0]{1,2}(?=\d)", "", text)
    return [trace for trace in TRACES if trace in digits]


@pytest.fixture
def official(session: Session) -> Person:
    b.make_world()
    person = b.make_person(b.MAKIR, attested=True)
    for role in Role:
        if role is not Role.OFFICER:
            b.accounts.grant(CONSOLE, person, role, b.BELU, b.NOW)
    return person


@pytest.fixture
def known(official: Person) -> dict[str, str]:
    return {
        "regency": "belu",
        "contest_id": str(b.make_contest().id),
        "number": b.make_published().number or "",
        "card_number": b.make_person().card_number,
        "code": b.MAKIR,
        "key": b.make_draft(official).form_key,
        "year": "2028",
        "kind": "budget",
    }


@pytest.fixture(autouse=True)
def _as_in_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


def pages(app: Flask, known: dict[str, str]) -> list[str]:
    """Every address that can be opened, with something that is there."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    filled = (re.sub(r"<(?:\w+:)?(\w+)>", lambda found: quote(known.get(found[1], "1")), rule.rule) for rule in rules)
    return sorted({address for address in filled if not address.startswith("/static")})


def opened(visitor: Visitor, address: str, **sent: Any) -> Any:
    """As somebody with a browser: an answer whatever happens; pages are judged elsewhere."""
    current.commit()
    try:
        answer = Context().run(super(Visitor, visitor).open, address, **sent)
        answer.get_data()
        answer.close()  # as a browser does, and with it what was made for this answer
        return answer
    finally:
        current.expire_all()


def forms(page: str, answer: Any) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Where each form of the page goes, what it says as it stands, and into which fields one types."""
    root = html5lib.parse(answer.text, namespaceHTMLElements=False)
    for form in (form for main in root.iter("main") for form in main.iter("form")):
        if (form.get("method") or "get").lower() != "post":
            continue
        inputs = [field for field in form.iter("input") if field.get("name")]
        typed = [str(field.get("name")) for field in inputs if field.get("type") in TYPED_INTO]
        typed += [str(field.get("name")) for field in form.iter("textarea")]
        said = {
            str(field.get("name")): field.get("value") or "x"
            for field in inputs
            if field.get("type") not in ("radio", "checkbox")
        }
        ticked = (field for field in inputs if field.get("type") in ("radio", "checkbox"))
        said |= {str(field.get("name")): field.get("value") or "y" for field in ticked}
        for choice in form.iter("select"):
            values = [option.get("value") for option in choice.iter("option") if option.get("value")]
            said[str(choice.get("name"))] = values[0] if values else ""
        yield form.get("action") or page, said, typed


def kept(app: Flask) -> list[str]:
    """Every column of text in which a trace stands."""
    found = []
    for table in inspect(db.engine).get_table_names():
        for column in inspect(db.engine).get_columns(table):
            rows = current.execute(text(f'SELECT CAST("{column["name"]}" AS TEXT) FROM "{table}"'))
            if isinstance(column["type"], LargeBinary):
                continue
            found += [f"{table}.{column['name']}: {row[0]}" for row in rows if row[0] and traces(row[0])]
    return found


def test_typed_into_every_field_of_every_form_nothing_keeps_them(
    app: Flask, client: Visitor, official: Person, known: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = client.sign_in(official)
    tried = 0
    for page in pages(app, known):
        answer = opened(visitor, page)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for action, said, typed in forms(page, answer):
            for name, spelling in product(typed, (SPELLINGS[1], SPELLINGS[3])):
                sent = opened(visitor, action, method="POST", data=said | {name: spelling})
                tried += 1
                if sent.status_code not in (200, 422):  # a form's own answer gives back what was typed; nobody keeps it
                    assert not traces(sent.text), (action, name, sent.status_code)
    assert tried > 60
    assert kept(app) == []
    assert traces(caplog.text) == []
    shown = [page for page in pages(app, known) if traces(opened(visitor, page).data.decode(errors="replace"))]
    assert set(shown) <= {"/akun/data"}  # their own phone, to themselves
    assert TRACES[0] not in opened(visitor, "/akun/data").text


def test_a_resident_types_their_own_and_nothing_keeps_it(
    app: Flask, client: Visitor, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    b.make_world()
    answers = {"name": "Maria Bere", "phone": PHONE, "village": b.MAKIR, "password": b.PASSWORD, "consent": "y"}
    assert client.submit("/daftar", answers).status_code == 303
    for spelling in SPELLINGS[:3]:
        assert client.submit("/akun/identitas", {"nik": spelling}).status_code == 303
    for name in SPELLINGS:
        assert client.submit("/masuk", {"name": name, "password": name}).status_code in (303, 422)
    current.expire_all()
    assert kept(app) == []
    assert traces(caplog.text) == []
    assert not traces(client.get("/akun").text + client.get("/akun/identitas").text)


@pytest.mark.parametrize(
    "address", ["/{}", "/belu/{}", "/belu/usulan/{}", "/belu/desa/{}", "/damping/warga/{}", "/k/{}"]
)
def test_in_an_address_they_end_on_a_page_that_does_not_repeat_them(
    client: Visitor, official: Person, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    caplog.set_level(logging.DEBUG, "app")
    visitor = client.sign_in(official)
    for spelling in SPELLINGS:
        answer = visitor.get(address.format(quote(spelling)))
        while answer.status_code in (303, 308):  # to the same with a slash, or away
            answer = visitor.get(answer.location)
        assert answer.status_code in (200, 404)
        assert not traces(answer.text)
    assert traces("".join(record.getMessage() for record in caplog.records if record.name.startswith("app"))) == []


def test_a_mistake_of_ours_shows_and_logs_none(
    app: Flask, client: Visitor, official: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Any:
        current.execute(insert(Person).values(name=NIK, hamlet=PHONE))

    monkeypatch.setitem(app.view_functions, "home.help", broken)
    answer = client.get(f"/bantuan?q={NIK}")
    assert (answer.status_code, traces(answer.text)) == (500, [])
    assert traces(caplog.text) == []


def test_what_is_given_back_to_somebody_signed_out_has_them_blotted_out(client: Visitor, official: Person) -> None:
    visitor = client.sign_in(official)
    current.commit()
    sent = {"nik": SPELLINGS[1], "problem": f"Air tidak ada. Hubungi {SPELLINGS[4]} untuk lihat.", "csrf_token": "old"}
    answer = opened(visitor, "/akun/identitas", method="POST", data=sent)
    assert answer.status_code == 400
    assert "Air tidak ada. Hubungi … untuk lihat." in answer.text
    assert not traces(answer.text)


def test_the_database_holds_the_phone_only_sealed(session: Session) -> None:
    b.make_world()
    person = b.accounts.register(b.accounts.Resident("Maria Bere", b.MAKIR, "+6281277738991"), b.NOW)
    raw = session.execute(select(Person.phone_sealed, Person.phone_index).where(Person.id == person.id)).one()
    assert b"81277738991" not in raw[0]
    assert not traces(raw[1])
