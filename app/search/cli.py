"""flask search rebuild"""

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.search import actions

cli = AppGroup("search", help="The index of words.")


@cli.command("rebuild")
def rebuild() -> None:
    """Index every text anew, as after an update that changes how words are read."""
    with transaction():
        for kind, count in actions.rebuild():
            click.echo(_("%(kind)s: %(count)s teks.", kind=kind, count=count))
