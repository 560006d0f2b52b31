"""flask voting rehearse: a whole ceremony in a terminal, from the making of the keys to a forged package."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from secrets import token_hex

import click
from flask.cli import with_appcontext

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.i18n.formats import number
from app.voting import actions, queries
from app.voting.actions import rehearsing
from app.voting.actions.ceremony import LASTS, Ceremony
from app.voting.cli.scratch import FILE, scratch
from app.voting.models import Contest
from app.voting.rules.box import BoxKeys, WitnessFacts
from app.voting.rules.package.packing import fingerprint, pack
from app.voting.rules.package.told import explanations
from app.voting.words import tell_for_good
from app.web.clock import now

HOUR = timedelta(hours=1)
LEAST, MOST = 40, 5_000
BATCH = 60
WITNESSES = (
    ("Maria Goreti Bete", "Panitia kecamatan"),
    ("Yosef Mau Bria", "Badan Permusyawaratan Desa"),
    ("Agustina Luruk", "Inspektorat"),
)
SHARES = "bagian-1.txt", "bagian-2.txt", "bagian-3.txt"
PACKAGE, BENT = "paket-hasil.zip", "paket-dipalsukan.zip"


@click.command("rehearse")
@click.option("--ballots", type=click.IntRange(LEAST, MOST), default=240, show_default=True, help="How many vote.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep every file in this empty FOLDER.")
@with_appcontext
def rehearse(ballots: int, keep: Path | None) -> None:
    """Play a whole vote with invented people: keys, sealed ballots, paper, two witnesses, count, recount, a forgery.

    In a database of its own: what is in use is neither read nor changed.
    """
    if keep and keep.exists() and any(keep.iterdir()):
        raise click.ClickException(_("Folder %(path)s tidak kosong. Pilih folder lain.", path=keep))
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        with scratch(folder):
            Rehearsal(folder, ballots).play()
    if keep:
        click.echo(_("Semua berkas gladi ada di %(path)s.", path=keep))


class Rehearsal:
    """The steps in their order; each says what it does before it does it."""

    def __init__(self, folder: Path, ballots: int) -> None:
        self.folder, self.ballots, self.step = folder, ballots, 0
        self.start = now().replace(microsecond=0)
        self.closes = self.start + LASTS
        self.witnesses = [self._machine(name) for name in ("saksi-1", "saksi-3")]
        with transaction():
            self.act = Ceremony(self.start, Random(token_hex(8)))  # noqa: S311 (invented people)
            self.act.gather(ballots)
        self.contest: Contest

    def play(self) -> None:
        for step in (self.prepare, self.open, self.vote, self.paper, self.look, self.close, self.count, self.certify):
            step()
        self.recount()
        self.forge()

    def say(self, title: str) -> None:
        self.step += 1
        click.echo(f"\n{self.step}. {title}")

    def tell(self, line: str) -> None:
        click.echo(f"   {line}")

    # Before

    def prepare(self) -> None:
        self.say(_("Kunci dibuat di laptop tanpa internet, dengan saksi.py, lalu dibagi tiga."))
        desk = self._machine("meja")
        self._run(desk, "saksi.py", "kunci")
        self._run(desk, "saksi.py", "latihan", *SHARES)
        self._hand_over(desk)
        self.tell(_("Server hanya menerima kunci umum dan sidik tiap bagian. Dua bagian mana pun membuka kotak."))
        shares = [rehearsing.fingerprint_of((desk / name).read_text()) for name in SHARES]
        for (name, place), sha256 in zip(WITNESSES, shares, strict=True):
            self.tell(f"{name}, {place}: {sha256[:16]}…")
        facts = [WitnessFacts(*who, sha256) for who, sha256 in zip(WITNESSES, shares, strict=True)]
        self.keys = BoxKeys((desk / "kunci-umum.txt").read_text().strip(), facts)

    def _hand_over(self, desk: Path) -> None:
        """Each of the two witnesses goes home with their own share; the third one is with both of them at the end."""
        for folder, names in zip(self.witnesses, (SHARES[:2], SHARES[::-2]), strict=True):
            for name in names:
                (folder / name).write_text((desk / name).read_text())

    def open(self) -> None:
        self.say(_("Pemilihan dibuka: nomor diundi dengan dadu, lalu semuanya dibekukan."))
        with transaction():
            self.contest = self.act.open(self.act.prepare(), self.keys, token_hex(4))
        for option in queries.options_of(self.contest.id):
            self.tell(f"{option.number}. {option.title}, Rp{number(option.cost)}")
        self.tell(_("Sidik jari definisi, yang dicetak di poster:"))
        self.tell(self.contest.definition_sha256 or "")

    # While it is open

    def vote(self) -> None:
        by_phone = self.act.voters[: self.ballots * 5 // 6]
        again = by_phone[: self.ballots // 10]
        self.say(_("%(count)s orang memilih; setiap jam log ditandatangani.", count=number(len(by_phone))))
        queue = [*by_phone, *again]
        for hour, first in enumerate(range(0, len(queue), BATCH), 1):
            at = self.start + hour * HOUR
            with transaction():
                self.act.cast(self.contest, queue[first : first + BATCH], at)
                actions.grow_log(self.contest.id, at)
        self.tell(_("%(count)s orang memilih lagi: amplop lamanya ditimpa.", count=number(len(again))))
        for head in queries.heads_of(self.contest.id):
            facts = {"number": head.number, "size": number(head.size), "root": head.root[:16]}
            self.tell(_("Kepala %(number)s: %(size)s amplop, akar %(root)s…", **facts))

    def paper(self) -> None:
        self.say(_("Sebagian memilih di kertas; kertas selalu menang."))
        came = self.act.voters[self.ballots * 5 // 6 - 3 :]
        with transaction():
            left, differing = self.act.take_paper(self.contest, came, self.closes - HOUR)
        facts = {"count": number(len(came)), "left": number(left), "differing": number(differing)}
        self.tell(_("%(count)s orang menandatangani daftar; %(left)s amplop lama dikeluarkan dari kotak.", **facts))
        self.tell(_("Dua orang mengetik tiap kertas; %(differing)s berbeda dan dilihat orang ketiga.", **facts))

    def look(self) -> None:
        self.say(_("Seseorang mencuri seluruh basis data. Inilah satu baris dari kotak:"))
        self.tell(queries.envelopes_in(self.contest.id)[0].hex())
        files = list(self.folder.glob(f"{FILE}*"))
        found = sum(path.read_bytes().count(b'"c":[') for path in files)
        facts = {"files": number(len(files)), "found": number(found)}
        self.tell(_("Isi surat suara dicari di %(files)s berkas basis data: ditemukan %(found)s kali.", **facts))

    # After

    def close(self) -> None:
        self.say(_("Pemilihan ditutup; kotak diberikan kepada saksi."))
        with transaction():
            actions.close_contest(self.act.planner, self.contest, "", self.closes)
        counts = queries.counts_of(self.contest)
        facts = {name: number(counts[name]) for name in ("accepted", "counted", "replaced", "superseded")}
        self.tell(
            _(
                "Amplop diterima: %(accepted)s = %(counted)s dihitung + %(replaced)s diganti "
                "+ %(superseded)s kalah oleh kertas.",
                **facts,
            )
        )
        for folder in self.witnesses:
            (folder / "kotak.zip").write_bytes(rehearsing.packed_box(self.contest))

    def count(self) -> None:
        self.say(_("Dua saksi membuka kotak di dua laptop, masing-masing dengan dua bagian kunci."))
        self._open_box(1, self.witnesses[0], SHARES[:2])
        if not self._open_box(3, self.witnesses[1], SHARES[::-2]).is_counted:
            raise click.ClickException(_("Temuan kedua saksi tidak sama."))
        self.tell(_("Sama. Suara dihitung, lalu semua amplop dimusnahkan."))
        self._results()

    def _open_box(self, witness: int, folder: Path, shares: Sequence[str]) -> actions.Found:
        self._run(folder, "saksi.py", "buka", "kotak.zip", *shares)
        content = (folder / "suara.pb").read_bytes()
        self.tell(_("Saksi %(witness)s menemukan %(sha256)s", witness=witness, sha256=fingerprint(content)))
        with transaction():
            return actions.bring_ballots(self.act.planner, self.contest, witness, content, self.closes)

    def _results(self) -> None:
        told = json.loads(self.contest.result or "{}")
        titles = {option.number: option.title for option in queries.options_of(self.contest.id)}
        for one in explanations(told["result"]).values():
            mark = _("TERPILIH") if one.won else _("belum")
            self.tell(f"{mark}: {titles[one.option + 1]}. {tell_for_good(one)}")
        if "other" in told:
            winners = ", ".join(titles[int(code.removeprefix("P"))] for code in told["other"]["winners"])
            self.tell(_("Bila dihitung suara terbanyak, yang terpilih: %(winners)s.", winners=winners))

    def certify(self) -> None:
        self.say(_("Masa keberatan lewat tanpa keberatan; hasil disahkan."))
        with transaction():
            actions.certify_contest(
                self.act.planner, self.contest, tell_for_good, self.closes + timedelta(days=1, hours=1)
            )

    def recount(self) -> None:
        self.say(_("Siapa saja menghitung ulang: python3 -I -S hitung_ulang.py paket-hasil.zip"))
        files = rehearsing.result_files(self.contest)
        (self.folder / "hitung_ulang.py").write_bytes(files["hitung_ulang.py"])
        (self.folder / PACKAGE).write_bytes(pack(files))
        self._recount(PACKAGE, 0)

    def forge(self) -> None:
        self.say(_("Satu byte di suara.pb diubah, lalu dihitung ulang."))
        files = rehearsing.result_files(self.contest)
        bent = bytearray(files["suara.pb"])
        bent[-10] ^= 1
        (self.folder / BENT).write_bytes(pack({**files, "suara.pb": bytes(bent)}))
        self._recount(BENT, 1)

    def _recount(self, package: str, expected: int) -> None:
        for line in self._run(self.folder, "hitung_ulang.py", package, code=expected, flags=("-I", "-S")).splitlines():
            self.tell(line)

    # Programs

    def _machine(self, name: str) -> Path:
        """A laptop: a folder with the witnesses' program."""
        folder = self.folder / name
        folder.mkdir()
        (folder / "saksi.py").write_bytes(rehearsing.PROGRAM.read_bytes())
        return folder

    def _run(self, folder: Path, program: str, *arguments: str, code: int = 0, flags: tuple[str, ...] = ()) -> str:
        command = [sys.executable, *flags, program, *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 (our own programs)
        if done.returncode != code:
            raise click.ClickException(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr
