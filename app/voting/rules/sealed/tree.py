"""The log as a Merkle tree: its root, and proofs that a leaf is in it or that it has only grown. Source: RFC 6962 §2.1.

Leaves here are texts of bytes before they are hashed as leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root; of no leaves the hash of nothing."""
    return _root([_hash_leaf(leaf) for leaf in leaves])


def prove_inclusion(place: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes beside the way from a leaf (counted from 0) up to the root."""
    return list(_path(place, [_hash_leaf(leaf) for leaf in leaves]))


def is_included(leaf: bytes, place: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf at this place to the root of a tree of this size (RFC 9162 §2.1.3.2)."""
    if not 0 <= place < size:
        return False
    sides, found = _sides(place, size - 1), _hash_leaf(leaf)
    if len(sides) != len(proof):
        return False
    for is_left, beside in zip(sides, proof, strict=True):
        found = _hash_pair(beside, found) if is_left else _hash_pair(found, beside)
    return found == root


def prove_growth(earlier: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes from which both the earlier root, of so many first leaves, and the present one follow."""
    if not 0 < earlier < len(leaves):
        return []
    return list(_growth(earlier, [_hash_leaf(leaf) for leaf in leaves], is_whole=True))


def has_grown(earlier: int, size: int, proof: Sequence[bytes], earlier_root: bytes, root: bytes) -> bool:
    """Whether the tree of the root begins with the tree of the earlier root (RFC 9162 §2.1.4.2)."""
    if earlier in (0, size):
        return not proof and earlier_root == (root if earlier else root_of([]))
    if not 0 < earlier < size:
        return False
    here, last = earlier - 1, size - 1
    while here % 2:
        here, last = here >> 1, last >> 1
    # A whole subtree is its own first hash, and is not sent.
    hashes = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    sides = _sides(here, last)
    if len(hashes) != len(sides) + 1:
        return False
    before = after = hashes[0]
    for is_left, beside in zip(sides, hashes[1:], strict=True):
        before = _hash_pair(beside, before) if is_left else before
        after = _hash_pair(beside, after) if is_left else _hash_pair(after, beside)
    return before == earlier_root and after == root


def _sides(here: int, last: int) -> list[bool]:
    """For each hash on the way up from a place whether it stands on the left; `last` is the level's last place."""
    sides = []
    while last:
        is_left = here % 2 == 1 or here == last
        sides.append(is_left)
        while is_left and here % 2 == 0:  # the last one without a neighbour goes up as it is
            here, last = here >> 1, last >> 1
        here, last = here >> 1, last >> 1
    return sides


def _hash_leaf(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def _hash_pair(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _root(level: Sequence[bytes]) -> bytes:
    """From the bottom up: a last one without a neighbour goes up as it is, which is the recursive definition."""
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        pairs = [_hash_pair(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = [*pairs, level[-1]] if len(level) % 2 else pairs
    return level[0]


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def _path(place: int, hashes: Sequence[bytes]) -> Iterator[bytes]:
    if len(hashes) == 1:
        return
    half = _split(len(hashes))
    if place < half:
        yield from _path(place, hashes[:half])
        yield _root(hashes[half:])
    else:
        yield from _path(place - half, hashes[half:])
        yield _root(hashes[:half])


def _growth(earlier: int, hashes: Sequence[bytes], *, is_whole: bool) -> Iterator[bytes]:
    """`is_whole` while the earlier tree itself is one that the verifier has."""
    if earlier == len(hashes):
        if not is_whole:
            yield _root(hashes)
        return
    half = _split(len(hashes))
    if earlier <= half:
        yield from _growth(earlier, hashes[:half], is_whole=is_whole)
        yield _root(hashes[half:])
    else:
        yield from _growth(earlier - half, hashes[half:], is_whole=False)
        yield _root(hashes[:half])
