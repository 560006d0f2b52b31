"""After a breach: whose records were touched when and by whom, told without names, and the letters."""

import csv
from datetime import timedelta

import pytest
from flask import Flask

from app.accounts import actions as accounts
from app.accounts.rules.sessions import Device
from app.accounts.rules.views import Seen
from app.db.transaction import transaction
from app.kernel.actor import Role
from app.privacy.cli import cli
from tests import builders as b

SINCE, UNTIL = b.NOW - timedelta(hours=1), b.NOW + timedelta(hours=1)
WINDOW = ["--since", SINCE.isoformat(), "--until", UNTIL.isoformat()]


@pytest.fixture
def people(live_app: Flask) -> dict[str, str]:
    """Card numbers of a victim, a bystander who was seen long ago, and the facilitator who saw them."""
    with live_app.app_context(), transaction():
        b.make_regions()
        before = b.NOW - timedelta(days=3)
        thief = b.make_staff(Role.FACILITATOR, b.MAKIR, now=before)
        victim, bystander = b.make_person(now=before), b.make_person(now=before)
        accounts.note_views(thief, [victim.id], Seen.RECORD, b.NOW)
        accounts.note_views(thief, [bystander.id], Seen.RECORD, before)
        accounts.correct(b.actor_of(victim), victim, "Maria Bere Seran", "Fatubesi", "id", b.NOW)
        accounts.begin_session(victim.id, victim.epoch, Device("=Chrome", "Android"), False, b.NOW)
        return {
            "victim": victim.card_number,
            "bystander": bystander.card_number,
            "thief": b.person_of(thief).card_number,
            "phone": victim.phone or "",
        }


def report(app: Flask, *more: str) -> list[dict[str, str]]:
    done = app.test_cli_runner().invoke(cli, ["breach", *WINDOW, *more])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(done.output.splitlines()))


def test_the_report_lists_what_was_seen_changed_and_signed_in_to_within_the_time(
    live_app: Flask, people: dict[str, str]
) -> None:
    rows = [row for row in report(live_app) if row["nomor_kartu"] == people["victim"]]
    told = [(row["kejadian"], row["bagian"], row["oleh"]) for row in rows]
    assert told == [
        ("seen", "record", people["thief"]),
        ("acted", "correct", people["victim"]),
        ("signed_in", "'=Chrome Android", people["victim"]),
    ]
    assert people["bystander"] not in {row["nomor_kartu"] for row in report(live_app)}


def test_the_report_names_nobody_and_shows_phones_only_where_they_are_asked_for(
    live_app: Flask, people: dict[str, str]
) -> None:
    assert {row["hp"] for row in report(live_app)} == {""}
    told = report(live_app, "--with-phones", "--person", people["victim"])
    assert {row["hp"] for row in told} == {f"'{people['phone']}"}
    assert "Maria" not in str(told)


def test_the_report_can_be_narrowed_to_one_who_acted(live_app: Flask, people: dict[str, str]) -> None:
    assert {(row["nomor_kartu"], row["oleh"]) for row in report(live_app, "--by", people["thief"])} == {
        (people["victim"], people["thief"])
    }


@pytest.mark.parametrize("to", ["person", "authority"])
def test_the_letters_say_until_when_they_are_due(live_app: Flask, to: str) -> None:
    said = live_app.test_cli_runner().invoke(cli, ["letter", to, "--known-at", "2026-11-21T08:00+07:00"])
    assert said.exit_code == 0, said.output
    assert "paling lambat Selasa, 24 November 2026, 08.00 WIB" in said.output
    assert "Pasal 46" in said.output


def test_a_time_that_is_none_is_told(live_app: Flask) -> None:
    said = live_app.test_cli_runner().invoke(cli, ["breach", "--since", "kemarin", "--until", "2026-11-21"])
    assert said.exit_code == 2
    assert "2026-11-21T08:00" in said.output
