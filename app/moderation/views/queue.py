"""The queue, and the same answer for many of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, _n, words
from app.i18n.formats import number
from app.kernel.actor import Role, covers
from app.kernel.outcomes import Refused
from app.moderation import actions, queries
from app.moderation.actions.deciding import Done
from app.moderation.forms import DecisionForm, ReasonForm
from app.moderation.models import Batch
from app.moderation.queries import Asked, Load
from app.moderation.queries.queue import MOST_COUNTED, Waiting
from app.moderation.rules import Deadline, Decision, deadline, state_mark
from app.moderation.rules.bulk import UNDO_FOR, refuse_undo
from app.moderation.views.blueprint import bp
from app.proposals.queries import ProposalRow
from app.proposals.rules import Status
from app.regions.queries import only_regency, villages
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.forms import clean_line

# What the desk can look at, in the order of a proposal's life.
SHOWN = (Status.SUBMITTED, Status.RETURNED, Status.PUBLISHED, Status.MERGED, Status.REJECTED)
MINE, FREE = "saya", "bebas"


@dataclass(frozen=True)
class Line:
    """A proposal of the queue: its deadline, who has it in hand, and the mark of what is seen here."""

    row: ProposalRow
    deadline: Deadline | None
    holder: str
    seen: str


@dataclass(frozen=True)
class QueuePage:
    """What waits within the moderator's scopes, as asked for; chips are (words, address, is current, count).

    `tick_url` ticks all of the page, or none of it.
    """

    lines: Sequence[Line]
    load: Load
    asked: Asked
    is_narrowed: bool
    chips: Sequence[tuple[str, str, bool, str]]
    status_chips: Sequence[tuple[str, str, bool, None]]
    places: Sequence[tuple[str, str]]
    keep: dict[str, str]
    batch: Batch | None
    undo_until: datetime | None
    next_url: str | None
    first_url: str | None
    is_ticked: bool
    tick_url: str


@dataclass(frozen=True)
class BulkPage:
    """A no for many: which, and the state in which each was seen."""

    decision: Decision
    chosen: Sequence[str]


@bp.route("/meja/")
@staff(Role.MODERATOR)
def queue() -> Any:
    actor = current_actor()
    scopes = actor.scopes(Role.MODERATOR)
    g.regency = only_regency(scopes)
    places = _places(scopes)
    args = {key: value for key in ("status", "tempat", "pegang", "terlambat") if (value := request.args.get(key))}
    asked, after = _asked(args, dict(places)), request.args.get("setelah")
    found = queries.waiting_in(scopes, asked, after)
    load = queries.load_of(scopes, now(), actor.person_id or 0)
    batch = queries.last_batch_of(actor.person_id or 0)
    is_ticked = request.args.get("centang") == "semua"
    can_undo = batch and not refuse_undo(batch.at, batch.undone_at, now())

    def url(**changes: Any) -> str:
        return url_for(".queue", **{key: value for key, value in (args | changes).items() if value})

    page = QueuePage(
        lines=[_line(one) for one in found.rows],
        load=load,
        asked=asked,
        is_narrowed=bool(args),
        chips=_chips(url, args, load),
        status_chips=[
            (words(one), url(status=one.value, terlambat="", pegang=""), one is asked.status, None) for one in SHOWN
        ],
        places=places,
        keep={key: value for key, value in args.items() if key != "tempat"},
        batch=batch if can_undo else None,
        undo_until=batch.at + UNDO_FOR if batch and can_undo else None,
        next_url=url(setelah=found.after) if found.after else None,
        first_url=url() if after else None,
        is_ticked=is_ticked,
        tick_url=url(setelah=after, centang="" if is_ticked else "semua", _anchor="daftar"),
    )
    return render_template("moderation/queue.html", page=page)


def _places(scopes: Sequence[str]) -> list[tuple[str, str]]:
    """The districts of the scopes, each followed by its villages."""
    named: list[tuple[str, str]] = []
    for code, inside in groupby(villages(*scopes), key=lambda one: one.district_code):
        places = list(inside)
        if any(covers(scope, code) for scope in scopes):
            named.append((code, _("Kecamatan %(name)s", name=places[0].district)))
        named += [(one.code, f"– {one.name}") for one in places]
    return named


def _asked(args: dict[str, str], places: dict[str, str]) -> Asked:
    """Only known values count."""
    status = args.get("status", "")
    return Asked(
        status=Status(status) if status in {one.value for one in SHOWN} else Status.SUBMITTED,
        region=args.get("tempat", "") if args.get("tempat") in places else "",
        late_at=now() if args.get("terlambat") == "1" else None,
        mine_id=current_actor().person_id if args.get("pegang") == MINE else None,
        is_free=args.get("pegang") == FREE,
    )


def _chips(url: Any, args: dict[str, str], load: Load) -> list[tuple[str, str, bool, str]]:
    is_late, held = args.get("terlambat") == "1", args.get("pegang")
    return [
        (_("Semua"), url(terlambat="", pegang="", status=""), not (is_late or held), _count(load.waiting)),
        (_("Terlambat"), url(terlambat="1", pegang="", status=""), is_late, _count(load.late)),
        (_("Saya pegang"), url(pegang=MINE, terlambat="", status=""), held == MINE, _count(load.mine)),
        (_("Belum dipegang"), url(pegang=FREE, terlambat="", status=""), held == FREE, _count(load.free)),
    ]


def _count(found: int) -> str:
    return f"{number(found)}+" if found >= MOST_COUNTED else number(found)


def _line(waiting: Waiting) -> Line:
    row = waiting.row
    is_own = waiting.holder_id == current_actor().person_id
    return Line(
        row,
        deadline(row.held_until, now()) if row.held_until else None,
        _("Anda") if is_own else waiting.holder or "",
        f"{row.number}@{state_mark(row.status, row.held_since)}",
    )


@bp.route("/meja/sekaligus", methods=["POST"])
@staff(Role.MODERATOR)
def bulk() -> Any:
    """Publish what is chosen at once; a no asks for its reason first; taking in hand needs none."""
    chosen = request.form.getlist("pilih")[:200]
    seen = dict(clean_line(one).partition("@")[::2] for one in chosen)
    asked = request.form.get("aksi", "")
    if asked == "ambil":
        return _take_all(seen)
    decision = Decision(asked) if asked in set(Decision) else abort(400)
    form = DecisionForm() if decision is Decision.PUBLISH else ReasonForm()
    is_asking = decision is not Decision.PUBLISH and "reason" not in request.form
    if not is_asking and form.validate_on_submit():
        try:
            with transaction():
                done = actions.decide_many(current_actor(), seen, form.verdict(decision), now())
        except Refused as refused:
            flash(words(refused.reason, **refused.facts), "error")
        else:
            _tell(done)
        return redirect(url_for(".queue"), 303)
    page = BulkPage(decision, chosen)
    status = 200 if is_asking else 422
    return render_template("moderation/bulk.html", page=page, form=form, is_asking=is_asking), status


def _take_all(seen: dict[str, str]) -> Any:
    taken = 0
    for proposal in queries.by_numbers(seen):
        try:
            with transaction():
                actions.take(current_actor(), proposal, now())
        except Refused as refused:
            flash(f"{proposal.number}: {words(refused.reason, **refused.facts)}", "warn")
        else:
            taken += 1
    if taken:
        flash(_n("%(num)s usulan sekarang Anda pegang.", "%(num)s usulan sekarang Anda pegang.", taken), "ok")
    return redirect(url_for(".queue", pegang=MINE), 303)


def _tell(done: Done) -> None:
    count = len(done.changed)
    if count:
        flash(_n("%(num)s usulan sudah dijawab.", "%(num)s usulan sudah dijawab.", count), "ok")
    if done.skipped:
        numbers = ", ".join(done.skipped)
        flash(_("Tidak diubah, karena sudah berubah atau bukan wewenang Anda: %(numbers)s", numbers=numbers), "warn")


@bp.route("/meja/batal/<int:batch>", methods=["POST"])
@staff(Role.MODERATOR)
def undo(batch: int) -> Any:
    with transaction():
        done = actions.undo_batch(current_actor(), batch, now())
    count = len(done.changed)
    flash(_n("%(num)s usulan menunggu jawaban lagi.", "%(num)s usulan menunggu jawaban lagi.", count), "ok")
    if done.skipped:
        numbers = ", ".join(done.skipped)
        flash(_("Tidak dibatalkan, karena sudah berubah lagi: %(numbers)s", numbers=numbers), "warn")
    return redirect(url_for(".queue"), 303)
