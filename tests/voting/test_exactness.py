"""Counting is exact by construction: no float can be written, made or let in (P13)."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "app/voting/rules").rglob("*.py"))
# What gives a float without one being written: float() itself, and what divides or takes roots.
INEXACT = {"float", "complex", "round", "sqrt", "log", "log2", "exp", "pow", "fsum", "mean", "random", "as_float"}
EXACT_MODULES = {"gcd", "lcm", "ceil"}


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT / "app/voting/rules")))
def test_no_float_in_any_rule(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not isinstance(node, ast.Div), f"true division in line {getattr(node, 'lineno', '?')}"
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float | complex), f"a float in line {node.lineno}"
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            assert name not in INEXACT, f"{name} in line {node.lineno}"
        if isinstance(node, ast.ImportFrom) and node.module == "math":
            assert {alias.name for alias in node.names} <= EXACT_MODULES
        if isinstance(node, ast.Import):
            assert "math" not in [alias.name for alias in node.names]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            assert isinstance(node.right, ast.Constant | ast.Name)  # no negative powers


def test_the_rules_use_the_standard_library_only() -> None:
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for module in modules:
                package = module.split(".")[0]
                assert package in sys.stdlib_module_names or package == "app", f"{path.name}: {module}"


# What a recount needs, without anything above it: it can be carried to a machine with an old Python and nothing else.
CORE = ("elections", "greedy", "equal_shares", "completion", "shares", "certificates", "robustness")


def test_the_core_of_counting_stands_on_itself_and_is_read_by_python_3_9() -> None:
    for name in CORE:
        tree = ast.parse((ROOT / f"app/voting/rules/{name}.py").read_text("utf-8"), feature_version=(3, 9))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        own = {module for module in imported if module and module.startswith("app.")}
        assert own <= {f"app.voting.rules.{other}" for other in CORE}
        assert "__future__" in imported
        newer = {"strict", "slots", "kw_only", "StrEnum", "pairwise", "batched", "bit_count"}
        used = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
        used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not used & newer


def test_the_seed_of_hashes_does_not_reach_the_result() -> None:
    code = """
import random
from app.voting.rules.elections import gather
from app.voting.rules.methods import Method, count
draw = random.Random(3)
papers = [{draw.randrange(9) for _ in range(3)} for _ in range(200)]
election = gather([draw.randrange(1, 9) for _ in range(9)], 20, papers)
print([count(election, method) for method in Method])
"""
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "random")
    }
    assert len(found) == 1
