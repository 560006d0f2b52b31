"""The part of the witnesses, for demonstrations and rehearsals: done by their own program, a file beside ours."""

from collections.abc import Sequence
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from app.voting import queries
from app.voting.models import Contest
from app.voting.rules.box import BoxKeys, WitnessFacts
from app.voting.rules.package.counted import RESULT, SIGNATURE
from app.voting.rules.package.packing import pack

PROGRAM = Path(__file__).parents[1] / "data" / "saksi.py"
# What goes into every package of a result as it is: the words to read first, and the program that counts again.
ENCLOSED = ("BACA-SAYA.txt", "hitung_ulang.py")


def packed_box(contest: Contest) -> bytes:
    """kotak.zip: what the witnesses take to machines of their own."""
    return pack(queries.box_files(contest) | {PROGRAM.name: PROGRAM.read_bytes()})


def make_keys(witnesses: Sequence[tuple[str, str]]) -> tuple[BoxKeys, list[str]]:
    """What a planner enters for witnesses of these names and institutions, and the shares that only they would have."""
    public, shares = _program().make_keys()
    known = zip(witnesses, shares, strict=True)
    facts = [WitnessFacts(name, place, fingerprint_of(share)) for (name, place), share in known]
    return BoxKeys(public, facts), shares


def fingerprint_of(share: str) -> str:
    sha256: str = _program().fingerprint_of(share)
    return sha256


def result_files(contest: Contest) -> dict[str, bytes]:
    """What paket-hasil.zip holds of a counted contest."""
    enclosed = {name: (PROGRAM.parent / name).read_bytes() for name in ENCLOSED}
    signed = {RESULT: str(contest.result).encode(), SIGNATURE: f"{contest.result_signature}\n".encode()}
    return enclosed | queries.data_files(contest) | signed


def open_box(contest: Contest, one: str, other: str) -> bytes:
    """suara.pb, as two shares find it in the closed box."""
    found: bytes = _program().open_box(packed_box(contest), one, other)
    return found


@cache
def _program() -> Any:
    spec = spec_from_file_location("saksi", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    program = module_from_spec(spec)
    spec.loader.exec_module(program)
    return program
