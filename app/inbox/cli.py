"""flask inbox digest and sweep"""

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.inbox import actions
from app.web.clock import now

cli = AppGroup("inbox", help="What people follow: the daily digest, and forgetting what is old.")


@cli.command("digest")
def digest() -> None:
    """Write each person who has agreed what is new, once a day at most. For every evening; may be run again."""
    after, told = 0, 0
    while True:
        with transaction():
            batch = actions.send_digests(after, now())
        if batch.last_id is None:
            break
        after, told = batch.last_id, told + batch.told
    click.echo(_("%(told)s ringkasan ditulis.", told=told))


@cli.command("sweep")
def sweep() -> None:
    """Forget news that is older than a year."""
    gone = batch = _sweep()
    while batch:
        batch = _sweep()
        gone += batch
    click.echo(_("%(gone)s kabar lama dihapus.", gone=gone))


def _sweep() -> int:
    with transaction():
        return actions.sweep(now())
