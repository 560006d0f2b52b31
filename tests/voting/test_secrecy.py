"""Whoever takes the whole database, before the close or after the count, links nobody to a choice (B3, B4).

The thief tries every column of every table: values that two rows share, and rows laid side by side in every order.
The same thief links everybody in the two tables that one would make at first.
"""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.accounts.queries import get_actor
from app.db.base import Base
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.kernel.actor import Level
from app.voting import actions, queries
from app.voting.models import Contest
from tests import builders as b

VOTERS = 40
CHOICES = ([1], [2], [3], [1, 2], [1, 3], [2, 3])
Truth = Mapping[int, tuple[int, ...]]
# Rows of a table in one of its orders, as (name of the order, rows).
Table = tuple[str, Sequence[tuple[Any, ...]]]


def truth_of(voters: Sequence[int]) -> Truth:
    luck = Random(5)
    return {voter: tuple(luck.choice(CHOICES)) for voter in luck.sample(list(voters), len(voters))}


def vote(contest: Contest, truth: Truth) -> None:
    for voter, choices in truth.items():
        actions.cast_ballot(get_actor(voter, b.NOW), contest, list(choices), b.NOW)


def make_voters() -> list[int]:
    people = [b.make_person(level=Level.CONFIRMED) for _ in range(VOTERS)]
    for person in people:
        person.level = Level.ATTESTED
    own_session.flush()
    return [person.id for person in people]


# The thief


def dump(session: Session) -> Iterator[Table]:
    """Every table in the order of its key and in the order in which it lies on the disk."""
    names = inspect(session.connection()).get_table_names()
    for name in names:
        for order in ("1", "rowid", "ctid"):
            try:
                with session.begin_nested():
                    rows = session.execute(text(f'SELECT * FROM "{name}" ORDER BY {order}')).all()
            except DBAPIError:  # no such order in this table or on this engine
                continue
            yield f"{name} by {order}", [tuple(row) for row in rows]


@dataclass(frozen=True)
class Guess:
    """How many voters the thief links to their choices, and how."""

    right: int
    how: str


