#!/usr/bin/env python3
"""Hitung ulang: memeriksa paket-hasil.zip tanpa memercayai situs yang menerbitkannya.

Cara pakai:  python3 hitung_ulang.py paket-hasil.zip

Cukup Python 3.9 atau lebih baru, tanpa internet dan tanpa pustaka tambahan. Program ini ditulis terpisah dari
program situs, langsung dari bunyi aturannya. Yang diperiksa, berurutan:

  kemasan zip   hanya berkas yang semestinya, tidak dimampatkan, tanpa apa pun selain itu
  definisi      lengkap, dan nomor usulan memang hasil undian dengan benihnya
  log           setiap kepala bertanda tangan dan akarnya (RFC 6962) cocok dengan awal log
  hitungan      amplop diterima = dihitung + diganti + kalah oleh kertas; yang dihitung semua ada di log
  suara         setiap surat suara sah, urut dan baku; jumlahnya sama dengan hitungan
  hasil         kedua aturan dihitung lagi; hasil.json harus sama sampai huruf terakhir; tanda tangannya cocok

Keluar 0: semua cocok. Keluar 1: ada yang berbeda, yang pertama disebut. Keluar 2: bukan paket hasil.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import struct
import sys
import zipfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import accumulate
from math import ceil, gcd
from pathlib import Path
from typing import Any

README = "BACA-SAYA.txt"
README_SHA256 = "8a8b803381ff66994072005241b536b30d6518c7674bcc67fe56d855a228c9f9"
SCRIPT = "hitung_ulang.py"
SIGNATURE = "tanda-tangan.txt"
SMALL = (README, "definisi.json", "hasil.json", SCRIPT, "hitungan.json", "kepala.json", "log.txt", SIGNATURE)
LARGE = tuple(sorted((*SMALL, "suara.pb", "terhitung.txt")))
RULES = {"most_votes": "suara terbanyak dulu", "equal_shares": "patungan setara"}
CHANNELS = ("internet", "assisted", "paper")
LEAST_BALLOTS = 30
LEAST_VOTES = 5
LEAST_TOGETHER = 20
MOST_WEIGHT = 3
MOST_ROUNDS = 5000
RECOUNTS, REMOVED_PERCENT = 200, 2
MOST_BYTES = 500_000_000
HEX = re.compile("[0-9a-f]{64}")
BROKEN = (zipfile.BadZipFile, struct.error, EOFError, KeyError, OSError, OverflowError, RuntimeError, ValueError)


class Different(Exception):
    """Yang pertama tidak cocok."""


class NoPackage(Exception):
    """Berkas ini bukan paket hasil."""


# 1. Paket: berkas-berkasnya, tidak dimampatkan, namanya urut, tanpa apa pun selain itu.


def read_package(path: str) -> tuple[bytes, dict[str, bytes]]:
    try:
        if Path(path).stat().st_size > MOST_BYTES:
            raise NoPackage("terlalu besar untuk paket hasil.")
        raw = Path(path).read_bytes()
    except OSError:
        raise NoPackage("tidak dapat dibuka. Periksa nama dan tempatnya.") from None
    if b"hasil.json" not in raw:
        raise NoPackage("bukan paket hasil. Unduh lagi paket-hasil.zip dari halaman hasil.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = refuse_tricks(archive.infolist())
            return raw, {name: read_member(archive, name) for name in names}
    except BROKEN as error:
        raise Different(f"kemasan zip: rusak ({error}).") from None


def refuse_tricks(members: list[zipfile.ZipInfo]) -> Sequence[str]:
    names = [member.filename for member in members]
    for name in names:
        if name not in LARGE:
            raise Different(f"kemasan zip: berkas asing {name!r}.")
        if names.count(name) > 1:
            raise Different(f"{name}: ada lebih dari satu di dalam paket.")
    expected = SMALL if not {"suara.pb", "terhitung.txt"}.intersection(names) else LARGE
    for name in expected:
        if name not in names:
            raise Different(f"{name}: tidak ada di dalam paket.")
    for member in members:
        if member.compress_type != zipfile.ZIP_STORED or member.file_size > MOST_BYTES:
            raise Different(f"{member.filename}: dimampatkan atau terlalu besar; paket asli tidak begitu.")
    return expected


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except BROKEN as error:
        raise Different(f"{name}: rusak di dalam paket ({error}).") from None


def pack(files: dict[str, bytes]) -> bytes:
    """Paket yang dibuat lagi dari isinya: harus sama sampai byte terakhir."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, files[name])
    return packed.getvalue()


def check_enclosed(files: dict[str, bytes]) -> None:
    """Penjelasan dan program ini sendiri: keduanya bukan bukti, tetapi tidak boleh diganti orang."""
    if sha256(files[README]) != README_SHA256:
        raise Different(f"{README}: bukan yang ditulis bersama program ini.")
    if files[SCRIPT] != Path(__file__).read_bytes():
        raise Different(f"{SCRIPT}: bukan program yang sedang berjalan. Jalankan yang ada di dalam paket yang sama.")


