"""Vision, values and misi of a regency, and what residents and agencies do under each misi."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from app.home import queries
from app.home.queries import InnovationRow, MisiCounts
from app.home.views.blueprint import bp
from app.innovations.queries import count_by_pillar
from app.kernel.outcomes import Missing
from app.plans.models import Pillar, Plan, PlanValue
from app.plans.queries import own_pillars, pillars_of, plans_of, values_of
from app.proposals.queries import Filters, Order, ProposalRow, public_list
from app.regions.rules import Regency
from app.web.access import public
from app.web.panels import Panel, panels_for
from app.web.remembering import keep, recalled

MOST_SUPPORTED = 10


@dataclass(frozen=True)
class PlanPage:
    """What a regency has promised; pillars with the number of innovations under each."""

    plans: Sequence[Plan]
    values: Sequence[PlanValue]
    misi: Sequence[MisiCounts]
    pillars: Sequence[tuple[Pillar, int]]
    has_own_pillars: bool
    national: Mapping[int, str]


@dataclass(frozen=True)
class MisiPage:
    counts: MisiCounts
    proposals: Sequence[ProposalRow]
    innovations: Sequence[InnovationRow]
    panels: Sequence[Panel]


@bp.route("/<regency>/misi")
@public
def misi(regency: Regency) -> Any:
    plans, pillars = plans_of(regency.code), pillars_of(regency.code)
    has_own = any(pillar.regency_code for pillar in pillars)
    under = count_by_pillar(regency.code)
    page = PlanPage(
        plans=plans,
        values=values_of(plans[0].id) if plans else (),
        misi=_misi_of(regency),
        pillars=[(pillar, under.get(pillar.number, 0)) for pillar in pillars],
        has_own_pillars=has_own,
        national={pillar.number: pillar.name for pillar in own_pillars(None)} if has_own else {},
    )
    return render_template("home/misi.html", page=page)


def _misi_of(regency: Regency) -> list[MisiCounts]:
    """With their counts of proposals, which may be a minute old; one statement."""
    key = ("misi", regency.code)
    proposals = recalled(key)
    found = queries.misi_with_counts(regency.code, proposals)
    if proposals is None:
        keep(key, {one.misi.id: one.proposals for one in found})
    return found


@bp.route("/<regency>/misi/<int:number>")
@public
def one_misi(regency: Regency, number: int) -> Any:
    counts = next((one for one in _misi_of(regency) if one.misi.number == number), None)
    if counts is None:
        raise Missing
    asked = Filters(misi=number, order=Order.SUPPORT)
    page = MisiPage(
        counts,
        public_list(regency.code, asked, None, MOST_SUPPORTED).rows,
        queries.innovations_under(counts.misi.id),
        panels_for("misi", counts.misi),
    )
    return render_template("home/one_misi.html", page=page)
