"""A place for rehearsals: an empty database and keys of its own, so that nothing real is touched or signed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from flask import current_app
from flask_migrate import upgrade

from app import vault
from app.audit import actions as audit
from app.db.elsewhere import elsewhere
from app.db.transaction import transaction
from app.kernel.actor import CONSOLE
from app.plans.actions import import_plans
from app.regions.actions import import_regions
from app.web.clock import now

FILE = "gladi.sqlite"
ROOMS = Path(__file__).parents[2]


@contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """Inside, there is nothing but tables, regions and plans in a file of this folder; afterwards all is as before."""
    settings = current_app.config["SETTINGS"]
    with elsewhere(f"sqlite:///{folder / FILE}"):
        vault.configure(vault.Keyring(token_hex(32), {1: token_hex(32)}, {1: token_hex(32)}))
        audit.configure(token_hex(32))
        try:
            _fill()
            yield
        finally:
            vault.configure(settings.keyring)
            audit.configure(settings.audit_key)


def _fill() -> None:
    """The tables, and what the application brings along for every installation."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()
    for act, room in ((import_regions, "regions"), (import_plans, "plans")):
        files = [path for path in (ROOMS / room / "data").iterdir() if path.suffix in (".csv", ".toml")]
        with transaction():
            act(CONSOLE, {path.name: path.read_bytes() for path in files}, now())
