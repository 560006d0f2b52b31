"""flask voting recount: any .pb file of the world, without a database."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

TOWN = """META
key;value
description;Kota "Lama"; 2024
budget;100
vote_type;approval
num_projects;4
num_votes;10
PROJECTS
project_id;cost;name;undian
1;60;Balai;4
2;40;Sumur;3
10;40;Jalan;1
3;30;Taman;2
VOTES
voter_id;vote
a;1
b;1
c;1
d;1
e;1
f;1
g;2,10
h;2,10
i;2,10
j;10,2
"""


@pytest.fixture
def recount(app: Flask, tmp_path: Path) -> Any:
    def run(text: str, *options: str) -> Result:
        file = tmp_path / "kota.pb"
        file.write_text(text, "utf-8")
        return app.test_cli_runner().invoke(args=["voting", "recount", str(file), *options])

    return run


@pytest.mark.parametrize(
    ("rule", "options", "winners"),
    [
        ("most_votes", (), ["1", "2"]),
        ("most_votes", ("--ties", "column"), ["1", "10"]),
        ("most_votes_stop", (), ["1", "2"]),
        ("equal_shares", (), ["1", "2"]),
        ("equal_shares", ("--exact-step",), ["1", "2"]),
        ("equal_shares", ("--ties", "column", "--exact-step"), ["1", "10"]),
    ],
)
def test_the_result_is_one_line_of_json(recount: Any, rule: str, options: tuple[str, ...], winners: list[str]) -> None:
    result = recount(TOWN, "--rule", rule, "--json", *options)
    assert result.exit_code == 0
    assert (
        result.output
        == json.dumps({"rule": rule, "winners": winners, "total_cost": "100", "budget": "100"}, separators=(",", ":"))
        + "\n"
    )


def test_the_reasons_stand_beside_it(recount: Any) -> None:
    result = recount(TOWN, "--rule", "equal_shares")
    assert json.loads(result.stdout)["winners"] == ["1", "2"]
    assert result.stderr.splitlines() == [
        "Patungan setara: 10 pemilih, 4 usulan.",
        "Terpilih: 1. Putaran 1: 6 pendukung patungan dengan iuran yang sama, 10.",
        "Terpilih: 2. Putaran 2: 4 pendukung patungan dengan iuran yang sama, 10.",
        "Belum: 10. 4 suara; kupon pendukungnya tinggal 0 persen dari biaya 40. Kurang 40, kira-kira 4 pendukung lagi.",
        "Belum: 3. Tidak ada suara untuk usulan ini.",
        "0 pemilih tidak mendapat satu pun pilihannya.",
        "Bila dihitung suara terbanyak: 2 usulan terpilih, 0 pemilih tanpa satu pun.",
    ]


def test_money_is_told_exactly(recount: Any) -> None:
    result = recount(
        TOWN.replace("budget;100", "budget;100,55").replace(";60;", ";60.125;"), "--rule", "most_votes", "--json"
    )
    assert json.loads(result.output) == {
        "rule": "most_votes",
        "winners": ["1", "2"],
        "total_cost": "100.125",
        "budget": "100.55",
    }


def test_a_contest_without_ballots_has_no_winner(recount: Any) -> None:
    text = TOWN.split("a;1", maxsplit=1)[0]
    for rule in ("most_votes", "most_votes_stop", "equal_shares"):
        result = recount(text, "--rule", rule, "--json")
        assert json.loads(result.output)["winners"] == []


def test_a_bad_file_is_refused_with_its_line_and_the_cure(recount: Any) -> None:
    result = recount(TOWN.replace("g;2,10", "g;2,11").replace("budget;100", "budget;banyak"), "--rule", "most_votes")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "kota.pb, baris 4: “budget” harus jumlah uang, bukan “banyak”. Tulis seperti 50000 atau 50000.25.",
        "kota.pb, baris 22: suara untuk “11”, padahal proyek itu tidak ada di bagian PROJECTS.",
    ]


def test_a_file_of_another_kind_of_vote_is_refused_by_its_name(recount: Any) -> None:
    result = recount(TOWN.replace("approval", "cumulative"), "--rule", "equal_shares", "--json")
    assert result.exit_code == 1
    assert "“cumulative”" in result.stderr


def test_many_faults_are_told_in_part(recount: Any) -> None:
    more = "".join(f"x{n};{n}0{n}9\n" for n in range(30))
    result = recount(TOWN + more, "--rule", "most_votes")
    assert len(result.stderr.splitlines()) == 21
    assert result.stderr.endswith("Masih ada 10 lagi.\n")


def test_a_file_that_is_not_there_is_said_to_be_missing(app: Flask, tmp_path: Path) -> None:
    for path in (tmp_path / "tiada.pb", tmp_path):
        result = app.test_cli_runner().invoke(args=["voting", "recount", str(path), "--rule", "most_votes"])
        assert result.exit_code == 2
        assert "tidak dapat dibuka" in result.stderr


def test_an_unknown_rule_is_refused(recount: Any) -> None:
    assert recount(TOWN, "--rule", "borda").exit_code == 2
    assert recount(TOWN).exit_code == 2
