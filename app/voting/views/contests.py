"""The planner's pages: the contests of the regency, preparing one, and leading it to its result."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.cycles.queries import ceilings_of, cycles_of
from app.db.transaction import transaction
from app.i18n.catalogues import _, speaking, words
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.proposals.rules import Status
from app.regions.queries import districts
from app.regions.rules import Regency
from app.voting import actions, queries
from app.voting.forms import CloseForm, ContestForm, contest_form
from app.voting.models import Contest
from app.voting.permissions import POLICY, Can
from app.voting.queries import ContestRow, OptionRow
from app.voting.rules.contest import (
    QUORUM_PERCENT,
    USUAL_CHOICES,
    USUAL_OBJECTION_DAYS,
    ContestEvent,
    ContestStatus,
    Refusal,
    RollEnd,
    large_options,
    next_step,
    next_voting,
)
from app.voting.rules.counting import Rule
from app.voting.views.blueprint import bp
from app.voting.words import tell_for_good
from app.web.access import current_actor, staff
from app.web.clock import now

# What a planner sets, as the form and the contest call it.
PLANNED = (
    *("title", "ceiling", "max_choices", "opens", "closes", "rule", "is_weighted"),
    *("threshold_percent", "quorum_percent", "objection_days", "roll_ends"),
)


@dataclass(frozen=True)
class ContestsPage:
    """The contests of a regency, each with what it waits for."""

    rows: Sequence[tuple[ContestRow, ContestEvent | None]]


@dataclass(frozen=True)
class ManagePage:
    """A contest at its desk; `gone` are options no longer open to choose, `large` those that take the most."""

    contest: ContestRow
    options: Sequence[OptionRow]
    gone: Sequence[OptionRow]
    large: Collection[int]
    unanswered: int
    turnout: int | None
    is_early: bool
    refusal: str | None
    fingerprint: str


def _require(regency: Regency) -> None:
    POLICY.require(current_actor(), Can.RUN_CONTEST, Within(regency.code))


@bp.route("/pipa/<regency>/pemilihan")
@staff(Role.PLANNER)
def contests(regency: Regency) -> Any:
    _require(regency)
    rows = [(row, next_step(row.facts, now())) for row in queries.contests_of(regency.code)]
    return render_template("voting/contests.html", page=ContestsPage(rows))


def _regions(regency: Regency) -> dict[str, str]:
    own = {row.code: _("Kecamatan %(name)s", name=row.name) for row in districts(regency.code)}
    return {regency.code: _("Seluruh kabupaten")} | own


def _spoken(regency: Regency, code: str) -> str:
    return regency.name if code == regency.code else _regions(regency)[code]


def _defaults(regency: Regency, region_code: str) -> dict[str, Any] | None:
    """What a new contest most likely is; None where no voting phase is announced."""
    found = next_voting(cycles_of(regency.code), now())
    if found is None:
        return None
    cycle, window = found
    with speaking("id"):  # everybody reads it, whatever the planner reads
        title = _("Pemilihan usulan %(region)s %(year)s", region=_spoken(regency, region_code), year=cycle.plan_year)
    return {
        "title": title,
        "ceiling": ceilings_of(cycle.id).get(region_code),
        "max_choices": USUAL_CHOICES,
        "quorum_percent": QUORUM_PERCENT,
        "threshold_percent": 0,
        "objection_days": USUAL_OBJECTION_DAYS,
        "roll_ends": RollEnd.AT_OPENING,
        "rule": Rule.EQUAL_SHARES if region_code != regency.code else Rule.MOST_VOTES,
        "is_weighted": region_code != regency.code,
        "opens": window.opens,
        "closes": window.closes,
    }


@bp.route("/pipa/<regency>/pemilihan/baru", methods=["GET", "POST"])
@staff(Role.PLANNER)
def prepare(regency: Regency) -> Any:
    _require(regency)
    regions, code = _regions(regency), request.args.get("wilayah", "")
    if code not in regions:
        return render_template("voting/choose.html", regions=list(regions.items()))
    defaults = _defaults(regency, code)
    form = contest_form(queries.candidates(code), defaults or {}, {})
    if form.validate_on_submit():
        plan = form.plan(regency.code, code)
        if contest := _save(form, lambda: actions.prepare_contest(current_actor(), plan, now())):
            return redirect(url_for(".manage", regency=regency, contest_id=contest.id), 303)
    return _form_page(form, _spoken(regency, code), has_phase=defaults is not None)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/ubah", methods=["GET", "POST"])
@staff(Role.PLANNER)
def edit(regency: Regency, contest_id: int) -> Any:
    _require(regency)
    row = queries.get_row(regency.code, contest_id, is_public=False)
    if row.status is not ContestStatus.PREPARED:
        raise Missing
    known = {name: getattr(row, name) for name in PLANNED}
    costs = {option.proposal_id: option.cost for option in queries.options_of(contest_id)}
    form = contest_form(queries.candidates(row.region_code), known, costs)
    if form.validate_on_submit():
        plan, contest = form.plan(regency.code, row.region_code), queries.get_contest(regency.code, contest_id)
        if _save(form, lambda: actions.change_contest(current_actor(), contest, plan, now())):
            return redirect(url_for(".manage", regency=regency, contest_id=contest_id), 303)
    return _form_page(form, _spoken(regency, row.region_code), has_phase=True)


def _save(form: ContestForm, act: Callable[[], Contest]) -> Contest | None:
    """The saved contest, or None with the reason shown in the form."""
    try:
        with transaction():
            return act()
    except Refused as refused:
        form.show(refused)
        return None


def _form_page(form: ContestForm, region: str, *, has_phase: bool) -> Any:
    page = render_template("voting/prepare.html", form=form, region=region, has_phase=has_phase)
    return page, 422 if form.is_submitted() else 200


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>")
@staff(Role.PLANNER)
def manage(regency: Regency, contest_id: int) -> Any:
    return _manage(regency, contest_id, CloseForm())


def _manage(regency: Regency, contest_id: int, form: CloseForm, refusal: str | None = None) -> str:
    _require(regency)
    contest = queries.get_row(regency.code, contest_id, is_public=False)
    options = queries.options_of(contest_id)
    is_prepared = contest.status is ContestStatus.PREPARED
    page = ManagePage(
        contest=contest,
        options=options,
        large=large_options({option.proposal_id: option.cost for option in options}, contest.ceiling),
        unanswered=queries.count_objections(contest_id, only_open=True),
        gone=[option for option in options if is_prepared and option.status is not Status.PUBLISHED],
        turnout=queries.turnout(contest_id),
        is_early=not contest.facts.window.is_over(now()),
        refusal=refusal,
        fingerprint=contest.definition_sha256 or "",
    )
    return render_template("voting/manage.html", page=page, form=form)


def _lead(regency: Regency, contest_id: int, act: Callable[[Contest], object], done: str) -> Any:
    """Do a step of the contest's life and come back to it; a refusal is told on its page."""
    try:
        with transaction():
            act(queries.get_contest(regency.code, contest_id))
    except Refused as refused:
        form, told = CloseForm(), words(refused.reason, **refused.facts)
        if refused.reason is Refusal.REASON_MISSING:
            form.reason.errors = [told]
            return _manage(regency, contest_id, form), 422
        return _manage(regency, contest_id, form, told), 409
    flash(done, "ok")
    return redirect(url_for(".manage", regency=regency, contest_id=contest_id), 303)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/buka", methods=["POST"])
