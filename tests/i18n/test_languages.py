"""Two languages: the switch stands on every page, the choice is remembered, and English pages are English."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.i18n.catalogues import LANGUAGE_COOKIE, quoted
from app.kernel.actor import Role
from app.proposals.models import Proposal
from tests import builders as b
from tests.client import Visitor

OPEN = [
    "/", "/masuk", "/daftar", "/lacak", "/bantuan", "/privasi", "/aksesibilitas", "/belu/", "/belu/misi",
    "/belu/misi/1", "/belu/peta", f"/belu/desa/{b.MAKIR}", "/belu/usulan", "/belu/pilih", "/belu/hasil",
    "/belu/inovasi",
]  # fmt: skip
OWN = ["/akun", "/belu/usulan/baru"]
DESKS = {
    Role.FACILITATOR: ["/damping/", "/damping/warga/baru"],
    Role.MODERATOR: ["/meja/"],
    Role.ADMINISTRATOR: ["/admin/"],
    Role.PLANNER: ["/pipa/belu/", "/pipa/belu/siklus", "/pipa/belu/pemilihan", "/pipa/belu/misi"],
}
# Words of the interface that no English page shows; names of places and quoted words are left out.
INDONESIAN = re.compile(
    r"\b(Anda|beranda|belum|cari|dan|daftar|dengan|dukung|dukungan|keluar|lihat|masuk|pemilihan|pilih|"
    r"sampai|semua|simpan|sudah|tahap|tidak|tulis|untuk|usulan|warga|yang)\b",
    re.IGNORECASE,
)


@pytest.fixture
def world(session: Session) -> Proposal:
    """A regency in the middle of its year, with a proposal to read."""
    b.make_world()
    return b.make_published()


@pytest.fixture
def english(client: Visitor) -> Visitor:
    client.set_cookie(LANGUAGE_COOKIE, "en")
    return client


def parsed(html: str) -> Element:
    root: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return root


def language(html: str) -> str | None:
    return parsed(html).get("lang")


def spoken(element: Element, inherited: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a page with the language that it is marked with; what people type and labels read aloud too."""
    here = element.get("lang") or inherited
    if element.tag in ("script", "style", "textarea"):
        return
    yield from ((here, element.get(name) or "") for name in ("aria-label", "placeholder", "title", "data-label"))
    yield here, element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from spoken(child, here)
        yield here, child.tail or ""


def leftovers(html: str) -> list[str]:
    return [text.strip() for lang, text in spoken(parsed(html)) if lang == "en" and INDONESIAN.search(text)]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", OPEN)
def test_every_page_has_the_switch_and_it_leads_to_the_same_page(client: Visitor, path: str) -> None:
    html = client.get(path).text
    assert language(html) == "id"
    switches = {link.get("hreflang"): link.get("href") for link in parsed(html).iter("a") if link.get("hreflang")}
    assert switches == {"en": f"{path}?lang=en"}
    assert language(client.get(switches["en"]).text) == "en"


@pytest.mark.usefixtures("world")
def test_a_page_that_does_not_exist_has_the_switch_too(client: Visitor) -> None:
    assert 'href="/tidak-ada/?lang=en"' in client.get("/tidak-ada/").text


def test_the_switch_keeps_what_was_searched_for(client: Visitor, world: Proposal) -> None:
    assert (
        'href="/belu/usulan?q=pipa&amp;urut=dukungan&amp;lang=en"'
        in client.get("/belu/usulan?q=pipa&urut=dukungan").text
    )


@pytest.mark.usefixtures("world")
def test_a_choice_is_remembered_until_another_one(client: Visitor) -> None:
    answer = client.get("/belu/?lang=en")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{LANGUAGE_COOKIE}=en;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert language(client.get("/belu/usulan").text) == "en"
    client.get("/?lang=id")
    assert language(client.get("/belu/usulan").text) == "id"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("unknown", ["xx", "tet", "", "en-GB", "../en", "id\r\nX: y"])
def test_an_unknown_language_is_ignored_and_not_remembered(client: Visitor, unknown: str) -> None:
    answer = client.get("/belu/", query_string={"lang": unknown})
    assert answer.status_code == 200
    assert language(answer.text) == "id"
    assert not [value for value in answer.headers.getlist("Set-Cookie") if value.startswith(LANGUAGE_COOKIE)]
    client.set_cookie(LANGUAGE_COOKIE, "xx")
    assert language(client.get("/belu/").text) == "id"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("en", "en"),
        ("en-GB,en;q=0.9,id;q=0.5", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("tet,pt;q=0.9", "id"),
        ("", "id"),
    ],
)
def test_the_browsers_language_is_honoured(client: Visitor, asked: str, answered: str) -> None:
    assert language(client.get("/belu/", headers={"Accept-Language": asked}).text) == answered


@pytest.mark.usefixtures("world")
def test_a_choice_comes_before_the_browsers_language(client: Visitor) -> None:
    client.get("/?lang=id")
    assert language(client.get("/belu/", headers={"Accept-Language": "en"}).text) == "id"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", OPEN)
def test_english_pages_are_in_english(english: Visitor, path: str) -> None:
    assert leftovers(english.get(path).text) == []


def test_a_proposal_keeps_its_own_words_and_says_that_they_are_indonesian(english: Visitor, world: Proposal) -> None:
    html = english.get(f"/belu/usulan/{world.number}").text
    assert ("id", world.title) in list(spoken(parsed(html)))
    assert leftovers(html) == []


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", OWN)
def test_what_a_resident_does_is_in_english(english: Visitor, path: str) -> None:
    assert leftovers(english.sign_in(b.make_person()).get(path).text) == []


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in DESKS.items() for path in paths])
def test_desks_are_in_english(english: Visitor, session: Session, role: Role, path: str) -> None:
    staff = session.get_one(Person, b.make_staff(role, b.BELU).person_id)
    assert leftovers(english.sign_in(staff).get(path).text) == []


@pytest.mark.usefixtures("world")
def test_a_refused_form_is_refused_in_english(english: Visitor) -> None:
    answer = english.submit("/masuk")
    assert "This field is required." in answer.text
    assert leftovers(answer.text) == []


def test_a_moderators_ready_made_reason_stays_indonesian(english: Visitor, session: Session) -> None:
    """Everybody reads it later, whatever the moderator reads now."""
    b.make_world()
    waiting = b.make_proposal()
    moderator = session.get_one(Person, b.make_staff(Role.MODERATOR, b.BELU).person_id)
    html = english.sign_in(moderator).get(f"/meja/{waiting.number}?putusan=kembalikan&alasan=incomplete").text
    assert "Keterangannya belum cukup." in html


def test_a_word_without_an_end_can_be_broken_and_stays_text(app: Flask) -> None:
    with app.test_request_context():
        assert quoted("pertanggungjawaban <b>") == "pertanggungjawaban &lt;b&gt;"
        assert quoted(f"Air {'w' * 26}") == f"Air {'w' * 10}<wbr>{'w' * 10}<wbr>{'w' * 6}"
        assert "<script>" not in quoted("<script>alert(1)</script>" * 9)
