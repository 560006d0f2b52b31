"""Files in the .pb format: as they are found in the world, and as they are written (P14)."""

import contextlib
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.datafiles import Faulty
from app.voting.rules.methods import Method, count
from app.voting.rules.pabulib.money import read_money, write_money
from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.recounting import Counted, Ties, election_of, natural
from app.voting.rules.pabulib.tables import PbFault, PbFile, PbNote, Table
from app.voting.rules.pabulib.writing import write_pb
from tests.voting.ballotpapers import law

PLAIN = """META
key;value
description;A town
num_projects;3
num_votes;4
budget;100
vote_type;approval
PROJECTS
project_id;cost;name;selected
2;60;School;1
10;60;Road;0
1;40;Well;1
VOTES
voter_id;vote;age
a;2,1;33
b;2;
c;10;20
d;1,10;50
"""


def counted(text: str | bytes, ties: Ties = Ties.IDS) -> Counted:
    content = text if isinstance(text, bytes) else text.encode()
    return election_of(read_pb("kota.pb", content), ties)


def summary(found: Counted) -> tuple[Any, ...]:
    return found.ids, found.election.costs, found.election.ceiling, found.election.groups, found.unit


def faults(text: str | bytes, ties: Ties = Ties.IDS) -> list[tuple[object, int]]:
    with pytest.raises(Faulty) as caught:
        counted(text, ties)
    return [(fault.code, fault.line) for fault in caught.value.faults]


def notes(text: str | bytes) -> list[object]:
    return [note.code for note in counted(text).notes]


def test_a_plain_file_is_read() -> None:
    found = counted(PLAIN)
    assert found.ids == ("1", "2", "10")
    assert found.election.costs == (40, 60, 60)
    assert [(group.choices, group.voters) for group in found.election.groups] == [
        ((0, 1), 1),
        ((0, 2), 1),
        ((1,), 1),
        ((2,), 1),
    ]
    assert found.notes == ()
    winners = count(found.election, Method.MOST_VOTES).winners
    assert [found.ids[option] for option in winners] == ["1", "2"]


AS_FOUND = {
    "byte order mark": "\ufeff" + PLAIN,
    "windows line ends": PLAIN.replace("\n", "\r\n"),
    "old mac line ends": PLAIN.replace("\n", "\r"),
    "no last line end": PLAIN.rstrip(),
    "blank lines": PLAIN.replace("\n", "\n\n"),
    "lines of blanks": PLAIN.replace("PROJECTS", " \t \nPROJECTS"),
    "lines of separators": PLAIN.replace("PROJECTS", ";;;\nPROJECTS").replace("VOTES", ";;\nVOTES"),
    "separators after sections": PLAIN.replace("META", "META;;").replace("VOTES", "VOTES;;;;"),
    "blanks around cells": PLAIN.replace(";", " ; ").replace(",", ", "),
    "tabs and no-break blanks": PLAIN.replace(";", "\t;\u00a0"),
    "sections in lower case": PLAIN.replace("META", "meta").replace("PROJECTS", "Projects").replace("VOTES", "votes"),
    "sections with signs": PLAIN.replace("META", "[META]").replace("VOTES", "# VOTES:"),
    "columns in upper case": PLAIN.replace("project_id;cost", "Project_ID;COST").replace(
        "voter_id;vote", "VOTER_ID;Vote"
    ),
    "everything quoted": "\n".join(
        line if line in ("META", "PROJECTS", "VOTES") else ";".join(f'"{cell}"' for cell in line.split(";"))
        for line in PLAIN.splitlines()
    ),
    "quoted sections": PLAIN.replace("PROJECTS", '"PROJECTS"'),
    "separators and line ends in quotes": PLAIN.replace("School", '"School; new\n\nand ""good"""'),
    "a comment with separators": PLAIN.replace("budget", 'comment;"#1: a; b ""c"""\nbudget'),
    "a comment with bare separators": PLAIN.replace("budget", "comment;#1: a; b; c\nbudget"),
    "a quote within a name": PLAIN.replace("School", 'Sch"ool'),
    "a quote that begins a name": PLAIN.replace("School", '"School" in the west'),
    "a quote nobody closed": PLAIN.replace("School", '"School'),
    "two quotes nobody closed": PLAIN.replace("School", '"School').replace("Well", '"Well'),
    "an inch in a name": PLAIN.replace("Road", 'Pipe 2" wide'),
    "money with decimals": PLAIN.replace("budget;100", "budget;100.00").replace(";60;", ";60,0;"),
    "money in groups": PLAIN.replace("budget;100", "budget;100 "),
    "money as computers write it": PLAIN.replace("budget;100", "budget;1.0E+02").replace(";40;", ";4e1;"),
    "no header in META": PLAIN.replace("key;value\n", ""),
    "a header in other letters": PLAIN.replace("key;value", "Key;Value"),
    "META without descriptions": PLAIN.replace("description;A town\nnum_projects;3\nnum_votes;4\n", ""),
    "unknown keys": PLAIN.replace("budget;", "leftover;7\nscoring_fn;Borda\nbudget;"),
    "extra columns": PLAIN.replace("name;selected", "name;selected;latitude;longitude"),
    "other order of columns": PLAIN.replace("voter_id;vote;age", "vote;age;voter_id")
    .replace("a;2,1;33", "2,1;33;a")
    .replace("b;2;", "2;;b")
    .replace("c;10;20", "10;20;c")
    .replace("d;1,10;50", "1,10;50;d"),
    "cells that are missing at the end": PLAIN.replace("b;2;\n", "b;2\n"),
    "cells too many at the end": PLAIN.replace("1;40;Well;1", "1;40;Well;1;left over"),
    "a section of somebody's own": PLAIN.replace("VOTES", "RESULTS\nwinner\n1\n2;3\nVOTES")
    + "COMMENTS\nfine; thanks\n",
    "a project twice": PLAIN.replace("VOTES", "2;60.0;School;1\nVOTES"),
    "a choice twice": PLAIN.replace("a;2,1", "a;2,1,2"),
    "empty choices": PLAIN.replace("a;2,1", "a;,2,,1,"),
    "a voter twice": PLAIN.replace("b;2", "a;2"),
    "choices in quotes": PLAIN.replace("a;2,1;", 'a;"2,1";'),
    "vote type in other letters": PLAIN.replace("vote_type;approval", "vote_type;Approval"),
    "no vote type": PLAIN.replace("vote_type;approval\n", ""),
    "the same budget twice": PLAIN.replace("vote_type", "budget;100\nvote_type"),
    "a wrong number of votes": PLAIN.replace("num_votes;4", "num_votes;5"),
    "sections twice": PLAIN.replace("1;40;Well;1\n", "PROJECTS\nproject_id;cost;name;selected\n1;40;Well;1\n"),
    "nothing where nothing is": PLAIN.replace("School", "None").replace(";33", ";None"),
    "a threshold": PLAIN.replace("vote_type", "min_project_score_threshold;2\nvote_type"),
}


