"""flask innovations import"""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.innovations import actions
from app.innovations.rules.registry import read_registry
from app.kernel.actor import CONSOLE
from app.kernel.datafiles import Faulty
from app.plans.queries import pillars_of
from app.regions.queries import regencies
from app.regions.words import fault_lines
from app.web.clock import now

DATA = Path(__file__).parent / "data"

cli = AppGroup("innovations", help="The registry of innovations.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def import_(file: Path | None) -> None:
    """Bring in the innovations of the CSV FILE, or of all that come with the programme; all or nothing."""
    files = {path.name: path.read_bytes() for path in ([file] if file else sorted(DATA.glob("*.csv")))}
    pillars = {regency.code: {one.number for one in pillars_of(regency.code)} for regency in regencies()}
    try:
        rows = read_registry(files, pillars)
    except Faulty as faulty:
        click.echo("\n".join(fault_lines(faulty.faults)), err=True)
        raise SystemExit(1) from None
    with transaction():
        added = actions.register(CONSOLE, rows, now())
    click.echo(_("Inovasi: %(new)s baru, %(same)s sudah tercatat.", new=added, same=len(rows) - added))
