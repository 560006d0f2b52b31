"""For everybody: what an innovation stands on, and who stands alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template, request, url_for

from app.backing import queries
from app.backing.actions.acts import FILES
from app.backing.models import Commitment, LegalAct, Partner
from app.backing.queries import SiloRow
from app.backing.rules.partners import TaskState, is_late
from app.backing.rules.resources import Cover, Resource, covered_until, is_soon, ranges, strip
from app.backing.views.blueprint import bp, today_in
from app.files.queries import documents_of
from app.files.rules.documents import Document
from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import get_detail
from app.innovations.rules.gates import SiloRisk
from app.innovations.rules.stages import RUNNING
from app.kernel.paging import Page
from app.kernel.policy import Within
from app.regions.rules import Regency
from app.web.access import current_actor, public


@dataclass(frozen=True)
class StripView:
    """The next years of one kind of resource, and the last day that is covered where that is soon."""

    kind: Resource
    years: Sequence[tuple[int, int, Cover]]
    ends_on: date | None


@dataclass(frozen=True)
class TaskView:
    id: int
    title: str
    who: str
    due: date
    state: TaskState
    is_late: bool
    note: str


@dataclass(frozen=True)
class BackingPage:
    """All that an innovation stands on; `may_provide` for those who bring it."""

    innovation: Innovation
    agency: str | None
    strips: Sequence[StripView]
    commitments: Mapping[Resource, Sequence[Commitment]]
    acts: Sequence[LegalAct]
    files: Mapping[int, Document]
    partners: Sequence[Partner]
    tasks: Sequence[TaskView]
    silo: Sequence[tuple[datetime, Sequence[SiloRisk]]]
    may_provide: bool


@bp.route("/<regency>/inovasi/<number>/sandaran")
@public
def show(regency: Regency, number: str) -> Any:
    detail = get_detail(regency.code, number)
    innovation, today = detail.innovation, today_in(regency)
    commitments, acts = queries.commitments_of(innovation.id), queries.acts_of(innovation.id)
    page = BackingPage(
        innovation=innovation,
        agency=detail.agency.name if detail.agency else None,
        strips=strips_of(commitments, today) if innovation.stage in RUNNING else [],
        commitments={kind: [one for one in commitments if one.kind is kind] for kind in Resource},
        acts=acts,
        files=documents_of(FILES, [act.id for act in acts]) if acts else {},
        partners=queries.partners_of(innovation.id),
        tasks=[
            TaskView(task.id, task.title, who, task.due, task.state, is_late(task.state, task.due, today), task.note)
            for task, who in queries.tasks_of(innovation.id)
        ],
        silo=queries.silo_history(innovation.id),
        may_provide=POLICY.may(current_actor(), Can.PROVIDE, Within(regency.code, innovation.agency_id)),
    )
    return render_template("backing/show.html", page=page)


def strips_of(commitments: Sequence[Commitment], today: date) -> list[StripView]:
    """The years of each kind of resource from this one on."""
    spans = queries.spans_of(commitments)
    ends = {kind: covered_until(spans, kind, today) for kind in Resource}
    return [
        StripView(kind, ranges(strip(spans, kind, today.year)), ends[kind] if is_soon(ends[kind], today) else None)
        for kind in Resource
        if kind is not Resource.TECHNOLOGY or any(span.kind is kind for span in spans)
    ]


@dataclass(frozen=True)
class SiloPage:
    rows: Page[SiloRow]
    next_url: str | None


@bp.route("/<regency>/inovasi/silo")
@public
def silo(regency: Regency) -> Any:
    rows = queries.worst(regency.code, request.args.get("setelah"))
    next_url = url_for(".silo", setelah=rows.after) if rows.after else None
    return render_template("backing/silo.html", page=SiloPage(rows, next_url))