@staff(Role.PLANNER)
def open_(regency: Regency, contest_id: int) -> Any:
    seed = secrets.token_hex(16)
    done = _("Pemilihan dibuka dan dibekukan. Nomor usulan sudah diundi.")
    return _lead(regency, contest_id, lambda it: actions.open_contest(current_actor(), it, seed, now()), done)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/batal", methods=["POST"])
@staff(Role.PLANNER)
def cancel(regency: Regency, contest_id: int) -> Any:
    done = _("Pemilihan dibatalkan. Usulannya tetap terbuka untuk dukungan.")
    return _lead(regency, contest_id, lambda it: actions.cancel_contest(current_actor(), it, now()), done)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/tutup", methods=["POST"])
@staff(Role.PLANNER)
def close(regency: Regency, contest_id: int) -> Any:
    form = CloseForm()
    if not form.validate_on_submit():
        return _manage(regency, contest_id, form), 422
    reason, done = str(form.reason.data or ""), _("Pemilihan ditutup. Suara tidak diterima lagi.")
    return _lead(regency, contest_id, lambda it: actions.close_contest(current_actor(), it, reason, now()), done)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/tetapkan", methods=["POST"])
@staff(Role.PLANNER)
def certify(regency: Regency, contest_id: int) -> Any:
    done = _("Hasil ditetapkan dan dapat dibaca semua orang.")
    return _lead(
        regency, contest_id, lambda it: actions.certify_contest(current_actor(), it, tell_for_good, now()), done
    )
