"""The desk of officers and planners: what has to be done, and what ends soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from app.backing import queries
from app.backing.queries import Due, EndingRow
from app.backing.rules.partners import TaskState, is_late
from app.backing.views.blueprint import bp
from app.kernel.actor import Role
from app.web.access import current_actor, staff
from app.web.clock import now


@dataclass(frozen=True)
class WorkPage:
    """Open tasks, each with whether it is late, and what ends within half a year."""

    tasks: Sequence[tuple[Due, bool]]
    endings: Sequence[EndingRow]


@bp.route("/pipa/tugas")
@staff(Role.OFFICER, Role.PLANNER)
def work() -> Any:
    actor, today = current_actor(), now().date()
    tasks = [(one, is_late(TaskState.OPEN, one.due, today)) for one in queries.to_do(actor)]
    page = WorkPage(tasks, queries.endings_soon(actor, today))
    return render_template("backing/work.html", page=page)
