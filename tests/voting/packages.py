"""A package as a certified contest gives it away, its parts to be bent, and the script to be asked about it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

from app.voting.rules.contest import ballot_number, draw
from app.voting.rules.counting import OptionFacts, Rule, most_votes
from app.voting.rules.methods import Method
from app.voting.rules.pabulib.publishing import Publication, PublicBallot, PublicOption, publish
from app.voting.rules.pabulib.writing import write_pb
from app.voting.rules.package.definition import DefinedOption, Definition
from app.voting.rules.package.packing import canonical, fingerprint, pack
from app.voting.rules.package.result import package

DATA = Path(__file__).parents[2] / "app/voting/data"
SCRIPT = DATA / "hitung_ulang.py"
SEED = "5f1c"
COSTS = (90_000_000, 150_000_000, 60_000_000, 40_000_000, 120_000_000)
TITLES = ('Jalan "tani" Makir; RT 01', "Sumur bor", "Balai dusun — Duarato", "Posyandu", "Jembatan, kecil")
CEILING = 250_000_000

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


def make_definition() -> Definition:
    numbers = draw(SEED, [f"BLU-{n}" for n in range(5)])
    options = [DefinedOption(at, number, TITLES[at - 1], COSTS[at - 1]) for at, number in enumerate(numbers, 1)]
    return Definition(
        contest=7,
        title="Pemilihan usulan Lamaknen 2027",
        regency="Belu",
        region="Kecamatan Lamaknen",
        ceiling=CEILING,
        max_choices=3,
        rule=Rule.MOST_VOTES,
        opens=datetime(2026, 8, 1, tzinfo=UTC),
        closes=datetime(2026, 8, 8, tzinfo=UTC),
        draw_seed=SEED,
        options=options,
    )


def make_box(voters: int = 60, seed: int = 4) -> dict[tuple[int, ...], int]:
    luck, box = Random(seed), dict[tuple[int, ...], int]()
    for _voter in range(voters):
        choices = tuple(sorted(luck.sample(range(1, 6), luck.randint(1, 3))))
        box[choices] = box.get(choices, 0) + 1
    return box


def make_ballots(definition: Definition, box: Mapping[tuple[int, ...], int]) -> bytes:
    facts = [OptionFacts(option.number, option.cost) for option in definition.options]
    winners = most_votes(facts, [choices for choices, n in box.items() for _ in range(n)], definition.ceiling).winners
    ballots = [PublicBallot(tuple(map(ballot_number, choices))) for choices, n in box.items() for _ in range(n)]
    return write_pb(
        publish(
            Publication(
                definition.title,
                definition.regency,
                definition.region,
                2026,
                definition.ceiling,
                definition.max_choices,
                Method(definition.rule.value),
                date(2026, 8, 1),
                date(2026, 8, 8),
                ["Suara terbanyak dulu."],
                [PublicOption(ballot_number(one.number), one.cost, one.title) for one in definition.options],
                ballots,
                [ballot_number(number) for number in winners],
            )
        )
    )


def make_package(box: Mapping[tuple[int, ...], int] | None = None) -> bytes:
    definition, box = make_definition(), box or make_box()
    enclosed = {name: (DATA / name).read_bytes() for name in ("BACA-SAYA.txt", "hitung_ulang.py")}
    return package(definition, box, enclosed | {"suara.pb": make_ballots(definition, box)})


def unpack(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(files: Mapping[str, bytes]) -> bytes:
    """With the fingerprints put right again, as a forger would."""
    result = json.loads(files["hasil.json"])
    result["files"] = {name: fingerprint(content) for name, content in files.items() if name != "hasil.json"}
    return pack({**files, "hasil.json": canonical(result)})


def ask(path: Path, *, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    command = [python, "-I", "-S", str(SCRIPT), str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


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
    command: list[Any] = [sys.executable, "-I", "-S", "-c", ASK_MANY, SCRIPT, *paths.values()]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout.splitlines()
    return {name: tuple(json.loads(line)) for name, line in zip(packages, said, strict=True)}
