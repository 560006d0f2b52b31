"""flask maturity import | recompute"""

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import CONSOLE
from app.kernel.datafiles import Faulty
from app.kernel.outcomes import Refused
from app.maturity import actions, queries
from app.maturity.rules.tables import read_indicators
from app.regions.words import fault_lines
from app.web.clock import now

DATA = Path(__file__).parent / "data" / "indicators-2026.csv"
# Which year it is, is asked once for the whole installation; its regencies lie within two hours.
ZONE = ZoneInfo("Asia/Jakarta")

cli = AppGroup("maturity", help="Indicators, evidence and scores.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=DATA)
def import_(file: Path) -> None:
    """Bring in the indicators of the CSV FILE, or of the one that comes with the programme; all or nothing."""
    try:
        indicators = read_indicators(file.name, file.read_bytes())
        with transaction():
            tally = actions.bring_in(CONSOLE, indicators, now())
    except Faulty as faulty:
        click.echo("\n".join(fault_lines(faulty.faults)), err=True)
        raise SystemExit(1) from None
    except Refused as refused:
        raise click.ClickException(words(refused.reason, **refused.facts)) from None
    click.echo(_("Indikator: %(new)s baru, %(changed)s berubah, %(same)s sama.", **vars(tally)))


@cli.command("recompute")
def recompute() -> None:
    """Reckon all scores anew. For every night."""
    year = queries.find_year(now().astimezone(ZONE).date())
    if year is None:
        raise click.ClickException(_("Belum ada indikator. Jalankan dulu: flask maturity import"))
    with transaction():
        changed = actions.recompute(year)
    click.echo(_("Skor dihitung dengan indikator %(year)s: %(changed)s berubah.", year=year, changed=changed))
