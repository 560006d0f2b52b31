"""The permission matrix: what every address answers to everybody, measured and written down for review.

A cell holds the status; "sign in" where it leads to signing in, "names" where the page names the resident to whom the
thing belongs, "saved" where the request has changed the database, "noted" where it was only counted or logged.
What is asked for stands in asked.py.
Usage: python -m tests.permissions.matrix write
"""

import csv
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context
from pathlib import Path
from typing import Any, NamedTuple

from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Connection

from app.accounts.models import Person
from app.db.session import db
from app.factory import create_app
from config import Settings
from tests import builders as b
from tests import engines
from tests.client import Visitor
from tests.permissions.asked import FORMS, QUERIES, THINGS
from tests.permissions.world import CHARACTERS, NAME, World, make_world

FILE = Path(__file__).with_name("matrix.csv")
KEY = ("method", "rule", "thing")
COLUMNS = (*KEY, *CHARACTERS, "comment")
HOME, ELSEWHERE = "belu", "belitung-timur"
EVERYWHERE = ("", "misi", "cycle")  # what each regency has under the same address
LOGS = ("tries", "audit_entries", "person_views")
VIA = ", by the other regency's address"

Row = Mapping[str, str]


class Line(NamedTuple):
    """A line of the matrix before it is measured; `thing` names what the address is asked for, and in which regency."""

    method: str
    rule: str
    thing: str
    endpoint: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.method, self.rule, self.thing

    def slug_and_thing(self) -> tuple[str, str]:
        return (ELSEWHERE if self.thing.endswith(VIA) else HOME), self.thing.removesuffix(VIA)


def routes(app: Flask) -> set[tuple[str, str]]:
    return {(method, rule.rule) for rule in app.url_map.iter_rules() for method in _methods(rule)}


def _methods(rule: Any) -> set[str]:
    return set(rule.methods) - {"HEAD", "OPTIONS"}


def lines(app: Flask) -> Iterator[Line]:
    """Every route with each thing it is asked for; the first of them by the other regency's address, too."""
    for rule in app.url_map.iter_rules():
        things = _things(rule)
        if "regency" in rule.arguments and things[0] not in EVERYWHERE:
            things.append(things[0] + VIA)
        for method in _methods(rule):
            yield from (Line(method, rule.rule, thing, rule.endpoint) for thing in things)


def make_askers(app: Flask) -> dict[str, "Asker"]:
    """Everybody, in a new world; needs `engines.rolled_back` around it and a clock that stands at NOW."""
    world = make_world()
    askers = {column: Asker(app, world, column) for column in CHARACTERS}
    db.session.commit()
    db.session.remove()
    return askers


def _things(rule: Any) -> list[str]:
    names_something = rule.arguments - {"regency"}
    if (names_something and rule.rule not in THINGS) or ("POST" in rule.methods and rule.rule not in FORMS):
        raise LookupError(f"say in asked.py what {rule.rule} is asked for")
    return list(THINGS.get(rule.rule, ("",)))


class Asker:
    """One column: somebody with a session and its CSRF token, whose every request finds the world untouched."""

    def __init__(self, app: Flask, world: World, column: str) -> None:
        self.app, self.world, self.column = app, world, column
        self.client = FlaskClient(app, use_cookies=False)
        self.address = app.url_map.bind("localhost").build
        who = CHARACTERS[column]
        self.cookie, self.token = _begin_session(app, world.people[column], has_factor=who is None or who.has_factor)

    def ask(self, line: Line) -> str:
        slug, name = line.slug_and_thing()
        thing = self.world.thing(name, self.column)
        query = {key: text.format(**thing.values) for key, text in QUERIES.get(line.rule, {}).items()}
        url = self.address(line.endpoint, {"regency": slug, **thing.values}, line.method, append_unknown=False)
        form = {**FORMS[line.rule], **thing.fields, "csrf_token": self.token} if line.method == "POST" else None
        connection: Any = db.engines[None]
        with connection.begin_nested() as everything:
            with changes(connection) as saved:
                answer = self._open(url, method=line.method, query_string=query, data=form)
            everything.rollback()
        return f"{answer} {_weight(saved)}" if saved else answer

    def _open(self, url: str, **request: Any) -> str:
        try:
            answer = Context().run(self.client.open, url, headers={"Cookie": self.cookie}, **request)
            answer.get_data()
            answer.close()  # as a browser does, and with it what was made for this answer
        except Exception as error:  # noqa: BLE001 (a visitor would see 500)
            return f"500 {type(error).__name__}"
        if (answer.location or "").startswith("/masuk"):
            return f"{answer.status_code} sign in"
        return f"{answer.status_code} names" if NAME.encode() in answer.data else str(answer.status_code)


def _weight(statements: list[str]) -> str:
    """Whether the statements changed anything but counters and logs."""
    return "noted" if all(any(f" {table} " in text for table in LOGS) for text in statements) else "saved"


def _begin_session(app: Flask, person: Person | None, *, has_factor: bool) -> tuple[str, str]:
    """The cookie of a browser in which this person has signed in, and the token for its forms."""
    browser = Visitor(app)
    page = (browser.sign_in(person, has_factor=has_factor) if person else browser).get("/masuk").text
    token = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[-1]
    cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None  # the form has just set it
    return f"{cookie.key}={cookie.value}", token


@contextmanager
def changes(connection: Connection) -> Iterator[list[str]]:
    """The statements that change the database, but for those that are rolled back to a savepoint."""
    kept: list[str] = []
    marks: dict[str, int] = {}

    def note(connection: Connection, cursor: Any, text: str, *rest: Any) -> None:
        name = text.rpartition(" ")[2]
        if text.startswith(("INSERT", "UPDATE", "DELETE")):
            kept.append(text)
        elif text.startswith("SAVEPOINT"):
            marks[name] = len(kept)
        elif text.startswith("ROLLBACK TO SAVEPOINT"):
            del kept[marks.get(name, 0) :]  # one from before undoes all that was kept

    event.listen(connection, "before_cursor_execute", note)
    yield kept
    event.remove(connection, "before_cursor_execute", note)


def read() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(app: Flask) -> None:
    """Ask everything as everybody and replace the file; comments stay with their lines."""
    comments = {key_of(row): row["comment"] for row in read()} if FILE.exists() else {}
    askers = make_askers(app)
    asked = sorted(lines(app), key=lambda line: (line.rule, line.method, line.thing))
    answers = {line: [asker.ask(line) for asker in askers.values()] for line in asked}
    with FILE.open("w", encoding="utf-8", newline="") as file:  # as a whole, once every answer is there
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*line.key, *answers[line], comments.get(line.key, "")) for line in asked)


def key_of(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)


def main() -> int:
    if sys.argv[1:] != ["write"]:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.for_tests(engines.SqliteFiles(Path(folder)).empty()))
        with app.app_context():
            command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
        app.config["CLOCK"] = lambda: b.NOW
        with engines.rolled_back(app):
            write(app)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
