"""The matrix and an action, as everybody reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import render_template

from app.backing.rules.resources import Fund
from app.i18n.catalogues import _, words
from app.i18n.formats import day, rupiah_short
from app.kernel.outcomes import Missing
from app.kernel.policy import Within
from app.rad import queries
from app.rad.permissions import POLICY, Can
from app.rad.queries import ActionRow, PlanFacts
from app.rad.rules.actions import ActionStatus, Lack, Measure, lacking
from app.rad.views.blueprint import bp
from app.regions.rules import Regency
from app.web.access import current_actor, public
from app.web.panels import Panel, panels_for

# A draft is a planner's paper.
PUBLIC = (ActionStatus.ADOPTED, ActionStatus.ENDED)


@dataclass(frozen=True)
class PillarRows:
    """The actions under one pillar."""

    number: int
    name: str
    rows: Sequence[ActionRow]


@dataclass(frozen=True)
class MatrixPage:
    """The plan by pillar; sums are rupiah over all its years, `by_source` the largest first."""

    plan: PlanFacts
    pillars: Sequence[PillarRows]
    by_source: Sequence[tuple[Fund, int]]
    count: int
    innovations: int
    may_keep: bool

    @property
    def total(self) -> int:
        return sum(amount for _source, amount in self.by_source)

    @property
    def by_source_words(self) -> list[tuple[str, str]]:
        return [(words(source), rupiah_short(amount)) for source, amount in self.by_source]


@dataclass(frozen=True)
class ActionPage:
    """An action with all it says; `lacks` only for who keeps the plan."""

    plan: PlanFacts
    row: ActionRow
    panels: Sequence[Panel]
    lacks: Sequence[Lack]
    may_keep: bool
    measures: Sequence[Measure] = tuple(Measure)

    @property
    def may_edit(self) -> bool:
        return self.may_keep and self.row.action.status is ActionStatus.DRAFT

    @property
    def sources(self) -> list[Fund]:
        return [source for source in Fund if any(of is source for _year, of in self.row.funds)]

    @property
    def heads(self) -> list[object]:
        """The heads of a table of indicators."""
        return [_("Indikator"), (_("Data awal"), "n"), *((str(year), "n") for year in self.plan.years)]

    @property
    def fund_heads(self) -> list[object]:
        return [_("Tahun"), *((words(source), "n") for source in self.sources), (_("Jumlah"), "n")]

    @property
    def facts(self) -> list[tuple[str, str]]:
        action = self.row.action
        return [
            (_("Pilar"), f"{self.row.pillar}. {self.row.pillar_name}"),
            (_("Misi"), str(self.row.misi or "")),
            (_("Penanggung jawab"), self.row.agency),
            (_("Pendukung"), ", ".join(self.row.supporters)),
            (_("Program"), action.program),
            (_("Lokasi"), action.place),
            (_("Pagu seluruh tahun"), rupiah_short(self.row.total) if self.row.total else ""),
        ]

    @property
    def legal(self) -> list[tuple[str, str]]:
        action = self.row.action
        if action.legal_form is None or action.legal_status is None:
            return []
        return [
            (_("Bentuk"), words(action.legal_form)),
            (_("Tentang"), action.legal_title),
            (_("Nomor"), action.legal_number),
            (_("Tanggal"), day(action.legal_dated) if action.legal_dated else ""),
            (_("Keadaan"), words(action.legal_status)),
        ]


def may_keep(regency: Regency) -> bool:
    return POLICY.may(current_actor(), Can.KEEP_PLAN, Within(regency.code))


@bp.route("/<regency>/rad")
@public
def matrix(regency: Regency) -> Any:
    rows = queries.matrix_of(regency.code, PUBLIC)
    active = [row for row in rows if row.action.status is ActionStatus.ADOPTED]
    sums = {source: sum(a for row in active for (_y, of), a in row.funds.items() if of is source) for source in Fund}
    page = MatrixPage(
        plan=queries.plan_of(regency.code),
        pillars=by_pillar(rows),
        by_source=sorted(((source, amount) for source, amount in sums.items() if amount), key=lambda one: -one[1]),
        count=len(active),
        innovations=len({one.innovation_id for row in active for one in row.innovations}),
        may_keep=may_keep(regency),
    )
    return render_template("rad/matrix.html", page=page)


def by_pillar(rows: Sequence[ActionRow]) -> list[PillarRows]:
    groups = groupby(rows, key=lambda row: (row.pillar, row.pillar_name))
    return [PillarRows(number, name, list(found)) for (number, name), found in groups]


@bp.route("/<regency>/rad/<code>")
@public
def show(regency: Regency, code: str) -> Any:
    row = queries.get_row(regency.code, code)
    is_keeper = may_keep(regency)
    if row.action.status not in PUBLIC and not is_keeper:
        raise Missing
    plan = queries.plan_of(regency.code)
    page = ActionPage(
        plan=plan,
        row=row,
        panels=panels_for("rad_action", row),
        lacks=lacking(row.said, plan.years) if is_keeper and row.action.status is ActionStatus.DRAFT else (),
        may_keep=is_keeper,
    )
    return render_template("rad/show.html", page=page)
