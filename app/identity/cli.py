"""flask identity rotate|import-roll"""

import csv
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.i18n.formats import clock_time
from app.identity import actions, queries
from app.identity.actions.rolls import Entered
from app.identity.rules.rolls import Roll, RollFault, RollRow, read_roll
from app.kernel.actor import CONSOLE
from app.kernel.datafiles import Fault, Faulty
from app.kernel.private import hidden
from app.regions.queries import villages
from app.regions.words import fault_lines
from app.web.clock import now

SOURCE_LENGTH = 120
BATCH = 500
# How often a batch is done again because one of its people has come in by another door in the very same moment.
TRIES = 5
REPORT = ("baris", "kolom", "alasan", "akhir_nik")

cli = AppGroup("identity", help="What is known of who people are.")


@cli.command("rotate")
def rotate() -> None:
    """Lift the digests of NIKs to the newest key, in batches; after an interruption run it again.

    The older keys stay in the keyring: the newest digest is made of them.
    """
    before, last = queries.count_of_older_keys(), 0
    with click.progressbar(length=before, label=_("Mengganti kunci NIK")) as bar:
        while True:
            with transaction():
                lifted = actions.lift_digests(last)
            if not lifted:
                break
            last = lifted[-1]
            bar.update(len(lifted))
    left = queries.count_of_older_keys()
    click.echo(_("Sidik NIK: %(done)s diganti, %(left)s masih memakai kunci lama.", done=before - left, left=left))
    if left:
        raise SystemExit(1)


@cli.command("import-roll")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Where the consent of these people is kept, on paper or otherwise.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Where refused rows are written down.")
def import_roll(file: Path, source: str, report: Path | None) -> None:
    """Enter the residents that the CSV FILE lists; good rows go in, refused ones go into a report.

    After an interruption run it again: who is in already is not entered twice. Format: app/identity/data/README.md.
    """
    if not 5 <= len(source.strip()) <= SOURCE_LENGTH:
        raise click.BadParameter(_("tulis 5 sampai %(most)s huruf", most=SOURCE_LENGTH), param_hint="source")
    roll = read_roll(file.name, file.read_bytes(), {place.code for place in villages("")}, clock_time(now()).date())
    if not roll.last4:  # not one row could be read
        click.echo("\n".join(fault_lines(Faulty(roll.faults).faults)), err=True)
        raise SystemExit(1)
    new, known, elsewhere = _enter(roll.rows, source.strip())
    faults = [
        *roll.faults,
        *(Fault(file.name, row.line, RollFault.NIK_ELSEWHERE, {"name": "nik"}) for row in elsewhere),
    ]
    refused = len({fault.line for fault in faults})
    click.echo(
        _(
            "Daftar warga: %(new)s baru, %(known)s sudah ada, %(refused)s baris ditolak.",
            new=new,
            known=known,
            refused=refused,
        )
    )
    if faults:
        path = report or file.with_suffix(".ditolak.csv")
        _write_report(path, roll, faults)
        click.echo(_("Baris yang ditolak dan alasannya: %(path)s", path=path))


def _enter(rows: Sequence[RollRow], source: str) -> tuple[int, int, list[RollRow]]:
    """New ones, known ones, and rows whose NIK is known in another village."""
    new, known, elsewhere = 0, 0, list[RollRow]()
    with click.progressbar(length=len(rows), label=_("Memasukkan warga")) as bar:
        for start in range(0, len(rows), BATCH):
            entered = _enter_batch(rows[start : start + BATCH], source)
            new, known = new + entered.new, known + entered.known
            elsewhere += entered.elsewhere
            bar.update(len(rows[start : start + BATCH]))
    return new, known, elsewhere


def _enter_batch(rows: Sequence[RollRow], source: str) -> Entered:
    for _again in range(TRIES - 1):
        try:
            with transaction():
                return actions.enter_roll(CONSOLE, rows, source, now())
        except IntegrityError:
            continue
    with transaction():
        return actions.enter_roll(CONSOLE, rows, source, now())


def _write_report(path: Path, roll: Roll, faults: Sequence[Fault]) -> None:
    """No name, and of a NIK the last four digits: the file goes back to whoever has made the roll."""
    with path.open("w", newline="", encoding="utf-8-sig") as report:
        table = csv.writer(report)
        table.writerow(REPORT)
        for fault in sorted(faults, key=lambda fault: fault.line):
            reason = hidden(words(fault.code, **fault.facts))
            table.writerow((fault.line, fault.facts.get("name", ""), reason, roll.last4.get(fault.line, "")))
