"""Works for everybody, the desk on which they are reported, and the residents' word on the page of the proposal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.delivery import actions, queries
from app.delivery.forms import BudgetForm, CheckForm, FinishForm, PlanForm, ProgressForm, StartForm, StepForm
from app.delivery.models import Work
from app.delivery.permissions import POLICY, Can
from app.delivery.queries import PHOTOS, Progress, WorkRow
from app.delivery.rules import LEAST_SHOWN, STEPS, WORKS, Answer, is_doubted, refuse_check
from app.files.permissions import shows_photos
from app.files.rules import MOST_SENT
from app.i18n.catalogues import _, words
from app.kernel.actor import Actor, Role, regency_of
from app.kernel.outcomes import Missing, Refused
from app.kernel.paging import Page, parse_mark
from app.kernel.policy import Within
from app.plans.queries import agencies_of
from app.proposals.models import Proposal
from app.proposals.queries import find_by_number, get_seen_by
from app.proposals.rules import Event, Status
from app.regions.queries import find_regency
from app.regions.rules import Regency
from app.web.access import current_actor, public, signed_in, staff
from app.web.clock import now
from app.web.forms import is_key
from app.web.panels import Panel, Place, adds_panel
from app.web.uploads import takes_files

bp = Blueprint("delivery", __name__, template_folder="templates")

FORMS: Mapping[Status, type[StepForm]] = {
    Status.ROUTED: PlanForm,
    Status.PLANNED: BudgetForm,
    Status.BUDGETED: StartForm,
    Status.UNDERWAY: FinishForm,
}


@dataclass(frozen=True)
class WorksPage:
    """The works of a regency, or of one state; counts by state."""

    page: Page[WorkRow]
    counts: Mapping[Status, int]
    status: Status | None
    states: Sequence[Status] = WORKS


@dataclass(frozen=True)
class ReportPage:
    """A work at the desk, with what it waits for."""

    proposal: Proposal
    work: Work | None
    progress: Sequence[Progress]
    next: Event | None
    is_progress: bool


@dataclass(frozen=True)
class WorkPanel:
    """A work on the page of its proposal; `form` for those who may say whether it is there."""

    proposal: Proposal
    work: Work | None
    progress: Sequence[Progress]
    counts: Mapping[Answer, int]
    own: Answer | None
    form: CheckForm | None
    may_report: bool

    @property
    def is_doubted(self) -> bool:
        return is_doubted(self.counts)

    @property
    def is_shown(self) -> bool:
        """Fewer answers may point at those who gave them."""
        return sum(self.counts.values()) >= LEAST_SHOWN

    @property
    def answers_words(self) -> list[tuple[str, int]]:
        return [(words(answer), self.counts.get(answer, 0)) for answer in Answer]


def _asked_status() -> Status | None:
    asked = request.args.get("status", "")
    if not asked:
        return None
    if asked not in {status.value for status in WORKS}:
        raise Missing
    return Status(asked)


def _after() -> int | None:
    mark = parse_mark(request.args.get("setelah"), 1)
    return mark[0] if mark else None


@bp.route("/<regency>/pekerjaan")
@public
def index(regency: Regency) -> Any:
    status = _asked_status()
    page = WorksPage(queries.works_of(regency.code, status, _after()), queries.counts_of(regency.code), status)
    return render_template("delivery/index.html", page=page)


@bp.route("/pipa/pekerjaan")
@staff(Role.PLANNER, Role.OFFICER)
def desks() -> Any:
    """The desk of one's own regency, or of the first of several."""
    actor = current_actor()
    scopes = sorted({*actor.scopes(Role.PLANNER), *actor.scopes(Role.OFFICER)})
    regency = find_regency(regency_of(scopes[0]))
    if regency is None:
        raise Missing
    return redirect(url_for(".desk", regency=regency), 303)


@bp.route("/pipa/<regency>/pekerjaan")
@staff(Role.PLANNER, Role.OFFICER)
def desk(regency: Regency) -> Any:
    """The works that the planner, or the officer's agencies, report on."""
    agencies = _own_agencies(regency)
    status = _asked_status()
    page = WorksPage(queries.works_of(regency.code, status, _after(), agency_ids=agencies), {}, status)
    return render_template("delivery/desk.html", page=page)


