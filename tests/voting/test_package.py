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

from app.voting.rules.package.packing import canonical, fingerprint, pack
from tests.voting.packages import ask, ask_all, make_box, make_package, pythons, repack, unpack

NAMES = ["BACA-SAYA.txt", "definisi.json", "hasil.json", "hitung_ulang.py", "suara.pb"]
Files = dict[str, bytes]
MUTATIONS = {"bits": 190, "ends": 20, "ballots": 51, "definitions": 53, "results": 60, "kinds": 600, "tricks": 22}


@pytest.fixture(scope="module")
def content() -> bytes:
    return make_package()


@pytest.fixture(scope="module")
def files(content: bytes) -> Files:
    return unpack(content)


def test_the_same_contest_gives_the_same_bytes(content: bytes) -> None:
    turned = dict(reversed(make_box().items()))
    assert make_package(turned) == content
    with ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == NAMES
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_result_names_the_winners_both_rules_and_every_file(files: Files) -> None:
    result = json.loads(files["hasil.json"])
    assert result["files"] == {name: fingerprint(files[name]) for name in NAMES if name != "hasil.json"}
    assert (result["rule"], result["other"]["rule"]) == ("most_votes", "equal_shares")
    assert (result["ballots"], result["budget"]) == (60, 250_000_000)
    won = [name for name, facts in result["options"].items() if facts["won"]]
    assert sorted(result["winners"]) == won
    assert result["total_cost"] == sum(result["options"][name]["cost"] for name in won)
    assert canonical(result) == files["hasil.json"]
    assert b"." not in files["hasil.json"].replace(b".json", b"").replace(b".pb", b"").replace(b".py", b"").replace(
        b".txt", b""
    )


