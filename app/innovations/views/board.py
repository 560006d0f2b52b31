"""The public pages: the board in lanes, a lane in pages, one innovation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for

from app.i18n.catalogues import _
from app.i18n.formats import number as number_text
from app.innovations import queries
from app.innovations.models import Decision
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import LANE_SIZE, Card, Detail
from app.innovations.rules.gates import SiloRisk, silo_risk
from app.innovations.rules.provisions import Kind
from app.innovations.rules.stages import LANE_OF, RUNNING, Lane, Stage
from app.innovations.views.blueprint import bp
from app.innovations.views.shown import (
    EntryView,
    GateView,
    ProvisionView,
    gates_before,
    history_shown,
    provisions_shown,
)
from app.kernel.paging import Page
from app.kernel.policy import Within
from app.plans.models import Pillar
from app.plans.queries import pillars_of, plans_of
from app.plans.rules import MisiFacts
from app.regions.rules import Regency
from app.web.access import current_actor, public

Counts = Mapping[tuple[int | None, Stage], int]


@dataclass(frozen=True)
class LaneView:
    """A column of the board: how many stand in it, the latest of them, and the way to all of them."""

    lane: Lane
    count: int
    cards: Sequence[Card]
    all_url: str | None


@dataclass(frozen=True)
class BoardPage:
    """The board as asked for; chips are (text, address, is chosen, count)."""

    lead: str
    note: str
    total: int
    chips: Sequence[tuple[str, str, bool, int]]
    lanes: Sequence[LaneView]
    ended: LaneView

    @property
    def only(self) -> LaneView | None:
        """The one lane that holds all there is."""
        filled = [view for view in self.lanes if view.count]
        return filled[0] if len(filled) == 1 else None

    @property
    def empty(self) -> list[Lane]:
        return [view.lane for view in self.lanes if not view.count]


@dataclass(frozen=True)
class LanePage:
    lane: Lane
    cards: Page[Card]
    next_url: str | None
    board_url: str


@dataclass(frozen=True)
class InnovationPage:
    """One innovation with all that everybody may read."""

    detail: Detail
    misi: Sequence[MisiFacts]
    risks: Sequence[SiloRisk]
    gates: Sequence[GateView]
    provisions: Sequence[tuple[Kind, Sequence[ProvisionView]]]
    decision: Decision | None
    history: Sequence[EntryView]
    may_provide: bool
    may_curate: bool


@bp.route("/<regency>/inovasi")
@public
def board(regency: Regency) -> Any:
    asked = request.args.get("pilar", "")
    pillar = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else None
    lane = request.args.get("tahap", "")
    if lane in set(Lane):
        return _lane(regency, Lane(lane), pillar)
    counts = queries.counts_of(regency.code)
    cards = queries.first_in_lanes(regency.code, pillar) if counts else []
    lanes = {lane: _lane_view(lane, counts, cards, pillar) for lane in Lane}
    total = sum(counts.values())
    lead, note = _lead(regency, total)
    page = BoardPage(
        lead=lead,
        note=note,
        total=total,
        chips=_chips(pillars_of(regency.code), counts, pillar),
        lanes=[view for lane, view in lanes.items() if lane is not Lane.ENDED],
        ended=lanes[Lane.ENDED],
    )
    return render_template("innovations/board.html", page=page)


def _lane_view(lane: Lane, counts: Counts, cards: Sequence[Card], pillar: int | None) -> LaneView:
    fitting = (n for (of, stage), n in counts.items() if LANE_OF[stage] is lane and pillar in (None, of))
    count = sum(fitting)
    all_url = url_for(".board", tahap=lane, pilar=pillar) if count > LANE_SIZE or lane is Lane.ENDED else None
    return LaneView(lane, count, [card for card in cards if LANE_OF[card.stage] is lane], all_url)


def _lead(regency: Regency, total: int) -> tuple[str, str]:
    """How far the registry is, beside what the regency itself counts, and that count in the words of its source."""
    plan = next((plan for plan in plans_of(regency.code) if plan.innovations_counted), None)
    if plan is None or plan.innovations_counted is None:
        return _("%(count)s inovasi tercatat di sini.", count=number_text(total)), ""
    facts = {"counted": number_text(plan.innovations_counted), "count": number_text(total)}
    lead = _("Kabupaten menghitung %(counted)s inovasi; %(count)s sudah tercatat di sini.", **facts)
    return lead, plan.innovations_counted_note


def _chips(pillars: Sequence[Pillar], counts: Counts, chosen: int | None) -> list[tuple[str, str, bool, int]]:
    by_pillar = {one.number: sum(n for (of, _stage), n in counts.items() if of == one.number) for one in pillars}
    of_pillars = [
        (one.name, url_for(".board", pilar=one.number), one.number == chosen, by_pillar[one.number]) for one in pillars
    ]
    return [(_("Semua"), url_for(".board"), chosen is None, sum(counts.values())), *of_pillars]


def _lane(regency: Regency, lane: Lane, pillar: int | None) -> Any:
    cards = queries.in_lane(regency.code, lane, pillar, request.args.get("setelah"))
    next_url = url_for(".board", tahap=lane, pilar=pillar, setelah=cards.after) if cards.after else None
    page = LanePage(lane, cards, next_url, url_for(".board", pilar=pillar))
    return render_template("innovations/lane.html", page=page)


@bp.route("/<regency>/inovasi/<number>")
@public
def show(regency: Regency, number: str) -> Any:
    detail = queries.get_detail(regency.code, number)
    innovation = detail.innovation
    if number != innovation.number:
        return redirect(url_for(".show", number=innovation.number), 301)
    provisions = queries.provisions_of(innovation.id)
    held = queries.held_in(provisions, innovation)
    decided = queries.find_decided(innovation.origin_proposal_id) if innovation.origin_proposal_id else None
    scope = Within(regency.code, innovation.agency_id)
    page = InnovationPage(
        detail=detail,
        misi=queries.misi_of_innovation(innovation.id),
        risks=silo_risk(held) if innovation.stage in RUNNING else (),
        gates=gates_before(innovation.stage, held),
        provisions=provisions_shown(provisions),
        decision=decided.decision if decided else None,
        history=history_shown(queries.history_of(innovation.id)),
        may_provide=POLICY.may(current_actor(), Can.PROVIDE, scope),
        may_curate=POLICY.may(current_actor(), Can.CURATE, scope),
    )
    return render_template("innovations/show.html", page=page)