@pytest.mark.parametrize("text", AS_FOUND.values(), ids=AS_FOUND.keys())
def test_a_file_is_read_however_it_was_saved(text: str) -> None:
    assert summary(counted(text)) == summary(counted(PLAIN))
    again = write_pb(read_pb("x", text.encode()))
    assert read_pb("x", again) == read_pb("x", text.encode())
    assert write_pb(read_pb("x", again)) == again


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1", "cp1250"])
def test_a_file_is_read_in_whatever_encoding(encoding: str) -> None:
    text = PLAIN.replace("School", "Škola" if encoding == "cp1250" else "École")
    assert summary(counted(text.encode(encoding))) == summary(counted(PLAIN))


def test_ids_may_be_any_text() -> None:
    text = PLAIN.replace("10;60", "BO.D 1.1/22;60").replace("c;10", "c;BO.D 1.1/22").replace("1,10", "1, BO.D 1.1/22")
    assert counted(text).ids == ("1", "2", "BO.D 1.1/22")
    assert counted(text).election.votes == (2, 2, 2)
    nameless = "META\nbudget;10\nvote_type;approval\nPROJECTS\nname;cost\np1;5\np2;5\nVOTES\nvote\np1\nP2ARK,p2\n"
    assert faults(nameless) == [(PbFault.UNKNOWN_PROJECT, 11)]
    assert counted(nameless.replace("P2ARK,", "")).election.votes == (1, 1)


def test_natural_order_is_that_of_people() -> None:
    names = ["10", "9", "A10", "A9", "01", "1", "b", "B", "A9-2", "A9-10", ""]
    assert sorted(names, key=natural) == ["", "01", "1", "9", "10", "A9", "A9-2", "A9-10", "A10", "B", "b"]


def test_ballots_without_a_choice_are_voters_all_the_same() -> None:
    found = counted(PLAIN + "e;;\nf;None;9\ng\n")
    assert found.election.voters == 7
    assert found.election.votes == (2, 2, 2)
    assert PbNote.EMPTY_BALLOTS in [note.code for note in found.notes]


def test_choose_one_is_counted_too() -> None:
    text = PLAIN.replace("approval", "choose-1").replace("2,1", "2").replace("1,10", "10")
    assert counted(text).election.votes == (0, 2, 2)


