"""The page of who takes part, and its file: sums that point at nobody."""

import csv
import io
import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.rules.consents import Mode
from app.discussion import actions as discussion
from app.identity import actions as identity
from app.identity.rules import Group, Sex
from app.identity.rules.nik import Nik, parse_nik
from app.inclusion import queries as inclusion
from app.inclusion.rules import TOTAL, Band, Cell, Division, Measure, participation
from app.kernel.actor import Level, Role
from app.voting import actions as voting
from tests import builders as b
from tests.bench_roll import write_roll
from tests.client import Visitor

PAGE, FILE = "/belu/keikutsertaan", "/belu/keikutsertaan.csv"
Queries = Callable[[], AbstractContextManager[list[str]]]


def make_people(village: str, women: int, men: int) -> None:
    """So many registered people of the village, born in 1988."""
    for place in range(women + men):
        person = b.make_person(village, level=Level.REGISTERED)
        day = 57 if place < women else 17
        nik = parse_nik(f"{village.replace('.', '')[:6]}{day}0588{person.id:04d}", b.NOW.date())
        assert isinstance(nik, Nik)
        identity.identify_oneself(b.actor_of(person), person, identity.Particulars(nik), b.NOW)


@pytest.fixture
def people(session: Session) -> None:
    b.make_world()
    make_people(b.MAKIR, 2, 9)
    make_people(b.KEWAR, 0, 8)
    make_people(b.TOHE, 1, 7)


def table(client: Visitor) -> dict[tuple[str, str], list[str]]:
    rows = list(csv.reader(io.StringIO(client.get(FILE).text.removeprefix("\ufeff"))))
    return {(row[0], row[1]): row[3:] for row in rows[1:]}


def test_small_numbers_are_nowhere_and_cannot_be_worked_out(client: Visitor, people: None) -> None:
    rows = table(client)
    assert rows["", ""][0] == "27"
    women, men, unknown = (rows["Menurut jenis kelamin", sex][0] for sex in ("female", "male", "unknown"))
    assert (women, men, unknown) == ("", "", "0")
    kewar, makir = (rows["Menurut desa dan kelurahan", code][0] for code in (b.KEWAR, b.MAKIR))
    assert (kewar, makir) == ("8", "11")
    assert not {str(number) for number in range(1, 5)} & {cell for row in rows.values() for cell in row}


def test_the_page_says_who_takes_part_in_words_and_sums(client: Visitor, people: None, queries: Queries) -> None:
    with queries() as sent:
        page = client.get(PAGE)
    assert page.status_code == 200
    assert len(sent) <= 8
    assert len(brotli.compress(page.data, quality=5)) <= 4096
    assert "tidak ditampilkan" in page.text
    with queries() as sent:
        inside = client.get(f"{PAGE}?kecamatan={b.LAMAKNEN}")
    assert len(sent) <= 8
    assert "Desa dan kelurahan di Kecamatan Lamaknen" in inside.text
    assert client.get(f"{PAGE}?kecamatan=19.06.01").status_code == 404


def test_nothing_of_another_regency_is_counted(client: Visitor, people: None) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/belitung-timur/keikutsertaan.csv").text)))
    assert {cell for row in rows[1:] for cell in row[3:]} == {"0"}


def test_what_nobody_has_done_yet_takes_no_room(client: Visitor, people: None) -> None:
    page = client.get(PAGE).text
    assert page.count("Memilih") == 1  # among the totals
    empty = client.get("/belitung-timur/keikutsertaan").text
    assert "Belum ada warga yang terdaftar" in empty


def test_too_few_women_is_a_warning_and_enough_are_none(client: Visitor, session: Session) -> None:
    b.make_world()
    make_people(b.MAKIR, 5, 20)
    assert "Terdaftar: 20 % perempuan." in client.get(PAGE).text
    make_people(b.MAKIR, 10, 0)
    assert "perempuan." not in client.get(PAGE).text


def test_every_measure_counts_people_once(session: Session) -> None:
    b.make_world()
    contest = b.make_contest()
    planner = b.make_staff(Role.PLANNER, b.BELU)
    voter = b.make_ballot(contest, [1])
    proposal = b.make_published()
    discussion.support(b.actor_of(voter), proposal, b.NOW)
    identity.declare_groups(b.actor_of(voter), voter, {Group.BORDER, Group.WOMEN}, Mode.SELF, b.NOW)
    before = inclusion.groups(b.BELU)
    assert before[Group.BORDER] == (1, 1, 0, 1, 0)  # the contest is not certified yet
    b.count_box(contest, planner)
    voting.certify_contest(planner, contest, lambda _option: "Cukup suara.", b.NOW)
    assert inclusion.groups(b.BELU)[Group.WOMEN] == (1, 1, 0, 1, 1)
    counted = [sum(cell.counts[place] for cell in inclusion.cells(b.BELU, 2026)) for place in range(len(Measure))]
    assert counted[2:] == [2, 1, 1]


@pytest.mark.parametrize(
    ("born", "band"),
    [(2010, Band.CHILD), (2009, Band.YOUTH), (2002, Band.YOUTH), (2001, Band.YOUNGER), (1991, Band.MIDDLE),
     (1982, Band.MIDDLE), (1981, Band.OLDER), (1967, Band.OLDER), (1966, Band.ELDERLY), (None, None)],
)  # fmt: skip
def test_ages_are_those_reached_this_year(session: Session, born: int | None, band: Band | None) -> None:
    b.make_world()
    person, facilitator = b.make_person(b.TOHE, level=Level.REGISTERED), b.make_staff(Role.FACILITATOR, b.RAIHAT)
    identity.identify(facilitator, person, identity.Particulars(None, born, Sex.MALE), b.NOW)
    assert Cell(b.TOHE, Sex.MALE, band, (1, 0, 0, 0, 0)) in inclusion.cells(b.BELU, 2026)


def test_what_is_hidden_is_hidden_in_every_table() -> None:
    cells = [Cell(b.TOHE, Sex.FEMALE, Band.YOUTH, (3, 0, 0, 0, 0))]
    counted = participation(cells, {Group.POOR: (4, 0, 0, 0, 0), Group.YOUTH: (5, 0, 0, 0, 0)})
    for key in (TOTAL, (Division.SEX, "female"), (Division.VILLAGE, b.TOHE), (Division.GROUP, "poor")):
        assert counted.of(key)[0] is None
    assert counted.of((Division.GROUP, "youth"))[0] == 5
    assert counted.women_percent(Measure.REGISTERED) is None


def test_ten_thousand_people_are_counted_fast(app: Flask, client: Visitor, session: Session, tmp_path: Path) -> None:
    b.make_world()
    session.commit()
    write_roll(tmp_path / "roll.csv", 10_000)
    done = app.test_cli_runner().invoke(
        args=["identity", "import-roll", str(tmp_path / "roll.csv"), "--source", "Musyawarah desa Makir"]
    )
    assert done.exit_code == 0, done.output
    start = time.process_time()
    page = client.get(PAGE)
    assert time.process_time() - start < 2
    assert re.search(r"10\.000", page.text)
