"""flask plans import"""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.kernel.actor import CONSOLE
from app.kernel.datafiles import Faulty
from app.plans import actions
from app.regions.words import fault_lines
from app.web.clock import now

DATA = Path(__file__).parent / "data"
FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATA)

cli = AppGroup("plans", help="Vision, misi, pillars and agencies.")


@cli.command("import")
@FOLDER
def import_(folder: Path) -> None:
    """Bring in the plans, pillars and agencies that the files in FOLDER describe; all or nothing."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".toml")}
    try:
        with transaction():
            tally = actions.import_plans(CONSOLE, files, now())
    except Faulty as faulty:
        click.echo("\n".join(fault_lines(faulty.faults)), err=True)
        raise SystemExit(1) from None
    click.echo(_("Rencana: %(new)s baru, %(changed)s berubah, %(same)s sama.", **vars(tally)))
