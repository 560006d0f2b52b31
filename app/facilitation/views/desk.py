"""The facilitators' desk: residents of their villages, those who wait first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, render_template, request, url_for

from app.accounts import queries
from app.accounts.models import Person
from app.facilitation.rules import LEVELS, Shown
from app.facilitation.views.blueprint import bp
from app.kernel.actor import Level, Role
from app.regions.queries import only_regency, villages
from app.web.access import current_actor, staff


@dataclass(frozen=True)
class ResidentRow:
    """A line of the desk; never the phone."""

    card_number: str
    name: str
    village: str
    registered_at: datetime
    is_verified: bool


@dataclass(frozen=True)
class DeskPage:
    """Residents of the facilitator's villages, as asked for."""

    rows: Sequence[ResidentRow]
    villages: Sequence[str]
    waiting: int
    verified: int
    shown: Shown | None
    text: str
    next_url: str | None
    first_url: str | None


@bp.route("/damping/")
@staff(Role.FACILITATOR)
def desk() -> Any:
    scopes = current_actor().scopes(Role.FACILITATOR)
    g.regency = only_regency(scopes)
    text, asked, after = request.args.get("q", "")[:80].strip(), request.args.get("tampil"), request.args.get("setelah")
    shown = None if text else Shown(asked) if asked in set(Shown) else Shown.WAITING
    found = queries.residents_of(scopes, LEVELS[shown] if shown else tuple(Level), text, after)
    names, counts = {place.code: place.name for place in villages(*scopes)}, queries.count_by_level(scopes)

    def url(**more: Any) -> str:
        return url_for(".desk", q=text or None, tampil=shown if shown is Shown.VERIFIED else None, **more)

    page = DeskPage(
        rows=[_row(person, names) for person in found.rows],
        villages=sorted(names.values()),
        waiting=sum(counts[level] for level in LEVELS[Shown.WAITING]),
        verified=counts[Level.ATTESTED],
        shown=shown,
        text=text,
        next_url=url(setelah=found.after) if found.after else None,
        first_url=url() if after else None,
    )
    return render_template("facilitation/desk.html", page=page)


def _row(person: Person, names: dict[str, str]) -> ResidentRow:
    is_verified = person.level >= Level.ATTESTED
    return ResidentRow(person.card_number, person.name, names[person.village_code], person.registered_at, is_verified)
