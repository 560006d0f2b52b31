#!/usr/bin/env python3
"""Hitung ulang: memeriksa paket-hasil.zip tanpa memercayai situs yang menerbitkannya.

Cara pakai:  python3 hitung_ulang.py paket-hasil.zip

Cukup Python 3.9 atau lebih baru, tanpa internet dan tanpa pustaka tambahan. Program ini ditulis terpisah dari
program situs, langsung dari bunyi aturannya, lalu membuat hasil.json sekali lagi dari definisi.json dan suara.pb.

Keluar 0: sama sampai huruf terakhir. Keluar 1: ada yang berbeda, yang pertama disebut. Keluar 2: bukan paket hasil.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import struct
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction
from math import ceil, gcd
from pathlib import Path
from typing import Any

FILES = ("BACA-SAYA.txt", "definisi.json", "hasil.json", "hitung_ulang.py", "suara.pb")
COUNTS = ("ceiling", "contest", "format", "max_choices")
TEXTS = ("closes", "draw_seed", "opens", "regency", "region", "rule", "title")
OPTION_KEYS = ["code", "cost", "number", "proposal", "title"]
RULES = {"most_votes": "suara terbanyak dulu", "equal_shares": "patungan setara"}
LEAST_BALLOTS = 30
MOST_ROUNDS = 5000
MOST_BYTES = 200_000_000
BROKEN = (zipfile.BadZipFile, struct.error, EOFError, KeyError, OSError, OverflowError, RuntimeError, ValueError)


class Different(Exception):
    """Yang pertama tidak cocok."""


class NoPackage(Exception):
    """Berkas ini bukan paket hasil."""


# 1. Paket: lima berkas, tidak dimampatkan, namanya urut, tanpa apa pun selain itu.


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
            refuse_tricks(archive.infolist())
            return raw, {name: read_member(archive, name) for name in FILES}
    except BROKEN as error:
        raise Different(f"kemasan zip: rusak ({error}).") from None


def refuse_tricks(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    for name in names:
        if name not in FILES:
            raise Different(f"kemasan zip: berkas asing {name!r}.")
        if names.count(name) > 1:
            raise Different(f"{name}: ada lebih dari satu di dalam paket.")
    for name in FILES:
        if name not in names:
            raise Different(f"{name}: tidak ada di dalam paket.")
    for member in members:
        if member.compress_type != zipfile.ZIP_STORED or member.file_size > MOST_BYTES:
            raise Different(f"{member.filename}: dimampatkan atau terlalu besar; paket asli tidak begitu.")


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


def canonical(data: Any) -> bytes:
    return (json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


# 2. Definisi: apa yang dibekukan saat pemilihan dibuka.


def read_json(files: dict[str, bytes], name: str) -> Any:
    try:
        data = json.loads(files[name].decode())
        is_canonical = canonical(data) == files[name]
    except (ValueError, RecursionError):
        raise Different(f"{name}: tidak dapat dibaca sebagai JSON.") from None
    if not is_canonical:
        raise Different(f"{name}: tidak ditulis dalam bentuk baku.")
    return data


def read_definition(files: dict[str, bytes]) -> Any:
    data = read_json(files, "definisi.json")
    checks: list[tuple[Callable[[], bool], str]] = [
        (lambda: sorted(data) == sorted([*COUNTS, *TEXTS, "options"]), "keterangannya kurang atau lebih"),
        (lambda: all(is_count(data[key]) for key in COUNTS), f"{', '.join(COUNTS)} harus bilangan bulat"),
        (lambda: all(isinstance(data[key], str) for key in TEXTS), f"{', '.join(TEXTS)} harus teks"),
        (lambda: data["format"] == 1, "bentuknya tidak dikenal; pakai hitung_ulang.py dari paket yang sama"),
        (lambda: data["rule"] in RULES, "aturannya tidak dikenal"),
        (lambda: moment(data["opens"]) < moment(data["closes"]), "waktu buka dan tutupnya keliru"),
        (lambda: len(data["options"]) > 1, "usulannya kurang dari dua"),
        (lambda: all(sorted(option) == OPTION_KEYS for option in data["options"]), "ada usulan yang tidak lengkap"),
        (lambda: has_numbers(data["options"]), "nomor usulan tidak urut"),
        (lambda: has_costs(data["options"], data["ceiling"]), "ada biaya yang bukan bilangan bulat di dalam pagu"),
        (lambda: is_drawn(data["options"], data["draw_seed"]), "nomor usulan tidak cocok dengan benih undian"),
    ]
    for is_right, what in checks:
        try:
            holds = is_right()
        except (AttributeError, KeyError, TypeError, ValueError):
            holds = False
        if not holds:
            raise Different(f"definisi.json: {what}.")
    return data


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def has_numbers(options: Any) -> bool:
    return all(
        is_count(option["number"]) and (option["number"], option["code"]) == (number, f"P{number:02d}")
        for number, option in enumerate(options, 1)
    )


def has_costs(options: Any, ceiling: int) -> bool:
    return all(is_count(option["cost"]) and option["cost"] <= ceiling for option in options)


def is_drawn(options: Any, seed: str) -> bool:
    """Undian: urut menurut SHA-256 dari benih diikuti nomor usulan. Judul hanya perlu berupa teks."""
    proposals = [option["proposal"] for option in options if isinstance(option["title"], str)]
    drawn = sorted(set(proposals), key=lambda proposal: hashlib.sha256((seed + proposal).encode()).hexdigest())
    return proposals == drawn and len(drawn) == len(options)


def is_count(value: Any) -> bool:
    return type(value) is int and value > 0


# 3. Surat suara: dibaca, lalu berkasnya disusun lagi dan dibandingkan baris demi baris.

VOTES = "\nVOTES\nvoter_id;vote\n"


def read_ballots(files: dict[str, bytes], definition: Any) -> list[tuple[int, ...]]:
    try:
        head, mark, tail = files["suara.pb"].decode().partition(VOTES)
    except ValueError:
        raise Different("suara.pb: bukan teks UTF-8.") from None
    if not mark or not tail.endswith("\n"):
        raise Different("suara.pb: bagian VOTES terpotong atau tidak ada.")
    places = {option["code"]: place for place, option in enumerate(definition["options"])}
    ballots: list[tuple[int, ...]] = []
    for line, row in enumerate(tail[:-1].split("\n"), head.count("\n") + 4):
        codes = row.partition(";")[2].split(",")
        if any(code not in places for code in codes):
            raise Different(f"suara.pb, baris {line}: pilihan di luar daftar usulan.")
        choices = tuple(places[code] for code in codes)
        if len(choices) > definition["max_choices"] or list(choices) != sorted(set(choices)):
            raise Different(f"suara.pb, baris {line}: pilihannya ganda, terlalu banyak, atau tidak urut.")
        if not row.startswith(f"S{len(ballots) + 1:05d};") or (ballots and ballots[-1] > choices):
            raise Different(f"suara.pb, baris {line}: nomor atau urutan surat suara salah.")
        ballots.append(choices)
    if len(ballots) < LEAST_BALLOTS:
        raise Different(f"suara.pb: kurang dari {LEAST_BALLOTS} surat suara; hasil sekecil itu tidak dirinci.")
    return ballots


def check_head(files: dict[str, bytes], definition: Any, count: Count, winners: list[str]) -> None:
    """Bagian META dan PROJECTS menyebut hal yang sama dengan definisi dan hitungan."""
    lines = files["suara.pb"].decode().partition(VOTES)[0].split("\n")
    figures = {"num_projects": len(count.costs), "num_votes": count.voters, "budget": count.ceiling}
    names = {"description": definition["title"], "unit": definition["regency"], "subunit": definition["region"]}
    for key, value in {**figures, **names, "max_length": definition["max_choices"]}.items():
        if [line for line in lines if line.startswith(f"{key};")] != rows_of([(key, value)]):
            raise Different(f"suara.pb: {key} seharusnya {value}.")
    expected = [
        (option["code"], option["cost"], votes, option["title"], int(option["code"] in winners))
        for option, votes in zip(definition["options"], count.votes)  # noqa: B905
    ]
    projects = ["PROJECTS", "project_id;cost;votes;name;selected", *rows_of(expected)]
    if lines[-len(projects) :] != projects:
        raise Different("suara.pb: bagian PROJECTS tidak sama dengan definisi dan hitungan.")


def rows_of(cells: Sequence[tuple[object, ...]]) -> list[str]:
    """Baris berkas .pb: dipisah titik koma, tiap teks di satu baris."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerows([" ".join(str(cell).split()) for cell in row] for row in cells)
    return text.getvalue().splitlines()


