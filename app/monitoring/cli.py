"""flask monitoring recompute and remind"""

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.monitoring import actions
from app.monitoring.rules.things import ThingKind
from app.regions.queries import regencies
from app.web.clock import now

cli = AppGroup("monitoring", help="What is monitored: lights of the night, and reminders of reports.")


@cli.command("recompute")
def recompute() -> None:
    """Judge anew where everything stands, as time alone may change it. For every night; may be run again."""
    changed = sum(_judge(regency.code, kind) for regency in regencies() for kind in ThingKind)
    click.echo(_("%(count)s aksi dan inovasi berubah keadaannya.", count=changed))


def _judge(regency_code: str, kind: ThingKind) -> int:
    """Batch after batch, each in a transaction of its own."""
    last: int | None = 0
    changed = 0
    while last is not None:
        with transaction():
            last, some = actions.judge_next(regency_code, kind, last, now())
        changed += some
    return changed


@cli.command("remind")
def remind() -> None:
    """Remind officers before the deadline and after it, once each. For every day; may be run again."""
    told = 0
    for regency in regencies():
        with transaction():
            told += actions.remind(regency, now())
    click.echo(_("%(count)s petugas diingatkan.", count=told))