def test_money_is_divided_as_finely_as_the_file_needs() -> None:
    found = counted(PLAIN.replace("budget;100", "budget;100,5").replace(";40;", ";40.25;"))
    assert found.unit == 4
    assert found.election.ceiling == 402
    assert found.election.costs == (161, 240, 240)
    assert write_money(found.money(found.election.cost_of([0, 1]))) == "100.25"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50000", 50000),
        ("50000.00", 50000),
        (" 50 000,5 ", Fraction(100001, 2)),
        ("1.234.567,89", Fraction(123456789, 100)),
        ("1,234,567.89", Fraction(123456789, 100)),
        ("1.234.567", 1234567),
        ("1,234.5", Fraction(12345, 10)),
        ("1'234'567", 1234567),
        ("12\u202f000", 12000),
        ("50,000", 50),
        ("0,5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("5.e1", 50),
        ("1e6", 1000000),
        ("2.5E+05", 250000),
        ("+7", 7),
        ("0", 0),
        ("-1", None),
        ("", None),
        ("1.23.4567", None),
        ("12 34", None),
        ("1,2,3", None),
        ("abc", None),
        ("1e999", None),
        ("٣", None),
        ("0x10", None),
        ("1_000", None),
        ("inf", None),
        ("nan", None),
        ("Rp 5", None),
        ("9" * 41, None),
    ],
)
def test_money_is_read_exactly_or_not_at_all(text: str, expected: Fraction | None) -> None:
    assert read_money(text) == expected


@law(5_000)
@given(st.integers(0, 10**15), st.integers(0, 6))
def test_money_is_written_as_it_is_read(digits: int, places: int) -> None:
    amount = Fraction(digits, 10**places)
    assert read_money(write_money(amount)) == amount
    assert "/" not in write_money(amount)


def test_what_no_decimals_can_say_is_a_fraction() -> None:
    assert [write_money(Fraction(1, n)) for n in (1, 2, 3, 40, 7)] == ["1", "0.5", "1/3", "0.025", "1/7"]


FAULTY = [
    ("", (PbFault.NOT_PB, 0)),
    ("\n \n", (PbFault.NOT_PB, 0)),
    ("\x00\x01", (PbFault.NOT_PB, 1)),
    ("<!DOCTYPE html>\n<p>META</p>", (PbFault.NOT_PB, 1)),
    (PLAIN.replace("META\n", ""), (PbFault.NOT_PB, 1)),
    (PLAIN.split("VOTES", maxsplit=1)[0], (PbFault.SECTION_MISSING, 0)),
    (PLAIN.replace("vote_type;approval", "vote_type;ordinal"), (PbFault.VOTE_TYPE, 7)),
    (PLAIN.replace("vote_type;approval", "vote_type;cumulative"), (PbFault.VOTE_TYPE, 7)),
    (PLAIN.replace("budget;100\n", ""), (PbFault.META_MISSING, 0)),
    (PLAIN.replace("budget;100", "budget;None"), (PbFault.META_MISSING, 6)),
    (PLAIN.replace("budget;100", "budget;a lot"), (PbFault.NOT_MONEY, 6)),
    (PLAIN.replace("budget;100", "budget;-100"), (PbFault.NOT_MONEY, 6)),
    (PLAIN.replace("budget;100", "budget;100\nbudget;200"), (PbFault.META_TWICE, 7)),
    (PLAIN.replace("10;60", "10;"), (PbFault.NOT_MONEY, 11)),
    (PLAIN.replace("10;60", ";60"), (PbFault.NO_ID, 11)),
    (PLAIN.replace("10;60", "2;61").replace("c;10", "c;2").replace("1,10", "1"), (PbFault.PROJECT_TWICE, 11)),
    (PLAIN.replace("c;10", "c;11"), (PbFault.UNKNOWN_PROJECT, 17)),
    (PLAIN.replace("cost;name", "price;name"), (PbFault.COLUMN_MISSING, 0)),
    (PLAIN.replace("voter_id;vote", "voter_id;votes"), (PbFault.COLUMN_MISSING, 0)),
    (PLAIN.replace("cost;name", "cost;cost"), (PbFault.COLUMN_TWICE, 0)),
    (PLAIN.replace("PROJECTS", "PROJECTS\nid;cost\n1;5\nPROJECTS"), (PbFault.SECTION_TWICE, 12)),
    (PLAIN.replace(";age", "").replace("a;2,1;33", "a;2;1"), (PbFault.CELL_COUNT, 15)),
]


@pytest.mark.parametrize(("text", "expected"), FAULTY)
def test_a_bad_file_is_refused_with_its_line(text: str, expected: tuple[PbFault, int]) -> None:
    assert expected in faults(text)


def test_all_faults_are_told_at_once() -> None:
    text = PLAIN.replace("budget;100", "budget;x").replace("10;60", "10;y").replace("c;10", "c;z")
    assert faults(text) == [(PbFault.NOT_MONEY, 6), (PbFault.NOT_MONEY, 11), (PbFault.UNKNOWN_PROJECT, 17)]


