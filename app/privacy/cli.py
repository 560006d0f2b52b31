"""flask privacy retain, flask privacy breach, flask privacy letter"""

import csv
import sys
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts.queries import get_person
from app.db.forgetting import wipe
from app.db.transaction import transaction
from app.i18n.catalogues import words
from app.kernel.actor import CONSOLE
from app.kernel.cells import safe_cell
from app.privacy import actions
from app.privacy.queries.expired import count_over, idle_ids
from app.privacy.queries.touches import touched
from app.privacy.rules import Why
from app.privacy.rules.breaches import Letter, due
from app.privacy.rules.periods import BATCH, Kept
from app.web.clock import system_clock

cli = AppGroup("privacy", help="How long data is kept, and whom to tell when some of it got out.")
HEADS = ("nomor_kartu", "kejadian", "bagian", "waktu_utc", "oleh", "hp")


class Moment(click.ParamType[datetime]):
    """An instant as ISO 8601; without a zone it is in UTC."""

    name = "moment"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"tulis seperti 2026-11-21T08:00+08:00, bukan {value!r}", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@cli.command("retain")
@click.option("--dry-run", is_flag=True, help="Only count what would go.")
def retain(dry_run: bool) -> None:
    """Close accounts that nobody uses and forget what is kept no longer; to be run every night."""
    now = system_clock()
    for kept in Kept:
        done = count_over(kept, now) if dry_run else _retain(kept, now)
        click.echo(f"{words(kept)}: {done}")
    if not dry_run and not wipe():
        click.echo("Sisa di berkas catatan basis data dibersihkan pada jalan berikutnya.")


def _retain(kept: Kept, now: datetime) -> int:
    """In short transactions, so that nobody waits for long; begun again after a stop, it goes on where it was."""
    if kept is Kept.ACCOUNT:
        return _close_idle(now)
    total = 0
    while True:
        with transaction():
            done = actions.forget(kept, now)
        total += done
        if done < BATCH:
            return total


def _close_idle(now: datetime) -> int:
    total = 0
    while ids := idle_ids(now):
        for person_id in ids:
            with transaction():
                actions.close_account(CONSOLE, get_person(person_id), Why.IDLE, now)
        total += len(ids)
    return total


@cli.command("breach")
@click.option("--since", type=Moment(), required=True, help="From when on, as 2026-11-21T08:00+08:00.")
@click.option("--until", type=Moment(), required=True, help="Until when.")
@click.option("--person", "card_number", help="Only the person with this card number.")
@click.option("--by", "by", help="Only what the holder of this card number did.")
@click.option("--with-phones", is_flag=True, help="Add phone numbers, for telling people.")
def breach(since: datetime, until: datetime, card_number: str | None, by: str | None, with_phones: bool) -> None:
    """List as CSV whose records were seen, changed or signed in to within a time, and by whom."""
    out = csv.writer(sys.stdout)
    out.writerow(HEADS)
    for row in touched(since, until, card_number, by, with_phones=with_phones):
        cells = (row.card_number, row.touch.value, row.part, row.at.isoformat(timespec="seconds"), row.by, row.phone)
        out.writerow([safe_cell(cell) for cell in cells])


@cli.command("letter")
@click.argument("to", type=click.Choice([letter.value for letter in Letter]))
@click.option("--known-at", type=Moment(), help="When the breach became known; now, if left out.")
def letter(to: str, known_at: datetime | None) -> None:
    """Print the letter of UU 27/2022 art. 46 to the person or to the authority, with its deadline."""
    known = known_at or system_clock()
    # Without what pages know: there is no request.
    text = current_app.jinja_env.get_template(f"privacy/letter_{to}.txt")
    click.echo(text.render(known=known, due=due(known)))
