"""The witnesses' script counts by itself, and always comes to the same result as the engine."""

import ast
from collections import Counter
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from app.voting.rules.counting import Rule
from app.voting.rules.deciding import Terms, decide
from app.voting.rules.elections import gather
from app.voting.rules.methods import Method
from app.voting.rules.package.counted import told_of
from tests.voting.ballotpapers import law
from tests.voting.scripts import HITUNG_ULANG as SCRIPT
from tests.voting.scripts import load

witness = load(SCRIPT)


class Case(NamedTuple):
    """A contest as it can be opened: every option costs something, and none more than the ceiling."""

    costs: list[int]
    papers: list[tuple[str, tuple[int, ...]]]
    ceiling: int
    people: dict[str, int]
    percent: int
    is_weighted: bool


@st.composite
def contests(draw: Any) -> Case:
    ceiling = draw(st.sampled_from([10, 47, 100, 1_000, 200_000_000]))
    part = st.integers(1, 20).map(lambda twentieths: max(1, ceiling * twentieths // 20))
    costs = draw(st.lists(st.one_of(st.integers(1, ceiling), part), min_size=2, max_size=8))
    marks = draw(st.lists(st.integers(1, 2 ** len(costs) - 1), min_size=1, max_size=40))
    villages = draw(st.lists(st.sampled_from(["a", "b", "c+d"]), min_size=len(marks), max_size=len(marks)))
    papers = [
        (village, tuple(n for n in range(len(costs)) if mark >> n & 1))
        for village, mark in zip(villages, marks, strict=True)
    ]
    people = {village: draw(st.integers(0, 60)) for village in "abcd"}
    return Case(costs, papers, ceiling, people, draw(st.sampled_from([0, 0, 1, 15, 20])), draw(st.booleans()))


@law(20_000)
@given(contests())
def test_the_script_finds_what_the_engine_finds_with_every_fact(case: Case) -> None:
    terms = Terms(Rule.EQUAL_SHARES, case.percent, case.people if case.is_weighted else None)
    election = gather(
        case.costs, case.ceiling, [choices for _, choices in case.papers], [one for one, _ in case.papers]
    )
    eligible = [{"code": code, "eligible": people} for code, people in case.people.items()]
    definition = {"threshold_percent": case.percent, "villages": eligible, "rule": "equal_shares"}
    theirs = witness.Terms(definition | {"is_weighted": int(case.is_weighted)})
    count = witness.Count(case.costs, case.ceiling, Counter(case.papers), theirs)
    for rule in Rule:
        expected = told_of(election, decide(election, terms, Method(rule.value)), is_told=True)
        assert witness.result_of(count, rule.value, is_told=True) == expected


def test_the_script_stands_alone_and_is_read_by_python_3_9() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 9))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {
        "__future__", "bisect", "collections", "collections.abc", "csv", "datetime", "fractions", "hashlib", "io",
        "itertools", "json", "math", "pathlib", "re", "struct", "sys", "typing", "zipfile",
    }  # fmt: skip


def test_the_script_counts_without_floats() -> None:
    for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8"))):
        assert not isinstance(node, ast.Div)
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
