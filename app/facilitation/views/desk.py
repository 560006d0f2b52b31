"""The facilitators' desk: what today holds, the search, and the residents of their villages, those who wait first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from flask import g, render_template, request, url_for

from app.accounts import queries as people
from app.accounts.models import Person
from app.db.transaction import transaction
from app.facilitation import actions, queries
from app.facilitation.forms import SearchForm
from app.facilitation.queries import Met, Waiting
from app.facilitation.rules import LEVELS, Shown
from app.facilitation.views.blueprint import bp
from app.i18n.formats import clock_time, instant
from app.kernel.actor import Level, Role
from app.regions.queries import only_regency, villages
from app.web.access import current_actor, staff
from app.web.clock import now


@dataclass(frozen=True)
class ResidentRow:
    """A line of a list; never the phone."""

    card_number: str
    name: str
    village: str
    registered_at: datetime
    is_verified: bool


@dataclass(frozen=True)
class DeskPage:
    """Today, and the residents of the facilitator's villages on one of the two lists."""

    rows: Sequence[ResidentRow]
    villages: Sequence[str]
    waiting: int
    verified: int
    shown: Shown
    next_url: str | None
    first_url: str | None
    met: Sequence[Met]
    drafts: Sequence[Waiting]
    returned: Sequence[Waiting]


def today() -> datetime:
    """When the day began, on the clocks of the regency."""
    return instant(datetime.combine(clock_time(now()).date(), time()))


@bp.route("/damping/")
@staff(Role.FACILITATOR)
def desk() -> Any:
    actor = current_actor()
    scopes = actor.scopes(Role.FACILITATOR)
    g.regency = only_regency(scopes)
    asked, after = request.args.get("tampil"), request.args.get("setelah")
    shown = Shown(asked) if asked in set(Shown) else Shown.WAITING
    found = people.residents_of(scopes, LEVELS[shown], "", after)
    names, counts = {place.code: place.name for place in villages(*scopes)}, people.count_by_level(scopes)

    def url(**more: Any) -> str:
        return url_for(".desk", tampil=shown if shown is Shown.VERIFIED else None, **more)

    assert actor.person_id is not None  # facilitators are signed in
    page = DeskPage(
        rows=[_row(person, names) for person in found.rows],
        villages=sorted(names.values()),
        waiting=sum(counts[level] for level in LEVELS[Shown.WAITING]),
        verified=counts[Level.ATTESTED],
        shown=shown,
        next_url=url(setelah=found.after) if found.after else None,
        first_url=url() if after else None,
        met=queries.met_since(actor.person_id, today()),
        drafts=queries.drafts_typed_by(actor.person_id),
        returned=queries.to_give_back(actor.person_id, scopes),
    )
    return render_template("facilitation/desk.html", page=page, form=SearchForm())


def _row(person: Person, names: dict[str, str]) -> ResidentRow:
    is_verified = person.level >= Level.ATTESTED
    return ResidentRow(person.card_number, person.name, names[person.village_code], person.registered_at, is_verified)


@bp.route("/damping/cari", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def search() -> Any:
    """By POST: names do not belong in an address."""
    actor, form = current_actor(), SearchForm()
    scopes = actor.scopes(Role.FACILITATOR)
    g.regency = only_regency(scopes)
    found: Sequence[ResidentRow] | None = None
    if form.validate_on_submit():
        with transaction():
            rows = actions.search(actor, str(form.text.data), now())
            names = {place.code: place.name for place in villages(*scopes)}
            found = [_row(person, names) for person in rows]
    page = render_template("facilitation/found.html", form=form, found=found, most=actions.MOST_FOUND)
    return page, 422 if form.errors else 200