def canonical(data: Any) -> bytes:
    return (json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_json(files: dict[str, bytes], name: str) -> Any:
    try:
        data = json.loads(files[name].decode())
        is_canonical = canonical(data) == files[name]
    except (ValueError, RecursionError):
        raise Different(f"{name}: tidak dapat dibaca sebagai JSON.") from None
    if not is_canonical:
        raise Different(f"{name}: tidak ditulis dalam bentuk baku.")
    return data


def check(name: str, checks: Sequence[tuple[Callable[[], bool], str]]) -> None:
    for is_right, what in checks:
        try:
            holds = is_right()
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            holds = False
        if not holds:
            raise Different(f"{name}: {what}.")


def is_count(value: Any, least: int = 0) -> bool:
    return type(value) is int and value >= least


def is_hex(value: Any) -> bool:
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


# 2. Definisi: apa yang dibekukan saat pemilihan dibuka.

SOME = ("ceiling", "contest", "max_choices")
NONE = ("is_weighted", "objection_days", "quorum_percent", "threshold_percent", "year")
TEXTS = ("box_key", "closes", "draw_seed", "head_key", "opens", "regency", "region", "roll_ends", "rule", "title")
LISTS = ("options", "villages", "witnesses")
OPTION_KEYS = ["code", "cost", "number", "proposal", "title", "village"]


def read_definition(files: dict[str, bytes]) -> Any:
    name = "definisi.json"
    data = read_json(files, name)
    keys = sorted([*SOME, *NONE, *TEXTS, *LISTS, "format", "meta"])
    check(
        name,
        [
            (lambda: data["format"] == 2, "bentuknya tidak dikenal; pakai hitung_ulang.py dari paket yang sama"),
            (lambda: sorted(data) == keys, "keterangannya kurang atau lebih"),
            (lambda: all(is_count(data[key], 1) for key in SOME), f"{', '.join(SOME)} harus bilangan bulat"),
            (lambda: all(is_count(data[key]) for key in NONE), f"{', '.join(NONE)} harus bilangan bulat"),
            (lambda: all(isinstance(data[key], str) for key in TEXTS), f"{', '.join(TEXTS)} harus teks"),
            (lambda: data["rule"] in RULES and data["is_weighted"] in (0, 1), "aturannya tidak dikenal"),
            (lambda: is_hex(data["box_key"]) and is_hex(data["head_key"]), "kuncinya bukan kunci"),
            (lambda: moment(data["opens"]) < moment(data["closes"]), "waktu buka dan tutupnya keliru"),
            (lambda: len(data["options"]) > 1, "usulannya kurang dari dua"),
            (lambda: all(sorted(option) == OPTION_KEYS for option in data["options"]), "ada usulan tidak lengkap"),
            (lambda: has_numbers(data["options"]), "nomor usulan tidak urut"),
            (lambda: has_costs(data["options"], data["ceiling"]), "ada biaya yang bukan bilangan bulat dalam pagu"),
            (lambda: is_drawn(data["options"], data["draw_seed"]), "nomor usulan tidak cocok dengan benih undian"),
            (lambda: has_villages(data["villages"], data["options"]), "daftar desanya tidak lengkap atau tidak urut"),
            (lambda: has_witnesses(data["witnesses"]), "daftar saksinya tidak lengkap"),
            (lambda: has_meta(data), "keterangan untuk suara.pb tidak cocok"),
        ],
    )
    return data


def has_numbers(options: Any) -> bool:
    return all(
        is_count(option["number"]) and (option["number"], option["code"]) == (number, f"P{number:02d}")
        for number, option in enumerate(options, 1)
    )


def has_costs(options: Any, ceiling: int) -> bool:
    return all(is_count(option["cost"], 1) and option["cost"] <= ceiling for option in options)


def is_drawn(options: Any, seed: str) -> bool:
    """Undian: urut menurut SHA-256 dari benih diikuti nomor usulan. Judul hanya perlu berupa teks."""
    proposals = [option["proposal"] for option in options if isinstance(option["title"], str)]
    drawn = sorted(set(proposals), key=lambda proposal: sha256((seed + proposal).encode()))
    return proposals == drawn and len(drawn) == len(options)


def has_villages(villages: Any, options: Any) -> bool:
    codes = [village["code"] for village in villages if sorted(village) == ["code", "eligible", "name"]]
    are_whole = all(is_count(village["eligible"]) and isinstance(village["name"], str) for village in villages)
    are_home = all(option["village"] in codes for option in options)
    return are_whole and are_home and len(codes) == len(villages) and codes == sorted(set(codes))


def has_witnesses(witnesses: Any) -> bool:
    keys = ["institution", "name", "number", "share_sha256"]
    are_whole = all(sorted(one) == keys and is_hex(one["share_sha256"]) for one in witnesses)
    return are_whole and [one["number"] for one in witnesses] == [1, 2, 3]


def has_meta(data: Any) -> bool:
    meta = data["meta"]
    said = {"description": data["title"], "unit": data["regency"], "subunit": data["region"]}
    said |= {"budget": data["ceiling"], "max_length": data["max_choices"], "num_projects": len(data["options"])}
    return all(meta[key] == line(value) for key, value in said.items()) and set(meta) <= set(META) - {"num_votes"}


# 3. Log dan kepala: semua amplop yang pernah diterima, ditandatangani jam demi jam.


def read_lines(files: dict[str, bytes], name: str) -> list[str]:
    try:
        text = files[name].decode("ascii")
    except ValueError:
        raise Different(f"{name}: bukan daftar sidik jari.") from None
    lines = text.split("\n")
    if lines.pop():
        raise Different(f"{name}: baris terakhir terpotong.")
    for number, one in enumerate(lines, 1):
        if not HEX.fullmatch(one):
            raise Different(f"{name}, baris {number}: bukan sidik jari.")
    return lines


HEAD_KEYS = ["at", "box", "contest", "definition", "number", "root", "signature", "size"]


def check_heads(files: dict[str, bytes], definition: Any, leaves: list[str]) -> None:
    name = "kepala.json"
    heads = read_json(files, name)
    check(name, [(lambda: isinstance(heads, list) and len(heads) > 0, "tidak ada kepala log")])
    size, at, last = 0, "", len(heads)
    for number, head in enumerate(heads, 1):
        box = sha256(files["hitungan.json"]) if number == last else ""
        named = (definition["contest"], sha256(files["definisi.json"]), number)
        check(
            f"{name}, kepala {number}",
            [
                (lambda: sorted(head) == HEAD_KEYS, "keterangannya kurang atau lebih"),  # noqa: B023
                (
                    lambda: (head["contest"], head["definition"], head["number"]) == named,  # noqa: B023
                    "bukan dari pemilihan dengan definisi.json ini, atau tidak urut",
                ),
                (lambda: is_count(head["size"]) and size <= head["size"], "log menjadi lebih pendek"),  # noqa: B023
                (lambda: bool(moment(head["at"])) and at <= head["at"], "waktunya mundur"),  # noqa: B023
                (lambda: has_signed(definition["head_key"], head), "tanda tangannya tidak cocok"),  # noqa: B023
            ],
        )
        if head["box"] != box:
            raise Different(f"hitungan.json: bukan yang disebut kepala {number} di {name}.")
        size, at = head["size"], head["at"]
    check_roots(heads, leaves)


def has_signed(key: str, head: Any) -> bool:
    return is_signed(key, canonical({name: head[name] for name in HEAD_KEYS if name != "signature"}), head["signature"])


def check_roots(heads: Any, leaves: list[str]) -> None:
    if heads[-1]["size"] != len(leaves):
        raise Different(f"log.txt: ada {len(leaves)} baris, menurut kepala terakhir {heads[-1]['size']}.")
    roots = roots_of([bytes.fromhex(leaf) for leaf in leaves], {head["size"] for head in heads})
    for head in heads:
        if roots[head["size"]] != head["root"]:
            raise Different(f"log.txt: akar {head['size']} baris pertama bukan yang ditandatangani {head['at']}.")


def roots_of(leaves: list[bytes], sizes: set[int]) -> dict[int, str]:
    """Akar setiap awal log. Yang disimpan hanya puncak pohon-pohon penuh, seperti angka biner dari jumlah daun."""
    peaks: list[tuple[int, bytes]] = []
    roots = {0: hashlib.sha256(b"").hexdigest()}
    for count, leaf in enumerate(leaves, 1):
        height, top = 0, hashlib.sha256(b"\x00" + leaf).digest()
        while peaks and peaks[-1][0] == height:
            height, top = height + 1, hashlib.sha256(b"\x01" + peaks.pop()[1] + top).digest()
        peaks.append((height, top))
        if count in sizes:
            root = peaks[-1][1]
            for _height, left in reversed(peaks[:-1]):
                root = hashlib.sha256(b"\x01" + left + root).digest()
            roots[count] = root.hex()
    return roots


COUNT_KEYS = ["accepted", "amplop", "counted", "invalid_paper", "kertas", "paper", "replaced", "roll", "superseded"]
ROLL_KEYS = ["assisted", "internet", "paper", "village"]


def read_counts(files: dict[str, bytes], definition: Any, leaves: list[str]) -> Any:
    name = "hitungan.json"
    data = read_json(files, name)
    codes = [village["code"] for village in definition["villages"]]
    numbers = [key for key in COUNT_KEYS if key not in ("amplop", "kertas", "roll")]
    check(
        name,
        [
            (lambda: sorted(data) == COUNT_KEYS, "keterangannya kurang atau lebih"),
            (lambda: all(is_count(data[key]) for key in numbers), f"{', '.join(numbers)} harus bilangan bulat"),
            (lambda: is_hex(data["amplop"]) and is_hex(data["kertas"]), "sidik amplop atau kertas bukan sidik jari"),
            (lambda: all(sorted(one) == ROLL_KEYS for one in data["roll"]), "daftar pemilih tidak lengkap"),
            (lambda: all(is_count(one[key]) for one in data["roll"] for key in CHANNELS), "ada jumlah yang keliru"),
            (lambda: is_rising([one["village"] for one in data["roll"]], codes), "daftar desanya keliru"),
            (
                lambda: data["accepted"] == data["counted"] + data["replaced"] + data["superseded"],
                "amplop diterima bukan jumlah yang dihitung, diganti, dan kalah oleh kertas",
            ),
            (lambda: data["accepted"] == len(leaves), "amplop diterima bukan sebanyak baris log.txt"),
            (
                lambda: data["counted"] == sum(one["internet"] + one["assisted"] for one in data["roll"]),
                "amplop dihitung bukan sebanyak pemilih tanpa kertas di daftar pemilih",
            ),
        ],
    )
    return data


def is_rising(villages: Sequence[str], known: Sequence[str]) -> bool:
    return list(villages) == sorted(set(villages)) and set(villages) <= set(known)


def check_leaves(files: dict[str, bytes], counts: Any, leaves: list[str]) -> None:
    """Setiap amplop yang dihitung pernah diterima, dan hanya dihitung sekali."""
    found = read_lines(files, "terhitung.txt")
    if found != sorted(set(found)):
        raise Different("terhitung.txt: ada sidik jari ganda atau tidak urut.")
    if strange := sorted(set(found) - set(leaves)):
        raise Different(f"terhitung.txt: {strange[0]} tidak ada di log.txt.")
    if len(found) != counts["counted"]:
        raise Different(f"terhitung.txt: ada {len(found)} amplop, menurut hitungan.json {counts['counted']}.")


# 4. Tanda tangan Ed25519. Sumber: RFC 8032.

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(one: Any, other: Any) -> Any:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, point: Any) -> Any:
    found = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = add(found, point)
        point, scalar = add(point, point), scalar >> 1
    return found


