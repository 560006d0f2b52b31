"""Sealed envelopes, handles and signatures."""

import pytest
from nacl.public import PrivateKey, SealedBox

from app import vault
from app.vault import envelope_handle, head_key, is_box_key, is_signed, seal_envelope, sign
from config import Settings

CONTENT = b"x" * 160


@pytest.fixture(autouse=True)
def _keys() -> None:
    vault.configure(Settings.for_tests("sqlite://").keyring)


def test_an_envelope_opens_with_the_private_key_alone_and_is_never_the_same_twice() -> None:
    key = PrivateKey.generate()
    public = bytes(key.public_key).hex()
    one, other = seal_envelope(public, CONTENT), seal_envelope(public, CONTENT)
    assert len(one) == len(other) == 208
    assert one != other
    assert SealedBox(key).decrypt(one) == SealedBox(key).decrypt(other) == CONTENT


def test_handles_are_apart_by_person_and_contest_and_stay() -> None:
    assert envelope_handle(1, 2) == envelope_handle(1, 2)
    assert len({envelope_handle(1, 2), envelope_handle(2, 1), envelope_handle(1, 12), envelope_handle(11, 2)}) == 4
    assert len(envelope_handle(1, 2)) == 16


def test_a_signature_is_of_one_contest_and_one_statement() -> None:
    signature = sign(1, b"statement")
    assert is_signed(head_key(1), b"statement", signature)
    assert not is_signed(head_key(1), b"statement.", signature)
    assert not is_signed(head_key(2), b"statement", signature)
    assert not is_signed(head_key(1), b"statement", "zz")
    assert not is_signed("00", b"statement", signature)


@pytest.mark.parametrize("text", ["", "00" * 32, "01" + "00" * 31, "zz" * 32, "ab" * 31, "AB" * 32, "ab " * 21])
def test_what_is_no_key_is_told(text: str) -> None:
    assert not is_box_key(text)


def test_a_key_is_a_key() -> None:
    assert is_box_key(bytes(PrivateKey.generate().public_key).hex())
