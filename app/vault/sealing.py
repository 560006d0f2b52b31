"""What is done with the keys. Sources: RFC 2104 (HMAC), NIST SP 800-38D (AES-GCM)."""

import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.vault.keys import derived

NONCE_BYTES = 12


def blind_index(kind: str, value: str) -> str:
    """64 hex digits by which an encrypted or secret value is found again; of each kind another one."""
    return _hmac(derived().index, f"{kind}|{value}")


def seal(text: str, place: str) -> bytes:
    """Encrypt with the newest key: key id, nonce, ciphertext. It opens only at the same place."""
    number = max(derived().fields)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(derived().fields[number]).encrypt(nonce, text.encode(), place.encode())
    return bytes([number]) + nonce + sealed


def open_sealed(sealed: bytes, place: str) -> str:
    """The text; cryptography's InvalidTag where it was changed or moved here from another place."""
    nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return AESGCM(derived().fields[sealed[0]]).decrypt(nonce, content, place.encode()).decode()


def is_newest_seal(sealed: bytes) -> bool:
    return sealed[0] == newest_field_key()


def newest_field_key() -> int:
    return max(derived().fields)


def digests_of_nik(nik: str) -> tuple[str, ...]:
    """The NIK's digest under every key, oldest first: each is the HMAC of the one before, so old rows can be lifted."""
    digests: list[str] = []
    value = f"nik|{nik}"
    for number, key in derived().nik.items():
        value = f"{number}:{_hmac(key, value)}"
        digests.append(value)
    return tuple(digests)


def digest_of_nik(nik: str) -> str:
    """The digest under the newest key, as it is stored."""
    return digests_of_nik(nik)[-1]


def lift_digest(digest: str) -> str:
    """The digest under the newest key of what was digested under an older one, without knowing the NIK."""
    made_with = int(digest.partition(":")[0])
    for number, key in derived().nik.items():
        if number > made_with:
            digest = f"{number}:{_hmac(key, digest)}"
    return digest


def newest_nik_key() -> int:
    return max(derived().nik)


def _hmac(key: bytes, value: str) -> str:
    return hmac.digest(key, value.encode(), "sha256").hex()
