"""What an address of the board asks for, and addresses that ask for something else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from app.innovations import queries
from app.innovations.queries import Tallies
from app.innovations.rules.board import AGENCY_GONE, ANY_RISK, Filters, Order, stages_of
from app.innovations.rules.gates import SiloRisk
from app.innovations.rules.profile import Light
from app.innovations.rules.provisions import day_in
from app.innovations.rules.stages import Stage
from app.regions.rules import Regency
from app.web.clock import now
from app.web.forms import clean_line
from app.web.remembering import remembered

# What an address of the board may ask; anything else in it is not passed on.
NAMES = ("q", "pilar", "misi", "dinas", "kecamatan", "risiko", "lampu", "urut", "tahap")
RISKS = (ANY_RISK, *SiloRisk, AGENCY_GONE)


@dataclass(frozen=True)
class Asked:
    """A page of the board as its address asks for it; `stages` is empty for the board itself."""

    regency: Regency
    filters: Filters
    order: Order
    stages: tuple[Stage, ...]
    typed: dict[str, str]
    today: date

    def url(self, endpoint: str = ".board", **changes: Any) -> str:
        """The address that asks for the same but for the changes."""
        asked = {name: value for name, value in (self.typed | changes).items() if value not in (None, "")}
        return url_for(endpoint, regency=self.regency, **asked)


def read_asked(regency: Regency) -> Asked:
    """Only known values count; whatever else is asked is as if it were not."""
    args = request.args
    typed = {name: args[name] for name in NAMES if args.get(name)}
    order, risk, light = args.get("urut", ""), args.get("risiko", ""), args.get("lampu", "")
    district = args.get("kecamatan", "")
    filters = Filters(
        text=clean_line(args.get("q"))[:100],
        pillar=_number(args.get("pilar", ""), 2),
        misi=_number(args.get("misi", ""), 3),
        agency_id=_number(args.get("dinas", ""), 9),
        district=district if district.startswith(f"{regency.code}.") and len(district) <= 13 else "",
        risk=risk if risk in RISKS else "",
        light=Light(light) if light in set(Light) else None,
    )
    return Asked(
        regency,
        filters,
        Order(order) if order in set(Order) else Order.LATEST,
        stages_of(args.get("tahap", "")),
        typed,
        day_in(regency.time_zone, now()),
    )


def counted(regency: Regency, filters: Filters, today: date) -> Tallies:
    """How many stand where; what everybody asks, all of them, may be a minute old."""

    def count() -> Tallies:
        return queries.tallies(regency.code, filters, today)

    return count() if filters.is_narrow else remembered(("innovations", regency.code), count)


def _number(typed: str, most_digits: int) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= most_digits else None
