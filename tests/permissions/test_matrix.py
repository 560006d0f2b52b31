"""Every route, asked by everybody, answers as the reviewed file says; and the file says what the roles promise."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.db.session import db
from tests import builders as b
from tests import engines
from tests.permissions import matrix
from tests.permissions.matrix import Asker, Row
from tests.permissions.world import CHARACTERS, DISTRICT, INSIDE, REGENCY

RENEW = "Review, then `python -m tests.permissions.matrix write`."
DESKS = ("/damping/", "/meja/", "/pipa/", "/admin/")
SIGNED_IN = "signed in"
# Forms that somebody sends who is not signed in.
PUBLIC = {"/daftar", "/masuk", "/masuk/kode", "/masuk/kode/isi", "/masuk/kunci", "/keluar", "/pinjam/kembali"}
SIGNED_BY_MACHINES = {"/pesan/tanda-terima/<gateway>"}


@pytest.fixture(scope="module")
def reviewed() -> list[Row]:
    return matrix.read()


def test_every_route_is_in_the_file_and_every_line_has_a_route(app: Flask, reviewed: list[Row]) -> None:
    named = {(row["method"], row["rule"]) for row in reviewed}
    assert matrix.routes(app) - named == set(), f"missing from the file. {RENEW}"
    assert named - matrix.routes(app) == set(), f"without a route. {RENEW}"


@pytest.fixture(scope="module")
def askers(app: Flask) -> Iterator[dict[str, Asker]]:
    """Everybody, in one world for all tests of this module."""
    with pytest.MonkeyPatch.context() as patch, engines.rolled_back(app):
        patch.setitem(app.config, "CLOCK", lambda: b.NOW)
        yield matrix.make_askers(app)


# Every request keeps a savepoint and its locks until the end; PostgreSQL has room for so many. Who may what does not
# depend on the engine, that it is asked at all might: so there everybody of the first kinds asks, and all with SQLite.
ON_POSTGRESQL = ("anyone", f"resident 2 {INSIDE}", f"facilitator {INSIDE}", f"moderator {INSIDE}", f"planner {INSIDE}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "column" in metafunc.fixturenames:
        is_sqlite = metafunc.config.getoption("--engine") == "sqlite"
        metafunc.parametrize("column", list(CHARACTERS) if is_sqlite else ON_POSTGRESQL)


def test_everybody_gets_the_answers_that_were_reviewed(
    app: Flask, askers: dict[str, Asker], reviewed: list[Row], column: str
) -> None:
    expected = {matrix.key_of(row): row[column] for row in reviewed}
    answers = {line.key: askers[column].ask(line) for line in matrix.lines(app)}
    wrong = [
        f"{' '.join(key)}: {answers.get(key, 'no such line')}, reviewed as {expected.get(key, 'nothing')}"
        for key in sorted(expected.keys() | answers.keys())
        if expected.get(key) != answers.get(key)
    ]
    assert not wrong, f"{len(wrong)} answers differ. {RENEW}\n" + "\n".join(wrong)


def cells(rows: list[Row]) -> dict[tuple[str, ...], str]:
    return {(*matrix.key_of(row), column): row[column] for row in rows for column in CHARACTERS}


# What the file must never say, whoever has written it


def test_the_file_is_sorted_and_complete(reviewed: list[Row]) -> None:
    order = [(row["rule"], row["method"], row["thing"]) for row in reviewed]
    assert order == sorted(set(order))
    assert all(
        answer.split(" ")[0] in {"200", "303", "403", "404", "409", "422"} for answer in cells(reviewed).values()
    )


def test_nothing_of_ones_own_opens_to_anyone(reviewed: list[Row]) -> None:
    guarded = [row for row in reviewed if row["resident 2 inside"] == "403" or row["method"] == "POST"]
    closed = [row for row in guarded if row["rule"] not in PUBLIC | SIGNED_BY_MACHINES]
    assert {row["anyone"] for row in closed} == {"303 sign in"}


@pytest.fixture(scope="module", autouse=True)
def _swept(app: Flask) -> None:
    """What thousands of tests have rolled back is still there for PostgreSQL to step over, until it is swept."""
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            return
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.invalidate()  # its settings go with it


@pytest.mark.parametrize("desk", DESKS)
def test_a_desk_is_for_those_who_sit_at_it(app: Flask, reviewed: list[Row], desk: str) -> None:
    sits = {rule.rule: access_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    for key, answer in cells([row for row in reviewed if row["rule"].startswith(desk)]).items():
        role, _, which = key[-1].partition(" ")
        if SIGNED_IN in sits[key[1]]:  # whose owner may, whatever they are: the rows say who
            assert "saved" not in answer or key[-1] == "planner inside", key
        elif key[-1] == "anyone" or (role in sits[key[1]] and which == "without factor"):
            assert answer == "303 sign in", key
        elif which == "revoked" and role in sits[key[1]]:
            assert answer == "403 noted", key
        elif role not in sits[key[1]]:
            assert answer == "403", key


def access_of(app: Flask, endpoint: str) -> set[str]:
    return set(app.view_functions[endpoint].__access__.split(", "))  # type: ignore[attr-defined]


@pytest.mark.parametrize("where", [DISTRICT, REGENCY])
def test_outside_their_scope_staff_change_nothing(reviewed: list[Row], where: str) -> None:
    desks = [row for row in reviewed if row["rule"].startswith(DESKS) and not row["thing"].startswith("own")]
    outside = {key: answer for key, answer in cells(desks).items() if key[-1].endswith(where)}
    assert [key for key, answer in outside.items() if "saved" in answer] == []


@pytest.mark.parametrize("role", ["administrator", "auditor", "officer"])
def test_those_who_decide_nothing_are_residents_to_ballots_and_verdicts(reviewed: list[Row], role: str) -> None:
    parts = ("/meja/", "/pilih", "/pemilihan", "/putuskan", "/siklus")
    touched = {key: answer for key, answer in cells(reviewed).items() if any(part in key[1] for part in parts)}
    assert [key for key, answer in touched.items() if key[-1].startswith(role) and "saved" in answer] == []


def test_who_wrote_or_typed_a_proposal_does_not_moderate_it(reviewed: list[Row]) -> None:
    own = [row for row in reviewed if row["rule"] == "/meja/<number>" and row["method"] == "POST"]
    own = [row for row in own if row["thing"] in ("own submitted proposal", "submitted proposal one has typed")]
    assert {row[f"moderator {where}"] for row in own for where in (INSIDE, DISTRICT, REGENCY)} == {"403"}


def test_drafts_of_others_are_missing_to_everybody(reviewed: list[Row]) -> None:
    drafts = [row for row in reviewed if row["thing"].partition(",")[0] == "draft"]
    assert drafts
    assert set(cells(drafts).values()) == {"404", "404 noted", "403", "303 sign in"}


def test_only_facilitators_and_administrators_of_the_place_see_who_somebody_is(reviewed: list[Row]) -> None:
    named = {key[-1] for key, answer in cells(reviewed).items() if "names" in answer}
    assert named == {"facilitator inside", "administrator inside"}
