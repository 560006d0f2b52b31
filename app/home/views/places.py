"""The map of a regency and the page of a village."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from app.home import queries
from app.home.views.blueprint import bp
from app.kernel.outcomes import Missing
from app.proposals.queries import Filters, ProposalRow, public_list
from app.regions.queries import districts, find_village, outlines, villages
from app.regions.rules import Place, Regency
from app.regions.rules.drawing import Drawing, draw, shade
from app.web.access import public
from app.web.panels import Panel, panels_for
from app.web.remembering import remembered

NEWEST = 10


@dataclass(frozen=True)
class VillagePage:
    """A village with its neighbours in the district."""

    place: Place
    drawing: Drawing | None
    proposals: Sequence[ProposalRow]
    has_more: bool
    panels: Sequence[Panel]


@dataclass(frozen=True)
class MapPage:
    """Every village by district, with how many public proposals it has."""

    drawing: Drawing | None
    districts: Sequence[tuple[str, Sequence[Place], int]]
    counts: Mapping[str, int]
    shades: Mapping[str, str]


@bp.route("/<regency>/desa/<code>")
@public
def village(regency: Regency, code: str) -> Any:
    place = find_village(code) if code.startswith(f"{regency.code}.") else None
    if place is None:
        raise Missing
    found = public_list(regency.code, Filters(region=code), None, NEWEST)
    outline = draw(outlines(place.district_code))
    page = VillagePage(place, outline, found.rows, found.after is not None, panels_for("village", place))
    return render_template("home/village.html", page=page)


@bp.route("/<regency>/peta", endpoint="map")
@public
def map_(regency: Regency) -> Any:
    counts = remembered(("villages", regency.code), lambda: queries.proposals_by_village(regency.code))
    labels = [(row.name, row.latitude, row.longitude) for row in districts(regency.code)]
    groups: dict[str, list[Place]] = {}
    for place in villages(regency.code):
        groups.setdefault(place.district, []).append(place)
    page = MapPage(
        draw(outlines(regency.code), labels),
        [(name, places, sum(counts.get(place.code, 0) for place in places)) for name, places in groups.items()],
        counts,
        {code: shade(count) for code, count in counts.items()},
    )
    return render_template("home/map.html", page=page)