def point_of(text: bytes) -> Any:
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("bukan titik")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: str, statement: bytes, signature: str) -> bool:
    raw = bytes.fromhex(signature)
    if len(raw) != 64 or raw.hex() != signature:
        return False
    s = int.from_bytes(raw[32:], "little")
    challenge = hashlib.sha512(raw[:32] + bytes.fromhex(key) + statement).digest()
    right = add(point_of(raw[:32]), times(int.from_bytes(challenge, "little") % Q, point_of(bytes.fromhex(key))))
    left = times(s, BASE)
    is_same = not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P
    return s < Q and is_same


# 5. Surat suara: dibaca, lalu berkasnya disusun lagi dan dibandingkan.

META = (
    *("description", "country", "unit", "subunit", "instance", "num_projects", "num_votes", "budget", "vote_type"),
    *("rule", "date_begin", "date_end", "min_length", "max_length", "language", "currency", "fully_funded", "comment"),
)
HEADER = re.compile("\nVOTES\nvoter_id;vote(;voting_method)?(;neighborhood)?\n")


def read_ballots(files: dict[str, bytes], definition: Any, counts: Any) -> Any:
    """Berapa kali ada setiap (kelompok desa, pilihan, cara memilih); pilihan adalah tempat usulan, dari 0."""
    try:
        text = files["suara.pb"].decode()
    except ValueError:
        raise Different("suara.pb: bukan teks UTF-8.") from None
    header = HEADER.search(text)
    if header is None or not text.endswith("\n"):
        raise Different("suara.pb: bagian VOTES terpotong atau tidak ada.")
    start = text.count("\n", 0, header.end()) + 1
    boxed: Counter[Any] = Counter()
    last: Any = None
    for number, row in enumerate(text[header.end() : -1].split("\n"), 1):
        ballot = ballot_of(row, number, definition, header, f"suara.pb, baris {start + number - 1}")
        if last is not None and ballot < last:
            raise Different(f"suara.pb, baris {start + number - 1}: urutan surat suara salah.")
        boxed[ballot] += 1
        last = ballot
    check_head(text[: header.start() + 1], definition, boxed)
    check_places(boxed, definition, counts)
    return boxed


