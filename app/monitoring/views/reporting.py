"""The desk of who reports and who verifies: what is due, one quarter, and what has to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.files.queries import photos_of, photos_with
from app.files.rules import MOST_SENT, Photo
from app.i18n.catalogues import _, words
from app.kernel.actor import Actor, Role, covers
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.paging import Page
from app.kernel.policy import Within
from app.monitoring import actions, queries
from app.monitoring.actions.reporting import PHOTOS
from app.monitoring.forms import ReportForm, ReviewForm, report_form
from app.monitoring.models import CitizenCheck, EarlierVersion
from app.monitoring.permissions import POLICY, Can
from app.monitoring.queries import Filters, QuarterRow
from app.monitoring.rules.quarters import Quarter, parse_quarter
from app.monitoring.rules.refusals import Refusal
from app.monitoring.rules.reports import ReportStatus, refuse_quarter
from app.monitoring.rules.things import Thing, ThingKind
from app.monitoring.views.blueprint import bp, current_quarter, quarter_at, thing_at
from app.monitoring.views.public import KINDS, may_verify, quarter_text, recent
from app.monitoring.views.shown import ReportView, report_view
from app.regions.queries import regencies
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.fields import refuse_at
from app.web.forms import is_key
from app.web.uploads import takes_files

ADDRESS = f"/pipa/<regency>/laporan/<any({KINDS}):kind>/<key>/<quarter>"
FIELDS = {Refusal.REASON_MISSING: "comment", Refusal.NOT_PERCENT: "physical"}


@dataclass(frozen=True)
class DeskPage:
    """A quarter at the desk, of one agency or of all; `alerts` stand whatever the quarter."""

    quarter: Quarter
    chips: Sequence[tuple[str, str, bool, None]]
    alerts: Sequence[QuarterRow]
    rows: Page[QuarterRow]
    next_url: str | None
    is_planner: bool


@bp.route("/pipa/laporan")
@staff(Role.PLANNER, Role.OFFICER)
def desks() -> Any:
    """The desk of the actor's regency; those who serve several come from one to another by its address."""
    scopes = [scope for role in (Role.OFFICER, Role.PLANNER) for scope in current_actor().scopes(role)]
    own = [regency for regency in regencies() if any(covers(scope, regency.code) for scope in scopes)]
    if not own:
        raise Missing
    return redirect(url_for(".desk", regency=own[0]), 303)


@bp.route("/pipa/<regency>/laporan")
@staff(Role.PLANNER, Role.OFFICER)
def desk(regency: Regency) -> Any:
    actor, is_planner = current_actor(), may_verify(regency)
    agency_id = None if is_planner else _agency_of(actor, regency)
    current = current_quarter(regency)
    typed = parse_quarter(request.args.get("triwulan", ""))
    quarter = typed if typed is not None and typed <= current else current
    ends, after = quarter.ends(regency.time_zone), request.args.get("setelah")
    rows = queries.in_quarter(regency.code, quarter, ends, Filters(agency_id=agency_id), after)
    page = DeskPage(
        quarter=quarter,
        chips=[
            (quarter_text(one), url_for(".desk", triwulan=one), one == quarter, None) for one in recent(current)[:4]
        ],
        alerts=queries.with_alerts(regency.code, None if agency_id is None else [agency_id]),
        rows=rows,
        next_url=url_for(".desk", triwulan=quarter, setelah=rows.after) if rows.after else None,
        is_planner=is_planner,
    )
    return render_template("monitoring/desk.html", page=page)


def _agency_of(actor: Actor, regency: Regency) -> int | None:
    """The agency that the officer serves; None for those of no certain one."""
    POLICY.require(actor, Can.REPORT, Within(regency.code, next(iter(_agencies(actor, regency)), 0)))
    return next(iter(_agencies(actor, regency)), None)


def _agencies(actor: Actor, regency: Regency) -> list[int]:
    mine = (grant for grant in actor.grants if grant.role is Role.OFFICER and grant.scope == regency.code)
    return [grant.agency_id for grant in mine if grant.agency_id is not None]


@dataclass(frozen=True)
class ReportPage:
    """A quarter of a thing: what was reported, the form for it, and what a verifier may say."""

    thing: Thing
    quarter: Quarter
    view: ReportView | None
    earlier: Sequence[EarlierVersion]
    kept: Sequence[Photo]
    checks: Sequence[CitizenCheck]
    hindrance: Refusal | None
    may_write: bool
    may_review: bool

    @property
    def names(self) -> str:
        return quarter_text(self.quarter)


