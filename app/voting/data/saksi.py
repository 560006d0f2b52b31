#!/usr/bin/env python3
"""Saksi: membuat kunci kotak suara, berlatih membukanya, dan membukanya setelah pemilihan ditutup.

Cara pakai, di laptop yang TIDAK tersambung internet:

  python3 saksi.py kunci                              sebelum pemilihan dibuka, disaksikan tiga saksi
  python3 saksi.py latihan BAGIAN-1 BAGIAN-2 BAGIAN-3 mencoba ketiga pasangan bagian kunci
  python3 saksi.py buka kotak.zip BAGIAN BAGIAN       setelah ditutup, dua saksi, di dua laptop berbeda

BAGIAN adalah berkas bagian-N.txt. Cukup Python 3.9 atau lebih baru, tanpa pustaka tambahan; kalau PyNaCl terpasang,
membuka banyak amplop menjadi jauh lebih cepat. Program ini ditulis terpisah dari program situs.

Keluar 0: berhasil. Keluar 1: ada yang tidak cocok, yang pertama disebut. Keluar 2: perintahnya keliru.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import secrets
import struct
import sys
import zipfile
from base64 import b32decode, b32encode
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

try:
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox
    from nacl.signing import VerifyKey
except ImportError:
    HAS_LIBRARY = False
else:
    HAS_LIBRARY = True

FILES = ("amplop.bin", "definisi.json", "hitungan.json", "kepala.json", "kertas.json", "log.txt", "saksi.py")
ENVELOPE, CONTENT = 208, 160
TOGETHER = 20
MOST_BYTES = 500_000_000
BROKEN = (zipfile.BadZipFile, struct.error, EOFError, KeyError, OSError, OverflowError, RuntimeError, ValueError)


class Wrong(Exception):
    """Yang pertama tidak cocok."""


# 1. Kunci dan bagiannya. Shamir, 2 dari 3: kunci adalah nilai garis lurus di titik 0, tiap bagian satu titik lain.

PRIME = 2**521 - 1
SHARES = (1, 2, 3)
SHARE_BYTES, SHARE_DIGITS = 66, 106


def make_keys() -> tuple[str, list[str]]:
    """Kunci umum (heksadesimal) dan tiga bagian kunci rahasia; kunci rahasianya sendiri tidak disimpan di mana pun."""
    secret = secrets.token_bytes(32)
    slope = secrets.randbelow(PRIME)
    value = int.from_bytes(secret, "big")
    return public_of(secret).hex(), [write_share(at, (value + slope * at) % PRIME) for at in SHARES]


def write_share(at: int, value: int) -> str:
    digits = b32encode(value.to_bytes(SHARE_BYTES, "big")).decode().rstrip("=")
    return f"{at}-{digits}"


def read_share(text: str) -> tuple[int, int]:
    number, dash, digits = tidy(text).partition("-")
    try:
        value = int.from_bytes(b32decode(digits + "=" * (-len(digits) % 8)), "big")
    except ValueError:
        raise Wrong("bagian kunci: ada huruf yang salah.") from None
    if not dash or number not in ("1", "2", "3") or len(digits) != SHARE_DIGITS or value >= PRIME:
        raise Wrong("bagian kunci: harus 1-, 2- atau 3- diikuti 106 huruf dan angka.")
    return int(number), value


def tidy(text: str) -> str:
    """Bagian kunci boleh disalin tangan: huruf kecil, spasi dan baris tidak berpengaruh."""
    return "".join(text.split()).upper()


def fingerprint_of(share: str) -> str:
    """Sidik bagian, yang ditulis di definisi pemilihan."""
    return hashlib.sha256(tidy(share).encode()).hexdigest()


def join(one: str, other: str) -> bytes:
    """Kunci rahasia dari dua bagian yang berbeda."""
    (x, fx), (y, fy) = read_share(one), read_share(other)
    if x == y:
        raise Wrong("bagian kunci: perlu dua bagian dari dua saksi yang berbeda.")
    value = (fx * y - fy * x) * pow(y - x, PRIME - 2, PRIME) % PRIME
    if value >= 2**256:
        raise Wrong("bagian kunci: kedua bagian ini tidak berpasangan.")
    return value.to_bytes(32, "big")


# 2. Amplop: kotak tersegel libsodium. Sumber: RFC 7748 (X25519), RFC 8439 §2.5 (Poly1305), makalah XSalsa20.

FIELD = 2**255 - 19


def x25519(secret: bytes, point: bytes) -> bytes:
    k = int.from_bytes(secret, "little") & ~7 & (2**254 - 1) | 2**254
    u = int.from_bytes(point, "little") & (2**255 - 1)
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for place in range(254, -1, -1):
        bit = k >> place & 1
        if swap != bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb, aa, bb = d * a % FIELD, c * b % FIELD, a * a % FIELD, b * b % FIELD
        x3, z3 = (da + cb) ** 2 % FIELD, u * (da - cb) ** 2 % FIELD
        e = aa - bb
        x2, z2 = aa * bb % FIELD, e * (aa + 121665 * e) % FIELD
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, FIELD - 2, FIELD) % FIELD).to_bytes(32, "little")


def public_of(secret: bytes) -> bytes:
    return x25519(secret, b"\x09" + bytes(31))


def salsa_rounds(state: list[int]) -> list[int]:
    x = list(state)
    for _double in range(10):
        for a, b, c, d in QUARTERS:
            t = x[a] + x[d] & 0xFFFFFFFF
            x[b] ^= (t << 7 | t >> 25) & 0xFFFFFFFF
            t = x[b] + x[a] & 0xFFFFFFFF
            x[c] ^= (t << 9 | t >> 23) & 0xFFFFFFFF
            t = x[c] + x[b] & 0xFFFFFFFF
            x[d] ^= (t << 13 | t >> 19) & 0xFFFFFFFF
            t = x[d] + x[c] & 0xFFFFFFFF
            x[a] ^= (t << 18 | t >> 14) & 0xFFFFFFFF
    return x


QUARTERS = (
    *((0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11)),
    *((0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)),
)
SIGMA = struct.unpack("<4I", b"expand 32-byte k")


def salsa_state(key: bytes, place: bytes) -> list[int]:
    k, n = struct.unpack("<8I", key), struct.unpack("<4I", place)
    return [SIGMA[0], *k[:4], SIGMA[1], *n, SIGMA[2], *k[4:], SIGMA[3]]


def hsalsa(key: bytes, place: bytes) -> bytes:
    x = salsa_rounds(salsa_state(key, place))
    return struct.pack("<8I", *(x[at] for at in (0, 5, 10, 15, 6, 7, 8, 9)))


def xsalsa(key: bytes, nonce: bytes, length: int) -> bytes:
    inner, stream = hsalsa(key, nonce[:16]), b""
    for block in range(-(-length // 64)):
        state = salsa_state(inner, nonce[16:] + struct.pack("<Q", block))
        stream += struct.pack("<16I", *(s + x & 0xFFFFFFFF for s, x in zip(state, salsa_rounds(state))))  # noqa: B905
    return stream[:length]


def poly1305(key: bytes, message: bytes) -> bytes:
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total, modulus = 0, 2**130 - 5
    for start in range(0, len(message), 16):
        total = (total + int.from_bytes(message[start : start + 16] + b"\x01", "little")) * r % modulus
    return (total + int.from_bytes(key[16:], "little") & (2**128 - 1)).to_bytes(16, "little")


def sealing(shared: bytes, sender: bytes, public: bytes, length: int) -> bytes:
    """Aliran kunci sebuah amplop: 32 byte untuk segel, selebihnya untuk isi."""
    nonce = hashlib.blake2b(sender + public, digest_size=24).digest()
    return xsalsa(hsalsa(shared, bytes(16)), nonce, 32 + length)


def seal(public: bytes, content: bytes) -> bytes:
    secret = secrets.token_bytes(32)
    sender = public_of(secret)
    stream = sealing(x25519(secret, public), sender, public, len(content))
    hidden = bytes(a ^ b for a, b in zip(content, stream[32:]))  # noqa: B905
    return sender + poly1305(stream[:32], hidden) + hidden


def slow_open(envelope: bytes, public: bytes, secret: bytes) -> bytes:
    sender, tag, hidden = envelope[:32], envelope[32:48], envelope[48:]
    stream = sealing(x25519(secret, sender), sender, public, len(hidden))
    if not hmac.compare_digest(tag, poly1305(stream[:32], hidden)):
        raise ValueError("segelnya rusak")
    return bytes(a ^ b for a, b in zip(hidden, stream[32:]))  # noqa: B905


def open_envelope(envelope: bytes, public: bytes, secret: bytes) -> bytes:
    if not HAS_LIBRARY:
        return slow_open(envelope, public, secret)
    try:
        return SealedBox(PrivateKey(secret)).decrypt(envelope)
    except CryptoError:
        raise ValueError("segelnya rusak") from None


# 3. Kotak: tujuh berkas, dan semua jumlah di dalamnya harus cocok satu sama lain.


def read_box(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = [member.filename for member in archive.infolist()]
            if sorted(names) != sorted(FILES):
                raise Wrong(f"kotak.zip: isinya harus {', '.join(FILES)}.")
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise Wrong("kotak.zip: terlalu besar.")
            return {name: archive.read(name) for name in names}
    except BROKEN as error:
        raise Wrong(f"kotak.zip: rusak ({error}).") from None


def canonical(data: Any) -> bytes:
    return (json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def read_json(files: dict[str, bytes], name: str) -> Any:
    try:
        data = json.loads(files[name].decode())
        is_canonical = canonical(data) == files[name]
    except (ValueError, RecursionError):
        raise Wrong(f"{name}: tidak dapat dibaca sebagai JSON.") from None
    if not is_canonical:
        raise Wrong(f"{name}: tidak ditulis dalam bentuk baku.")
    return data


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def envelopes_of(files: dict[str, bytes], counts: Any) -> list[bytes]:
    """Amplop yang dihitung; semuanya ada di dalam log dan jumlahnya sama dengan daftar pemilih."""
    content = files["amplop.bin"]
    found = [content[start : start + ENVELOPE] for start in range(0, len(content), ENVELOPE)]
    marks = [hashlib.sha256(one).hexdigest() for one in found]
    logged = leaves_of(files)
    online = sum(row["internet"] + row["assisted"] for row in counts["roll"])
    checks = [
        (sha256(content) == counts["amplop"], "amplop.bin: tidak sama dengan yang dicatat saat penutupan"),
        (
            sha256(files["kertas.json"]) == counts["kertas"],
            "kertas.json: tidak sama dengan yang dicatat saat penutupan",
        ),
        (len(content) % ENVELOPE == 0, "amplop.bin: ada amplop yang terpotong"),
        (marks == sorted(set(marks)), "amplop.bin: amplopnya tidak urut atau ada yang ganda"),
        (len(found) == counts["counted"] == online, "amplop.bin: jumlah amplop tidak sama dengan daftar pemilih"),
        ({bytes.fromhex(mark) for mark in marks} <= set(logged), "amplop.bin: ada amplop yang tidak ada di dalam log"),
        (
            len(logged) == counts["accepted"] == counts["counted"] + counts["replaced"] + counts["superseded"],
            "log.txt: jumlah amplop diterima, diganti dan dihitung tidak cocok",
        ),
    ]
    for is_right, what in checks:
        if not is_right:
            raise Wrong(f"{what}.")
    return found


def check_heads(files: dict[str, bytes], definition: Any) -> None:
    """Setiap kepala yang pernah diumumkan cocok dengan bagian awal log; yang terakhir menutup kotak."""
    heads, election = read_json(files, "kepala.json"), sha256(files["definisi.json"])
    leaves = leaves_of(files)
    roots = roots_of(leaves, {head["size"] for head in heads})
    size = 0
    for number, head in enumerate(heads, 1):
        if (head["contest"], head["definition"], head["number"]) != (definition["contest"], election, number):
            raise Wrong(f"kepala.json: kepala ke-{number} bukan milik pemilihan ini.")
        if head["size"] < size or head["root"] != roots.get(head["size"]):
            raise Wrong(f"kepala.json: kepala ke-{number} tidak cocok dengan log.txt.")
        if HAS_LIBRARY and not is_signed(head, definition["head_key"]):
            raise Wrong(f"kepala.json: tanda tangan kepala ke-{number} salah.")
        size = head["size"]
    if not heads or size != len(leaves) or heads[-1]["box"] != sha256(files["hitungan.json"]):
        raise Wrong("kepala.json: kepala terakhir tidak menutup kotak ini.")


def is_signed(head: dict[str, Any], key: str) -> bool:
    statement = canonical({name: value for name, value in head.items() if name != "signature"})
    try:
        VerifyKey(bytes.fromhex(key)).verify(statement, bytes.fromhex(head["signature"]))
    except (CryptoError, ValueError):
        return False
    return True


def leaves_of(files: dict[str, bytes]) -> list[bytes]:
    try:
        leaves = [bytes.fromhex(line) for line in files["log.txt"].decode("ascii").split("\n")[:-1]]
    except ValueError:
        raise Wrong("log.txt: ada baris yang bukan sidik amplop.") from None
    if "".join(f"{leaf.hex()}\n" for leaf in leaves).encode() != files["log.txt"] or any(
        len(one) != 32 for one in leaves
    ):
        raise Wrong("log.txt: tidak ditulis dalam bentuk baku.")
    return leaves


def roots_of(leaves: Sequence[bytes], sizes: Collection[int]) -> dict[int, str]:
    """Akar pohon RFC 6962 pada setiap ukuran; pohon yang belum genap menunggu di tumpukan, yang besar di bawah."""
    roots, stack = {0: sha256(b"")} if 0 in sizes else {}, []
    for size, leaf in enumerate(leaves, 1):
        stack.append(hashlib.sha256(b"\x00" + leaf).digest())
        for _pair in range((size & -size).bit_length() - 1):
            stack[-2:] = [pair_of(*stack[-2:])]
        if size in sizes:
            root = stack[-1]
            for left in reversed(stack[:-1]):
                root = pair_of(left, root)
            roots[size] = root.hex()
    return roots


def pair_of(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


# 4. Membuka: setiap amplop, ditambah surat suara kertas, menjadi suara.pb yang urut.

Ballot = tuple[str, tuple[int, ...], str]


def open_box(raw: bytes, one: str, other: str, tell: Callable[[str], object] = str) -> bytes:
    """Isi suara.pb, setelah semua pemeriksaan."""
    files = read_box(raw)
    definition, counts = read_json(files, "definisi.json"), read_json(files, "hitungan.json")
    check_heads(files, definition)
    envelopes, secret = envelopes_of(files, counts), key_of(definition, one, other)
    tell(f"Kotak utuh: {len(envelopes)} amplop, {counts['paper']} surat suara kertas.")
    public, election = bytes.fromhex(definition["box_key"]), sha256(files["definisi.json"])[:16]
    ballots = []
    for number, envelope in enumerate(envelopes, 1):
        ballots.append(ballot_of(open_sealed(envelope, public, secret, number), election, definition, number))
        if number % 1000 == 0:
            tell(f"{number} amplop dibuka.")
    return write_ballots(definition, ballots + paper_of(files, definition, counts))


def key_of(definition: Any, one: str, other: str) -> bytes:
    known = {witness["share_sha256"]: witness["number"] for witness in definition["witnesses"]}
    for share in (one, other):
        at = read_share(share)[0]
        if known.get(fingerprint_of(share)) != at:
            raise Wrong(f"bagian kunci {at}: bukan bagian dari pemilihan ini, atau ada huruf yang salah salin.")
    secret = join(one, other)
    if public_of(secret).hex() != definition["box_key"]:
        raise Wrong("bagian kunci: kunci yang terbentuk tidak cocok dengan kunci umum di definisi.json.")
    return secret


def open_sealed(envelope: bytes, public: bytes, secret: bytes, number: int) -> bytes:
    try:
        return open_envelope(envelope, public, secret)
    except ValueError:
        raise Wrong(f"amplop.bin: amplop ke-{number} ({sha256(envelope)}) tidak dapat dibuka.") from None


def ballot_of(content: bytes, election: str, definition: Any, number: int) -> Ballot:
    try:
        ballot = json.loads(content.decode().rstrip(" "))
        village, choices = ballot["v"], tuple(ballot["c"])
    except (ValueError, KeyError, TypeError):
        raise Wrong(f"amplop.bin: isi amplop ke-{number} bukan surat suara.") from None
    is_known = village in {one["code"] for one in definition["villages"]}
    if len(content) != CONTENT or ballot["e"] != election or not is_known or not may_choose(choices, definition):
        raise Wrong(f"amplop.bin: isi amplop ke-{number} tidak sah untuk pemilihan ini.")
    return village, choices, "internet"


def may_choose(choices: tuple[int, ...], definition: Any) -> bool:
    numbers = range(1, len(definition["options"]) + 1)
    is_sorted = all(type(one) is int and one in numbers for one in choices) and list(choices) == sorted(set(choices))
    return is_sorted and 1 <= len(choices) <= definition["max_choices"]


def paper_of(files: dict[str, bytes], definition: Any, counts: Any) -> list[Ballot]:
    villages = {one["code"] for one in definition["villages"]}
    found: list[Ballot] = []
    for stack in read_json(files, "kertas.json")["villages"]:
        found += [(stack["village"], tuple(choices), "paper") for choices in stack["ballots"]]
    if len(found) != counts["paper"] or any(v not in villages or not may_choose(c, definition) for v, c, _how in found):
        raise Wrong("kertas.json: jumlah atau isi surat suara kertas tidak sah.")
    return found


def write_ballots(definition: Any, ballots: list[Ballot]) -> bytes:
    """suara.pb: kelompok desa dan cara memilih hanya disebut kalau cukup ramai, lalu diurutkan, lalu diberi nomor."""
    group_of = groups_of(definition, Counter(village for village, _choices, _how in ballots))
    placed = [(group_of[village], choices, how) for village, choices, how in ballots]
    crowds = Counter((group, how) for group, _choices, how in placed)
    tells_how = len({how for _group, how in crowds}) > 1 and min(crowds.values()) >= TOGETHER
    rows = sorted((group, choices, how if tells_how else "") for group, choices, how in placed)
    tells_group = len(set(group_of.values())) > 1
    columns = ["voter_id", "vote", *(["voting_method"] * tells_how), *(["neighborhood"] * tells_group)]
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\n")
    text.write("META\n")
    out.writerow(("key", "value"))
    out.writerows(meta_of(definition, len(ballots)))
    text.write("PROJECTS\n")
    out.writerow(("project_id", "cost", "votes", "name"))
    votes = Counter(number for _group, choices, _how in placed for number in choices)
    out.writerows((o["code"], o["cost"], votes[o["number"]], line(o["title"])) for o in definition["options"])
    text.write("VOTES\n")
    out.writerow(columns)
    for number, (group, choices, how) in enumerate(rows, 1):
        vote = ",".join(f"P{option:02d}" for option in choices)
        out.writerow((f"S{number:05d}", vote, *([how] * tells_how), *([group] * tells_group)))
    return text.getvalue().encode()


def groups_of(definition: Any, voters: dict[str, int]) -> dict[str, str]:
    """Desa urut kode digabung sampai ada 20 surat suara; sisanya ikut kelompok terakhir."""
    groups: list[list[str]] = []
    waiting: list[str] = []
    for village in sorted(one["code"] for one in definition["villages"]):
        waiting.append(village)
        if sum(voters.get(one, 0) for one in waiting) >= TOGETHER:
            groups.append(waiting)
            waiting = []
    groups = [*groups[:-1], groups[-1] + waiting] if groups else [waiting]
    return {village: "+".join(group) if len(groups) > 1 else "" for group in groups for village in group}


def meta_of(definition: Any, ballots: int) -> list[tuple[str, str]]:
    rows = []
    for key in META:
        value = str(ballots) if key == "num_votes" else definition["meta"].get(key, "")
        if value:
            rows.append((key, line(value)))
    return rows


META = (
    *("description", "country", "unit", "subunit", "instance", "num_projects", "num_votes", "budget", "vote_type"),
    *("rule", "date_begin", "date_end", "min_length", "max_length", "language", "currency", "fully_funded", "comment"),
)


def line(text: str) -> str:
    return " ".join(str(text).split())


# 5. Perintah.


def make() -> None:
    public, shares = make_keys()
    rehearse(public, shares)
    for number, share in enumerate(shares, 1):
        write_new(f"bagian-{number}.txt", share)
        print(f"Sidik bagian {number}: {fingerprint_of(share)}")
    write_new("kunci-umum.txt", public)
    print(f"Kunci umum:     {public}")
    print("Latihan berhasil dengan ketiga pasangan. Pindahkan setiap bagian ke saksinya, lalu hapus dari laptop ini.")


def rehearse(public: str, shares: Sequence[str]) -> None:
    """Satu amplop latihan dibuka dengan setiap pasangan bagian."""
    test = b"latihan".ljust(CONTENT)
    envelope = seal(bytes.fromhex(public), test)
    for one, other in combinations(shares, 2):
        secret = join(one, other)
        if public_of(secret).hex() != public or slow_open(envelope, bytes.fromhex(public), secret) != test:
            raise Wrong("latihan: satu pasangan bagian tidak dapat membuka amplop. Ulangi dari awal.")


def write_new(name: str, text: str) -> None:
    with Path(name).open("x", encoding="ascii") as file:
        file.write(text + "\n")


def read_text(name: str) -> str:
    return Path(name).read_text("ascii")


def open_files(box: str, one: str, other: str) -> None:
    ballots = open_box(Path(box).read_bytes(), read_text(one), read_text(other), print)
    Path("suara.pb").write_bytes(ballots)
    print("suara.pb ditulis. Sidiknya harus sama dengan milik saksi yang lain:")
    print(sha256(ballots))


def rehearse_files(*names: str) -> None:
    shares = [read_text(name) for name in names]
    rehearse(public_of(join(shares[0], shares[1])).hex(), shares)
    print("Latihan berhasil: ketiga pasangan dapat membuka amplop.")


COMMANDS: dict[str, tuple[int, Callable[..., None]]] = {
    "kunci": (0, make),
    "latihan": (3, rehearse_files),
    "buka": (3, open_files),
}


def main(arguments: Sequence[str]) -> int:
    wanted, action = COMMANDS.get(arguments[0], (None, make)) if arguments else (None, make)
    if len(arguments) - 1 != wanted:
        print(__doc__)
        return 2
    try:
        action(*arguments[1:])
    except Wrong as wrong:
        print(f"TIDAK COCOK: {wrong}")
        return 1
    except (KeyError, TypeError, AttributeError) as error:
        print(f"TIDAK COCOK: isi kotak tidak lengkap ({error}).")
        return 1
    except (OSError, ValueError) as error:
        print(f"GAGAL: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
