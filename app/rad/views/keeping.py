"""The planner's pages: new actions, changing them, indicators, funds, innovations, adopting and ending."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.innovations.queries import get_detail
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, misi_rows, pillars_of
from app.rad import actions, queries
from app.rad.forms import ActionForm, ChoiceForm, LinkForm, ReasonForm, Shown, funds_form, indicator_form, known_action
from app.rad.models import RadAction
from app.rad.permissions import POLICY, Can
from app.rad.queries import ActionRow, get_row
from app.rad.rules.actions import ActionStatus, Refusal, lacking
from app.rad.views.blueprint import bp
from app.rad.views.public import by_pillar
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now


def _require(regency: Regency) -> None:
    POLICY.require(current_actor(), Can.KEEP_PLAN, Within(regency.code))


def _draft(regency: Regency, code: str) -> ActionRow:
    _require(regency)
    row = get_row(regency.code, code)
    if row.action.status is not ActionStatus.DRAFT:
        raise Refused(Refusal.NOT_DRAFT)
    return row


def _saved(form: Shown, write: Callable[[], object]) -> bool:
    """Whether the form was sent, is sound and has been written; else it shows why not."""
    if not form.validate_on_submit():
        return False
    try:
        with transaction():
            write()
    except Refused as refused:
        form.show(refused)
        return False
    flash(_("Tersimpan."), "ok")
    return True


def _page(template: str, form: Shown, **more: Any) -> Any:
    return render_template(template, form=form, **more), 422 if form.is_submitted() else 200


@bp.route("/pipa/<regency>/rad")
@staff(Role.PLANNER)
def keep(regency: Regency) -> Any:
    _require(regency)
    rows, plan = queries.matrix_of(regency.code), queries.plan_of(regency.code)
    lacks = {row.action.id: lacking(row.said, plan.years) for row in rows if row.action.status is ActionStatus.DRAFT}
    return render_template("rad/keep.html", pillars=by_pillar(rows), plan=plan, lacks=lacks)


def _action_form(regency: Regency, known: dict[str, Any]) -> ActionForm:
    form = ActionForm(data=known)
    form.offer(
        [(str(one.id), f"{one.number}. {one.name}") for one in pillars_of(regency.code)],
        [(str(one.id), f"{one.number}. {one.short}") for one in misi_rows(regency.code)],
        [(str(one.id), one.name) for one in agencies_of(regency.code)],
    )
    return form


@bp.route("/pipa/<regency>/rad/baru", methods=["GET", "POST"])
@staff(Role.PLANNER)
def add(regency: Regency) -> Any:
    _require(regency)
    form = _action_form(regency, {})
    if _saved(form, lambda: actions.add_action(current_actor(), regency.code, form.text, now())):
        return redirect(url_for(".show", code=form.code.data), 303)
    return _page("rad/edit.html", form, code=None)


@bp.route("/pipa/<regency>/rad/<code>", methods=["GET", "POST"])
@staff(Role.PLANNER)
def edit(regency: Regency, code: str) -> Any:
    row = _draft(regency, code)
    form = _action_form(regency, known_action(row, queries.supporters_of(row.action.id)))
    if _saved(form, lambda: actions.change_action(current_actor(), row.action, form.text, now())):
        return redirect(url_for(".show", code=form.code.data), 303)
    return _page("rad/edit.html", form, code=code)


@bp.route("/pipa/<regency>/rad/<code>/indikator", methods=["GET", "POST"])
@bp.route("/pipa/<regency>/rad/<code>/indikator/<int:indicator_id>", methods=["GET", "POST"])
@staff(Role.PLANNER)
def indicator(regency: Regency, code: str, indicator_id: int | None = None) -> Any:
    row = _draft(regency, code)
    known = queries.get_indicator(row.action.id, indicator_id) if indicator_id else None
    form = indicator_form(queries.plan_of(regency.code).years, known)
    kept = known.row if known else None
    if _saved(form, lambda: actions.set_indicator(current_actor(), row.action, form.text, now(), kept)):
        return redirect(url_for(".show", code=code), 303)
    return _page("rad/indicator.html", form, code=code, known=known)


@bp.route("/pipa/<regency>/rad/<code>/dana", methods=["GET", "POST"])
@staff(Role.PLANNER)
def funds(regency: Regency, code: str) -> Any:
    row, years = _draft(regency, code), queries.plan_of(regency.code).years
    form = funds_form(years, row.funds)
    if _saved(form, lambda: actions.set_funds(current_actor(), row.action, form.funds, now())):
        return redirect(url_for(".show", code=code), 303)
    return _page("rad/funds.html", form, code=code, years=years)


@bp.route("/pipa/<regency>/rad/<code>/inovasi", methods=["GET", "POST"])
@staff(Role.PLANNER)
def innovations(regency: Regency, code: str) -> Any:
    """Which innovations hang under an action, adopted or not."""
    _require(regency)
    row, form = get_row(regency.code, code), LinkForm()
    if form.validate_on_submit():
        try:
            found = get_detail(regency.code, str(form.number.data).upper()).innovation
        except Missing:
            form.number.errors = [_("Tidak ada inovasi dengan nomor itu di kabupaten ini.")]
        else:
            if _saved(form, lambda: actions.hang(current_actor(), row.action, found, now())):
                return redirect(url_for(".innovations", code=code), 303)
    return _page("rad/innovations.html", form, row=row)


@bp.route("/pipa/<regency>/inovasi/<number>/aksi-rad", methods=["GET", "POST"])
@staff(Role.PLANNER)
def choose(regency: Regency, number: str) -> Any:
    """Under which action an innovation shall hang: the way here from its gate."""
    _require(regency)
    innovation, form = get_detail(regency.code, number).innovation, ChoiceForm()
    rows = [row for row in queries.matrix_of(regency.code) if row.action.status is not ActionStatus.ENDED]
    form.offer([(row.action.code, f"{row.action.code} {row.action.title}") for row in rows])
    if _saved(form, lambda: actions.hang(current_actor(), _action(regency, form), innovation, now())):
        return redirect(url_for("innovations.manage", number=number), 303)
    return _page("rad/choose.html", form, number=number, name=innovation.name, has_actions=bool(rows))


def _action(regency: Regency, form: ChoiceForm) -> RadAction:
    return get_row(regency.code, str(form.code.data)).action


@bp.route("/pipa/<regency>/rad/<code>/inovasi/<number>/lepas", methods=["POST"])
@staff(Role.PLANNER)
def take_off(regency: Regency, code: str, number: str) -> Any:
    _require(regency)
    row, found = get_row(regency.code, code), get_detail(regency.code, number).innovation
    with transaction():
        actions.take_off(current_actor(), row.action, found, now())
    flash(_("Inovasi dilepas dari aksi ini."), "ok")
    return redirect(url_for(".innovations", code=code), 303)


@bp.route("/pipa/<regency>/rad/<code>/tetapkan", methods=["POST"])
@staff(Role.PLANNER)
def adopt(regency: Regency, code: str) -> Any:
    _require(regency)
    row, form = get_row(regency.code, code), Shown()
    try:
        with transaction():
            actions.adopt(current_actor(), row.action, now())
    except Refused as refused:
        if refused.reason is not Refusal.INCOMPLETE:
            raise
        form.show(refused)
        flash(str(form.form_errors[0]), "error")
    else:
        flash(_("Aksi ditetapkan. Targetnya menjadi ukuran laporan triwulan."), "ok")
    return redirect(url_for(".show", code=code), 303)


@bp.route("/pipa/<regency>/rad/<code>/buka", methods=["GET", "POST"])
@staff(Role.PLANNER)
def reopen(regency: Regency, code: str) -> Any:
    return _with_reason(regency, code, actions.reopen, "rad/reopen.html")


@bp.route("/pipa/<regency>/rad/<code>/akhiri", methods=["GET", "POST"])
@staff(Role.PLANNER)
def end(regency: Regency, code: str) -> Any:
    return _with_reason(regency, code, actions.end, "rad/end.html")


def _with_reason(regency: Regency, code: str, act: Callable[..., None], template: str) -> Any:
    _require(regency)
    row, form = get_row(regency.code, code), ReasonForm()
    if _saved(form, lambda: act(current_actor(), row.action, str(form.reason.data), now())):
        return redirect(url_for(".show", code=code), 303)
    return _page(template, form, row=row)
