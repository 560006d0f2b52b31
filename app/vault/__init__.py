"""Keys, and what is sealed with them: blind indexes, layered digests of the NIK, encrypted fields, ballots."""

from app.vault.ballots import envelope_handle, head_key, is_box_key, is_signed, paper_salt, seal_envelope, sign
from app.vault.keys import Keyring, configure, parse_keys
from app.vault.sealing import (
    blind_index,
    digest_of_nik,
    digests_of_nik,
    is_newest_seal,
    lift_digest,
    newest_field_key,
    newest_nik_key,
    open_sealed,
    seal,
)

__all__ = [
    "Keyring",
    "blind_index",
    "configure",
    "digest_of_nik",
    "digests_of_nik",
    "envelope_handle",
    "head_key",
    "is_box_key",
    "is_newest_seal",
    "is_signed",
    "lift_digest",
    "newest_field_key",
    "newest_nik_key",
    "open_sealed",
    "paper_salt",
    "parse_keys",
    "seal",
    "seal_envelope",
    "sign",
]
