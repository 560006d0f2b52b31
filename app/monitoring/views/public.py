"""What everybody reads: a quarter at a glance, and all that is known of one action or innovation."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask import Response, render_template, request, url_for

from app.files.permissions import shows_photos
from app.files.queries import documents_of, photos_of
from app.files.rules import Photo
from app.files.rules.documents import Document
from app.i18n.catalogues import _, words
from app.innovations.permissions import POLICY as INNOVATIONS
from app.innovations.permissions import Can as CanProvide
from app.innovations.rules.progress import Progress
from app.kernel.actor import Actor, Role
from app.kernel.cells import safe_cell
from app.kernel.outcomes import Missing
from app.kernel.paging import Page
from app.kernel.policy import Within
from app.monitoring import queries
from app.monitoring.actions.checking import PHOTOS as CHECKS
from app.monitoring.actions.measuring import DOCUMENTS
from app.monitoring.actions.reporting import PHOTOS, serves
from app.monitoring.models import Evaluation, Standing
from app.monitoring.permissions import POLICY, Can
from app.monitoring.queries import Filters, QuarterRow, ReportRow, Tally
from app.monitoring.rules.alerts import Alert, parse_alerts
from app.monitoring.rules.checks import Counts
from app.monitoring.rules.quarters import Quarter, parse_quarter
from app.monitoring.rules.things import Thing, ThingKind
from app.monitoring.views.blueprint import bp, current_quarter, page_of_thing, thing_at
from app.monitoring.views.shown import IndicatorView, ReportView, indicator_views, report_view
from app.plans.queries import agencies_of, pillars_of
from app.rad.permissions import POLICY as PLAN
from app.rad.permissions import Can as CanKeep
from app.rad.queries import find_action
from app.rad.rules.actions import ActionStatus
from app.regions.rules import Regency
from app.web.access import current_actor, public

KINDS = ",".join(ThingKind)
QUARTERS_BACK = 8
Lights = dict[Progress, int]
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Counted:
    """How many things of a pillar or agency have which light."""

    name: str
    lights: Lights
    url: str

    @property
    def total(self) -> int:
        return sum(self.lights.values())


@dataclass(frozen=True)
class OverviewPage:
    """A quarter: counts by light, by pillar and by agency, and the things themselves in pages."""

    quarter: Quarter
    quarters: Sequence[tuple[str, str]]
    lights: Lights
    pillars: Sequence[Counted]
    agencies: Sequence[Counted]
    rows: Page[QuarterRow]
    filters: Filters
    pillar_choices: Sequence[tuple[str, str]]
    agency_choices: Sequence[tuple[str, str]]
    next_url: str | None
    csv_url: str
    base_url: str

    @property
    def total(self) -> int:
        return sum(self.lights.values())


@dataclass(frozen=True)
class Asked:
    """The quarter and filters of an address; what is unknown is as if it were not there."""

    quarter: Quarter
    filters: Filters

    def url(self, endpoint: str = ".overview", **changes: Any) -> str:
        light = self.filters.light
        known = {
            "triwulan": str(self.quarter),
            "pilar": self.filters.pillar_id,
            "dinas": self.filters.agency_id,
            "lampu": light.value if light else None,
        }
        return url_for(endpoint, **{name: value for name, value in (known | changes).items() if value is not None})


def _asked(regency: Regency) -> Asked:
    args, current = request.args, current_quarter(regency)
    typed = parse_quarter(args.get("triwulan", ""))
    quarter = typed if typed is not None and typed <= current else current
    light = args.get("lampu", "")
    known = Progress(light) if light in set(Progress) else None
    return Asked(quarter, Filters(_number(args.get("pilar", "")), _number(args.get("dinas", "")), known))


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def quarter_text(quarter: Quarter) -> str:
    return _("Triwulan %(number)s tahun %(year)s", number=quarter.number, year=quarter.year)


def recent(current: Quarter) -> list[Quarter]:
    """The quarters that may be chosen, the latest first."""
    found = [current]
    while len(found) < QUARTERS_BACK:
        found.append(found[-1].previous)
    return found


@bp.route("/<regency>/rad/pantauan")
@public
def overview(regency: Regency) -> Any:
    asked = _asked(regency)
    ends = asked.quarter.ends(regency.time_zone)
    pillars = {pillar.id: pillar.name for pillar in pillars_of(regency.code)}
    agencies = {agency.id: agency.name for agency in agencies_of(regency.code)}
    tallies = queries.tallies(regency.code, asked.quarter, ends, replace(asked.filters, light=None))
    rows = queries.in_quarter(regency.code, asked.quarter, ends, asked.filters, request.args.get("setelah"))
    page = OverviewPage(
        quarter=asked.quarter,
        quarters=[(str(one), quarter_text(one)) for one in recent(current_quarter(regency))],
        lights=_lights(tallies),
        pillars=_counted(asked, tallies, pillars, "pilar"),
        agencies=_counted(asked, tallies, agencies, "dinas"),
        rows=rows,
        filters=asked.filters,
        pillar_choices=[(str(key), name) for key, name in pillars.items()],
        agency_choices=[(str(key), name) for key, name in agencies.items()],
        next_url=asked.url(setelah=rows.after) if rows.after else None,
        csv_url=asked.url(".overview_csv"),
        base_url=url_for(".overview"),
    )
    return render_template("monitoring/overview.html", page=page)


def _lights(tallies: Iterable[Tally]) -> Lights:
    found = dict.fromkeys(Progress, 0)
    for one in tallies:
        found[one.light] += one.count
    return found


def _counted(asked: Asked, tallies: Sequence[Tally], names: dict[int, str], param: str) -> list[Counted]:
    """One line for each pillar or agency that has something; what has none comes last."""
    by_key: dict[int | None, list[Tally]] = {}
    for one in tallies:
        by_key.setdefault(one.pillar_id if param == "pilar" else one.agency_id, []).append(one)
    none = _("Penunjang, di luar pilar") if param == "pilar" else _("Belum ada dinas pengampu")
    lines = []
    for key, found in by_key.items():
        changes: dict[str, Any] = {param: key}
        is_known = key is not None and key in names
        name = names[key] if key is not None and is_known else none
        lines.append(Counted(name, _lights(found), asked.url(**changes) if is_known else ""))
    return sorted(lines, key=lambda line: (not line.url, line.name))


@bp.route("/<regency>/rad/pantauan.csv")
@public
def overview_csv(regency: Regency) -> Response:
    """The quarter as the filters leave it, for spreadsheets."""
    asked = _asked(regency)
    ends = asked.quarter.ends(regency.time_zone)
    rows = queries.in_quarter(regency.code, asked.quarter, ends, asked.filters, None, MOST_ROWS).rows
    text = io.StringIO()
    file = csv.writer(text)
    file.writerow(("triwulan", "jenis", "kode", "nama", "pilar", "dinas", "lampu", "capaian", "fisik", "belanja"))
    file.writerows([safe_cell(cell) for cell in _cells(asked.quarter, row)] for row in rows)
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    name = f"pantauan-{regency.slug}-{asked.quarter}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cells(quarter: Quarter, row: QuarterRow) -> list[str]:
    figures = [_plain(row.achievement), _plain(row.physical), "" if row.spent is None else str(row.spent)]
    named = [str(quarter), row.kind.value, row.key, row.name, row.pillar or "", row.agency or "", words(row.light)]
    return [*named, *figures]


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


@dataclass(frozen=True)
class ThingPage:
    """All that is known of one thing, for everybody; `checks` by the quarters that residents were asked about."""

    thing: Thing
    standing: Standing | None
    alerts: Sequence[Alert]
    indicators: Sequence[IndicatorView]
    reports: Sequence[ReportView]
    photos: dict[int, Sequence[Photo]]
    evaluations: Sequence[Evaluation]
    documents: dict[int, Document]
    checks: Sequence[tuple[Quarter, Counts]]
    back: str
    may_report: bool
    may_provide: bool

    @property
    def is_innovation(self) -> bool:
        return self.thing.kind is ThingKind.INNOVATION


@bp.route(f"/<regency>/<any({KINDS}):kind>/<key>/pantauan")
@public
def show(regency: Regency, kind: str, key: str) -> Any:
    thing = thing_at(regency, kind, key)
    if thing.kind is ThingKind.ACTION and not thing.is_open:
        _require_readable(regency, key)
    standing, reports = queries.course_so_far(thing.kind, thing.id)
    if standing is None and not thing.is_open and thing.kind is ThingKind.ACTION:
        raise Missing
    return render_template("monitoring/thing.html", page=_page(regency, thing, standing, reports))


def _require_readable(regency: Regency, code: str) -> None:
    """An action that was reopened is missing to all but who keeps the plan, as its own page is."""
    action = find_action(regency.code, code)
    is_draft = action is None or action.status is ActionStatus.DRAFT
    if is_draft and not PLAN.may(current_actor(), CanKeep.KEEP_PLAN, Within(regency.code)):
        raise Missing


def _page(regency: Regency, thing: Thing, standing: Standing | None, reports: Sequence[ReportRow]) -> ThingPage:
    indicators = queries.indicators_of(thing.kind, [thing.id]).get(thing.id, [])
    years = {row.report.year for row in reports}
    funds = queries.funds_of(thing.kind, [thing.id], years) if years else {}
    is_innovation = thing.kind is ThingKind.INNOVATION
    evaluations = queries.evaluations_of(thing.id) if is_innovation else []
    quarters = recent(current_quarter(regency))
    checks = queries.counts_of(thing.kind, [thing.id], quarters)
    actor, where = current_actor(), Within(regency.code, thing.agency_id)
    return ThingPage(
        thing=thing,
        standing=standing,
        alerts=parse_alerts(standing.alerts) if standing else (),
        indicators=indicator_views(indicators, reports),
        reports=[report_view(row, funds.get((thing.id, row.report.year), 0)) for row in reversed(reports)],
        photos=dict(photos_of(PHOTOS, [row.report.id for row in reports])),
        evaluations=evaluations,
        documents=dict(documents_of(DOCUMENTS, [one.id for one in evaluations])) if evaluations else {},
        checks=[(one, checks[thing.id, one]) for one in quarters if (thing.id, one) in checks],
        back=page_of_thing(thing.kind, thing.key),
        may_report=POLICY.may(actor, Can.REPORT, where),
        may_provide=is_innovation and INNOVATIONS.may(actor, CanProvide.PROVIDE, where),
    )


@shows_photos(PHOTOS)
def sees_photos_of_report(actor: Actor, report_id: int) -> bool:
    """Reports are public."""
    return True


@shows_photos(CHECKS)
def sees_photos_of_check(actor: Actor, check_id: int) -> bool:
    """Who made it, and those who have to look into it."""
    place = queries.find_place(check_id)
    if place is None or not actor.is_signed_in:
        return False
    regency_code, agency_id, person_id = place
    is_official = actor.holds(Role.PLANNER, regency_code) or actor.serves(regency_code, agency_id)
    return is_official or actor.person_id == person_id


def may_verify(regency: Regency) -> bool:
    return POLICY.may(current_actor(), Can.VERIFY, Within(regency.code))


def reports_for(thing: Thing) -> bool:
    return serves(current_actor(), thing)
