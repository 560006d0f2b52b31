"""flask audit verify"""

import click
from flask.cli import AppGroup

from app.audit import actions, queries

cli = AppGroup("audit", help="The append-only log.")


@cli.command("verify")
def verify() -> None:
    """Check the seals of the whole log; ends with 1 at the first entry that does not fit."""
    broken = actions.verify()
    if broken is not None:
        click.echo(f"Jejak audit rusak pada entri {broken}.", err=True)
        raise SystemExit(1)
    last = queries.last_entry()
    click.echo(f"Jejak audit utuh: {last.id if last else 0} entri. Segel terakhir: {last.seal if last else '-'}")
