"""The package of a result: the same bytes every time, counted again by a script, and no forgery passes (B7, B8)."""

import json
from collections.abc import Callable, Iterator
from functools import reduce
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.voting.rules.counting import Outcome, Rule
from app.voting.rules.package.packing import canonical, fingerprint, pack
from tests.voting.packages import (
    ENCLOSED,
    Files,
    ask,
    ask_all,
    make_files,
    make_package,
    make_papers,
    pythons,
    repack,
    unpack,
)

NAMES = [
    "BACA-SAYA.txt",
    "definisi.json",
    "hasil.json",
    "hitung_ulang.py",
    "hitungan.json",
    "kepala.json",
    "log.txt",
    "suara.pb",
    "tanda-tangan.txt",
    "terhitung.txt",
]
DATA_NAMES = [
    name for name in NAMES if name not in ("BACA-SAYA.txt", "hasil.json", "hitung_ulang.py", "tanda-tangan.txt")
]
MUTATIONS = {
    "bits": 190,
    "ends": 30,
    "ballots": 50,
    "logs": 40,
    "definitions": 45,
    "results": 60,
    "kinds": 400,
    "tricks": 35,
}
Forged = dict[str, tuple[bytes, str]]


@pytest.fixture(scope="module")
def content() -> bytes:
    return make_package()


@pytest.fixture(scope="module")
def files(content: bytes) -> Files:
    return unpack(content)


def test_the_same_contest_gives_the_same_bytes(content: bytes) -> None:
    again = pack(make_files(list(reversed(make_papers())))[0] | ENCLOSED)
    assert again == content
    with ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == NAMES
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_result_names_the_winners_both_rules_and_every_file(files: Files) -> None:
    told = json.loads(files["hasil.json"])
    assert told["files"] == {name: fingerprint(files[name]) for name in DATA_NAMES}
    assert (told["result"]["rule"], told["other"]["rule"]) == ("equal_shares", "most_votes")
    assert (told["ballots"], told["ceiling"], told["votes_needed"]) == (160, 250_000_000, 16)
    for result in (told["result"], told["other"]):
        won = [name for name, facts in result["options"].items() if facts["won"]]
        assert sorted(result["winners"]) == sorted(won)
        assert result["total_cost"] == sum(result["options"][name]["cost"] for name in won)
        assert result["left"] == told["ceiling"] - result["total_cost"]
    assert sum(group["ballots"] for group in told["groups"]) == 160
    assert canonical(told) == files["hasil.json"]


def test_the_tally_for_the_pages_says_what_the_file_says(files: Files) -> None:
    found, counted = make_files(make_papers())
    told = json.loads(found["hasil.json"])
    options = told["result"]["options"]
    assert [f"P{n:02d}" for n in counted.tally.winners] == told["result"]["winners"]
    for one in counted.tally.results:
        facts = options[f"P{one.number:02d}"]
        assert (facts["votes"], facts["cost"], facts["won"]) == (one.votes, one.cost, one.outcome is Outcome.WON)
        assert one.left is None


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("voters", [0, 1, 29])
def test_under_thirty_ballots_only_totals_are_told_and_most_votes_decide(
    rule: Rule, voters: int, tmp_path: Path
) -> None:
    files = unpack(make_package(voters, rule))
    told = json.loads(files["hasil.json"])
    assert (told["result"]["rule"], told["planned_rule"]) == ("most_votes", rule)
    assert not {"other", "groups", "channels", "robustness"} & set(told)
    assert "without_winner" not in told["result"]
    assert not {"suara.pb", "terhitung.txt"} & (set(files) | set(told["files"]))
    path = tmp_path / "paket-hasil.zip"
    path.write_bytes(make_package(voters, rule))
    assert ask(path).returncode == 0
    # Ballots that are there in spite of it are a difference, as totals that cannot be.
    more = pack(files | {"suara.pb": b"", "terhitung.txt": b""})
    told["result"]["options"]["P01"]["votes"] += 30
    answers = ask_all(tmp_path, {"more": more, "totals": repack(files | {"hasil.json": canonical(told)})})
    assert {name: code for name, (code, _said) in answers.items()} == {"more": 1, "totals": 1}


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("change", [{}, {"threshold_percent": 0}, {"threshold_percent": 20}, {"is_weighted": 0}])
@pytest.mark.parametrize("voters", [30, 75])
def test_script_and_application_find_the_same_bytes(rule: Rule, change: Any, voters: int, tmp_path: Path) -> None:
    packages = {
        str(seed): pack(make_files(make_papers(voters, seed), rule, **change)[0] | ENCLOSED) for seed in range(6)
    }
    assert {code for code, _said in ask_all(tmp_path, packages).values()} == {0}