def test_points_are_not_counted_as_approval() -> None:
    text = PLAIN.replace("vote_type;approval\n", "").replace("age", "points")
    assert faults(text) == [(PbFault.VOTE_TYPE, 0)]


# Notes


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("a wrong number of votes", PbNote.COUNT_DIFFERS),
        ("a choice twice", PbNote.CHOSEN_TWICE),
        ("a project twice", PbNote.PROJECT_REPEATED),
        ("no vote type", PbNote.VOTE_TYPE_ASSUMED),
        ("a quote nobody closed", PbNote.LOOSE_QUOTES),
        ("a threshold", PbNote.THRESHOLD_UNUSED),
    ],
)
def test_what_is_odd_is_noted(name: str, note: PbNote) -> None:
    assert note in notes(AS_FOUND[name])


def test_a_withdrawn_project_does_not_stop_the_count() -> None:
    text = PLAIN.replace("2;60", "2;999999999").replace("c;10", "c;2")
    file = read_pb("x", text.encode())
    found = election_of(file, with_withdrawn=False)
    assert found.ids == ("1", "10")
    assert [note.code for note in found.notes] == [PbNote.WITHDRAWN]
    assert count(found.election, Method.MOST_VOTES_STOP).winners == (0, 1)
    assert count(election_of(file).election, Method.MOST_VOTES_STOP).winners == ()
    rich = text.replace("budget;100", "budget;2000000000")
    assert election_of(read_pb("x", rich.encode()), with_withdrawn=False).ids == ("1", "2", "10")


# Ties


def test_ties_may_be_broken_by_a_drawn_column() -> None:
    text = PLAIN.replace("selected", "undian").replace("School;1", "School;3").replace("Road;0", "Road;2")
    assert counted(text, Ties.COLUMN).ids == ("1", "10", "2")
    assert faults(PLAIN, Ties.COLUMN) == [(PbFault.NO_TIE_COLUMN, 0)]
    assert faults(text.replace("Road;2", "Road;3"), Ties.COLUMN) == [(PbFault.NOT_A_DRAW, 11)]
    assert faults(text.replace("Road;2", "Road;"), Ties.COLUMN) == [(PbFault.NOT_A_DRAW, 11)]


# Writing

CELL = st.text(st.sampled_from("ab1;,\"'\n\\ é😀م-#"), max_size=12).map(str.strip)
IDS = st.lists(st.sampled_from(["1", "2", "10", "01", "A 1", "B/2.1", "x-y", "é"]), unique=True, min_size=1, max_size=6)


@st.composite
def files(draw: Any) -> PbFile:
    ids = draw(IDS)
    projects = tuple((id_, str(draw(st.integers(0, 99))), draw(CELL)) for id_ in ids)
    ballots = draw(st.lists(st.lists(st.sampled_from(ids), unique=True), max_size=6))
    votes = tuple((f"v{number}", ",".join(ballot), draw(CELL)) for number, ballot in enumerate(ballots))
    meta = {"description": draw(CELL), "budget": str(draw(st.integers(0, 999))), "vote_type": "approval"}
    meta |= {"num_projects": str(len(projects)), "num_votes": str(len(votes)), "comment": draw(CELL)}
    return PbFile("", meta, Table(("project_id", "cost", "name"), projects), Table(("voter_id", "vote", "note"), votes))


@law(10_000)
@given(files())
def test_what_is_written_is_read_again(file: PbFile) -> None:
    written = write_pb(file)
    assert read_pb("x", written) == file
    assert write_pb(read_pb("x", written)) == written


NOISE = st.text(st.sampled_from('META\nPROJECTSVkey;value1,2" \r'), max_size=300).map(str.encode)


@law(10_000)
@given(st.binary(max_size=200) | NOISE)
def test_nothing_makes_the_reader_stumble(content: bytes) -> None:
    with contextlib.suppress(Faulty):
        election_of(read_pb("x", content))


DAMAGE = st.tuples(
    st.integers(0, len(PLAIN) - 1), st.integers(0, 3), st.sampled_from([b"", b";", b'"', b"\n", b"x", b"\xff", b","])
)


@law(10_000)
@given(st.lists(DAMAGE, min_size=1, max_size=4))
def test_a_damaged_file_is_counted_the_same_after_writing_or_refused(damages: list[tuple[int, int, bytes]]) -> None:
    content = PLAIN.encode()
    for place, length, instead in damages:
        content = content[:place] + instead + content[place + length :]
    with contextlib.suppress(Faulty):
        found = summary(counted(content))
        assert summary(counted(write_pb(read_pb("x", content)))) == found