@bp.route(ADDRESS, methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
@takes_files(MOST_SENT)
def quarter(regency: Regency, kind: str, key: str, quarter: str) -> Any:
    """Report a quarter, or correct what was reported."""
    thing, when = thing_at(regency, kind, key), quarter_at(quarter)
    POLICY.require(current_actor(), Can.REPORT, Within(regency.code, thing.agency_id))
    known = queries.find_row(thing, when)
    indicators = queries.indicators_of(thing.kind, [thing.id]).get(thing.id, [])
    form = report_form(indicators, known)
    if request.method == "POST":
        actions.require_reporter(current_actor(), thing)
        if _sent(form, thing, when, known.report.id if known else None):
            flash(_("Laporan tersimpan dan tampil untuk umum. Sekarang menunggu diperiksa."), "ok")
            return redirect(url_for(".quarter", kind=kind, key=key, quarter=when), 303)
    page = _page(regency, thing, when, form)
    return _shown(page, form, ReviewForm(formdata=None)), 422 if form.is_submitted() else 200


def _sent(form: ReportForm, thing: Thing, when: Quarter, report_id: int | None) -> bool:
    """Whether the form was sound and has been taken; its photos are kept in any case."""
    is_sound = form.validate_on_submit()
    if not form.form_key.errors:
        form.photos.receive(current_actor(), str(form.form_key.data), report_id, now())
    if not is_sound or form.photos.errors:
        return False
    try:
        with transaction():
            _report(form, thing, when, is_correction=report_id is not None)
    except Refused as refused:
        refuse_at(form, FIELDS.get(refused.reason), words(refused.reason, **refused.facts))  # type: ignore[call-overload]
        return False
    return True


def _report(form: ReportForm, thing: Thing, when: Quarter, *, is_correction: bool) -> None:
    key, dropped = str(form.form_key.data), form.photos.dropped
    actions.report(
        current_actor(), thing, when, form.text, now(), form_key=key, dropped=dropped, is_correction=is_correction
    )


def _page(regency: Regency, thing: Thing, when: Quarter, form: ReportForm) -> ReportPage:
    known = queries.find_row(thing, when)
    report = known.report if known else None
    facts = actions.facts_of(thing, report, now())
    funds = queries.funds_of(thing.kind, [thing.id], [when.year]).get((thing.id, when.year), 0)
    is_done = report is not None and report.status is ReportStatus.ACCEPTED
    is_official = may_verify(regency) or actions.serves(current_actor(), thing)
    return ReportPage(
        thing=thing,
        quarter=when,
        view=report_view(known, funds) if known else None,
        earlier=queries.earlier_of(report.id) if report else (),
        kept=_photos(form, report.id if report else None),
        checks=queries.notes_of(thing.id) if thing.kind is ThingKind.INNOVATION and is_official else (),
        hindrance=refuse_quarter(facts, when, now()),
        may_write=not is_done and _may_report(thing),
        may_review=report is not None and report.status is ReportStatus.SENT and may_verify(regency),
    )


def _photos(form: ReportForm, report_id: int | None) -> Sequence[Photo]:
    """Those that have been received with the form are read again, and not received twice."""
    if form.is_submitted() and is_key(str(form.form_key.data)):
        return photos_with(current_actor().person_id or 0, str(form.form_key.data), PHOTOS, report_id)
    return photos_of(PHOTOS, [report_id])[report_id] if report_id else ()


def _may_report(thing: Thing) -> bool:
    try:
        actions.require_reporter(current_actor(), thing)
    except Denied:
        return False
    return True


def _shown(page: ReportPage, form: ReportForm, review_form: ReviewForm) -> str:
    return render_template("monitoring/report.html", page=page, form=form, review=review_form)


@bp.route(f"{ADDRESS}/periksa", methods=["POST"])
@staff(Role.PLANNER)
def review(regency: Regency, kind: str, key: str, quarter: str) -> Any:
    """Say whether a report is right."""
    thing, when = thing_at(regency, kind, key), quarter_at(quarter)
    POLICY.require(current_actor(), Can.VERIFY, Within(regency.code))
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.review(current_actor(), thing, when, form.chosen, str(form.comment.data), now())
        except Refused as refused:
            refuse_at(form, FIELDS.get(refused.reason), words(refused.reason, **refused.facts))  # type: ignore[call-overload]
        else:
            flash(_("Hasil pemeriksaan tersimpan dan tampil untuk umum."), "ok")
            return redirect(url_for(".desk", triwulan=when), 303)
    indicators = queries.indicators_of(thing.kind, [thing.id]).get(thing.id, [])
    written = report_form(indicators, queries.find_row(thing, when))
    return _shown(_page(regency, thing, when, written), written, form), 422
