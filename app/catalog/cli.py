"""flask catalog import"""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.catalog import actions
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import CONSOLE
from app.kernel.datafiles import Faulty
from app.kernel.outcomes import Missing, Refused
from app.regions.queries import get_regency
from app.regions.words import fault_lines
from app.web.clock import now

DATA = Path(__file__).parent / "data"

cli = AppGroup("catalog", help="The catalog of works that can be proposed.")


@cli.command("import")
@click.argument("regency")
@click.argument("year", type=click.IntRange(2000, 2100))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def import_(regency: str, year: int, file: Path | None) -> None:
    """Bring in the catalog of REGENCY (belu) for the plan YEAR from FILE, or the one that comes with Mufakat."""
    path = file or DATA / f"{regency}.csv"
    try:
        place, content = get_regency(regency), path.read_bytes()
    except (Missing, FileNotFoundError):
        raise click.BadParameter(_("tidak ada kamus atau kabupaten %(name)s", name=regency)) from None
    try:
        with transaction():
            tally = actions.import_catalog(CONSOLE, place.code, year, path.name, content, now())
    except Faulty as faulty:
        click.echo("\n".join(fault_lines(faulty.faults)), err=True)
        raise SystemExit(1) from None
    except Refused as refused:
        raise click.ClickException(words(refused.reason, **refused.facts)) from None
    click.echo(_("Kamus usulan: %(new)s baru, %(changed)s berubah, %(same)s sama.", **vars(tally)))