def test_the_script_finds_the_same_and_says_so(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paket-hasil.zip"
    path.write_bytes(content)
    for python in pythons():
        answer = ask(path, python=python)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith("COCOK.")
        for told in ("160 surat suara; pagu Rp250.000.000.", "suara terbanyak dulu", "patungan", fingerprint(content)):
            assert told in answer.stdout


def test_what_is_no_package_is_told_apart(files: Files, tmp_path: Path) -> None:
    (tmp_path / "gambar.zip").write_bytes(b"\x89PNG" * 100)
    (tmp_path / "lain.zip").write_bytes(pack({"catatan.txt": b"halo"}))
    for name in ("gambar.zip", "lain.zip", "tiada.zip", "."):
        answer = ask(tmp_path / name)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert len(answer.stderr.splitlines()) == 1
        assert "Traceback" not in answer.stderr


# Mutations. Each says which name the script has to give.


def bits(content: bytes, files: Files) -> Forged:
    """A bit of every part of every file, and of the zip itself."""
    luck, found = Random(11), {}
    for at in sorted(luck.sample(range(len(content)), 150)):
        bent = bytearray(content)
        bent[at] ^= 1 << luck.randrange(8)
        found[f"bit {at}"] = bytes(bent), ""
    for name in NAMES:
        for round_ in range(8):
            bent = bytearray(files[name])
            bent[luck.randrange(len(bent))] ^= 1 << luck.randrange(7)
            found[f"{name} bit {round_}"] = pack(files | {name: bytes(bent)}), name
    return found


def ends(content: bytes, files: Files) -> Forged:
    found = {f"cut at {at}": (content[:at], "") for at in (len(content) - 1, len(content) - 30, len(content) // 2)}
    found |= {"more behind": (content + b"x", ""), "more before": (b"x" + content, "")}
    for name in NAMES:
        found[f"{name} gone"] = pack({other: files[other] for other in NAMES if other != name}), name
        found[f"{name} empty"] = pack(files | {name: b""}), name
        found[f"{name} longer"] = pack(files | {name: files[name] + b"\n"}), name
    return found


def ballots(_content: bytes, files: Files) -> Forged:
    """Ballots taken, added, doubled, changed and moved, with every fingerprint put right."""
    luck, found = Random(12), {}
    text = files["suara.pb"].decode()
    start = text.index("voter_id;")
    head, columns, *rows = text[:start], *text[start:].splitlines()
    papers = [row.split(";", 1)[1] for row in rows]

    def key(paper: str) -> tuple[str, str]:
        return paper.rpartition(";")[2], paper

    def box(papers: list[str]) -> bytes:
        rows = "".join(f"S{number:05d};{paper}\n" for number, paper in enumerate(sorted(papers, key=key), 1))
        count = head.replace("num_votes;160", f"num_votes;{len(papers)}")
        return repack(files | {"suara.pb": f"{count}{columns}\n{rows}".encode()})

    for place in luck.sample(range(160), 15):
        vote, _mark, rest = papers[place].partition(";")
        found[f"ballot {place} gone"] = box(papers[:place] + papers[place + 1 :]), "suara.pb"
        found[f"ballot {place} doubled"] = box([*papers, papers[place]]), "suara.pb"
        other = "P05" if vote != "P05" else "P01"
        found[f"ballot {place} changed"] = box([*papers[:place], f"{other};{rest}", *papers[place + 1 :]]), "suara.pb"
    rest = papers[-1].partition(";")[2]
    for name, vote in {"unknown": "P06", "twice": "P01,P01", "many": "P01,P02,P03,P04", "empty": ""}.items():
        found[f"ballot {name}"] = box([*papers[:-1], f"{vote};{rest}"]), "suara.pb"
    turned = "\n".join([rows[1], rows[0], *rows[2:]]) + "\n"
    found["ballots out of order"] = repack(files | {"suara.pb": f"{head}{columns}\n{turned}".encode()}), "suara.pb"
    found["too few ballots"] = box(papers[:29]), "suara.pb"
    elsewhere = [paper.replace("53.04.01.2001", "53.04.01.2009") for paper in papers]
    found["village elsewhere"] = box(elsewhere), "suara.pb"
    return found


def logs(_content: bytes, files: Files) -> Forged:
    """Leaves, heads, counts and fingerprints changed, with the result's own sums and signature put right."""
    luck, found = Random(13), {}

    def bend(name: str, file: str, content: bytes, told: str = "") -> None:
        found[f"{file} {name}"] = repack(files | {file: content}), told or file

    lines = files["log.txt"].decode().splitlines()

    def text(lines: list[str]) -> bytes:
        return "".join(f"{line}\n" for line in lines).encode()

    for place in luck.sample(range(len(lines)), 6):
        bend(f"leaf {place} gone", "log.txt", text(lines[:place] + lines[place + 1 :]))
        bend(f"leaf {place} changed", "log.txt", text([*lines[:place], "0" * 64, *lines[place + 1 :]]))
    bend("cut", "log.txt", text(lines[:-5]))
    bend("longer", "log.txt", text([*lines, "f" * 64]))
    bend("two swapped", "log.txt", text([lines[1], lines[0], *lines[2:]]))
    counted = files["terhitung.txt"].decode().splitlines()
    bend("one gone", "terhitung.txt", text(counted[1:]))
    bend("one strange", "terhitung.txt", text(sorted([*counted[1:], "0" * 64])))
    bend("one twice", "terhitung.txt", text(sorted([*counted[1:], counted[1]])))
    bend("turned", "terhitung.txt", text(counted[::-1]))
    for at_ in range(4):
        for key, value in (
            ("root", "0" * 64),
            ("size", 7),
            ("at", "2026-01-01T00:00:00Z"),
            ("contest", 8),
            ("number", 9),
        ):
            heads = json.loads(files["kepala.json"])
            heads[at_][key] = value
            bend(f"{at_} {key}", "kepala.json", canonical(heads))
        heads = json.loads(files["kepala.json"])
        del heads[at_]
        bend(f"{at_} gone", "kepala.json", canonical(heads), "kepala" if at_ < 3 else "")
    for key in ("accepted", "counted", "replaced", "superseded", "paper", "invalid_paper"):
        counts = json.loads(files["hitungan.json"])
        counts[key] += 1
        bend(key, "hitungan.json", canonical(counts))
    return found


def definitions(_content: bytes, files: Files) -> Forged:
    """A changed definition, with the result's own sums and signature put right."""
    found = {}

    def bend(name: str, change: Callable[[Any], object]) -> None:
        data = json.loads(files["definisi.json"])
        change(data)
        found[f"definition {name}"] = repack(files | {"definisi.json": canonical(data)}), "definisi.json"

    for at in range(5):
        bend(f"cost {at}", lambda data, at=at: data["options"][at].update(cost=data["options"][at]["cost"] + 1))
        bend(f"title {at}", lambda data, at=at: data["options"][at].update(title="Lain"))
        bend(f"no cost {at}", lambda data, at=at: data["options"][at].update(cost=0))
        bend(f"number {at}", lambda data, at=at: data["options"][at].update(number=9))
        bend(f"eligible {at}", lambda data, at=at: data["villages"][at].update(eligible=1))
    for key, value in (
        ("title", "Pemilihan lain"),
        ("closes", "2026-07-01T00:00:00Z"),
        ("ceiling", 250_000_001),
        ("max_choices", 4),
        ("draw_seed", "5f1d"),
        ("rule", "most_votes"),
        ("is_weighted", 0),
        ("threshold_percent", 0),
        ("quorum_percent", 6),
        ("head_key", "0" * 64),
        ("box_key", "0" * 64),
        ("format", 1),
        ("catatan", "x"),
        ("witnesses", []),
    ):
        bend(key, lambda data, key=key, value=value: data.update({key: value}))
    bend("one proposal twice", lambda data: data["options"][1].update(proposal=data["options"][0]["proposal"]))
    bend("order", lambda data: data["options"].reverse())
    bend("option gone", lambda data: data["options"].pop())
    bend("village gone", lambda data: data["villages"].pop())
    bend("key less", lambda data: data.pop("opens"))
    for name, text in {"list": b"[]\n", "deep": b"[" * 100_000, "nan": b"NaN\n", "bytes": b"\xff"}.items():
        found[f"definition {name}"] = repack(files | {"definisi.json": text}), "definisi.json"
    spaced = files["definisi.json"].replace(b":", b": ", 1)
    found["definition spaced"] = repack(files | {"definisi.json": spaced}), "definisi.json"
    return found


def bent(value: Any) -> Any:
    """Something else of the same kind."""
    return value + 1 if isinstance(value, int) else value[::-1] + value[:1] if value else "x"


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all single values; a list of names is one."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if isinstance(data, dict) or (isinstance(data, list) and data and isinstance(data[0], dict)):
        for key, value in inside:
            yield from leaves(value, (*path, key))
    else:
        yield path


def at(data: Any, path: tuple[Any, ...]) -> Any:
    return reduce(lambda place, key: place[key], path, data)


def results(_content: bytes, files: Files) -> Forged:
    """Every figure of the result, changed alone."""
    found = {}
    for path in leaves(json.loads(files["hasil.json"])):
        data = json.loads(files["hasil.json"])
        at(data, path[:-1])[path[-1]] = bent(at(data, path))
        found[f"result {path}"] = pack(files | {"hasil.json": canonical(data)}), str(path[-1])
    return found


def kinds(_content: bytes, files: Files) -> Forged:
    """A value of another kind at many places of what is written as JSON."""
    luck, found = Random(14), {}
    for name, forge in (
        ("definisi.json", repack),
        ("hitungan.json", repack),
        ("kepala.json", repack),
        ("hasil.json", pack),
    ):
        whole = json.loads(files[name])
        for path in luck.sample(list(leaves(whole)), 20):
            for value in (None, True, 1.0, -1, 10**30, [], {}, ["P01"]):
                data = json.loads(files[name])
                if canonical(at(data, path)) != canonical(value):
                    at(data, path[:-1])[path[-1]] = value
                    found[f"{name} {path} {value!r}"] = forge(files | {name: canonical(data)}), ""
    return found


def tricks(_content: bytes, files: Files) -> Forged:
    """What a zip can do that a package must not."""
    found = {}

    def bend(name: str, told: str, change: Callable[[ZipFile], object], base: Files = files) -> None:
        packed = BytesIO(pack(base))
        with ZipFile(packed, "a") as archive:
            change(archive)
        found[f"zip {name}"] = packed.getvalue(), told

    for name in ("../../etc/passwd", "/etc/passwd", "..\\hasil.json", "hasil.json/", "Hasil.json", "suara.pb\x01"):
        bend(f"stranger {name!r}", "berkas asing", lambda archive, name=name: archive.writestr(name, b"x"))
    bend("comment", "kemasan zip", lambda archive: setattr(archive, "comment", b"x"))
    for name in NAMES:
        less = {other: files[other] for other in NAMES if other != name}
        bend(f"{name} last", "kemasan zip", lambda archive, name=name: archive.writestr(name, files[name]), less)
        bomb = lambda archive, name=name: archive.writestr(name, b"0" * 5_000_000, ZIP_DEFLATED)  # noqa: E731
        bend(f"{name} bomb", name, bomb, less)
        with pytest.warns(UserWarning, match="Duplicate"):
            bend(f"{name} twice", name, lambda archive, name=name: archive.writestr(name, files[name]))
    return found


@pytest.mark.parametrize("kind", [bits, ends, ballots, logs, definitions, results, kinds, tricks])
def test_no_forgery_passes_and_each_is_named(kind: Any, content: bytes, files: Files, tmp_path: Path) -> None:
    forged = kind(content, files)
    answers = ask_all(tmp_path, {name: package for name, (package, _told) in forged.items()})
    passed = {name: answer for name, answer in answers.items() if answer[0] != 1}
    unnamed = {name: answer[1] for name, answer in answers.items() if forged[name][1] not in answer[1]}
    assert (passed, unnamed) == ({}, {})
    assert len(forged) >= MUTATIONS[kind.__name__]
