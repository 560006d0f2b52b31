"""flask identity rotate"""

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.identity import actions, queries

cli = AppGroup("identity", help="What is known of who people are.")


@cli.command("rotate")
def rotate() -> None:
    """Lift the digests of NIKs to the newest key, in batches; after an interruption run it again.

    The older keys stay in the keyring: the newest digest is made of them.
    """
    before, last = queries.count_of_older_keys(), 0
    with click.progressbar(length=before, label=_("Mengganti kunci NIK")) as bar:
        while True:
            with transaction():
                lifted = actions.lift_digests(last)
            if not lifted:
                break
            last = lifted[-1]
            bar.update(len(lifted))
    left = queries.count_of_older_keys()
    click.echo(_("Sidik NIK: %(done)s diganti, %(left)s masih memakai kunci lama.", done=before - left, left=left))
    if left:
        raise SystemExit(1)
