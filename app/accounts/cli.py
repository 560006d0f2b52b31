"""flask accounts grant|reseal"""

import click
from flask.cli import AppGroup

from app.accounts import actions, queries
from app.accounts.actions.keys import reseal_phones
from app.accounts.queries.keys import count_of_older_keys
from app.accounts.rules import normal_phone
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import CONSOLE, AgencyFacts, Role
from app.kernel.outcomes import Refused
from app.regions.queries import find_region
from app.web.clock import system_clock
from app.web.offers import offered_agencies

cli = AppGroup("accounts", help="People and their roles.")


@cli.command("grant")
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.argument("scope")
@click.option("--agency", default="", help="The name of the agency that an officer serves.")
def grant(name: str, role: str, scope: str, agency: str) -> None:
    """Give the person with card number or phone NAME the ROLE in the region SCOPE ('-' for all)."""
    code = "" if scope == "-" else scope
    if code and find_region(code) is None:
        raise click.BadParameter(f"tidak ada wilayah dengan kode {scope}", param_hint="scope")
    phone = normal_phone(name)
    people = queries.sharing_phone(phone) if phone else [p for p in [queries.find_by_card(name)] if p]
    if len(people) != 1:
        raise click.BadParameter(
            f"{len(people)} akun dengan nomor itu; pakai nomor kartu yang tepat", param_hint="name"
        )
    try:
        with transaction():
            actions.grant(CONSOLE, people[0], Role(role), code, system_clock(), agency=_agency(agency, code))
    except Refused as refused:
        raise click.ClickException(words(refused.reason, **refused.facts)) from None
    click.echo(f"{people[0].card_number}: {role} {scope}")


def _agency(name: str, code: str) -> AgencyFacts | None:
    if not name:
        return None
    found = [one for one in offered_agencies() if (one.regency_code, one.name.casefold()) == (code, name.casefold())]
    if not found:
        raise click.BadParameter(f"tidak ada dinas bernama {name} di {code}", param_hint="--agency")
    return found[0]


@cli.command("reseal")
def reseal() -> None:
    """Seal phones with the newest field key, in batches; after an interruption run it again."""
    before, last = count_of_older_keys(), 0
    with click.progressbar(length=before, label=_("Menyegel ulang nomor HP")) as bar:
        while True:
            with transaction():
                sealed = reseal_phones(last)
            if not sealed:
                break
            last = sealed[-1]
            bar.update(len(sealed))
    left = count_of_older_keys()
    click.echo(_("Nomor HP: %(done)s disegel ulang, %(left)s masih memakai kunci lama.", done=before - left, left=left))
    if left:
        raise SystemExit(1)
