"""The witnesses' program: keys in three shares, rehearsal, and opening the box; B5, B6 and B8 of the design."""

import ast
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from hashlib import sha256
from itertools import combinations, permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.writing import write_pb
from tests.voting.boxes import PUBLIC, SHARES, VILLAGES, Ballot, box, packed, write_box
from tests.voting.scripts import SAKSI, saksi

CHOICES = [(1,), (2,), (1, 2), (2, 3), (1, 3, 4), (4,)]


def some_ballots(count: int, seed: int = 1, villages: tuple[str, ...] = VILLAGES) -> list[Ballot]:
    random = Random(seed)
    return [(random.choice(villages), random.choice(CHOICES)) for _ballot in range(count)]


def test_every_pair_of_shares_is_the_key_and_one_share_is_nothing() -> None:
    public, shares = saksi.make_keys()
    secrets = {saksi.join(one, other) for one, other in permutations(shares, 2)}
    assert len(secrets) == 1
    assert bytes(PrivateKey(secrets.pop()).public_key).hex() == public
    for share in shares:
        with pytest.raises(saksi.Wrong, match="dua saksi yang berbeda"):
            saksi.join(share, share)


def test_one_share_goes_with_every_possible_key() -> None:
    """Shamir: whatever the key was, there is another share that makes it out of this one."""
    at, value = saksi.read_share(SHARES[0])
    for other_key in (0, 1, 2**256 - 1):
        slope = (value - other_key) * pow(at, -1, saksi.PRIME) % saksi.PRIME
        other = saksi.write_share(2, (other_key + 2 * slope) % saksi.PRIME)
        assert saksi.join(SHARES[0], other) == other_key.to_bytes(32, "big")


def test_a_share_may_be_copied_by_hand() -> None:
    share = SHARES[1]
    loose = " ".join(share.lower()[start : start + 4] for start in range(0, len(share), 4)) + "\n"
    assert saksi.join(loose, SHARES[0]) == b"k" * 32
    assert saksi.fingerprint_of(loose) == saksi.fingerprint_of(share)


@pytest.mark.parametrize("text", ["", "1-", "4-" + "A" * 106, "1-" + "A" * 105, "1-" + "1" * 106, "1" + "A" * 107])
def test_what_is_no_share_is_told(text: str) -> None:
    with pytest.raises(saksi.Wrong, match="bagian kunci"):
        saksi.join(text, SHARES[0])


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
@settings(max_examples=40)
def test_the_script_opens_what_the_library_seals_and_the_other_way_round(seed: bytes, content: bytes) -> None:
    key = PrivateKey(seed)
    public = bytes(key.public_key)
    assert saksi.public_of(seed) == public
    assert saksi.slow_open(SealedBox(key.public_key).encrypt(content), public, seed) == content
    assert SealedBox(key).decrypt(saksi.seal(public, content)) == content


def test_a_flipped_bit_breaks_the_seal_for_both() -> None:
    key = PrivateKey(b"k" * 32)
    envelope = bytearray(SealedBox(key.public_key).encrypt(bytes(160)))
    for place in (0, 31, 32, 47, 48, 207):
        broken = bytes([*envelope[:place], envelope[place] ^ 1, *envelope[place + 1 :]])
        for open_it in (saksi.slow_open, saksi.open_envelope):
            with pytest.raises(ValueError, match="segelnya rusak"):
                open_it(broken, bytes(key.public_key), b"k" * 32)


def test_all_three_pairs_find_the_same_ballots() -> None:
    raw = packed(box(some_ballots(45), some_ballots(25, seed=2)))
    found = {saksi.open_box(raw, one, other) for one, other in combinations(SHARES, 2)}
    assert len(found) == 1