def ballot_of(row: str, number: int, definition: Any, header: Any, place: str) -> Any:
    cells = row.split(";")
    tells_how, tells_group = bool(header[1]), bool(header[2])
    if len(cells) != 2 + tells_how + tells_group or cells[0] != f"S{number:05d}":
        raise Different(f"{place}: nomor surat suara atau jumlah kolomnya salah.")
    codes = cells[1].split(",")
    known = [option["code"] for option in definition["options"]]
    if any(code not in known for code in codes):
        raise Different(f"{place}: pilihan di luar daftar usulan.")
    choices = tuple(known.index(code) for code in codes)
    if len(choices) > definition["max_choices"] or list(choices) != sorted(set(choices)):
        raise Different(f"{place}: pilihannya ganda, terlalu banyak, atau tidak urut.")
    how, group = cells[2] if tells_how else "", cells[-1] if tells_group else ""
    if (how and how not in ("internet", "paper")) or (tells_how and not how) or (tells_group and not group):
        raise Different(f"{place}: cara memilih atau desanya salah.")
    return group, choices, how


def check_head(head: str, definition: Any, boxed: Any) -> None:
    """Bagian META dan PROJECTS menyebut hal yang sama dengan definisi dan surat suara."""
    votes: Counter[int] = Counter()
    for (_group, choices, _how), voters in boxed.items():
        for option in choices:
            votes[option] += voters
    meta = {**definition["meta"], "num_votes": sum(boxed.values())}
    lines = ["META", "key;value", *rows_of([(key, meta[key]) for key in META if key in meta])]
    projects = [(one["code"], one["cost"], votes[at], one["title"]) for at, one in enumerate(definition["options"])]
    expected = [*lines, "PROJECTS", "project_id;cost;votes;name", *rows_of(projects)]
    for number, (told, found) in enumerate(zip(head[:-1].split("\n"), expected), 1):  # noqa: B905
        if told != found:
            raise Different(f"suara.pb, baris {number}: tertulis {told!r}, seharusnya {found!r}.")
    if head != "\n".join(expected) + "\n":
        raise Different("suara.pb: bagian META dan PROJECTS tidak sama dengan definisi dan surat suara.")


def check_places(boxed: Any, definition: Any, counts: Any) -> None:
    """Jumlah surat suara, kelompok desa yang cukup besar, dan yang lewat internet sebanyak di daftar pemilih."""
    total = counts["counted"] + counts["paper"]
    if sum(boxed.values()) != total:
        raise Different(f"suara.pb: ada {sum(boxed.values())} surat suara, menurut hitungan.json {total}.")
    if total < LEAST_BALLOTS:
        raise Different(f"suara.pb: kurang dari {LEAST_BALLOTS} surat suara; hasil sekecil itu tidak dirinci.")
    digital = {one["village"]: one["internet"] + one["assisted"] for one in counts["roll"]}
    codes = [village["code"] for village in definition["villages"]]
    crowds: Counter[tuple[str, str]] = Counter()
    for (group, _choices, how), voters in boxed.items():
        crowds[group, how] += voters
    groups = sorted({group for group, _how in crowds})
    told = [code for group in groups for code in group.split("+")] if groups != [""] else codes
    if told != codes or (len(groups) == 1 and groups != [""]):
        raise Different("suara.pb: kelompok desanya bukan semua desa di definisi.json, urut dan masing-masing sekali.")
    for (group, how), voters in sorted(crowds.items()):
        own = sum(digital.get(code, 0) for code in (group.split("+") if group else codes))
        is_small = (group or how) and voters < LEAST_TOGETHER
        if is_small or (how == "internet" and voters != own) or (not how and voters < own):
            raise Different(f"suara.pb: jumlah surat suara {group or 'semua desa'} {how} tidak cocok dengan daftarnya.")


