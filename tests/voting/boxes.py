"""A closed box as the server leaves it, made from nothing but its description in docs/ballot-box.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from nacl.public import PrivateKey
from nacl.signing import SigningKey

from app.vault import seal_envelope
from app.voting.rules.package.packing import canonical, fingerprint, pack
from app.voting.rules.sealed.contents import content_of, election_of, leaf_of
from app.voting.rules.sealed.heads import Head
from app.voting.rules.sealed.tree import root_of
from tests.voting.scripts import SAKSI, saksi

AT = datetime(2026, 9, 7, 12, tzinfo=UTC)
VILLAGES = ("53.04.01.2001", "53.04.01.2002", "53.04.01.2003")
SIGNER = SigningKey(b"s" * 32)
Ballot = tuple[str, tuple[int, ...]]


def keys(seed: bytes = b"k" * 32) -> tuple[str, list[str]]:
    """A public key and the three shares of its private half, always the same."""
    secret, slope = int.from_bytes(seed, "big"), 12_345_678_901
    public = bytes(PrivateKey(seed).public_key).hex()
    return public, [saksi.write_share(at, (secret + slope * at) % saksi.PRIME) for at in saksi.SHARES]


PUBLIC, SHARES = keys()


def definition(options: int = 4, **changes: Any) -> dict[str, Any]:
    listed = [
        {
            "number": number,
            "code": f"P{number:02d}",
            "cost": 50_000_000 * number,
            "proposal": f"BLU-28-{number:05d}",
            "title": f'Rabat jalan; "dusun" {number}',
            "village": VILLAGES[0],
        }
        for number in range(1, options + 1)
    ]
    meta = {"description": "Pilih usulan Lamaknen", "country": "Indonesia", "unit": "Belu", "subunit": "Lamaknen"}
    meta |= {"instance": "2028", "num_projects": str(options), "budget": "300000000", "vote_type": "approval"}
    meta |= {"rule": "greedy-custom", "date_begin": "01.09.2026", "date_end": "07.09.2026", "min_length": "1"}
    meta |= {"max_length": "3", "language": "id", "currency": "IDR"}
    witnesses = [
        {
            "number": at,
            "name": f"Saksi {at}",
            "institution": f"Lembaga {at}",
            "share_sha256": saksi.fingerprint_of(share),
        }
        for at, share in enumerate(SHARES, 1)
    ]
    return {
        "format": 2,
        "contest": 7,
        "title": "Pilih usulan Lamaknen",
        "regency": "Belu",
        "region": "Lamaknen",
        "year": 2028,
        "ceiling": 300_000_000,
        "max_choices": 3,
        "rule": "most_votes",
        "is_weighted": 0,
        "roll_ends": "at_closing",
        "quorum_percent": 5,
        "threshold_percent": 0,
        "objection_days": 3,
        "opens": "2026-09-01T00:00:00Z",
        "closes": "2026-09-07T12:00:00Z",
        "draw_seed": "benih",
        "box_key": PUBLIC,
        "head_key": bytes(SIGNER.verify_key).hex(),
        "witnesses": witnesses,
        "meta": meta,
        "villages": [{"code": code, "name": f"Desa {at}", "eligible": 100 * at} for at, code in enumerate(VILLAGES, 1)],
        "options": listed,
        **changes,
    }


def box(ballots: Sequence[Ballot], paper: Sequence[Ballot] = (), **changes: Any) -> dict[str, bytes]:
    """The files of a closed box with these ballots in envelopes and on paper; two envelopes were replaced before."""
    defined = definition(**changes)
    written = canonical(defined)
    election = election_of(fingerprint(written))
    sealed = sorted(
        (seal_envelope(PUBLIC, content_of(choices, election, village)) for village, choices in ballots), key=leaf_of
    )
    replaced = [sha256(b"replaced" + bytes([number])).digest() for number in range(2)]
    leaves = sorted([*map(leaf_of, sealed), *replaced])
    stacks = [
        {"village": village, "ballots": sorted(choices for place, choices in paper if place == village)}
        for village in sorted({village for village, _choices in paper})
    ]
    papers = canonical({"villages": stacks, "salt": "5a" * 32})
    counts = canonical(_counts(ballots, paper, b"".join(sealed), papers, len(replaced)))
    heads = [
        _head(fingerprint(written), number, leaves[:size], fingerprint(counts) if number == 2 else "")
        for number, size in ((1, len(leaves) // 2), (2, len(leaves)))
    ]
    return {
        "amplop.bin": b"".join(sealed),
        "definisi.json": written,
        "hitungan.json": counts,
        "kepala.json": canonical(heads),
        "kertas.json": papers,
        "log.txt": "".join(f"{leaf.hex()}\n" for leaf in leaves).encode(),
        "saksi.py": SAKSI.read_bytes(),
    }


def _counts(
    ballots: Sequence[Ballot], paper: Sequence[Ballot], sealed: bytes, papers: bytes, replaced: int
) -> Mapping[str, Any]:
    online, on_paper = (Counter(village for village, _choices in some) for some in (ballots, paper))
    roll = [{"village": v, "internet": online[v], "assisted": 0, "paper": on_paper[v]} for v in VILLAGES]
    sums = {"accepted": len(ballots) + replaced, "counted": len(ballots), "replaced": replaced, "superseded": 0}
    more = {"paper": len(paper), "invalid_paper": 0, "amplop": fingerprint(sealed), "kertas": fingerprint(papers)}
    return {**sums, **more, "roll": roll}


def _head(election: str, number: int, leaves: Sequence[bytes], closed: str) -> dict[str, object]:
    head = Head(7, election, number, len(leaves), root_of(leaves).hex(), AT, closed)
    return head.signed(SIGNER.sign(head.statement).signature.hex())


def packed(files: Mapping[str, bytes]) -> bytes:
    return pack(files)


def write_box(folder: Path, files: Mapping[str, bytes]) -> None:
    """The box and the shares as a witness has them on a laptop."""
    (folder / "kotak.zip").write_bytes(pack(files))
    for number, share in enumerate(SHARES, 1):
        (folder / f"bagian-{number}.txt").write_text(share)
