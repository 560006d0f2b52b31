"""Two thousand odd files: in dialects of the world they count as the naive rules do, broken they are refused in lines.

Exit codes: 0 counted, 1 the file is at fault, 2 the command was used wrongly or the file cannot be opened.
"""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask

from tests.voting.dialects import bend, write

FILES = 1_000
RULES = ("most_votes", "equal_shares", "most_votes_stop")


@pytest.fixture
def recount(app: Flask, tmp_path: Path) -> Any:
    runner, path = app.test_cli_runner(), tmp_path / "kota.pb"

    def run(content: bytes, *options: str) -> Any:
        path.write_bytes(content)
        return runner.invoke(args=["voting", "recount", str(path), "--json", *options])

    return run


@pytest.mark.parametrize("part", range(4))
def test_odd_files_are_counted_as_the_naive_rules_count_them(recount: Any, part: int) -> None:
    for seed in range(part, FILES, 4):
        by_draw, is_exact = seed % 3 == 1, seed % 2 == 1
        file = write(seed, by_draw=by_draw)
        flags = ["--ties", "column"] * by_draw + ["--exact-step"] * is_exact
        for rule in RULES[: 3 if seed % 5 == 0 else 2]:
            said = recount(file.content, "--rule", rule, *flags)
            assert said.exit_code == 0, (seed, rule, said.stderr, file.content)
            assert json.loads(said.stdout)["winners"] == file.winners(rule, is_exact=is_exact), (seed, rule)


def test_a_broken_file_is_counted_or_refused_in_lines_that_name_it_and_never_crashes(recount: Any) -> None:
    for seed in range(FILES):
        luck = Random(seed)
        content = bend(write(seed).content, luck)
        said = recount(content, "--rule", luck.choice(RULES), *["--exact-step"] * (seed % 2))
        assert said.exception is None or isinstance(said.exception, SystemExit), (seed, said.exception, content)
        assert said.exit_code in (0, 1), (seed, said.output)
        assert bool(said.stdout) is (said.exit_code == 0)
        lines = said.stderr.split("\n")[:-1]
        strange = [line for line in lines if not line.startswith(("kota.pb: ", "kota.pb, baris ", "Masih ada "))]
        assert not strange, (seed, strange)


ENDLESS = "9" * 5_000


@pytest.mark.parametrize(
    "content",
    [
        f"META\nbudget;5\nvote_type;approval\nPROJECTS\nproject_id;cost\nP{ENDLESS};5\nP1;5\nVOTES\nvoter_id;vote\n1;P1\n",
        f'META\nbudget;5\nnum_votes;{ENDLESS}\nvote_type;approval\nPROJECTS\nproject_id;cost\nP1;"5"\nVOTES\nvoter_id;vote\n1;P1\n',
    ],
)
@pytest.mark.parametrize("rule", RULES)
def test_endless_numbers_are_names_like_others(recount: Any, rule: str, content: str) -> None:
    assert json.loads(recount(content.encode(), "--rule", rule).stdout)["winners"] == ["P1"]