def test_the_script_finds_the_same_and_says_so(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paket-hasil.zip"
    path.write_bytes(content)
    for python in pythons():
        answer = ask(path, python=python)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith("COCOK.")
        for told in ("60 surat suara; pagu Rp250.000.000.", "suara terbanyak dulu", "patungan", fingerprint(content)):
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


def bits(content: bytes, files: Files) -> dict[str, tuple[bytes, str]]:
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


def ends(content: bytes, files: Files) -> dict[str, tuple[bytes, str]]:
    found = {f"cut at {at}": (content[:at], "") for at in (len(content) - 1, len(content) - 30, len(content) // 2)}
    found |= {"more behind": (content + b"x", ""), "more before": (b"x" + content, "")}
    for name in NAMES:
        found[f"{name} gone"] = pack({other: files[other] for other in NAMES if other != name}), name
        found[f"{name} empty"] = pack(files | {name: b""}), name
        found[f"{name} longer"] = pack(files | {name: files[name] + b"\n"}), name
    return found


def ballots(_content: bytes, files: Files) -> dict[str, tuple[bytes, str]]:
    """Ballots taken, added, doubled, changed and moved, with every fingerprint put right."""
    luck, found = Random(12), {}
    head, mark, tail = files["suara.pb"].decode().partition("voter_id;vote\n")
    papers = [row.partition(";")[2] for row in tail.splitlines()]

    def box(papers: list[str]) -> bytes:
        rows = "".join(f"S{number:05d};{paper}\n" for number, paper in enumerate(sorted(papers), 1))
        count = head.replace("num_votes;60", f"num_votes;{len(papers)}")
        return repack(files | {"suara.pb": f"{count}{mark}{rows}".encode()})

    for place in luck.sample(range(60), 15):
        found[f"ballot {place} gone"] = box(papers[:place] + papers[place + 1 :]), "suara.pb"
        found[f"ballot {place} doubled"] = box([*papers, papers[place]]), "suara.pb"
        other = "P05" if papers[place] != "P05" else "P01"
        found[f"ballot {place} changed"] = box([*papers[:place], other, *papers[place + 1 :]]), "suara.pb"
    for name, paper in {"unknown": "P06", "twice": "P01,P01", "many": "P01,P02,P03,P04", "empty": ""}.items():
        found[f"ballot {name}"] = box([*papers[:-1], paper]), "suara.pb"
    rows = tail.splitlines()
    turned = "\n".join([rows[1], rows[0], *rows[2:]]) + "\n"
    found["ballots out of order"] = repack(files | {"suara.pb": f"{head}{mark}{turned}".encode()}), "suara.pb"
    found["too few ballots"] = box(papers[:29]), "suara.pb"
    return found


def definitions(_content: bytes, files: Files) -> dict[str, tuple[bytes, str]]:
    """A changed definition, with every fingerprint put right."""
    found = {}

    def bend(name: str, change: Callable[[Any], object], told: str = "definisi.json") -> None:
        data = json.loads(files["definisi.json"])
        change(data)
        found[f"definition {name}"] = repack(files | {"definisi.json": canonical(data)}), told

    for at in range(5):
        bend(
            f"cost {at}",
            lambda data, at=at: data["options"][at].update(cost=data["options"][at]["cost"] + 1),
            "suara.pb",
        )
        bend(f"title {at}", lambda data, at=at: data["options"][at].update(title="Lain"), "suara.pb")
        bend(f"no cost {at}", lambda data, at=at: data["options"][at].update(cost=0))
        bend(f"number {at}", lambda data, at=at: data["options"][at].update(number=9))
        bend(f"code {at}", lambda data, at=at: data["options"][at].update(code="P9"))
        bend(f"text {at}", lambda data, at=at: data["options"][at].update(cost="90000000"))
    bend("title", lambda data: data.update(title="Pemilihan lain"), "suara.pb")
    bend("region", lambda data: data.update(region="Kecamatan Tohe"), "suara.pb")
    bend("one proposal twice", lambda data: data["options"][1].update(proposal=data["options"][0]["proposal"]))
    bend("closes before it opens", lambda data: data.update(closes="2026-07-01T00:00:00Z"))
    bend("ceiling", lambda data: data.update(ceiling=data["ceiling"] + 1), "suara.pb")
    bend("choices", lambda data: data.update(max_choices=4), "suara.pb")
    bend("fewer choices", lambda data: data.update(max_choices=1), "suara.pb")
    bend("seed", lambda data: data.update(draw_seed="5f1d"))
    bend("order", lambda data: data["options"].reverse())
    bend("swapped", lambda data: data["options"].insert(0, data["options"].pop()))
    bend("one option", lambda data: data.update(options=data["options"][:1]))
    bend("option gone", lambda data: data["options"].pop(), "suara.pb")
    bend("rule", lambda data: data.update(rule="equal_shares"), "")
    bend("unknown rule", lambda data: data.update(rule="borda"))
    bend("rule list", lambda data: data.update(rule=["most_votes"]))
    bend("format", lambda data: data.update(format=2))
    bend("key more", lambda data: data.update(catatan="x"))
    bend("key less", lambda data: data.pop("opens"))
    bend("ceiling float", lambda data: data.update(ceiling=2.5e8))
    bend("ceiling true", lambda data: data.update(ceiling=True))
    for name, text in {
        "list": b"[]\n",
        "deep": b"[" * 100_000,
        "nan": b"NaN\n",
        "no JSON": b"{",
        "bytes": b"\xff",
    }.items():
        found[f"definition {name}"] = repack(files | {"definisi.json": text}), "definisi.json"
    spaced = files["definisi.json"].replace(b":", b": ", 1)
    found["definition spaced"] = repack(files | {"definisi.json": spaced}), "definisi.json"
    twice = files["definisi.json"].replace(b'{"ceiling"', b'{"ceiling":1,"ceiling"', 1)
    found["definition key twice"] = repack(files | {"definisi.json": twice}), "definisi.json"
    return found


def bent(value: Any) -> Any:
    """Something else of the same kind."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else value[::-1] + value[:1]


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all single values; a list of names is one."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if isinstance(data, dict) or (isinstance(data, list) and isinstance(data[0], dict)):
        for key, value in inside:
            yield from leaves(value, (*path, key))
    else:
        yield path


def at(data: Any, path: tuple[Any, ...]) -> Any:
    return reduce(lambda place, key: place[key], path, data)


def results(_content: bytes, files: Files) -> dict[str, tuple[bytes, str]]:
    """Every figure of the result, changed alone."""
    found = {}
    for path in leaves(json.loads(files["hasil.json"])):
        data = json.loads(files["hasil.json"])
        at(data, path[:-1])[path[-1]] = bent(at(data, path))
        found[f"result {path}"] = pack(files | {"hasil.json": canonical(data)}), str(path[-1])
    return found


def kinds(_content: bytes, files: Files) -> dict[str, tuple[bytes, str]]:
    """A value of another kind at every place of the definition and the result."""
    found = {}
    for name, forge in (("definisi.json", repack), ("hasil.json", pack)):
        whole = json.loads(files[name])
        for path in leaves(whole):
            for value in (None, True, 1.0, 2.5, -1, 10**30, [], {}, ["P01"]):
                data = json.loads(files[name])
                if canonical(at(data, path)) != canonical(value) and (path, value) != (("contest",), 10**30):
                    at(data, path[:-1])[path[-1]] = value
                    found[f"{name} {path} {value!r}"] = forge(files | {name: canonical(data)}), ""
    return found


def tricks(_content: bytes, files: Files) -> dict[str, tuple[bytes, str]]:
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


@pytest.mark.parametrize("kind", [bits, ends, ballots, definitions, results, kinds, tricks])
def test_no_forgery_passes_and_each_is_named(kind: Any, content: bytes, files: Files, tmp_path: Path) -> None:
    forged = kind(content, files)
    answers = ask_all(tmp_path, {name: package for name, (package, _told) in forged.items()})
    passed = {name: answer for name, answer in answers.items() if answer[0] != 1}
    unnamed = {name: answer[1] for name, answer in answers.items() if forged[name][1] not in answer[1]}
    assert (passed, unnamed) == ({}, {})
    assert len(forged) >= MUTATIONS[kind.__name__]
