"""flask credentials recover|reseal"""

import click
from flask.cli import AppGroup

from app.accounts.queries import find_by_card
from app.credentials import actions
from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.kernel.actor import CONSOLE
from app.web.clock import system_clock

cli = AppGroup("credentials", help="Ways in.")


@cli.command("recover")
@click.argument("card_number")
def recover(card_number: str) -> None:
    """Give the person with this card number, who has come with their KTP, new words and no second factor.

    For staff: residents are helped by the facilitators of their village.
    """
    person = find_by_card(card_number)
    if person is None:
        raise click.BadParameter("tidak ada akun dengan nomor kartu itu", param_hint="card_number")
    drawn = actions.draw(person)
    with transaction():
        actions.reset_ways_in(CONSOLE, person, drawn.password_hash, system_clock())
    click.echo(drawn.words)


@cli.command("reseal")
def reseal() -> None:
    """Seal the secrets of authenticator apps with the newest field key."""
    with transaction():
        sealed = actions.reseal_secrets()
    click.echo(_("Rahasia aplikasi kode: %(done)s disegel ulang.", done=sealed))