def rows_of(cells: Sequence[tuple[object, ...]]) -> list[str]:
    """Baris berkas .pb: dipisah titik koma, tiap teks di satu baris."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerows([line(cell) for cell in row] for row in cells)
    return text.getvalue().split("\n")[:-1]


def line(text: object) -> str:
    return " ".join(str(text).split())


# 6. Dua aturan menghitung. Semua uang bilangan bulat atau pecahan tepat.


class Count:
    """Yang dihitung: biaya tiap usulan, surat suara yang isinya dan desanya sama digabung, dan pagu.

    Usulan di bawah batas dukungan tidak ikut: suaranya tetap tercatat di `all_votes`.
    """

    def __init__(self, costs: list[int], ceiling: int, boxed: Any, terms: Terms) -> None:
        self.costs, self.ceiling, self.terms = costs, ceiling, terms
        self.voters = sum(boxed.values())
        self.all_votes = votes_in(boxed, len(costs))
        self.all_ranked = self.rank_by(self.all_votes)
        self.needed = terms.needed(self.voters)
        self.barred = {option for option in self.all_ranked if 0 < self.all_votes[option] < self.needed}
        merged: Counter[Any] = Counter()
        for (group, choices), voters in boxed.items():
            merged[group, tuple(one for one in choices if one not in self.barred)] += voters
        self.groups = sorted(merged.items())
        self.backers: list[list[tuple[int, int]]] = [[] for _cost in costs]
        for place, ((_group, choices), voters) in enumerate(self.groups):
            for option in choices:
                self.backers[option].append((place, voters))
        self.votes = votes_in(merged, len(costs))
        # Suara terbanyak dulu; kalau sama yang lebih murah, lalu nomor undian yang lebih kecil.
        self.ranked = self.rank_by(self.votes)
        self.rank = {option: place for place, option in enumerate(self.ranked)}
        self.supported = [option for option in self.ranked if self.votes[option]]

    def rank_by(self, votes: list[int]) -> list[int]:
        return sorted(range(len(self.costs)), key=lambda option: (-votes[option], self.costs[option], option))

    def cost_of(self, options: Sequence[int]) -> int:
        return sum(self.costs[option] for option in options)

    def facts(self, option: int, reason: str, **figures: object) -> dict[str, object]:
        return {"reason": reason, "votes": self.votes[option], "cost": self.costs[option], **figures}


class Terms:
    """Ketentuan dari definisi.json: batas dukungan, dan warga berhak tiap desa kalau desa berbobot."""

    def __init__(self, definition: Any) -> None:
        self.percent = definition["threshold_percent"]
        self.eligible = {village["code"]: village["eligible"] for village in definition["villages"]}
        self.is_weighted = definition["is_weighted"] == 1 and definition["rule"] == "equal_shares"

    def needed(self, ballots: int) -> int:
        """Batas dukungan: sekian persen surat suara, dibulatkan ke atas, tidak pernah kurang dari lima suara."""
        return max(LEAST_VOTES, ceil(Fraction(ballots * self.percent, 100))) if self.percent else 0

    def people(self, group: str) -> int:
        return sum(self.eligible.get(code, 0) for code in (group.split("+") if group else self.eligible))


def votes_in(boxed: Any, options: int) -> list[int]:
    votes = [0] * options
    for (_group, choices), voters in boxed.items():
        for option in choices:
            votes[option] += voters
    return votes


def most_votes(count: Count, _first: int = 0) -> Any:
    """Setiap usulan mendapat giliran: terpilih kalau biayanya muat di sisa pagu, kalau tidak dilewati."""
    left, turns, winners, facts = count.ceiling, [], [], {}
    for option in count.ranked:
        cost = count.costs[option]
        if not count.votes[option]:
            facts[option] = count.facts(option, "unsupported", left=left)
        elif cost <= left:
            facts[option] = count.facts(option, "fitted", left=left)
            turns.append((option, left))
            winners.append(option)
            left -= cost
        else:
            # Giliran terakhir sebelum ini yang sisa pagunya masih cukup: sebanyak itu suaranya kurang.
            ahead = [other for other, left_then in turns if cost <= left_then][-1]
            comes_first = (cost, option) < (count.costs[ahead], ahead)
            more = count.votes[ahead] - count.votes[option] + (0 if comes_first else 1)
            facts[option] = count.facts(option, "left_too_little", left=left, missing=cost - left, more=more)
            turns.append((option, left))
    return winners, facts, {}


def start_of(count: Count) -> list[Fraction]:
    """Bagian awal tiap pemilih menurut desanya: sama rata, atau menurut warga berhak desa dibagi pemilihnya.

    Pemilih satu desa paling banyak mendapat tiga kali rata-rata; lebihnya dibagi ke desa lain menurut warganya.
    """
    even = Fraction(count.ceiling, count.voters)
    if not count.terms.is_weighted:
        return [even] * len(count.groups)
    voters: Counter[str] = Counter()
    for (group, _choices), number in count.groups:
        voters[group] += number
    people = {group: max(number, count.terms.people(group)) for group, number in voters.items()}
    each: dict[str, Fraction] = {}
    while True:
        open_ = [group for group in voters if group not in each]
        rest = count.ceiling - sum(each[group] * voters[group] for group in each)
        whole = sum(people[group] for group in open_)
        shares = {group: Fraction(rest * people[group], whole * voters[group]) for group in open_}
        above = [group for group in open_ if shares[group] > MOST_WEIGHT * even]
        if not above:
            each.update(shares)
            return [each[group] for (group, _choices), _number in count.groups]
        each.update(dict.fromkeys(above, MOST_WEIGHT * even))


def equal_shares(count: Count, first: int = 0) -> Any:
    """Kupon setiap pemilih dinaikkan selangkah demi selangkah selama belanjanya tidak melebihi pagu.

    Hitungan ulang tanpa sebagian suara mulai dari putaran terakhir hitungan aslinya (`first`), lalu mundur selama
    belanjanya melebihi pagu, dan maju seperti biasa.
    """
    step = max(1, count.ceiling // (100 * count.voters))
    start = start_of(count)
    if count.cost_of(count.supported) <= count.ceiling:
        rounds, run, stop = 0, Run([], {}), "all_fit"
    else:
        rounds, run, stop = raise_shares(count, start, step, first)
    shares = [share * growth(count, step, rounds) for share in start]
    filled = fill(count, run.winners)
    whole = sum(share * voters for share, (_group, voters) in zip(shares, count.groups))  # noqa: B905
    average = Fraction(whole, count.voters)
    facts = {option: loser(count, option, run.left, average) for option in count.ranked}
    for turn, (option, price, payers, _paid) in enumerate(run.bought, 1):
        reason = "bought_evenly" if payers == count.votes[option] else "bought"
        facts[option] = count.facts(option, reason, round=turn, price=str(price), payers=payers)
    for option in filled:
        facts[option] = count.facts(option, "all_fitted" if stop == "all_fit" else "filled")
    payments = {code(option): [[str(sum_), n] for sum_, n in paid] for option, _price, _payers, paid in run.bought}
    told = {"start": by_group(count, start), "shares": by_group(count, shares), "payments": payments}
    return run.winners + filled, facts, {"step": step, "rounds": rounds, "stop": stop, **told}


def growth(count: Count, step: int, rounds: int) -> Fraction:
    """Kupon dinaikkan sekian rupiah rata-rata; desa tetap pada bobotnya."""
    return 1 + Fraction(rounds * step * count.voters, count.ceiling)


def by_group(count: Count, shares: list[Fraction]) -> dict[str, str]:
    if len(set(shares)) == 1:
        return {"": str(shares[0])}
    return {group: str(share) for ((group, _choices), _voters), share in zip(count.groups, shares)}  # noqa: B905


class Run:
    """Satu kali belanja: (usulan, iuran, pembayar penuh, pembayaran) tiap pembelian, dan sisa kupon pendukung."""

    def __init__(self, bought: list[Any], left: dict[int, Fraction]) -> None:
        self.bought, self.left = bought, left
        self.winners = [one[0] for one in bought]


def raise_shares(count: Count, start: list[Fraction], step: int, first: int) -> tuple[int, Run, str]:
    def run_of(rounds: int) -> Run:
        # Semua kupon dalam seper-sekian rupiah dengan satu penyebut.
        more = growth(count, step, rounds)
        return buy_together(count, [money * more.numerator for money in whole], scale * more.denominator)

    scale = 1
    for share in set(start):
        scale = scale * share.denominator // gcd(scale, share.denominator)
    whole = [share.numerator * (scale // share.denominator) for share in start]
    rounds, run = first, run_of(first)
    while count.cost_of(run.winners) > count.ceiling:
        rounds, run = rounds - 1, run_of(rounds - 1)
    while rounds < MOST_ROUNDS:
        if not fill(count, run.winners):
            return rounds, run, "exhaustive"
        further = run_of(rounds + 1)
        if count.cost_of(further.winners) > count.ceiling:
            return rounds, run, "overspends"
        rounds, run = rounds + 1, further
    return rounds, run, "rounds"


def buy_together(count: Count, purses: list[int], scale: int) -> Run:
    """Yang dibeli berikutnya adalah usulan yang biaya dibagi iurannya paling besar.

    Nilai itu tidak pernah naik, karena kupon hanya berkurang; maka nilai terakhir cukup untuk mengurutkan.
    """
    bought: list[Any] = []
    worth = {option: Fraction(count.votes[option]) for option in count.supported}
    while True:
        best: Any = None
        for option in sorted(worth, key=lambda option: (-worth[option], count.rank[option])):
            if best and worth[option] < best[0]:
                break
            need, payers = split(count, option, purses, scale)
            if not payers:
                del worth[option]
                continue
            worth[option] = Fraction(count.costs[option] * payers * scale, need)
            if best is None or (-worth[option], count.rank[option]) < (-best[0], count.rank[best[1]]):
                best = worth[option], option, need, payers
        if best is None:
            return Run(bought, {option: left_of(count, option, purses, scale) for option in count.supported})
        _worth, option, need, payers = best
        finer = payers // gcd(need, payers)
        purses, scale, need = [purse * finer for purse in purses] if finer > 1 else purses, scale * finer, need * finer
        price, paid = need // payers, Counter[int]()
        for place, voters in count.backers[option]:
            paid[min(price, purses[place])] += voters
            purses[place] = max(0, purses[place] - price)
        payments = [(Fraction(sum_, scale), voters) for sum_, voters in sorted(paid.items(), reverse=True) if sum_]
        bought.append((option, Fraction(price, scale), payers, payments))
        del worth[option]


def split(count: Count, option: int, purses: list[int], scale: int) -> tuple[int, int]:
    """Berapa yang harus dibayar berapa orang sama rata, setelah yang kuponnya kurang memberi semuanya."""
    purse_of: dict[int, int] = {}
    for place, voters in count.backers[option]:
        purse = purses[place]
        purse_of[purse] = purse_of.get(purse, 0) + voters
    need, payers = count.costs[option] * scale, count.votes[option]
    if sum(purse * voters for purse, voters in purse_of.items()) < need:
        return need, 0
    for purse in sorted(purse_of):
        if purse * payers >= need:
            break
        need, payers = need - purse * purse_of[purse], payers - purse_of[purse]
    return need, payers


def left_of(count: Count, option: int, purses: list[int], scale: int) -> Fraction:
    return Fraction(sum(purses[place] * voters for place, voters in count.backers[option]), scale)


def fill(count: Count, winners: list[int]) -> list[int]:
    """Yang masih muat di sisa pagu, suara terbanyak dulu."""
    rest, filled = count.ceiling - count.cost_of(winners), []
    for option in count.supported:
        if option not in winners and count.costs[option] <= rest:
            filled.append(option)
            rest -= count.costs[option]
    return filled


def loser(count: Count, option: int, left: dict[int, Fraction], average: Fraction) -> dict[str, object]:
    if not count.votes[option] or option not in left:
        return count.facts(option, "unsupported")
    cost, behind = count.costs[option], left[option]
    figures = {"behind": str(behind), "percent": int(100 * behind // cost), "missing": str(cost - behind)}
    return count.facts(option, "purses_too_empty", more=ceil(Fraction(cost - behind, average)), **figures)


COUNTED: dict[str, Callable[..., Any]] = {"most_votes": most_votes, "equal_shares": equal_shares}


# 7. Ketahanan: dihitung 200 kali lagi tanpa dua persen suara, diundi dengan sidik jari definisi.json.


def robustness(count: Count, boxed: Any, rule: str, result: Any, seed: str) -> dict[str, object]:
    removed = min(count.voters, max(1, count.voters * REMOVED_PERCENT // 100))
    usual, same, wins = set(result["winners"]), 0, Counter[str]()
    for number in range(RECOUNTS):
        fewer = without(boxed, removed, f"{seed}:{number}")
        again = Count(count.costs, count.ceiling, fewer, count.terms)
        found = [code(option) for option in COUNTED[rule](again, result.get("rounds", 0))[0]]
        same += set(found) == usual
        wins.update(found)
    told = {code(option): wins[code(option)] for option in range(len(count.costs))}
    return {"recounts": RECOUNTS, "removed": removed, "same": same, "wins": told}


def without(boxed: Any, removed: int, seed: str) -> Any:
    """Surat suara urut menurut desa dan pilihan; yang nomornya diundi tidak ikut."""
    places = sorted(boxed)
    ends = list(accumulate(boxed[place] for place in places))
    gone = Counter(bisect_right(ends, ballot) for ballot in drawn_of(removed, ends[-1], seed))
    left = {place: boxed[place] - gone[at] for at, place in enumerate(places)}
    return Counter({place: voters for place, voters in left.items() if voters})


def drawn_of(count: int, total: int, seed: str) -> set[int]:
    """Sekian nomor yang berbeda di bawah `total`, dengan cara Floyd."""
    numbers, drawn = numbers_of(seed), set[int]()
    for last in range(total - count, total):
        fair = 2**64 - 2**64 % (last + 1)
        number = next(number for number in numbers if number < fair) % (last + 1)
        drawn.add(last if number in drawn else number)
    return drawn


def numbers_of(seed: str) -> Iterator[int]:
    """Delapan byte pertama SHA-256 dari benih diikuti 0, 1, 2 dan seterusnya."""
    counter = 0
    while True:
        yield int.from_bytes(hashlib.sha256(f"{seed}:{counter}".encode()).digest()[:8], "big")
        counter += 1


# 8. Hasil: hasil.json dibuat lagi, lalu dibandingkan.


def result_of(count: Count, rule: str, *, is_told: bool) -> dict[str, Any]:
    winners, facts, more = COUNTED[rule](count)
    for option in count.barred:
        votes = count.all_votes[option]
        below = {"reason": "below_threshold", "votes": votes, "cost": count.costs[option]}
        facts[option] = {**below, "needed": count.needed, "more": count.needed - votes}
    chosen, cost = set(winners), count.cost_of(winners)
    without_ = sum(voters for (_group, choices), voters in count.groups if not chosen.intersection(choices))
    return {
        "rule": rule,
        "winners": [code(option) for option in winners],
        "total_cost": cost,
        "left": count.ceiling - cost,
        "options": {code(option): {"won": int(option in chosen), **facts[option]} for option in count.all_ranked},
        **({"without_winner": without_} if is_told else {}),
        **more,
    }


def turnout_of(definition: Any, counts: Any) -> dict[str, int]:
    """Sedikit atau banyaknya pemilih hanya label: hasil tidak batal karenanya."""
    eligible = sum(village["eligible"] for village in definition["villages"])
    voted = sum(one[key] for one in counts["roll"] for key in CHANNELS)
    needed = max(LEAST_BALLOTS, ceil(Fraction(eligible * definition["quorum_percent"], 100)))
    whole = {"eligible": eligible, "voted": voted, "needed": needed, "is_enough": int(voted >= needed)}
    return {**whole, "invalid_paper": counts["invalid_paper"]}


def votes_by(boxed: Any, place: int, name: str, options: int, terms: Terms) -> list[dict[str, object]]:
    """Surat suara dan suara tiap kelompok desa, atau tiap cara memilih, kalau disebut di suara.pb."""
    marks = sorted({ballot[place] for ballot in boxed})
    told = []
    for mark in marks if marks != [""] else []:
        own = Counter({("", ballot[1]): 0 for ballot in boxed})
        for ballot, voters in boxed.items():
            own["", ballot[1]] += voters if ballot[place] == mark else 0
        votes = {code(option): number for option, number in enumerate(votes_in(own, options))}
        row: dict[str, object] = {name: mark, "ballots": sum(own.values()), "votes": votes}
        told.append({**row, "eligible": terms.people(mark)} if name == "village" else row)
    return told


def code(option: int) -> str:
    return f"P{option + 1:02d}"


def check_result(files: dict[str, bytes], definition: Any, counts: Any, told: Any, ballots: Any) -> None:
    terms, costs = Terms(definition), [option["cost"] for option in definition["options"]]
    boxed: Counter[Any] = Counter()
    for (group, choices, _how), voters in ballots.items():
        boxed[group, choices] += voters
    count = Count(costs, definition["ceiling"], boxed, terms)
    rule, other = definition["rule"], next(rule for rule in RULES if rule != definition["rule"])
    result = result_of(count, rule, is_told=True)
    found = {
        **frame_of(files, definition, counts, count),
        "result": result,
        "other": result_of(count, other, is_told=True),
        "groups": votes_by(ballots, 0, "village", len(costs), terms),
        "channels": votes_by(ballots, 2, "channel", len(costs), terms),
    }
    # Yang lama dihitung terakhir.
    compare({name: told[name] for name in told if name != "robustness"}, found)
    firm = robustness(count, boxed, rule, result, sha256(files["definisi.json"]))
    compare(told, {**found, "robustness": firm})


def frame_of(files: dict[str, bytes], definition: Any, counts: Any, count: Count) -> dict[str, Any]:
    names = [name for name in files if name not in (README, "hasil.json", SCRIPT, SIGNATURE)]
    return {
        "format": 2,
        "contest": definition["contest"],
        "planned_rule": definition["rule"],
        "ballots": count.voters,
        "ceiling": count.ceiling,
        "votes_needed": count.needed,
        "turnout": turnout_of(definition, counts),
        "files": {name: sha256(files[name]) for name in names},
    }


def check_totals(files: dict[str, bytes], definition: Any, counts: Any, told: Any) -> None:
    """Di bawah 30 surat suara hanya jumlah suara yang diumumkan; pemenang dihitung lagi dari jumlah itu."""
    total = counts["counted"] + counts["paper"]
    if total >= LEAST_BALLOTS:
        raise Different("suara.pb: tidak ada, padahal surat suaranya cukup banyak untuk dirinci.")
    costs = [option["cost"] for option in definition["options"]]
    most, votes = total * definition["max_choices"], votes_told(told, len(costs))
    check(
        "hasil.json",
        [
            (lambda: all(is_count(number) and number <= total for number in votes), "jumlah suaranya keliru"),
            (lambda: total <= sum(votes) <= most, "jumlah suaranya tidak mungkin dari surat suara sebanyak itu"),
        ],
    )
    # Untuk suara terbanyak hanya jumlahnya yang menentukan.
    count = Count(costs, definition["ceiling"], Counter(), Terms(definition))
    count.voters, count.needed = total, count.terms.needed(total)
    set_votes(count, votes)
    found = {**frame_of(files, definition, counts, count), "result": result_of(count, "most_votes", is_told=False)}
    compare(told, found)


def votes_told(told: Any, options: int) -> list[int]:
    try:
        return [told["result"]["options"][code(at)]["votes"] for at in range(options)]
    except (KeyError, TypeError):
        raise Different("hasil.json: ada usulan tanpa jumlah suara.") from None


def set_votes(count: Count, votes: list[int]) -> None:
    count.all_votes, count.all_ranked = votes, count.rank_by(votes)
    count.barred = {option for option, number in enumerate(votes) if 0 < number < count.needed}
    count.votes = [0 if option in count.barred else number for option, number in enumerate(votes)]
    count.ranked = count.rank_by(count.votes)


def compare(told: Any, found: Any) -> None:
    if canonical(found) != canonical(told):
        raise Different(first_difference(told, found, "hasil.json"))


def first_difference(told: Any, found: Any, place: str) -> str:
    if isinstance(told, dict) and isinstance(found, dict):
        keys = [key for key in sorted({*told, *found}) if canonical(told.get(key)) != canonical(found.get(key))]
        return first_difference(told.get(keys[0]), found.get(keys[0]), f"{place} › {keys[0]}")
    return f"{place}: tertulis {json.dumps(told)}, hitungan ulang {json.dumps(found)}."


def check_sums(files: dict[str, bytes], told: Any) -> None:
    written = told.get("files") if isinstance(told, dict) else None
    if not isinstance(written, dict):
        raise Different("hasil.json: daftar SHA-256 tidak ada.")
    for name in sorted(set(files) - {README, "hasil.json", SCRIPT, SIGNATURE}):
        if written.get(name) != sha256(files[name]):
            raise Different(f"{name}: SHA-256-nya bukan yang tertulis di hasil.json.")


def check_signature(files: dict[str, bytes], key: str) -> None:
    try:
        signature = files[SIGNATURE].decode("ascii").removesuffix("\n")
        holds = files[SIGNATURE] == f"{signature}\n".encode() and is_signed(key, files["hasil.json"], signature)
    except ValueError:
        holds = False
    if not holds:
        raise Different(f"{SIGNATURE}: bukan tanda tangan hasil.json dengan kunci di definisi.json.")


def recount(path: str) -> list[str]:
    raw, files = read_package(path)
    check_enclosed(files)
    definition, told = read_definition(files), read_json(files, "hasil.json")
    check_sums(files, told)
    leaves = read_lines(files, "log.txt")
    check_heads(files, definition, leaves)
    counts = read_counts(files, definition, leaves)
    if "suara.pb" in files:
        check_leaves(files, counts, leaves)
        ballots = read_ballots(files, definition, counts)
        check_result(files, definition, counts, told, ballots)
    else:
        check_totals(files, definition, counts, told)
    check_signature(files, definition["head_key"])
    again = pack(files)
    if raw != again:
        at = next(at for at in range(len(raw) + 1) if raw[at : at + 1] != again[at : at + 1])
        raise Different(f"kemasan zip: byte ke-{at} bukan seperti paket asli.")
    return summary(definition, told, counts, files, sha256(raw))


def summary(definition: Any, told: Any, counts: Any, files: dict[str, bytes], digest: str) -> list[str]:
    title = {option["code"]: option["title"] for option in definition["options"]}
    result = told["result"]
    lines = ["COCOK. Setelah dihitung ulang, hasilnya sama sampai huruf terakhir.", "", definition["title"]]
    lines.append(f"{told['ballots']} surat suara; pagu Rp{told['ceiling']:,}".replace(",", ".") + ".")
    lines.append(
        f"Amplop: {counts['accepted']} diterima, {counts['counted']} dihitung, {counts['replaced']} diganti, "
        f"{counts['superseded']} kalah oleh kertas."
    )
    lines.append(f"Terpilih menurut aturan {RULES[result['rule']]}:")
    for winner in result["winners"]:
        facts = result["options"][winner]
        lines.append(f"  {winner} {title[winner]}: {facts['votes']} suara, Rp" + f"{facts['cost']:,}".replace(",", "."))
    if "other" in told:
        other = told["other"]
        lines.append(f"Pembanding, {RULES[other['rule']]}: {', '.join(other['winners']) or '-'}.")
        firm = told["robustness"]
        lines.append(f"Tanpa 2 % suara, hasilnya tetap sama dalam {firm['same']} dari {firm['recounts']} hitungan.")
    lines += ["", f"Sidik jari definisi.json: {sha256(files['definisi.json'])}", f"Sidik jari paket ini: {digest}"]
    lines.append(f"Kunci tanda tangan: {definition['head_key']}")
    return [*lines, "Cocokkan sidik jari definisi dan kunci dengan yang diumumkan saat pemilihan dibuka."]


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if len(arguments) != 1:
        print("Cara pakai: python3 hitung_ulang.py paket-hasil.zip", file=sys.stderr)
        return 2
    try:
        print("\n".join(recount(arguments[0])))
    except Different as different:
        print(f"TIDAK COCOK. {different}", file=sys.stderr)
        return 1
    except NoPackage as reason:
        print(f"{arguments[0]}: {reason}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
