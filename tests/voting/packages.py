"""A package as a counted contest gives it away, its parts to be bent, and the script to be asked about it."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

from nacl.signing import SigningKey

from app.voting.rules.contest import RollEnd, draw
from app.voting.rules.counting import Rule
from app.voting.rules.package.ballots import read_ballots
from app.voting.rules.package.counted import Counted, count_contest
from app.voting.rules.package.frozen import FrozenContest, FrozenOption, FrozenVillage, FrozenWitness
from app.voting.rules.package.packing import canonical, fingerprint, pack
from app.voting.rules.sealed.heads import Head
from app.voting.rules.sealed.tree import root_of
from tests.voting.scripts import DATA, HITUNG_ULANG, saksi

SEED = "5f1c"
KEY = SigningKey(b"t" * 32)
COSTS = (90_000_000, 150_000_000, 60_000_000, 40_000_000, 120_000_000)
TITLES = ('Jalan "tani" Makir; RT 01', "Sumur bor", "Balai dusun — Duarato", "Posyandu", "Jembatan, kecil")
CEILING = 250_000_000
VILLAGES = tuple(f"53.04.01.20{n:02d}" for n in range(1, 6))
ELIGIBLE = (300, 120, 40, 800, 35)
OPENS = datetime(2026, 8, 1, tzinfo=UTC)
ENCLOSED = {name: (DATA / name).read_bytes() for name in ("BACA-SAYA.txt", "hitung_ulang.py")}
Paper = tuple[str, tuple[int, ...], str]
Files = dict[str, bytes]

# Asked once for many packages: a row of [exit code, what was said] for each.
ASK_MANY = """
import contextlib, io, json, runpy, sys
main = runpy.run_path(sys.argv[1])["main"]
for path in sys.argv[2:]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main([path])
    print(json.dumps([code, said.getvalue()]))