# 4. Dua aturan menghitung. Semua uang bilangan bulat atau pecahan tepat.


class Count:
    """Yang dihitung: biaya tiap usulan, surat suara yang isinya sama digabung, dan pagu."""

    def __init__(self, costs: list[int], ballots: list[tuple[int, ...]], ceiling: int) -> None:
        self.costs, self.ceiling, self.voters = costs, ceiling, len(ballots)
        self.groups = sorted(Counter(ballots).items())
        self.backers: list[list[tuple[int, int]]] = [[] for _cost in costs]
        for group, (choices, voters) in enumerate(self.groups):
            for option in choices:
                self.backers[option].append((group, voters))
        self.votes = [sum(voters for _group, voters in backers) for backers in self.backers]
        # Suara terbanyak dulu; kalau sama yang lebih murah, lalu nomor undian yang lebih kecil.
        self.ranked = sorted(range(len(costs)), key=lambda option: (-self.votes[option], costs[option], option))
        self.rank = {option: place for place, option in enumerate(self.ranked)}
        self.supported = [option for option in self.ranked if self.votes[option]]

    def cost_of(self, options: list[int]) -> int:
        return sum(self.costs[option] for option in options)

    def facts(self, option: int, reason: str, **figures: object) -> dict[str, object]:
        return {"reason": reason, "votes": self.votes[option], "cost": self.costs[option], **figures}


