"""The accounts to sign in with, as the file beside the database keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.demo.rules.people import key_of
from app.demo.rules.texts import Texts

WORDS_IN_PASSWORD = 3


@dataclass(frozen=True)
class Account:
    """The regency by its address, the village by its code."""

    role: str
    name: str
    phone: str
    password: str
    regency: str
    village: str


def phones(texts: Texts) -> dict[str, str]:
    """A number for each account by its key, in the order of the file."""
    return {key_of(account): f"+62811999{number:04d}" for number, account in enumerate(texts.accounts, 1)}


def list_accounts(texts: Texts, passwords: Mapping[str, str], slugs: Mapping[str, str]) -> list[Account]:
    """The accounts with these passwords by key; `slugs` by regency code."""
    given = phones(texts)
    return [
        Account(one.role, one.name, given[key_of(one)], passwords[key_of(one)], slugs[one.regency], one.village)
        for one in texts.accounts
    ]