def as_choices(value: Any) -> tuple[int, ...] | None:
    """What could be somebody's choices."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    is_list = isinstance(value, list) and value and all(isinstance(one, int) for one in value)
    return tuple(value) if is_list else None


def best_guess(tables: Sequence[Table], truth: Truth) -> Guess:
    people = [(how, rows, column) for how, rows, column in _columns(tables) if _names(rows, column, truth)]
    ballots = [(how, rows, column) for how, rows, column in _columns(tables) if _chooses(rows, column, truth)]
    guesses = [Guess(0, "nothing to lay side by side")]
    for (how, rows, who), (where, papers, what) in product(people, ballots):
        voters = [row for row in rows if row[who] in truth]
        chosen = [row for row in papers if as_choices(row[what])]
        beside = [(row[who], as_choices(paper[what])) for row, paper in zip(voters, chosen, strict=False)]
        guesses.append(Guess(_right(beside, truth), f"{how} beside {where}"))
        guesses += [
            Guess(_right(list(joined), truth), f"{how}.{left} = {where}.{right}")
            for left, right, joined in _joins(voters, who, chosen, what)
        ]
    return max(guesses, key=lambda guess: guess.right)


def _right(guessed: Sequence[tuple[int, Any]], truth: Truth) -> int:
    return len({voter for voter, choices in guessed if truth[voter] == choices})


def _columns(tables: Sequence[Table]) -> Iterator[tuple[str, Sequence[tuple[Any, ...]], int]]:
    for how, rows in tables:
        for column in range(len(rows[0]) if rows else 0):
            yield how, rows, column


def _names(rows: Sequence[tuple[Any, ...]], column: int, truth: Truth) -> bool:
    return truth.keys() <= {row[column] for row in rows if isinstance(row[column], int)}


def _chooses(rows: Sequence[tuple[Any, ...]], column: int, truth: Truth) -> bool:
    return sum(as_choices(row[column]) in truth.values() for row in rows) >= len(truth)


def _joins(
    voters: Sequence[tuple[Any, ...]], who: int, chosen: Sequence[tuple[Any, ...]], what: int
) -> Iterator[tuple[int, int, Iterator[tuple[int, Any]]]]:
    """Pairs of rows that share a value which no other row has."""
    for left, right in product(range(len(voters[0])), range(len(chosen[0]))):
        mine = _unique({}, voters, left)
        theirs = _unique({}, chosen, right)
        shared = mine.keys() & theirs.keys()
        yield left, right, ((mine[value][who], as_choices(theirs[value][what])) for value in shared)


def _unique(found: dict[Any, Any], rows: Sequence[tuple[Any, ...]], column: int) -> dict[Any, Any]:
    values = [row[column] if not isinstance(row[column], list) else str(row[column]) for row in rows]
    return found | {value: row for value, row in zip(values, rows, strict=True) if values.count(value) == 1}


# What the thief finds


def test_before_the_close_there_is_no_choice_in_the_database(session: Session) -> None:
    b.make_world()
    contest, voters = b.make_contest(max_choices=2), make_voters()
    vote(contest, truth := truth_of(voters))
    assert best_guess(list(dump(session)), truth) == Guess(0, "nothing to lay side by side")
    envelopes = queries.envelopes_in(contest.id)
    assert {len(envelope) for envelope in envelopes} == {208}
    assert len(set(envelopes)) == VOTERS > len(set(truth.values()))


def test_after_the_count_nothing_leads_from_a_voter_to_a_choice(session: Session) -> None:
    b.make_world()
    contest, voters = b.make_contest(max_choices=2), make_voters()
    vote(contest, truth := truth_of(voters))
    b.count_box(contest)
    tables = list(dump(session))
    guess = best_guess(tables, truth)
    # Laid side by side a few fit by chance, as many as with ballots that somebody has shuffled.
    assert guess.right <= VOTERS // 2, guess
    ballots = [rows for how, rows in tables if how.startswith("counted_ballots")]
    assert ballots
    for rows in ballots:
        assert [row[1] for row in rows] == list(range(1, VOTERS + 1))
        assert [as_choices(row[-1]) for row in rows] == sorted(truth.values())


def test_the_two_tables_that_one_would_make_at_first_give_everybody_away(session: Session) -> None:
    b.make_world()
    truth = truth_of(make_voters())
    session.execute(text("CREATE TABLE first_roll (person_id INTEGER PRIMARY KEY, contest INTEGER)"))
    session.execute(text("CREATE TABLE first_ballots (handle TEXT PRIMARY KEY, choices TEXT)"))
    luck = Random(6)
    for voter, choices in truth.items():
        session.execute(text(f"INSERT INTO first_roll VALUES ({voter}, 1)"))
        paper = {"handle": luck.randbytes(16).hex(), "choices": json.dumps(choices)}
        session.execute(text("INSERT INTO first_ballots VALUES (:handle, :choices)"), paper)
    if session.get_bind().dialect.name == "sqlite":  # a key that is the rowid hides the order of the roll
        session.execute(text("CREATE TABLE second_roll (number INTEGER PRIMARY KEY, person_id INTEGER)"))
        session.execute(text("INSERT INTO second_roll (person_id) SELECT person_id FROM first_roll WHERE 0"))
        for voter in truth:
            session.execute(text(f"INSERT INTO second_roll (person_id) VALUES ({voter})"))
    assert best_guess(list(dump(session)), truth).right == VOTERS


def test_no_choice_is_on_the_disk_or_in_what_is_logged_before_the_close(
    live_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with live_app.app_context():
        with transaction():
            b.make_world()
            contest, voter = b.make_contest(), b.actor_of(b.make_person(attested=True))
        with caplog.at_level(logging.DEBUG), transaction():
            actions.cast_ballot(voter, contest, [2, 3], b.NOW)
        assert not [record for record in caplog.records if '"c":' in record.getMessage()]
        if (url := own_session.get_bind().url).get_backend_name() == "sqlite":  # type: ignore[union-attr]
            database = Path(str(url.database))
            files = list(database.parent.glob(f"{database.name}*"))
            assert files
            assert not [path for path in files if b'"c":[' in path.read_bytes()]


def test_no_table_but_that_of_counted_ballots_and_of_papers_can_hold_choices() -> None:
    holding = {name for name, table in Base.metadata.tables.items() for column in table.c if column.name == "choices"}
    assert holding == {"counted_ballots"}
