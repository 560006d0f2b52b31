"""The keyring: three kinds of keys, kept outside the database and its backups, each known by a short id."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

KEY_IDS = range(1, 256)
MIN_KEY = 32


@dataclass(frozen=True)
class Keyring:
    """Keys by id, the highest id is the newest; older ones stay readable until everything is lifted to the newest.

    `nik` digests the NIK, `fields` encrypts columns; `index` makes values findable and has no successor:
    what it indexes is indexed anew from the encrypted column.
    """

    index: str = field(repr=False)
    nik: Mapping[int, str] = field(repr=False)
    fields: Mapping[int, str] = field(repr=False)


def parse_keys(text: str) -> dict[int, str]:
    """`1:secret,2:secret` as keys by id; ValueError says what is wrong, and never shows a key."""
    keys: dict[int, str] = {}
    for position, part in enumerate(text.split(","), 1):
        number, colon, secret = part.strip().partition(":")
        if not colon or not number.isascii() or not number.isdigit() or int(number) not in KEY_IDS:
            raise ValueError(f"key {position} is not written as NUMBER:SECRET with a number from 1 to 255")
        if len(secret) < MIN_KEY:
            raise ValueError(f"key {number} is shorter than {MIN_KEY} characters")
        if int(number) in keys:
            raise ValueError(f"key {number} is there twice")
        keys[int(number)] = secret
    return keys


@dataclass(frozen=True)
class Derived:
    """The keyring as bytes; each purpose has keys of its own even if two secrets were the same."""

    index: bytes
    nik: dict[int, bytes]
    fields: dict[int, bytes]


_derived: list[Derived] = []


def configure(keyring: Keyring) -> None:
    """Set the keys, once at start."""
    _derived[:] = [
        Derived(
            index=_derive("index", keyring.index),
            nik={number: _derive("nik", secret) for number, secret in sorted(keyring.nik.items())},
            fields={number: _derive("fields", secret) for number, secret in sorted(keyring.fields.items())},
        )
    ]


def derived() -> Derived:
    return _derived[0]


def _derive(purpose: str, secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=f"mufakat {purpose}".encode()[:16]).digest()
