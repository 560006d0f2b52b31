"""Keys, and what is sealed with them."""

from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from app import vault
from app.vault import Keyring
from config import Settings

NIK = "5304015705880001"
OLD, NEW = "o" * 32, "n" * 40


@pytest.fixture(autouse=True)
def _keys() -> Iterator[None]:
    """Whatever a test turns the keys into, the others have theirs."""
    yield
    vault.configure(Settings.for_tests("sqlite://").keyring)


def turn(nik: dict[int, str], fields: dict[int, str] | None = None) -> None:
    vault.configure(Keyring("i" * 32, nik, fields or {1: OLD}))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "key 1 is not written as NUMBER:SECRET"),
        (OLD, "key 1 is not written as NUMBER:SECRET"),
        ("0:" + OLD, "with a number from 1 to 255"),
        ("256:" + OLD, "with a number from 1 to 255"),
        ("1:short", "key 1 is shorter than 32 characters"),
        (f"1:{OLD},1:{NEW}", "key 1 is there twice"),
        (f"1:{OLD},", "key 2 is not written"),
    ],
)
def test_unfit_keys_are_named_by_number_and_never_shown(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what) as error:
        vault.parse_keys(text)
    assert OLD not in str(error.value)
    assert "short:" not in str(error.value)


def test_a_keyring_does_not_print_its_keys() -> None:
    assert OLD not in repr(Keyring(OLD, {1: OLD}, {1: OLD}))


@given(st.text(max_size=200))
def test_what_was_sealed_opens_at_its_place_only_and_is_never_the_same_twice(text: str) -> None:
    first, second = vault.seal(text, "people|phone|1"), vault.seal(text, "people|phone|1")
    assert first != second
    assert vault.open_sealed(first, "people|phone|1") == vault.open_sealed(second, "people|phone|1") == text
    with pytest.raises(InvalidTag):
        vault.open_sealed(first, "people|phone|2")


@given(st.data())
def test_one_changed_byte_is_noticed(data: st.DataObject) -> None:
    sealed = vault.seal("+6281234567890", "x")
    at = data.draw(st.integers(1, len(sealed) - 1))
    broken = bytes(byte ^ (index == at) for index, byte in enumerate(sealed))
    with pytest.raises(InvalidTag):
        vault.open_sealed(broken, "x")


def test_an_older_key_still_opens_and_the_newest_one_seals() -> None:
    turn({1: OLD}, {1: OLD})
    sealed = vault.seal("+6281234567890", "x")
    turn({1: OLD}, {1: OLD, 2: NEW})
    assert vault.open_sealed(sealed, "x") == "+6281234567890"
    assert [vault.is_newest_seal(one) for one in (sealed, vault.seal("a", "x"))] == [False, True]


def test_a_digest_is_lifted_without_the_nik_and_found_under_every_key() -> None:
    turn({1: OLD})
    first = vault.digest_of_nik(NIK)
    turn({1: OLD, 2: NEW})
    second = vault.digest_of_nik(NIK)
    assert vault.lift_digest(first) == vault.lift_digest(second) == second
    assert vault.digests_of_nik(NIK) == (first, second)
    turn({1: OLD, 2: NEW, 7: "s" * 32})
    assert vault.lift_digest(first) == vault.lift_digest(second) == vault.digest_of_nik(NIK)
    assert vault.newest_nik_key() == 7


def test_a_digest_says_nothing_without_its_key() -> None:
    turn({1: OLD})
    first = vault.digest_of_nik(NIK)
    turn({1: NEW})
    assert vault.digest_of_nik(NIK) != first
    assert NIK not in first
    assert len(first) <= 72


def test_kinds_are_indexed_apart() -> None:
    assert vault.blind_index("phone", "1") != vault.blind_index("code", "1")
