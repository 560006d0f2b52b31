"""flask innovations import"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.db.upserts import Tally
from app.i18n.catalogues import _, words
from app.innovations import actions, queries
from app.innovations.rules.duplicates import look_alike
from app.innovations.rules.registry import MOST_BYTES, Known, Reading, RefusedCell, Registered, read_registry, words_of
from app.kernel.actor import CONSOLE
from app.kernel.cells import safe_cell
from app.plans.queries import agencies_of, pillars_of
from app.regions.queries import regencies, villages
from app.web.clock import now

DATA = Path(__file__).parent / "data"
# So many lines on the screen; the report has all of them.
SHOWN = 40

cli = AppGroup("innovations", help="The registry of innovations.")


class _OnlyTried(Exception):
    """A dry run is undone."""


@cli.command("import")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything, tell what would be done, and write nothing.")
@click.option("--good-rows", is_flag=True, help="Import the rows that are right even where others are refused.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write all refusals to this CSV file.")
def import_(files: Sequence[Path], dry_run: bool, good_rows: bool, report: Path | None) -> None:
    """Bring in the innovations of CSV or XLSX FILES, or of all that come with the programme; known ones are updated."""
    contents = _contents(files or sorted(DATA.glob("*.csv")))
    reading = read_registry(contents, _known(), now().astimezone(ZoneInfo("Asia/Jakarta")).date())
    _tell_refused(reading, report)
    if reading.refused and not (good_rows and reading.is_readable):
        raise SystemExit(1)
    _tell_alike(reading.rows)
    tally = _bring_in(reading.rows, dry_run=dry_run)
    facts = {"new": tally.new, "changed": tally.changed, "same": tally.same}
    click.echo(_("Inovasi: %(new)s baru, %(changed)s diperbarui, %(same)s sudah tercatat.", **facts))
    if dry_run:
        click.echo(_("Ini hanya percobaan: tidak ada yang disimpan. Jalankan lagi tanpa --dry-run."))


def _contents(files: Sequence[Path]) -> dict[str, bytes]:
    """By name, or by path where two are called the same; of a file that is too big no more than shows that it is."""
    names = [path.name for path in files]
    found = {}
    for path in files:
        with path.open("rb") as file:
            found[path.name if names.count(path.name) == 1 else str(path)] = file.read(MOST_BYTES + 1)
    return found


def _known() -> dict[str, Known]:
    return {
        regency.code: Known(
            {one.number for one in pillars_of(regency.code)},
            {
                name.casefold(): agency.short_name
                for agency in agencies_of(regency.code)
                for name in (agency.name, agency.short_name)
            },
            {village.code for village in villages(regency.code)},
        )
        for regency in regencies()
    }


def _bring_in(rows: Sequence[Registered], *, dry_run: bool) -> Tally:
    tally = Tally()
    try:
        with click.progressbar(length=len(rows), label=_("Membaca inovasi")) as bar, transaction():
            tally = actions.bring_in(CONSOLE, rows, now(), bar.update)
            if dry_run:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return tally


def _tell_refused(reading: Reading, report: Path | None) -> None:
    if report:
        with report.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow([_("berkas"), _("baris"), _("kolom"), _("isi"), _("sebab")])
            rows.writerows(_cells(one) for one in reading.refused)
    for one in reading.refused[:SHOWN]:
        click.echo(_line(one), err=True)
    if len(reading.refused) > SHOWN:
        more = len(reading.refused) - SHOWN
        click.echo(_("… dan %(more)s lagi. Semuanya ditulis dengan --report BERKAS.csv.", more=more), err=True)
    if reading.refused and reading.is_readable:
        bad = len({(one.fault.file, one.fault.line) for one in reading.refused})
        facts = {"bad": bad, "good": len(reading.rows)}
        click.echo(
            _("%(bad)s baris ditolak, %(good)s baris benar. Yang benar saja masuk dengan --good-rows.", **facts),
            err=True,
        )


def _cells(one: RefusedCell) -> list[str]:
    fault = one.fault
    cells = [fault.file, str(fault.line or ""), one.column, one.value[:200], words(fault.code, **fault.facts)]
    return [safe_cell(cell) for cell in cells]


def _line(one: RefusedCell) -> str:
    fault = one.fault
    facts = {"file": fault.file, "line": fault.line, "what": words(fault.code, **fault.facts), "column": one.column}
    if not fault.line:
        return _("%(file)s: %(what)s", **facts)
    if not one.is_of_row or not one.column:
        return _("%(file)s, baris %(line)s: %(what)s", **facts)
    return _("%(file)s, baris %(line)s, kolom %(column)s: %(what)s", **facts)


def _tell_alike(rows: Sequence[Registered]) -> None:
    """Hints only: two innovations may well have much in common."""
    lines = [line for code in sorted({row.regency_code for row in rows}) for line in _alike_in(code, rows)]
    for line in lines[:SHOWN]:
        click.echo(line)


def _alike_in(regency_code: str, rows: Sequence[Registered]) -> Iterator[str]:
    known = queries.texts_in(regency_code)
    names = {name.casefold() for name in known}
    new = [row for row in rows if row.regency_code == regency_code and row.name.casefold() not in names]
    for pair in look_alike({row.name: words_of(row) for row in new}, known):
        facts = {"one": pair.one, "other": pair.other}
        yield _("Mirip: “%(one)s” dan “%(other)s”. Periksa apakah keduanya inovasi yang sama.", **facts)
