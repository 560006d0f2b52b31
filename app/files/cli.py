"""flask files sweep"""

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.files import actions
from app.web.clock import system_clock

cli = AppGroup("files", help="Photos and where they are kept.")


@cli.command("sweep")
def sweep() -> None:
    """Delete what no row names; ends with 1 where a photo is missing. For every night."""
    now = system_clock()
    with transaction():
        forgotten = actions.forget_drafts(now)
    try:
        swept = actions.sweep(now)
    except actions.NotStored as error:
        raise click.ClickException(f"Tempat foto tidak dapat dicapai: {type(error.__cause__).__name__}.") from None
    click.echo(f"{forgotten} foto draf dilupakan, {swept.deleted} berkas tanpa catatan dihapus.")
    for key in swept.missing:
        click.echo(f"Berkas foto {key} hilang. Pulihkan dari cadangan.", err=True)
    if swept.missing:
        raise SystemExit(1)
