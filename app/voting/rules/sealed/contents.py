"""What an envelope holds, and what is known of it from outside."""

from __future__ import annotations

import hashlib
import json
from base64 import b32decode, b32encode
from collections.abc import Collection

CONTENT_BYTES = 160
ENVELOPE_BYTES = 208
ELECTION_DIGITS = 16
CODE_GROUP, CODE_LENGTH = 4, 12


def election_of(definition_sha256: str) -> str:
    """The name by which every ballot swears to one frozen definition."""
    return definition_sha256[:ELECTION_DIGITS]


def content_of(choices: Collection[int], election: str, village: str) -> bytes:
    """A ballot before it is sealed: always of the same length, whatever is chosen."""
    ballot = {"c": sorted(choices), "e": election, "v": village}
    content = json.dumps(ballot, sort_keys=True, separators=(",", ":")).encode()
    if len(content) > CONTENT_BYTES:
        raise ValueError("more choices than an envelope holds")
    return content.ljust(CONTENT_BYTES)


def leaf_of(envelope: bytes) -> bytes:
    """The envelope's fingerprint: its leaf in the log."""
    return hashlib.sha256(envelope).digest()


def code_of(leaf: bytes) -> str:
    """A receipt: the leaf's first 60 bits, to be read aloud; it says nothing of what is in the envelope."""
    code = b32encode(leaf).decode()[:CODE_LENGTH]
    return "-".join(code[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP))


def leaves_of_code(code: str) -> tuple[bytes, bytes]:
    """The first and the last leaf that would have this code, however it is spaced; ValueError where it is none."""
    plain = "".join(code.replace("-", " ").split()).upper()
    if len(plain) != CODE_LENGTH:
        raise ValueError("a code has twelve characters")
    start = int.from_bytes(b32decode(plain.ljust(16, "A")), "big") << (256 - 80)
    rest = (1 << (256 - 5 * CODE_LENGTH)) - 1
    return start.to_bytes(32, "big"), (start | rest).to_bytes(32, "big")
