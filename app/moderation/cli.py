"""flask moderation reopen, flask moderation recount"""

from collections.abc import Iterator

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import CONSOLE
from app.kernel.outcomes import Missing, Refused
from app.moderation import actions, queries
from app.regions.queries import get_regency
from app.web.clock import now

AT_ONCE = 500

cli = AppGroup("moderation", help="Deferred proposals, and how long answers took.")


@cli.command("reopen")
@click.argument("regency")
@click.option("--dry-run", is_flag=True, help="Only tell how many there are.")
def reopen(regency: str, dry_run: bool) -> None:
    """Bring all deferred proposals of REGENCY (belu) into the year that gathers now.

    In steps: stopped half-way, it goes on where it was when called again.
    """
    try:
        code = get_regency(regency).code
        waiting = queries.deferred_in(code, now())
        click.echo(_("%(count)s usulan yang ditunda menunggu tahun baru.", count=waiting))
        done = 0
        while not dry_run and (reopened := _reopen(code)):
            done += reopened
            click.echo(_("%(done)s dari %(all)s dibuka lagi.", done=done, all=waiting))
    except Missing:
        raise click.BadParameter(_("tidak ada kabupaten %(name)s", name=regency)) from None
    except Refused as refused:
        raise click.ClickException(words(refused.reason, **refused.facts)) from None


def _reopen(code: str) -> int:
    with transaction():
        return actions.reopen_deferred(CONSOLE, code, now())


@cli.command("recount")
def recount() -> None:
    """Count the promised answers anew from the timelines; for updates that ask for it."""
    answers = 0
    for ids in _portions():
        with transaction():
            answers += actions.count_answers(ids)
    click.echo(_("%(count)s jawaban dihitung.", count=answers))


def _portions() -> Iterator[list[int]]:
    """All proposals, so many at a time."""
    last = 0
    while ids := list(queries.proposals_after(last, AT_ONCE)):
        yield ids
        last = ids[-1]
