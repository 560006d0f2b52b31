"""flask voting log, flask voting tell: what a timer runs"""

import click
from flask.cli import with_appcontext

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.voting import actions, queries
from app.voting.actions.telling import tell_replaced
from app.web.clock import now


@click.command("log")
@with_appcontext
def log() -> None:
    """Take waiting envelopes into the public logs, and sign them; meant for a timer, every hour.

    Run more often or twice at once it does no harm: a batch takes an hour and ten envelopes, so that none stands alone.
    """
    for contest_id in queries.open_contest_ids():
        with transaction():
            has_grown = actions.grow_log(contest_id, now())
        if has_grown:
            click.echo(_("Log pemilihan %(number)s bertambah dan ditandatangani.", number=contest_id))


@click.command("tell")
@with_appcontext
def tell() -> None:
    """Write those who have agreed that their vote was replaced. Once a day, between five and six in the afternoon."""
    with transaction():
        told = tell_replaced(now())
    click.echo(_("%(told)s pemberitahuan ditulis.", told=told))
