"""The summary of the board for other sites: a small page that may stand in a frame, and the same as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, make_response, render_template, request, url_for

from app.i18n.catalogues import words
from app.innovations import queries
from app.innovations.queries import Card, Tally
from app.innovations.rules.board import Filters, Order
from app.innovations.rules.provisions import day_in
from app.innovations.rules.stages import LANES, Lane
from app.innovations.views.asking import counted
from app.innovations.views.blueprint import bp
from app.kernel.paging import Page
from app.regions.rules import Regency
from app.web.access import public
from app.web.clock import now

# What other sites may show in a frame runs no script, sends nothing, and loads its style sheet only.
FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
LATEST = 3
CACHED_SECONDS = 600


@dataclass(frozen=True)
class Summary:
    """How many stand in each lane, and the latest that moved."""

    total: int
    lanes: Sequence[tuple[Lane, int]]
    latest: Page[Card]


def _summary(regency: Regency) -> Summary:
    today, everything = day_in(regency.time_zone, now()), Filters()
    tallies = counted(regency, everything, today)
    lanes = [
        (lane, sum((one for (_pillar, stage), one in tallies.items() if stage in stages), Tally()).count)
        for lane, stages in LANES.items()
    ]
    running = [stage for lane, stages in LANES.items() if lane is not Lane.ENDED for stage in stages]
    latest = queries.in_stages(regency.code, running, everything, Order.LATEST, today, size=LATEST)
    return Summary(sum(count for _lane, count in lanes), lanes, latest)


def _polite(answer: Response) -> Any:
    """The same for everybody for some minutes, and not sent again where it has not changed."""
    answer.headers["Content-Security-Policy"] = FRAMED
    answer.cache_control.public = True
    answer.cache_control.max_age = CACHED_SECONDS
    answer.vary.add("Accept-Language")
    answer.add_etag()
    return answer.make_conditional(request)


@bp.route("/<regency>/inovasi/sematkan")
@public
def embedded(regency: Regency) -> Any:
    return _polite(make_response(render_template("innovations/embedded.html", page=_summary(regency))))


@bp.route("/<regency>/inovasi/sematkan.json")
@public
def embedded_json(regency: Regency) -> Any:
    summary = _summary(regency)
    answer = jsonify(
        regency=regency.name,
        url=url_for(".board", _external=True),
        total=summary.total,
        lanes=[{"code": lane.value, "name": words(lane), "count": count} for lane, count in summary.lanes],
        latest=[
            {
                "number": card.number,
                "name": card.name,
                "expansion": card.expansion,
                "stage": words(card.stage),
                "url": url_for(".show", number=card.number, _external=True),
            }
            for card in summary.latest.rows
        ],
    )
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return _polite(answer)
