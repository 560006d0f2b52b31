"""The house rules that no other tool checks, read from the source; docs/architecture.md says why each one stands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import configure_mappers

from app.db.base import Base

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
TEMPLATES = sorted(APP.rglob("templates/**/*.*"))
SIZED = [path for kind in ("*.py", "*.html", "*.css", "*.js") for path in APP.rglob(kind) if "data" not in path.parts]

ROOM_FILES = {"rules", "permissions", "models", "queries", "actions", "words", "forms", "views", "cli"}
ROOM_FOLDERS = ROOM_FILES | {"templates", "static", "data"}
NOT_ROOMS = {"demo", "web", "ui", "i18n", "db", "kernel", "vault"}  # they have names of their own
ROOMS = sorted(path for path in APP.iterdir() if (path / "__init__.py").exists() and path.name not in NOT_ROOMS)

STATES = {"status", "stage", "state"}
MOST_LINES = 300


def found(pattern: str, paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def nodes(kind: Any, paths: list[Path] = MODULES) -> Iterator[tuple[str, Any]]:
    """Every syntax node of a kind, with its place."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, kind):
                yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def calls(*names: str, paths: list[Path] = MODULES) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method with one of these names."""
    for place, node in nodes(ast.Call, paths):
        if (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)) in names:
            yield place, node


def test_every_endpoint_says_who_may_open_it(app: Flask) -> None:
    open_ended = [name for name, view in app.view_functions.items() if not hasattr(view, "__access__")]
    assert open_ended == []


def test_only_the_transaction_commits() -> None:
    elsewhere = [path for path in MODULES if path != APP / "db/transaction.py"]
    assert [place for place, _call in calls("commit", paths=elsewhere)] == []


def test_nothing_is_loaded_behind_the_back(app: Flask) -> None:
    configure_mappers()
    lazy = [str(link) for mapper in Base.registry.mappers for link in mapper.relationships if link.lazy != "raise"]
    assert lazy == []


def test_a_state_is_set_only_by_its_life_cycle() -> None:
    by_hand = [
        place
        for place, node in nodes((ast.Assign, ast.AnnAssign, ast.AugAssign))
        if any(_is_state(target) for target in getattr(node, "targets", None) or [node.target])
        and not _is_after(node.value)
    ]
    by_hand += [
        place
        for place, call in calls("values", "update", "setattr")
        if any(word.arg in STATES and not _is_after(word.value) for word in call.keywords)
        or any(isinstance(argument, ast.Constant) and argument.value in STATES for argument in call.args)
    ]
    assert by_hand == []


def _is_state(target: ast.expr) -> bool:
    # An attribute of a name: an annotation in a class body or a local variable is no change of state.
    return isinstance(target, ast.Attribute) and target.attr in STATES


def _is_after(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "after"


def test_markup_is_never_made_of_mixed_text() -> None:
    mixed = [place for place, call in calls("Markup") if not all(isinstance(part, ast.Constant) for part in call.args)]
    assert [place for place in mixed if not place.startswith("app/ui/")] == []
    assert found(r"\|\s*safe\b", [path for path in TEMPLATES if APP / "ui" not in path.parents]) == []
    assert found(r"autoescape\s+false", TEMPLATES) == []


def test_no_form_is_exempt_from_csrf_protection(app: Flask) -> None:
    """Only what machines call and sign is (decision 14), and it is one address."""
    assert [place.partition(":")[0] for place, _call in calls("exempt")] == ["app/factory.py"]
    csrf = app.extensions["csrf"]
    receivers = {blueprint.name for blueprint in csrf._exempt_blueprints}
    assert [name for name in app.view_functions if name.partition(".")[0] in receivers] == ["messages.receive"]
    assert csrf._exempt_views == set()
    assert found(r"WTF_CSRF_ENABLED|WTF_CSRF_CHECK_DEFAULT", [*MODULES, ROOT / "config.py"]) == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_has_the_fixed_names_only(room: Path) -> None:
    files = {path.stem for path in room.glob("*.py")} - {"__init__"}
    folders = {path.name for path in room.iterdir() if path.is_dir()} - {"__pycache__"}
    assert files <= ROOM_FILES
    assert folders <= ROOM_FOLDERS


def test_a_room_keeps_its_forms_to_itself() -> None:
    # Whoever types for a resident answers the resident's own questions.
    lent = {("facilitation", "proposals")}
    borrowed = [
        place
        for place, node in nodes(ast.ImportFrom)
        if re.fullmatch(r"app\.\w+\.forms", node.module or "")
        and node.module != "app.web.forms"
        and place.split("/")[1] != node.module.split(".")[1]
        and (place.split("/")[1], node.module.split(".")[1]) not in lent
        and not all(name.name.endswith("Field") for name in node.names)  # a kind of field, like NikField, is no form
    ]
    assert borrowed == []


def test_every_room_is_under_the_contracts() -> None:
    contracts = (ROOT / "pyproject.toml").read_text("utf-8")
    assert [room.name for room in ROOMS if f'"app.{room.name}",' not in contracts] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_votes_are_never_counted_in_floats() -> None:
    voting = [path for path in MODULES if path.is_relative_to(APP / "voting") and "rules" in str(path)]
    inexact = [place for place, node in nodes(ast.Constant, voting) if isinstance(node.value, float)]
    inexact += [place for place, _node in nodes(ast.Div, voting)]
    inexact += [place for place, _call in calls("float", paths=voting)]
    assert inexact == []


def test_only_the_clock_asks_for_the_time() -> None:
    elsewhere = [path for path in MODULES if path != APP / "web/clock.py"]
    asked = [
        place
        for place, call in calls("now", "utcnow", "today", "time", paths=elsewhere)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("date", "datetime", "dt", "time")
    ]
    assert asked == []


def test_pages_load_nothing_from_elsewhere() -> None:
    loaded = r"""<(link|script|img|iframe|source|video|audio|object|embed)\b[^>]*\b(src|href|srcset)=["'](https?:)?//"""
    assert found(loaded, TEMPLATES) == []
    assert found(r"""(@import|url\(\s*["']?(https?:)?//)""", sorted(APP.rglob("static/**/*.css"))) == []


def test_no_file_grows_past_what_one_reads_at_a_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in SIZED}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
