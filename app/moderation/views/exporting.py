"""The year's proposals as a file for those who type them into SIPD."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import request, send_file

from app.cycles.queries import cycles_of
from app.i18n.catalogues import _, speaking, words
from app.i18n.formats import clock_time, number, rupiah
from app.kernel.actor import Role
from app.kernel.cells import safe_cell
from app.kernel.outcomes import Missing
from app.kernel.policy import Within
from app.moderation.permissions import RUNS, CanRun
from app.moderation.queries.exporting import Exported, exported
from app.moderation.queries.levels import VerdictRow
from app.moderation.rules.sipd import COLUMNS, RECOMMENDS, SPENDING, sipd_status
from app.moderation.views.blueprint import bp
from app.plans.queries import agencies_of
from app.proposals.rules import Event
from app.regions.rules import Regency
from app.web.access import current_actor, staff

IN_MEMORY = 4_000_000


@bp.route("/pipa/<regency>/sipd.csv")
@staff(Role.PLANNER)
def sipd(regency: Regency) -> Any:
    """Whole before the first byte is sent, so that no file ends half-way unnoticed."""
    RUNS.require(current_actor(), CanRun.EXPORT, Within(regency.code))
    cycles, asked = cycles_of(regency.code), request.args.get("tahun", "")
    cycle = next((one for one in cycles if str(one.plan_year) == asked), cycles[0] if cycles else None)
    if cycle is None:
        raise Missing
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 — the response closes it
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    with speaking("id"):  # the officials' words, whatever the planner reads
        csv.writer(text).writerows(_lines(regency, cycle.id))
    text.detach()
    length = file.tell()
    file.seek(0)
    name = f"usulan-{regency.slug}-{cycle.plan_year}-sipd.csv"
    answer = send_file(file, mimetype="text/csv", as_attachment=True, download_name=name, max_age=0)
    answer.content_length = length
    return answer


def _lines(regency: Regency, cycle_id: int) -> Iterator[Sequence[str | int]]:
    yield COLUMNS
    agencies: dict[int | None, str] = {one.id: one.name for one in agencies_of(regency.code)}
    for place, one in enumerate(exported(cycle_id), 1):
        cells = [place, *_about(one, regency), *_answered(one, agencies), *_asked(one)]
        yield [safe_cell(cell) if isinstance(cell, str) else cell for cell in cells]


def _about(one: Exported, regency: Regency) -> Iterator[str | int]:
    """Who asks for what, and where; nobody is named."""
    p, pin = one.proposal, one.proposal.shown_position
    sent = [step.at for step in one.steps if step.event is Event.SUBMIT]
    yield str(p.number)
    yield clock_time(sent[0] if sent else p.written_at).strftime("%Y-%m-%d")
    yield p.group_name or _("Warga %(village)s", village=one.village)
    yield _("Kelompok masyarakat") if p.group_name else _("Masyarakat")
    yield f"{p.title}: {p.work}"
    yield p.problem
    yield ", ".join(filter(None, [p.hamlet, one.village, f"{pin.latitude} {pin.longitude}" if pin else ""]))
    yield regency.name
    yield one.district
    yield one.village
    yield 1 + sum(step.event is Event.REOPEN for step in one.steps)


def _answered(one: Exported, agencies: Mapping[int | None, str]) -> Iterator[str]:
    """The agencies, the status with the last no, and each level's last word."""
    had = [agencies[id_] for row in one.verdicts for id_ in (row.agency_id, row.to_agency_id) if id_]
    usual = agencies.get(one.agency_id, "")
    yield had[0] if had else usual
    yield had[-1] if had else usual
    yield sipd_status(one.proposal.status, [row.given for row in one.verdicts]).text
    reasons = [step.reason for step in one.steps if step.reason]
    yield reasons[-1] if reasons else ""
    for level in RECOMMENDS:
        last = [row for row in one.verdicts if row.level is level][-1:]
        yield _recommended(last[0], one.proposal.unit) if last else ""


def _recommended(row: VerdictRow, unit: str) -> str:
    volume = f"{number(row.volume)} {unit}" if row.volume is not None else ""
    budget = rupiah(row.budget) if row.budget is not None else ""
    return "; ".join(filter(None, [words(row.outcome), row.reason, volume, budget]))


def _asked(one: Exported) -> Iterator[str | int]:
    """The original; the works of a budget (sub kegiatan) are SIPD's own."""
    p = one.proposal
    yield from (p.volume, p.unit, p.estimate, SPENDING.get(one.kind, ""), "")