def most_votes(count: Count) -> tuple[list[int], dict[int, dict[str, object]], dict[str, object]]:
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


def equal_shares(count: Count) -> tuple[list[int], dict[int, dict[str, object]], dict[str, object]]:
    """Kupon setiap pemilih dinaikkan selangkah demi selangkah selama belanjanya tidak melebihi pagu."""
    step = max(1, count.ceiling // (100 * count.voters))
    if count.cost_of(count.supported) <= count.ceiling:
        rounds, run, stop = 0, Run([], {}), "all_fit"
    else:
        rounds, run, stop = raise_shares(count, step)
    share, filled = Fraction(count.ceiling, count.voters) + rounds * step, fill(count, run.winners)
    facts = {option: loser(count, option, run.left, share) for option in count.ranked}
    for turn, (option, price, payers) in enumerate(run.bought, 1):
        reason = "bought_evenly" if payers == count.votes[option] else "bought"
        facts[option] = count.facts(option, reason, round=turn, price=str(price), payers=payers)
    for option in filled:
        facts[option] = count.facts(option, "all_fitted" if stop == "all_fit" else "filled")
    return run.winners + filled, facts, {"step": step, "rounds": rounds, "stop": stop}


class Run:
    """Satu kali belanja: usulan yang dibeli dengan iuran dan jumlah pembayar penuh, dan sisa kupon pendukung."""

    def __init__(self, bought: list[tuple[int, Fraction, int]], left: dict[int, Fraction]) -> None:
        self.bought, self.left = bought, left
        self.winners = [option for option, _price, _payers in bought]


def raise_shares(count: Count, step: int) -> tuple[int, Run, str]:
    rounds, run = 0, buy_together(count, count.ceiling)
    while rounds < MOST_ROUNDS:
        if not fill(count, run.winners):
            return rounds, run, "exhaustive"
        # Kupon dihitung dalam seper-sekian rupiah, dengan jumlah pemilih sebagai penyebut.
        further = buy_together(count, count.ceiling + (rounds + 1) * step * count.voters)
        if count.cost_of(further.winners) > count.ceiling:
            return rounds, run, "overspends"
        rounds, run = rounds + 1, further
    return rounds, run, "rounds"


def buy_together(count: Count, share: int) -> Run:
    """Yang dibeli berikutnya adalah usulan yang biaya dibagi iurannya paling besar.

    Nilai itu tidak pernah naik, karena kupon hanya berkurang; maka nilai terakhir cukup untuk mengurutkan.
    """
    purses, scale = [share] * len(count.groups), count.voters
    bought: list[tuple[int, Fraction, int]] = []
    worth = {option: Fraction(count.votes[option]) for option in count.supported}
    while True:
        best: tuple[Fraction, int, int, int] | None = None
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
        for group, _voters in count.backers[option]:
            purses[group] = max(0, purses[group] - need // payers)
        bought.append((option, Fraction(need // payers, scale), payers))
        del worth[option]


def split(count: Count, option: int, purses: list[int], scale: int) -> tuple[int, int]:
    """Berapa yang harus dibayar berapa orang sama rata, setelah yang kuponnya kurang memberi semuanya."""
    purse_of: Counter[int] = Counter()
    for group, voters in count.backers[option]:
        purse_of[purses[group]] += voters
    need, payers = count.costs[option] * scale, count.votes[option]
    if sum(purse * voters for purse, voters in purse_of.items()) < need:
        return need, 0
    for purse in sorted(purse_of):
        if purse * payers >= need:
            break
        need, payers = need - purse * purse_of[purse], payers - purse_of[purse]
    return need, payers


def left_of(count: Count, option: int, purses: list[int], scale: int) -> Fraction:
    return Fraction(sum(purses[group] * voters for group, voters in count.backers[option]), scale)


def fill(count: Count, winners: list[int]) -> list[int]:
    """Yang masih muat di sisa pagu, suara terbanyak dulu."""
    rest, filled = count.ceiling - count.cost_of(winners), []
    for option in count.supported:
        if option not in winners and count.costs[option] <= rest:
            filled.append(option)
            rest -= count.costs[option]
    return filled


def loser(count: Count, option: int, left: dict[int, Fraction], share: Fraction) -> dict[str, object]:
    if not count.votes[option] or option not in left:
        return count.facts(option, "unsupported")
    cost, behind = count.costs[option], left[option]
    figures = {"behind": str(behind), "percent": int(100 * behind // cost), "missing": str(cost - behind)}
    return count.facts(option, "purses_too_empty", more=ceil(Fraction(cost - behind, share)), **figures)


# 5. Hasil: hasil.json dibuat lagi, lalu dibandingkan.

COUNTED = {"most_votes": most_votes, "equal_shares": equal_shares}


def result_of(count: Count, rule: str) -> dict[str, Any]:
    winners, facts, more = COUNTED[rule](count)
    chosen = set(winners)
    without = sum(voters for choices, voters in count.groups if not chosen.intersection(choices))
    return {
        "rule": rule,
        "winners": [code(option) for option in winners],
        "total_cost": count.cost_of(winners),
        "without_winner": without,
        "options": {code(option): {"won": option in chosen, **facts[option]} for option in count.ranked},
        **more,
    }


def code(option: int) -> str:
    return f"P{option + 1:02d}"


def first_difference(told: Any, found: Any, place: str) -> str:
    if isinstance(told, dict) and isinstance(found, dict):
        keys = [key for key in sorted({*told, *found}) if canonical(told.get(key)) != canonical(found.get(key))]
        return first_difference(told.get(keys[0]), found.get(keys[0]), f"{place} › {keys[0]}")
    return f"{place}: tertulis {json.dumps(told)}, hitungan ulang {json.dumps(found)}."


def check_sums(files: dict[str, bytes], told: Any) -> dict[str, str]:
    sums = {name: hashlib.sha256(files[name]).hexdigest() for name in FILES if name != "hasil.json"}
    written = told.get("files") if isinstance(told, dict) else None
    if not isinstance(written, dict):
        raise Different("hasil.json: daftar SHA-256 tidak ada.")
    for name, digest in sums.items():
        if written.get(name) != digest:
            raise Different(f"{name}: SHA-256-nya bukan yang tertulis di hasil.json.")
    return sums


def recount(path: str) -> list[str]:
    raw, files = read_package(path)
    definition, told = read_definition(files), read_json(files, "hasil.json")
    sums, ballots = check_sums(files, told), read_ballots(files, definition)
    count = Count([option["cost"] for option in definition["options"]], ballots, definition["ceiling"])
    result, other = (result_of(count, rule) for rule in sorted(RULES, key=lambda rule: rule != definition["rule"]))
    check_head(files, definition, count, result["winners"])
    found = {"ballots": count.voters, "budget": count.ceiling, "files": sums, "other": other, **result}
    if canonical(found) != files["hasil.json"]:
        raise Different(first_difference(told, found, "hasil.json"))
    again = pack(files)
    if raw != again:
        at = next(at for at in range(len(raw) + 1) if raw[at : at + 1] != again[at : at + 1])
        raise Different(f"kemasan zip: byte ke-{at} bukan seperti paket asli.")
    return summary(definition, found, hashlib.sha256(raw).hexdigest())


def summary(definition: Any, found: Any, digest: str) -> list[str]:
    title = {option["code"]: option["title"] for option in definition["options"]}
    lines = ["COCOK. Setelah dihitung ulang, hasilnya sama sampai huruf terakhir.", "", definition["title"]]
    lines.append(f"{found['ballots']} surat suara; pagu Rp{found['budget']:,}".replace(",", ".") + ".")
    lines.append(f"Terpilih menurut aturan {RULES[found['rule']]}:")
    for winner in found["winners"]:
        facts = found["options"][winner]
        lines.append(f"  {winner} {title[winner]}: {facts['votes']} suara, Rp" + f"{facts['cost']:,}".replace(",", "."))
    lines.append(f"Pembanding, {RULES[found['other']['rule']]}: {', '.join(found['other']['winners']) or '-'}.")
    lines += ["", f"Sidik jari definisi.json: {found['files']['definisi.json']}", f"Sidik jari paket ini: {digest}"]
    return [*lines, "Cocokkan sidik jari definisi dengan yang diumumkan saat pemilihan dibuka."]


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
