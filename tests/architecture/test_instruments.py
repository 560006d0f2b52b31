"""The tests' own instruments: what they must catch, they catch."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.db.transaction import transaction
from tests.pages import Tab, page_faults

GOOD = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Usulan</title></head><body><main>
<h1>Usulan</h1><a href="/x">Lihat</a>
<form method="post"><input type="hidden" name="csrf_token" value="t">
<label for="a">Judul</label><input id="a" name="a"><button>Kirim</button></form></main></body></html>"""

FAULTS = {
    "invalid HTML": ("<main>", "<main><p><div></p>"),
    "html has no lang": (' lang="id"', ""),
    "one title with words": ("<title>Usulan</title>", "<title> </title>"),
    "one h1 with words": ("<h1>Usulan</h1>", "<h1>Usulan</h1><h1>Lagi</h1>"),
    "id 'a' is used 2 times": ("<h1>", '<h1 id="a">'),
    "no label for input 'a'": ('<label for="a">Judul</label>', ""),
    "for points at 'b'": ('for="a"', 'for="b"'),
    "needs one csrf_token": ('name="csrf_token"', 'name="token"'),
    "inline style": ("<h1>", '<h1 style="color: red">'),
    "a button without words": ("Kirim", ""),
    "an image without alt": ("<h1>", '<img src="/x.png"><h1>'),
    "loads from elsewhere": ("<h1>", '<img alt="" src="//example.org/x.png"><h1>'),
}


def test_a_good_page_has_no_faults() -> None:
    assert list(page_faults(GOOD)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_page_is_found(fault: str) -> None:
    assert any(fault in found for found in page_faults(GOOD.replace(*FAULTS[fault])))


def test_what_one_test_commits(session: Session) -> None:
    with transaction():
        session.execute(text("CREATE TABLE left_behind (id INTEGER)"))
    assert session.execute(text("SELECT count(*) FROM left_behind")).scalar() == 0


def test_no_other_test_sees(session: Session) -> None:
    with pytest.raises(Exception, match="left_behind"):
        session.execute(text("SELECT count(*) FROM left_behind"))


def test_an_error_takes_back_the_whole_transaction_and_nothing_else(session: Session) -> None:
    with transaction():
        session.execute(text("CREATE TABLE kept (id INTEGER)"))
    with pytest.raises(ZeroDivisionError), transaction():
        session.execute(text("INSERT INTO kept VALUES (:half)"), {"half": 1 // 0 if _wrote(session) else 1})
    assert session.execute(text("SELECT count(*) FROM kept")).scalar() == 0


def _wrote(session: Session) -> bool:
    session.execute(text("INSERT INTO kept VALUES (1)"))
    return True


def test_statements_are_collected(session: Session, queries: Callable[[], Any]) -> None:
    with queries() as sent, transaction():
        session.execute(text("SELECT 1"))
    assert sent == ["SELECT 1"]


def test_a_template_may_not_ask_the_database(app: Flask, session: Session) -> None:
    ask = lambda: session.execute(text("SELECT 1")).scalar()  # noqa: E731
    with app.test_request_context("/"), pytest.raises(AssertionError, match="SQL while a string renders"):
        render_template_string("{{ ask() }}", ask=ask)


@pytest.fixture
def faulty_page(live_app: Flask) -> None:
    @live_app.get("/faulty")
    def faulty() -> str:
        wide = "<pre>" + "x" * 200 + '</pre><script src="/nowhere.js"></script>'
        return GOOD.replace("<h1>", f"{wide}<h1>")


def test_a_tab_finds_what_only_a_browser_sees(faulty_page: None, page: Tab) -> None:
    with pytest.raises(AssertionError) as failure:
        page.goto("/faulty")
    assert "px wide on a screen of 320" in str(failure.value)
    assert "/nowhere.js" in str(failure.value)
