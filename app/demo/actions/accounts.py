"""The accounts' passwords: random in every installation, kept in a file that only its owner can read."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pyotp

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import get_actor
from app.credentials.actions import set_totp
from app.credentials.queries import has_factor
from app.demo import queries
from app.demo.rules.accounts import WORDS_IN_PASSWORD, Account, phones
from app.demo.rules.texts import Texts
from app.kernel.outcomes import Refused


def draw_passwords(texts: Texts) -> dict[str, str]:
    """Three words for each account by its key."""
    return {key: " ".join(secrets.choice(texts.words) for _ in range(WORDS_IN_PASSWORD)) for key in phones(texts)}


def fits(account: Account, now: datetime) -> bool:
    """Whether one can sign in with it, up to the desks."""
    try:
        person = accounts.check_sign_in(account.phone, account.password, "", now)
    except Refused:
        return False
    return person.name == account.name and (has_factor(person.id) or not _needs_factor(person, now))


def renew(found: Sequence[Account], now: datetime) -> None:
    """Set the passwords of accounts that exist already."""
    for account in found:
        person = _person_of(account)
        accounts.set_password(person, accounts.hash_password(account.password, account.phone), now)


def equip(made: Sequence[Account], now: datetime) -> None:
    """Give a second factor to whose role asks for one; nobody has the app, so its page shows the code."""
    for account in made:
        person = _person_of(account)
        if _needs_factor(person, now) and not has_factor(person.id):
            set_totp(person, pyotp.random_base32(), now)


def _person_of(account: Account) -> Person:
    person = queries.find_account(account.name, account.phone)
    assert person is not None  # it was made, or the caller has looked
    return person


def _needs_factor(person: Person, now: datetime) -> bool:
    return any(grant.role.needs_second_factor for grant in get_actor(person.id, now).grants)


def keep(path: Path, made: Sequence[Account]) -> None:
    """Keep the accounts, for whoever looks around."""
    keep_data(path, [asdict(account) for account in made])


def keep_data(path: Path, data: object) -> None:
    """Write the file as a whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=2)
        file.write("\n")
    draft.replace(path)


def kept(path: Path) -> list[Account]:
    """The accounts in the file; none where it is missing or not ours."""
    try:
        return [Account(**entry) for entry in json.loads(path.read_text("utf-8"))]
    except (FileNotFoundError, ValueError, TypeError):
        return []