def test_the_ballots_are_those_that_were_sealed_sorted_and_canonical() -> None:
    ballots, paper = some_ballots(60), some_ballots(40, seed=2)
    content = saksi.open_box(packed(box(ballots, paper)), SHARES[0], SHARES[2])
    file = read_pb("suara.pb", content)
    assert write_pb(file) == content
    assert file.notes == ()
    votes = [tuple(int(code[1:]) for code in vote.split(",")) for vote in file.votes.column("vote")]
    assert Counter(votes) == Counter(choices for _village, choices in [*ballots, *paper])
    places = file.votes.column("neighborhood")
    assert places == sorted(places)
    assert min(Counter(places).values()) >= 20
    assert file.meta["num_votes"] == "100"
    assert [int(n) for n in file.projects.column("votes")] == [
        sum(number in vote for vote in votes) for number in (1, 2, 3, 4)
    ]


@given(st.lists(st.integers(0, 45), min_size=3, max_size=3), st.integers(0, 45))
@settings(max_examples=60)
def test_no_group_of_ballots_is_small(counts: list[int], paper: int) -> None:
    ballots = [(village, (1,), "internet") for village, n in zip(VILLAGES, counts, strict=True) for _b in range(n)]
    papers = [(VILLAGES[1], (2,), "paper")] * paper
    content = saksi.write_ballots(json.loads(box([])["definisi.json"]), ballots + papers)
    votes = read_pb("suara.pb", content).votes
    for name in {"neighborhood", "voting_method"} & set(votes.columns):
        assert min(Counter(votes.column(name)).values()) >= 20
    if {"neighborhood", "voting_method"} <= set(votes.columns):
        both = zip(votes.column("neighborhood"), votes.column("voting_method"), strict=True)
        assert min(Counter(both).values()) >= 20
    assert len(votes.rows) == sum(counts) + paper


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_box_with_hardly_anything_opens_too(count: int) -> None:
    content = saksi.open_box(packed(box(some_ballots(count))), SHARES[0], SHARES[1])
    assert f"num_votes;{count}\n".encode() in content


def test_a_wrong_share_is_named_before_anything_is_opened() -> None:
    raw = packed(box(some_ballots(3)))
    _public, others = saksi.make_keys()
    with pytest.raises(saksi.Wrong, match="bagian kunci 2: bukan bagian dari pemilihan ini"):
        saksi.open_box(raw, SHARES[0], others[1])


def test_a_box_that_was_changed_is_not_opened() -> None:
    """Every file, byte by byte: changed, cut, emptied, exchanged between two boxes."""
    files, other = box(some_ballots(30), some_ballots(5)), box(some_ballots(30, seed=9), some_ballots(5, seed=8))
    random = Random(5)
    for name in sorted(set(files) - {"saksi.py"}):
        content = files[name]
        places = [random.randrange(len(content)) for _time in range(6)]
        changed = [content[:p] + bytes([content[p] ^ 1 << random.randrange(8)]) + content[p + 1 :] for p in places]
        exchanged = [other[name]] if other[name] != content else []
        for broken in [*changed, *exchanged, content[:-1], b"", content + content]:
            with pytest.raises((saksi.Wrong, KeyError, TypeError, ValueError, AttributeError)):
                saksi.open_box(packed({**files, name: broken}), SHARES[0], SHARES[1])


def test_an_envelope_for_another_election_or_with_too_many_choices_is_refused() -> None:
    with pytest.raises(saksi.Wrong, match="tidak sah"):
        saksi.open_box(packed(box([(VILLAGES[0], (1, 2, 3, 4))])), SHARES[0], SHARES[1])
    with pytest.raises(saksi.Wrong, match="tidak sah"):
        saksi.open_box(packed(box([(VILLAGES[0], (5,))])), SHARES[0], SHARES[1])
    with pytest.raises(saksi.Wrong, match=r"daftar pemilih|tidak sah"):
        saksi.open_box(packed(box([("99.99.99.2001", (1,))])), SHARES[0], SHARES[1])