def _own_agencies(regency: Regency) -> Collection[int] | None:
    """None are all of them."""
    actor = current_actor()
    if POLICY.may(actor, Can.REPORT, Within(regency.code)):
        return None
    return {agency.id for agency in agencies_of(regency.code) if actor.serves(regency.code, agency.id)}


@bp.route("/pipa/<regency>/pekerjaan/<number>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
@takes_files(MOST_SENT)
def report(regency: Regency, number: str) -> Any:
    """The next step of a work, and the form for it."""
    proposal = _work_of(regency, number)
    made = FORMS.get(proposal.status)
    return _answer(regency, number, made() if made else None, is_progress=False)


@bp.route("/pipa/<regency>/pekerjaan/<number>/kemajuan", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
@takes_files(MOST_SENT)
def progress(regency: Regency, number: str) -> Any:
    """How far it is, between beginning and end."""
    if _work_of(regency, number).status is not Status.UNDERWAY:
        return redirect(url_for(".report", number=number), 303)
    return _answer(regency, number, ProgressForm(), is_progress=True)


def _work_of(regency: Regency, number: str) -> Proposal:
    """A routed proposal that the actor reports on."""
    proposal = find_by_number(regency.code, number)
    if proposal is None or proposal.status not in WORKS:
        raise Missing
    POLICY.require(current_actor(), Can.REPORT, Within(regency.code, queries.agency_of(proposal.id)))
    return proposal


def _answer(regency: Regency, number: str, form: StepForm | None, *, is_progress: bool) -> Any:
    proposal, photos = _work_of(regency, number), []
    is_fine = form is not None and form.validate_on_submit()
    if form is not None and form.photos is not None and is_key(str(form.form_key.data)):
        photos = list(form.photos.receive(current_actor(), str(form.form_key.data), None, now()))
    if form is not None and is_fine and not (form.photos and form.photos.errors):
        try:
            with transaction():
                form.take(current_actor(), proposal, now())
        except Refused as refused:
            form.show(refused)
            proposal = _work_of(regency, number)
        else:
            flash(_("Tersimpan. Pengusul dan pendukungnya diberi tahu."), "ok")
            return redirect(url_for(".report", number=number), 303)
    page = ReportPage(
        proposal=proposal,
        work=queries.find_work(proposal.id),
        progress=queries.progress_of(proposal.id),
        next=STEPS.get(proposal.status),
        is_progress=is_progress,
    )
    is_bad = form is not None and form.is_submitted()
    return render_template("delivery/report.html", page=page, form=form, photos=photos), 422 if is_bad else 200


@adds_panel("proposal")
def work_of_proposal(proposal: Proposal) -> Panel | None:
    """What has become of a routed proposal, and the question to its village."""
    if proposal.status not in WORKS:
        return None
    return Panel(Place.BELOW, "delivery/_on_proposal.html", _panel(proposal, current_actor()))


def _panel(proposal: Proposal, actor: Actor) -> WorkPanel:
    is_over = proposal.status is Status.COMPLETED
    may_check = refuse_check(actor, proposal.village_code, proposal.status) is None
    return WorkPanel(
        proposal=proposal,
        work=queries.find_work(proposal.id),
        progress=queries.progress_of(proposal.id),
        counts=queries.checks_of([proposal.id])[proposal.id] if is_over else {},
        own=queries.own_check(proposal.id, actor.person_id) if may_check else None,
        form=CheckForm() if may_check else None,
        may_report=POLICY.may(actor, Can.REPORT, Within(proposal.regency_code, queries.agency_of(proposal.id)))
        if actor.grants
        else False,
    )


@bp.route("/<regency>/usulan/<number>/periksa-pekerjaan", methods=["POST"])
@signed_in
def check(regency: Regency, number: str) -> Any:
    """A resident of the village says whether the work is there."""
    proposal, form = get_seen_by(current_actor(), regency.code, number), CheckForm()
    if not form.validate_on_submit():
        return render_template("delivery/check.html", proposal=proposal, form=form), 422
    with transaction():
        actions.check(current_actor(), proposal, form.given, str(form.note.data), now())
    flash(_("Terima kasih. Jawaban Anda ikut dihitung di halaman ini."), "ok")
    return redirect(url_for("proposals.show", number=number), 303)


@shows_photos(PHOTOS)
def sees_progress(actor: Actor, progress_id: int) -> bool:
    """Everybody: works are public."""
    return True
