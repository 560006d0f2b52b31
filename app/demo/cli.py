"""flask demo load and flask demo accounts"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.demo import actions, queries
from app.demo.rules.accounts import Account, list_accounts, phones
from app.demo.rules.evidence import INNOVATIONS
from app.demo.rules.people import BELTIM, BELU
from app.demo.rules.script import SEED, write_script
from app.demo.rules.steps import Step
from app.demo.rules.texts import Texts, read_texts
from app.i18n.catalogues import _
from app.i18n.formats import number
from app.regions.queries import regencies
from app.voting.words import tell_for_good
from app.web.clock import now

DATA = Path(__file__).parent / "data"
CATALOG = Path(__file__).parents[1] / "catalog" / "data" / "belu.csv"
STEPS_TO_A_LINE = 500

cli = AppGroup("demo", help="A believable year to look at, and accounts to sign in with.")


@cli.command("load")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another number tells another year.")
def load(seed: int) -> None:
    """Build the demonstration in an installation that is no production; all or nothing, and once."""
    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException(_("Data contoh tidak boleh dimuat di pemasangan yang dipakai sungguhan."))
    texts = read_texts({path.name: path.read_bytes() for path in DATA.iterdir()})
    made = actions.kept(_path())
    if made and all(actions.fits(account, now()) for account in made):
        click.echo(_("Data contoh sudah ada; tidak ada yang diubah."))
    else:
        with transaction():
            made, shares = _load(texts, seed)
        actions.keep(_path(), made)
        if shares:
            actions.keep_data(_path("demo-shares.json"), shares)
    _show(made)


@cli.command("accounts")
def accounts() -> None:
    """Print the accounts of the demonstration again."""
    known = actions.kept(_path())
    if not known:
        raise click.ClickException(_("Belum ada akun contoh. Jalankan dulu: flask demo load."))
    _show(known)


def _path(name: str = "demo-accounts.json") -> Path:
    return Path(current_app.instance_path) / name


def _load(texts: Texts, seed: int) -> tuple[list[Account], dict[str, list[str]]]:
    """Act the script out, or give the accounts of a loaded demonstration new passwords where their file is lost.

    With the accounts the shares of the keys of open contests, by their titles, so that a visitor can open a box.
    """
    shares: dict[str, list[str]] = {}
    _check_imports({account.regency for account in texts.accounts})
    passwords = actions.draw_passwords(texts)
    made = list_accounts(texts, passwords, {regency.code: regency.slug for regency in regencies()})
    if all(queries.find_account(account.name, account.phone) for account in made):
        click.echo(_("Data contoh sudah ada, tetapi kata sandinya tidak cocok. Akun contoh mendapat kata sandi baru."))
        actions.renew(made, now())
    elif queries.has_cycles(BELU):
        raise click.ClickException(_("Basis data ini sudah berisi siklus. Muat data contoh di basis data yang baru."))
    else:
        photos = {path.stem: path.read_bytes() for path in DATA.glob("*.png")}
        play = actions.Play(phones(texts), passwords, tell_for_good, CATALOG.read_bytes(), photos)
        _act(play, write_script(texts, queries.village_codes(BELU), seed, _midnight()))
        shares = {play.contests[key].title: one for key, one in play.shares.items()}
    actions.equip(made, now())
    return made, shares


def _check_imports(regency_codes: set[str]) -> None:
    if queries.lacks_regions(regency_codes):
        raise click.ClickException(_("Wilayah belum ada. Jalankan dulu: flask regions import."))
    if queries.lacks_plans(BELU):
        raise click.ClickException(_("Misi dan dinas belum ada. Jalankan dulu: flask plans import."))
    if queries.lacks_innovations(BELTIM, INNOVATIONS):
        raise click.ClickException(_("Inovasi belum ada. Jalankan dulu: flask innovations import."))
    if queries.lacks_indicators():
        raise click.ClickException(_("Indikator belum ada. Jalankan dulu: flask maturity import."))


def _midnight() -> datetime:
    """The beginning of today in the regency."""
    zone = next(regency.time_zone for regency in regencies() if regency.code == BELU)
    return now().astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _act(play: actions.Play, script: Sequence[Step]) -> None:
    click.echo(_("Menyusun data contoh: %(count)s langkah.", count=number(len(script))))
    for done, step in enumerate(script, 1):
        actions.perform(step, play)
        if done % STEPS_TO_A_LINE == 0:
            click.echo(_("%(done)s langkah, sampai %(day)s", done=number(done), day=f"{step.at:%d-%m-%Y}"))
    click.echo(
        _(
            "Selesai: %(people)s orang, %(proposals)s usulan, %(contests)s pemilihan, %(innovations)s inovasi.",
            people=number(len(play.people)),
            proposals=number(len(play.proposals)),
            contests=number(len(play.contests)),
            innovations=number(len(play.innovations)),
        )
    )


def _show(known: Sequence[Account]) -> None:
    """The accounts as a table."""
    head = (_("Peran"), _("Nama"), _("Telepon"), _("Kata sandi"), _("Kabupaten"))
    rows = [head, *((one.role, one.name, one.phone, one.password, one.regency) for one in known)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    click.echo()
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    click.echo("\n" + _("Akun contoh ini disimpan di %(path)s.", path=_path()))
