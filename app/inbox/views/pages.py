"""The inbox, and its panel on the account page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.inbox import actions, queries
from app.inbox.queries import NewsLine
from app.inbox.rules import MOST_COUNTED
from app.inbox.views.blueprint import bp
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing
from app.kernel.paging import parse_mark
from app.web.access import current_actor, signed_in
from app.web.panels import Panel, Place, adds_panel, panels_for


@dataclass(frozen=True)
class InboxPage:
    """News with what of it is unread; `newest` is what marking as read goes up to."""

    rows: Sequence[tuple[NewsLine, bool]]
    newest: int
    has_unread: bool
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True)
class InboxPanel:
    """How much is unread; `is_more` where it is more than is counted."""

    unread: int
    is_more: bool


@adds_panel("account")
def inbox_panel(actor: Actor) -> Panel:
    assert actor.person_id is not None  # signed in
    unread = queries.count_unread(actor.person_id)
    page = InboxPanel(min(unread, MOST_COUNTED - 1), unread >= MOST_COUNTED)
    return Panel(Place.BELOW, "inbox/_panel.html", page)


@bp.route("/kotak-masuk", methods=["GET", "POST"])
@signed_in
def inbox() -> Any:
    actor = current_actor()
    assert actor.person_id is not None  # signed in
    if request.method == "POST":
        return _mark_read(actor)
    reader, after = queries.reader_of(actor.person_id), request.args.get("setelah")
    found = queries.inbox(reader, after)
    rows = [(line, line.id > reader.read_to) for line in found.rows]
    page = InboxPage(
        rows=rows,
        newest=rows[0][0].id if rows else 0,
        has_unread=any(is_new for _line, is_new in rows),
        next_url=url_for(".inbox", setelah=found.after) if found.after else None,
        first_url=url_for(".inbox") if after else None,
    )
    return render_template("inbox/inbox.html", page=page, panels=panels_for("inbox", actor))


def _mark_read(actor: Actor) -> Any:
    mark = parse_mark(request.form.get("sampai"), 1)
    if mark is None:
        raise Missing
    with transaction():
        actions.mark_read(actor, mark[0])
    flash(_("Semua kabar sudah ditandai dibaca."), "ok")
    return redirect(url_for(".inbox"), 303)