def test_an_odd_zip_is_refused() -> None:
    files = box(some_ballots(2))
    with pytest.raises(saksi.Wrong, match=r"kotak\.zip"):
        saksi.open_box(b"no zip", *SHARES[:2])
    with pytest.raises(saksi.Wrong, match=r"kotak\.zip: isinya"):
        saksi.open_box(packed({**files, "lain.txt": b""}), *SHARES[:2])
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if name != "amplop.bin" else bytes(saksi.MOST_BYTES + 1))
    with pytest.raises(saksi.Wrong, match="terlalu besar"):
        saksi.open_box(bomb.getvalue(), *SHARES[:2])


def run(folder: Path, *arguments: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    """Without any library and without anything of the environment."""
    command = [python, "-I", "-S", str(SAKSI), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8"})


def test_a_whole_ceremony_on_a_laptop_without_libraries(tmp_path: Path) -> None:
    made = run(tmp_path, "kunci")
    assert made.returncode == 0, made.stdout + made.stderr
    public = (tmp_path / "kunci-umum.txt").read_text().strip()
    assert public in made.stdout
    assert made.stdout.count("Sidik bagian") == 3
    shares = [f"bagian-{number}.txt" for number in (1, 2, 3)]
    assert run(tmp_path, "latihan", *shares).returncode == 0
    again = run(tmp_path, "kunci")
    assert again.returncode == 1
    assert (tmp_path / "kunci-umum.txt").read_text().strip() == public  # nothing is overwritten


def interpreters() -> list[str]:
    """This Python, and whatever others the machine has."""
    found = {sys.executable} | {path for minor in range(9, 16) if (path := shutil.which(f"python3.{minor}"))}
    others = Path(os.environ.get("PYENV_ROOT", "/nowhere")).glob("versions/3.*/bin/python3")
    found |= {str(path) for path in others if int(path.parts[-3].split(".")[1]) >= 9}
    return sorted(path for path in found if "shims" not in path)


def test_every_python_here_opens_the_same(tmp_path: Path) -> None:
    files = box(some_ballots(5))
    write_box(tmp_path, files)
    expected = saksi.open_box(packed(files), *SHARES[:2])
    for python in interpreters():
        done = run(tmp_path, "buka", "kotak.zip", "bagian-1.txt", "bagian-2.txt", python=python)
        assert done.returncode == 0, f"{python}: {done.stdout}{done.stderr}"
        assert (tmp_path / "suara.pb").read_bytes() == expected


def test_two_laptops_find_the_same_file(tmp_path: Path) -> None:
    files = box(some_ballots(12), some_ballots(25))
    found = []
    for number, pair in enumerate([(1, 2), (1, 3), (2, 3)]):
        laptop = tmp_path / str(number)
        laptop.mkdir()
        write_box(laptop, files)
        done = run(laptop, "buka", "kotak.zip", *(f"bagian-{share}.txt" for share in pair))
        assert done.returncode == 0, done.stdout + done.stderr
        found.append(sha256((laptop / "suara.pb").read_bytes()).hexdigest())
        assert found[-1] in done.stdout
    assert len(set(found)) == 1


def test_mistakes_at_the_keyboard_are_told_in_words(tmp_path: Path) -> None:
    write_box(tmp_path, box(some_ballots(2)))
    assert run(tmp_path).returncode == 2
    assert run(tmp_path, "buka", "kotak.zip").returncode == 2
    missing = run(tmp_path, "buka", "kotak.zip", "bagian-1.txt", "bagian-9.txt")
    assert missing.returncode == 1
    assert "bagian-9.txt" in missing.stdout
    same = run(tmp_path, "buka", "kotak.zip", "bagian-1.txt", "bagian-1.txt")
    assert same.returncode == 1
    assert "dua saksi yang berbeda" in same.stdout
    assert not same.stderr


def test_the_script_asks_for_nothing_that_an_old_python_lacks() -> None:
    """Parsed as Python 3.9, and nothing imported beside the standard library but what it can do without."""
    tree = ast.parse(SAKSI.read_text(), feature_version=(3, 9))
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert modules - set(sys.stdlib_module_names) == {"nacl"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Match)]
    assert saksi.public_of(b"k" * 32).hex() == PUBLIC
