"""The tree of the log, against the recursive words of RFC 6962; B9 of the design."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.rules.sealed.contents import CONTENT_BYTES, code_of, content_of, leaf_of
from app.voting.rules.sealed.tree import has_grown, is_included, prove_growth, prove_inclusion, root_of

MOST = 257
LEAVES = [sha256(bytes([number % 256, number // 256])).digest() for number in range(MOST)]
EMPTY_ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def root_by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word by word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + root_by_the_book(leaves[:half]) + root_by_the_book(leaves[half:])).digest()


def test_the_root_is_that_of_the_rfc_for_every_size() -> None:
    assert root_of([]).hex() == EMPTY_ROOT
    assert all(root_of(LEAVES[:size]) == root_by_the_book(LEAVES[:size]) for size in range(MOST + 1))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 37, 64, 100, 255, 256, 257])
def test_every_leaf_is_proven_and_no_other(size: int) -> None:
    leaves, root = LEAVES[:size], root_of(LEAVES[:size])
    forged = sha256(b"forged").digest()
    for place, leaf in enumerate(leaves):
        proof = prove_inclusion(place, leaves)
        assert is_included(leaf, place, size, proof, root)
        assert not is_included(forged, place, size, proof, root)
        assert not is_included(leaf, place, size, [*proof, forged], root)
        assert not is_included(leaf, size, size, proof, root)
        assert not proof or not is_included(leaf, place, size, proof[:-1], root)


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_growth_is_proven_for_every_two_sizes(one: int, other: int) -> None:
    earlier, size = sorted((one, other))
    proof = prove_growth(earlier, LEAVES[:size])
    before, after = root_of(LEAVES[:earlier]), root_of(LEAVES[:size])
    assert has_grown(earlier, size, proof, before, after)
    assert not has_grown(earlier, size, [*proof, before], before, after)


@given(st.integers(1, MOST - 1), st.data())
def test_a_rewritten_log_has_not_grown(earlier: int, data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, earlier - 1))
    rewritten = [sha256(b"other").digest() if at == changed else leaf for at, leaf in enumerate(LEAVES)]
    proof = prove_growth(earlier, rewritten)
    assert not has_grown(earlier, MOST, proof, root_of(LEAVES[:earlier]), root_of(rewritten))


def test_growth_of_impossible_sizes_is_no_growth() -> None:
    root = root_of(LEAVES)
    assert not has_grown(MOST + 1, MOST, [], root, root)
    assert not has_grown(-1, MOST, [], root, root)
    assert not has_grown(3, MOST, [], root_of(LEAVES[:3]), root)


@given(st.sets(st.integers(1, 20), max_size=5), st.sampled_from(["53.04.01.2001", "19.06.07.2009", ""]))
def test_every_content_has_the_same_length(choices: set[int], village: str) -> None:
    assert len(content_of(choices, "0123456789abcdef", village)) == CONTENT_BYTES


def test_too_much_for_an_envelope_is_an_error() -> None:
    with pytest.raises(ValueError, match="more choices"):
        content_of(range(1, 90), "0123456789abcdef", "53.04.01.2001")


def test_a_code_can_be_read_aloud_and_says_nothing_but_the_fingerprint() -> None:
    leaf = leaf_of(b"\x00" * 208)
    assert leaf == sha256(b"\x00" * 208).digest()
    assert [len(part) for part in code_of(leaf).split("-")] == [4, 4, 4]
    assert code_of(leaf) == code_of(leaf_of(bytes(208)))
