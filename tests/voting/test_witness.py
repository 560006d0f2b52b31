"""The witnesses' script counts by itself, and always comes to the same result as the engine."""

import ast
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.voting.rules.counting import Rule
from app.voting.rules.elections import gather
from app.voting.rules.package.result import result_of
from tests.voting.ballotpapers import law

SCRIPT = Path(__file__).parents[2] / "app/voting/data/hitung_ulang.py"


def load() -> Any:
    spec = spec_from_file_location("hitung_ulang", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


witness = load()


@st.composite
def elections(draw: Any) -> tuple[list[int], list[tuple[int, ...]], int]:
    """Contests as they can be opened: every option costs something, and none more than the ceiling."""
    ceiling = draw(st.sampled_from([10, 47, 100, 1_000, 200_000_000]))
    part = st.integers(1, 20).map(lambda twentieths: max(1, ceiling * twentieths // 20))
    costs = draw(st.lists(st.one_of(st.integers(1, ceiling), part), min_size=2, max_size=8))
    marks = draw(st.lists(st.integers(1, 2 ** len(costs) - 1), min_size=1, max_size=40))
    return costs, [tuple(n for n in range(len(costs)) if mark >> n & 1) for mark in marks], ceiling


@law(20_000)
@given(elections())
def test_the_script_finds_what_the_engine_finds_with_every_fact(
    case: tuple[list[int], list[tuple[int, ...]], int],
) -> None:
    costs, papers, ceiling = case
    count = witness.Count(costs, papers, ceiling)
    expected = result_of(gather(costs, ceiling, papers), Rule.MOST_VOTES)
    found = {"ballots": count.voters, "budget": ceiling, "other": witness.result_of(count, "equal_shares")}
    assert found | witness.result_of(count, "most_votes") == expected


def test_the_script_stands_alone_and_is_read_by_python_3_9() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 9))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {
        "__future__", "collections", "collections.abc", "csv", "datetime", "fractions", "hashlib", "io", "json", "math",
        "pathlib", "struct", "sys", "typing", "zipfile",
    }  # fmt: skip


def test_the_script_counts_without_floats() -> None:
    for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8"))):
        assert not isinstance(node, ast.Div)
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