"""


def make_definition(rule: Rule = Rule.EQUAL_SHARES, **changes: Any) -> Files:
    numbers = draw(SEED, [f"BLU-{n}" for n in range(5)])
    frozen = FrozenContest(
        contest=7,
        title="Pemilihan usulan Lamaknen 2027",
        regency="Belu",
        region="Kecamatan Lamaknen",
        year=2027,
        ceiling=CEILING,
        max_choices=3,
        rule=rule,
        is_weighted=rule is Rule.EQUAL_SHARES,
        roll_ends=RollEnd.AT_OPENING,
        quorum_percent=5,
        threshold_percent=10,
        objection_days=3,
        opens=OPENS,
        closes=OPENS + timedelta(days=7),
        days=(date(2026, 8, 1), date(2026, 8, 8)),
        draw_seed=SEED,
        box_key="ab" * 32,
        head_key=bytes(KEY.verify_key).hex(),
        witnesses=[FrozenWitness(n, f"Saksi {n}", f"Lembaga {n}", f"{n}" * 64) for n in (1, 2, 3)],
        villages=[
            FrozenVillage(code, f"Desa {code[-1]}", people) for code, people in zip(VILLAGES, ELIGIBLE, strict=True)
        ],
        options=[
            FrozenOption(at, number, TITLES[at - 1], COSTS[at - 1], VILLAGES[at - 1])
            for at, number in enumerate(numbers, 1)
        ],
    )
    return {"definisi.json": canonical(frozen.as_data | changes)}


def make_papers(voters: int = 160, seed: int = 4) -> list[Paper]:
    """Voters who choose among all options, the first two more often; two villages are small."""
    luck, papers = Random(seed), []
    for _voter in range(voters):
        village = luck.choices(VILLAGES, (6, 4, 1, 5, 1))[0]
        choices = {luck.choices(range(1, 6), (6, 5, 4, 2, 1))[0] for _choice in range(luck.randint(1, 3))}
        papers.append((village, tuple(sorted(choices)), luck.choice(("internet", "internet", "paper"))))
    return papers


def make_files(papers: Sequence[Paper], rule: Rule = Rule.EQUAL_SHARES, **changes: Any) -> tuple[Files, Counted]:
    """Every file but the enclosed ones, and the count."""
    files = make_definition(rule, **changes)
    leaves = sorted(sha256(f"amplop {n}".encode()).digest() for n in range(len(papers) + 4))
    digital = sum(how == "internet" for _village, _choices, how in papers)
    files["log.txt"] = "".join(f"{leaf.hex()}\n" for leaf in leaves[: digital + 3]).encode()
    counted = sorted(leaves[: digital + 3])[:digital]
    files["terhitung.txt"] = "".join(f"{leaf.hex()}\n" for leaf in counted).encode()
    files["hitungan.json"] = canonical(_counts(papers, digital))
    files["kepala.json"] = _heads(files, leaves[: digital + 3])
    definition = json.loads(files["definisi.json"])
    files["suara.pb"] = saksi.write_ballots(definition, list(papers))
    result = count_contest(files, read_ballots(definition, files["suara.pb"]))
    if len(papers) < 30:
        files = {name: content for name, content in files.items() if name not in ("suara.pb", "terhitung.txt")}
    return files | {"hasil.json": result.content, "tanda-tangan.txt": signature_of(result.content)}, result


def signature_of(content: bytes) -> bytes:
    return f"{KEY.sign(content).signature.hex()}\n".encode()


def _counts(papers: Sequence[Paper], digital: int) -> Mapping[str, object]:
    roll = Counter((village, how) for village, _choices, how in papers)
    return {
        "accepted": digital + 3,
        "counted": digital,
        "replaced": 2,
        "superseded": 1,
        "paper": len(papers) - digital,
        "invalid_paper": 0,
        "amplop": "a" * 64,
        "kertas": "b" * 64,
        "roll": [
            {"village": code, "internet": roll[code, "internet"], "assisted": 0, "paper": roll[code, "paper"]}
            for code in VILLAGES
        ],
    }


def _heads(files: Files, leaves: Sequence[bytes]) -> bytes:
    sizes, told = (0, len(leaves) // 3, len(leaves) // 2, len(leaves)), []
    for number, size in enumerate(sizes, 1):
        box = fingerprint(files["hitungan.json"]) if number == len(sizes) else ""
        at = OPENS + timedelta(days=2 * number)
        head = Head(7, fingerprint(files["definisi.json"]), number, size, root_of(leaves[:size]).hex(), at, box)
        told.append(head.signed(KEY.sign(head.statement).signature.hex()))
    return canonical(told)


@cache
def make_package(voters: int = 160, rule: Rule = Rule.EQUAL_SHARES) -> bytes:
    return pack(make_files(make_papers(voters), rule)[0] | ENCLOSED)


def unpack(content: bytes) -> Files:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(files: Mapping[str, bytes]) -> bytes:
    """With the fingerprints and the signature put right again, as a forger with the server's key would."""
    result = json.loads(files["hasil.json"])
    result["files"] = {name: fingerprint(files[name]) for name in result["files"] if name in files}
    content = canonical(result)
    return pack({**files, "hasil.json": content, "tanda-tangan.txt": signature_of(content)})


def ask(path: Path, *, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    command = [python, "-I", "-S", str(HITUNG_ULANG), str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def pythons() -> list[str]:
    """This one, and whatever others are here and answer."""
    found = [shutil.which(f"python3.{minor}") for minor in range(9, 15)]
    works = [path for path in found if path and not subprocess.run([path, "-V"], capture_output=True).returncode]  # noqa: PLW1510
    return [sys.executable, *works]


def ask_all(folder: Path, packages: Mapping[str, bytes]) -> dict[str, tuple[int, str]]:
    """What the script says of each, in one interpreter without our code and without other packages."""
    paths = {name: folder / f"{at}.zip" for at, name in enumerate(packages)}
    for name, content in packages.items():
        paths[name].write_bytes(content)
    command: list[Any] = [sys.executable, "-I", "-S", "-c", ASK_MANY, HITUNG_ULANG, *paths.values()]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True).stdout.splitlines()
    return {name: tuple(json.loads(line)) for name, line in zip(packages, said, strict=True)}
