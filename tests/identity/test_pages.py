"""A resident's own pages: the NIK, the groups, and the steps that are left."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.identity.models import Identity
from app.identity.queries import groups_of, identity_of
from app.identity.rules import Group
from app.kernel.actor import Level
from tests import builders as b
from tests.client import Visitor

PAGE, GROUPS = "/akun/identitas", "/akun/kelompok"
FREE = "5304015705880900"


@pytest.fixture
def newcomer(session: Session) -> Person:
    b.make_regions()
    return b.make_person(level=Level.REGISTERED)


@pytest.fixture
def visitor(client: Visitor, newcomer: Person) -> Visitor:
    return client.sign_in(newcomer)


def identity(person: Person) -> Identity:
    row = identity_of(person.id)
    assert row is not None
    return row


@pytest.mark.parametrize("typed", [FREE, "5304 0157 0588 0900", "53.04.01-570588-0900", " 530401570588\u20110900 "])
def test_a_nik_is_recorded_however_it_is_written(visitor: Visitor, newcomer: Person, typed: str) -> None:
    answer = visitor.submit(PAGE, {"nik": typed})
    assert answer.status_code == 303
    row = identity(newcomer)
    assert (row.nik_last4, row.birth_year, row.sex, row.doubts) == ("0900", 1988, "female", [])
    assert FREE not in (row.nik_digest or "")


def test_the_account_page_leads_through_the_steps(visitor: Visitor, newcomer: Person) -> None:
    page = visitor.get("/akun").text
    assert page.index("Catat NIK") < page.index("Periksa nomor HP") < page.index("Temui pendamping desa")
    visitor.submit(PAGE, {"nik": FREE})
    assert "NIK salah ketik?" in visitor.get("/akun").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "wajib diisi"),
        ("530401570588090", "16 angka"),
        ("9904015705880900", "Dua angka pertama"),
        ("5304013102880900", "bukan tanggal lahir"),
        ("5304015705880000", "tidak mungkin 0000"),
        ("٥٣٠٤٠١٥٧٠٥٨٨٠٩٠٠", "16 angka"),
    ],
)
def test_a_wrong_nik_says_what_to_do_and_shuts_nobody_out(
    visitor: Visitor, newcomer: Person, typed: str, said: str
) -> None:
    answer = visitor.submit(PAGE, {"nik": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Temui pendamping desa" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert identity_of(newcomer.id) is None


def test_the_year_of_birth_is_asked_only_where_there_are_two(visitor: Visitor, newcomer: Person) -> None:
    old = "5304011702240001"
    assert "tahun berapa" not in visitor.get(PAGE).text
    asked = visitor.submit(PAGE, {"nik": old})
    assert asked.status_code == 422
    assert "dua tahun lahir" in asked.text
    assert visitor.submit(PAGE, {"nik": old, "birth_year": "1924"}).status_code == 303
    assert identity(newcomer).birth_year == 1924


def test_a_child_is_led_to_the_childrens_forum_and_nothing_is_kept(visitor: Visitor, newcomer: Person) -> None:
    answer = visitor.submit(PAGE, {"nik": "5304011702240001", "birth_year": "2024"})
    assert answer.status_code == 422
    assert "Forum Anak" in answer.text
    assert identity_of(newcomer.id) is None


def test_a_doubt_is_shown_once_and_never_in_the_way(visitor: Visitor, newcomer: Person) -> None:
    moved = "3171015705880900"
    first = visitor.submit(PAGE, {"nik": moved, "sex": "male"})
    assert first.status_code == 422
    assert "daerah lain" in first.text
    _action, again = visitor._form(first.text, None)
    assert again["nik"] == moved
    assert visitor.post(PAGE, data=again).status_code == 303
    assert identity(newcomer).doubts == ["elsewhere", "other_sex"]


def test_nothing_tells_that_a_nik_is_known(
    visitor: Visitor, newcomer: Person, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    known, free = b.make_nik().digits, b.make_nik().digits
    neighbour = b.make_person(level=Level.REGISTERED)
    other = visitor.application.test_client()
    assert isinstance(other, Visitor)
    other.sign_in(neighbour).submit(PAGE, {"nik": known})
    visitor.submit(PAGE, {"nik": b.make_nik().digits})  # from the second on, all are alike
    seen = set()
    for nik in (known, free, known):
        _action, form = visitor._form(visitor.get(PAGE).text, None)
        with queries() as sent:
            answer = visitor.post(PAGE, data=form | {"nik": nik})
        pages = [len(visitor.get(page).text) for page in (PAGE, "/akun", "/akun/data")]
        seen.add((answer.status_code, answer.location, *pages, newcomer.level, tuple(s.split()[0] for s in sent)))
    assert len(seen) == 1
    row = identity(newcomer)
    assert (row.nik_digest, row.doubts) == (None, ["already_known"])


def test_a_sixth_nik_on_one_day_has_to_wait(visitor: Visitor, newcomer: Person) -> None:
    for _ in range(5):
        assert visitor.submit(PAGE, {"nik": b.make_nik().digits}).status_code == 303
    last = identity(newcomer).nik_last4
    answer = visitor.submit(PAGE, {"nik": b.make_nik().digits})
    assert answer.status_code == 422
    assert "Terlalu sering" in answer.text
    assert identity(newcomer).nik_last4 == last
    visitor.application.config["CLOCK"] = lambda: b.NOW + timedelta(days=1)
    try:
        visitor.sign_in(newcomer)
        assert visitor.submit(PAGE, {"nik": b.make_nik().digits}).status_code == 303
    finally:
        visitor.application.config["CLOCK"] = lambda: b.NOW


def test_once_attested_only_the_facilitator_puts_it_right(client: Visitor, session: Session) -> None:
    b.make_regions()
    person = b.make_person(attested=True)
    page = client.sign_in(person).get(PAGE)
    assert "temui pendamping" in page.text
    assert 'name="nik"' not in page.text


def test_groups_are_said_changed_and_taken_back(visitor: Visitor, newcomer: Person) -> None:
    assert visitor.submit(GROUPS, {"groups": ["disability", "border", "nonsense"]}).status_code == 303
    assert groups_of(newcomer.id) == {Group.DISABILITY, Group.BORDER}
    _action, shown = visitor._form(visitor.get(GROUPS).text, None)
    assert shown["groups"] in ("disability", "border")
    shown.pop("groups")
    assert visitor.post(GROUPS, data=shown).status_code == 303
    assert groups_of(newcomer.id) == frozenset()


def test_the_pages_are_for_who_is_signed_in(client: Visitor, session: Session) -> None:
    b.make_regions()
    assert [client.get(page).status_code for page in (PAGE, GROUPS)] == [303, 303]
