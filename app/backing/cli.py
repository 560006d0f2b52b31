"""flask backing warn and judge"""

from collections.abc import Callable
from datetime import datetime

import click
from flask.cli import AppGroup

from app.backing import actions
from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.web.clock import now

cli = AppGroup("backing", help="What innovations stand on: warnings of what ends, and the silo flag.")
Batch = Callable[[int, datetime], tuple[int | None, int]]


@cli.command("warn")
def warn() -> None:
    """Tell, half a year before, what ends. For every night; may be run again, each thing is told once."""
    click.echo(_("%(count)s peringatan baru.", count=_all(actions.warn)))


@cli.command("judge")
def judge() -> None:
    """Judge the silo flag of every innovation anew, as time alone may change it. For every night."""
    click.echo(_("%(count)s inovasi berubah risiko silonya.", count=_all(actions.judge_all)))


def _all(batch: Batch) -> int:
    """Batch after batch, each in a transaction of its own; how many in all."""
    last: int | None = 0
    found = 0
    while last is not None:
        with transaction():
            last, some = batch(last, now())
        found += some
    return found
