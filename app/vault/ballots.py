"""The ballot box's crypto: handles, sealed envelopes, signatures. Sources: libsodium's sealed boxes, RFC 8032.

The server can seal and sign; it has no key that opens an envelope.
"""

from nacl.exceptions import BadSignatureError
from nacl.public import PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from app.vault.sealing import blind_index

HANDLE_BYTES = 16


def envelope_handle(contest_id: int, person_id: int) -> bytes:
    """Where a voter's envelope lies; without the server's key nobody can tell from it whose it is."""
    return bytes.fromhex(blind_index("envelope", f"{contest_id}|{person_id}"))[:HANDLE_BYTES]


def paper_salt(contest_id: int) -> str:
    """What makes the fingerprint of a contest's paper ballots one that nobody can find by trying; kept nowhere."""
    return blind_index("papers", str(contest_id))


def seal_envelope(box_key: str, content: bytes) -> bytes:
    """The content under the witnesses' public key (hex): 48 bytes longer, and never twice the same."""
    return bytes(SealedBox(PublicKey(bytes.fromhex(box_key))).encrypt(content))


def is_box_key(text: str) -> bool:
    """Whether this is a public key under which something can be sealed: 32 bytes in hex, and no point of low order."""
    try:
        seal_envelope(text, b"")
    except (ValueError, RuntimeError, TypeError):
        return False
    return len(text) == 2 * PublicKey.SIZE and text == text.lower()


def head_key(contest_id: int) -> str:
    """The public half (hex) of the key with which the server signs for a contest."""
    return bytes(_signing_key(contest_id).verify_key).hex()


def sign(contest_id: int, statement: bytes) -> str:
    """The signature (hex) of the server over a statement of a contest: a head of its log, its result."""
    return _signing_key(contest_id).sign(statement).signature.hex()


def is_signed(key: str, statement: bytes, signature: str) -> bool:
    """Whether the signature is that of the public key (both hex)."""
    try:
        VerifyKey(bytes.fromhex(key)).verify(statement, bytes.fromhex(signature))
    except (BadSignatureError, ValueError):
        return False
    return True


def _signing_key(contest_id: int) -> SigningKey:
    """Made from the server's key each time, so that no signing key lies in the database or in a backup."""
    return SigningKey(bytes.fromhex(blind_index("head", str(contest_id))))
