"""The board in lanes, some of its stages in pages, and the list as a file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, render_template, request, url_for

from app.i18n.catalogues import _, words
from app.i18n.formats import number as number_text
from app.innovations import queries
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import LANE_SIZE, Card, Choices, Tallies, Tally
from app.innovations.rules.board import AGENCY_GONE, ANY_RISK, Filters, Order
from app.innovations.rules.gates import SiloRisk
from app.innovations.rules.profile import Light
from app.innovations.rules.stages import LANES, Lane, Stage
from app.innovations.views.asking import Asked, counted, read_asked
from app.innovations.views.blueprint import bp
from app.kernel.cells import safe_cell
from app.kernel.paging import Page
from app.kernel.policy import Within
from app.plans.queries import plans_of
from app.regions.rules import Regency
from app.web.access import current_actor, public

# Where the next step is somebody's to decide.
WAITS = (Lane.IDEAS, Lane.TRIALS)
Chips = Sequence[tuple[str, str, bool, str | None]]
Picks = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class LaneView:
    """A column of the board: its stages with how many stand in each, the first few cards, and how many are at risk.

    `oldest` is since when the longest waits, where something is waited for.
    """

    lane: Lane
    count: int
    oldest: datetime | None
    at_risk: int
    stages: Sequence[tuple[Stage, int, str]]
    cards: Sequence[Card]
    all_url: str | None


@dataclass(frozen=True)
class Picker:
    """The folded filters with what they offer, and what is chosen."""

    filters: Filters
    misi: Picks
    agencies: Picks
    districts: Picks
    risks: Picks
    lights: Picks
    orders: Picks
    order: Order
    keep: dict[str, str]


@dataclass(frozen=True)
class BoardPage:
    """The board as asked for; `total` is what the filters leave of all there is."""

    lead: str
    note: str
    total: int
    picker: Picker
    pillar_chips: Chips
    lanes: Sequence[LaneView]
    ended: LaneView
    at_risk: int
    risk_url: str
    base_url: str
    csv_url: str
    embed_url: str
    may_register: bool
    today: date

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
    """Some stages of the board in pages."""

    title: str
    cards: Page[Card]
    order_chips: Chips
    next_url: str | None
    first_url: str | None
    board_url: str
    csv_url: str
    today: date


@bp.route("/<regency>/inovasi")
@public
def board(regency: Regency) -> Any:
    asked = read_asked(regency)
    return _stages(asked) if asked.stages else _board(asked)


def _board(asked: Asked) -> str:
    regency, filters = asked.regency, asked.filters
    tallies = counted(regency, filters, asked.today)
    cards = queries.first_in_lanes(regency.code, filters, asked.order, asked.today) if tallies else {}
    choices = queries.choices_of(regency.code)
    lanes = {lane: _lane(asked, lane, _under(tallies, filters, choices), cards.get(lane, ())) for lane in Lane}
    total = sum(view.count for view in lanes.values())
    lead, note = _lead(asked, total)
    page = BoardPage(
        lead=lead,
        note=note,
        total=total,
        picker=_picker(asked, choices),
        pillar_chips=_pillar_chips(asked, choices, tallies),
        lanes=[view for lane, view in lanes.items() if lane is not Lane.ENDED],
        ended=lanes[Lane.ENDED],
        at_risk=sum(view.at_risk for lane, view in lanes.items() if lane is not Lane.ENDED),
        risk_url=asked.url(risiko=ANY_RISK, urut=Order.RISK),
        base_url=url_for(".board"),
        csv_url=asked.url(".as_csv"),
        embed_url=url_for(".embedded", _external=True),
        may_register=POLICY.may(current_actor(), Can.ENTER, Within(regency.code)),
        today=asked.today,
    )
    return render_template("innovations/board.html", page=page)


def _under(tallies: Tallies, filters: Filters, choices: Choices) -> Tallies:
    """Those of the chosen pillar, or all."""
    chosen = {key for key, number, _name in choices.pillars if filters.pillar in (None, number)}
    return {key: one for key, one in tallies.items() if filters.pillar is None or key[0] in chosen}


def _lane(asked: Asked, lane: Lane, tallies: Tallies, cards: Sequence[Card]) -> LaneView:
    by_stage = {stage: sum((one for key, one in tallies.items() if key[1] is stage), Tally()) for stage in LANES[lane]}
    whole = sum(by_stage.values(), Tally())
    filled = [(stage, one.count, asked.url(tahap=stage)) for stage, one in by_stage.items() if one.count]
    all_url = asked.url(tahap=lane) if whole.count > LANE_SIZE or lane is Lane.ENDED else None
    oldest = whole.oldest if lane in WAITS else None
    stages = filled if len(LANES[lane]) > 1 else ()
    return LaneView(lane, whole.count, oldest, whole.at_risk, stages, cards, all_url)


def _lead(asked: Asked, total: int) -> tuple[str, str]:
    """How far the registry is, beside what the regency itself counts, and that count in the words of its source."""
    if asked.filters.is_narrow or asked.filters.pillar is not None:
        return _("%(count)s inovasi cocok dengan saringan ini.", count=number_text(total)), ""
    plan = next((plan for plan in plans_of(asked.regency.code) if plan.innovations_counted), None)
    if plan is None or plan.innovations_counted is None:
        return _("%(count)s inovasi tercatat di sini.", count=number_text(total)), ""
    facts = {"counted": number_text(plan.innovations_counted), "count": number_text(total)}
    lead = _("Kabupaten menghitung %(counted)s inovasi; %(count)s sudah tercatat di sini.", **facts)
    return lead, plan.innovations_counted_note


def _pillar_chips(asked: Asked, choices: Choices, tallies: Tallies) -> Chips:
    chosen = asked.filters.pillar
    under: dict[int | None, int] = {}
    for (key, _stage), one in tallies.items():
        under[key] = under.get(key, 0) + one.count
    every = (_("Semua"), asked.url(pilar=None), chosen is None, number_text(sum(under.values())))
    return [
        every,
        *(
            (name, asked.url(pilar=number), number == chosen, number_text(under.get(key, 0)))
            for key, number, name in choices.pillars
        ),
    ]


def _order_chips(asked: Asked) -> Chips:
    return [(words(order), asked.url(urut=order), order is asked.order, None) for order in Order]


def _picker(asked: Asked, choices: Choices) -> Picker:
    return Picker(
        filters=asked.filters,
        misi=[(str(number), _("%(number)s. %(short)s", number=number, short=short)) for number, short in choices.misi],
        agencies=[(str(key), name) for key, name in choices.agencies],
        districts=choices.districts,
        risks=[
            (ANY_RISK, _("Ada risiko silo")),
            *((risk.value, _("Belum tercatat: %(what)s", what=words(risk))) for risk in SiloRisk),
            (AGENCY_GONE, _("Dinas pengampu sudah tidak ada")),
        ],
        lights=[(light.value, words(light)) for light in Light],
        orders=[(order.value, words(order)) for order in Order if order is not Order.LATEST],
        order=asked.order,
        keep={"pilar": asked.typed.get("pilar", "")},
    )


def _stages(asked: Asked) -> str:
    after = request.args.get("setelah")
    cards = queries.in_stages(asked.regency.code, asked.stages, asked.filters, asked.order, asked.today, after)
    lane = next((lane for lane, stages in LANES.items() if stages == asked.stages), None)
    page = LanePage(
        title=words(lane) if lane and asked.typed["tahap"] == lane else words(asked.stages[0]),
        cards=cards,
        order_chips=_order_chips(asked),
        next_url=asked.url(setelah=cards.after) if cards.after else None,
        first_url=asked.url() if after else None,
        board_url=asked.url(tahap=None),
        csv_url=asked.url(".as_csv"),
        today=asked.today,
    )
    return render_template("innovations/lane.html", page=page)


@bp.route("/<regency>/inovasi/unduh.csv")
@public
def as_csv(regency: Regency) -> Response:
    """What the filters leave, for spreadsheets."""
    asked = read_asked(regency)
    cards = queries.exported(regency.code, asked.filters, asked.today)
    text = io.StringIO()
    file = csv.writer(text)
    file.writerow(CSV_COLUMNS)
    wanted = [card for card in cards if not asked.stages or card.stage in asked.stages]
    file.writerows([safe_cell(cell) for cell in _csv_row(card)] for card in wanted)
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="inovasi-{regency.slug}.csv"'
    return answer


CSV_COLUMNS = (
    "nomor",
    "nama",
    "kepanjangan",
    "tahap",
    "sejak",
    "pilar",
    "misi",
    "dinas",
    "usulan_asal",
    "risiko_silo",
    "skor",
)


def _csv_row(card: Card) -> list[str]:
    return [
        card.number,
        card.name,
        card.expansion,
        words(card.stage),
        card.stage_since.date().isoformat() if card.knows_since else "",
        card.pillar or "",
        " ".join(str(one.number) for one in card.misi),
        card.agency or "",
        card.proposal_number or "",
        "; ".join(words(risk) for risk in card.risks),
        "" if card.score is None else str(card.score),
    ]
