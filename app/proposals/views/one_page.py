"""Beginning a proposal, and writing all of it on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for

from app.cycles.rules import CycleFacts
from app.db.transaction import transaction
from app.files.rules import MOST_SENT
from app.i18n.catalogues import words
from app.kernel.outcomes import Missing, Refused
from app.plans.rules import MisiFacts
from app.proposals import actions, queries
from app.proposals.forms import NewProposalForm, is_pinning, map_of, move_pin
from app.proposals.models import Proposal
from app.proposals.queries import Unfinished
from app.proposals.rules import Answers, Refusal, Status
from app.proposals.rules.writing import Question, Said
from app.proposals.views.blueprint import bp
from app.proposals.views.common import author_id, gathering, told
from app.regions.queries import find_village
from app.regions.rules import Place, Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.forms import is_key
from app.web.uploads import takes_files


@dataclass(frozen=True)
class StartPage:
    """The two ways of writing, and what waits to be finished."""

    place: Place | None
    first_url: str
    unfinished: Sequence[Unfinished]


@bp.route("/<regency>/usulan/baru", methods=["GET", "POST"])
@signed_in
@takes_files(MOST_SENT)
def write(regency: Regency) -> Any:
    """Where writing begins; with `sekaligus` in the address, and when it is sent, all questions at once."""
    misi, cycle, refusal = gathering(regency)
    if refusal is Refusal.OTHER_REGENCY:
        return render_template("ui/refused.html", reason=words(refusal)), 403
    if refusal and request.method == "GET":
        return render_template("ui/refused.html", reason=words(refusal)), 409
    if request.method == "GET" and "sekaligus" not in request.args:
        return _start(regency)
    form = NewProposalForm()
    _offer(form, misi, cycle)
    return _write(regency, form, str(form.form_key.data), None, is_kept=False)


def _start(regency: Regency) -> str:
    first = url_for(".ask", regency=regency, key=uuid4(), question="masalah")
    unfinished = queries.unfinished_by(author_id())
    place = find_village(current_actor().village_code)
    return render_template("proposals/start.html", page=StartPage(place, first, unfinished))


@bp.route("/<regency>/usulan/baru/<uuid:key>", methods=["GET", "POST"])
@signed_in
@takes_files(MOST_SENT)
def edit(regency: Regency, key: UUID) -> Any:
    """All questions of a proposal that was begun, with what has been answered."""
    answers, draft = queries.begun(author_id(), str(key))
    if (draft is None and answers is None) or (draft is not None and draft.regency_code != regency.code):
        raise Missing
    if draft is not None and draft.status is not Status.DRAFT:
        return redirect(url_for(".check", regency=regency, key=key), 303)
    misi, cycle, refusal = gathering(regency)
    if refusal is Refusal.OTHER_REGENCY:
        raise Missing
    said: Said = answers.answers["said"] if answers else queries.said_by(draft) if draft else {}
    form = NewProposalForm(data=_flat(said))
    _offer(form, misi, cycle)
    if not form.is_submitted():
        _start_from(form, said)
    return _write(regency, form, str(key), draft, is_kept=True)


def _flat(said: Said) -> dict[str, Any]:
    return {name: value for answer in said.values() for name, value in answer.items()}


def _start_from(form: NewProposalForm, said: Said) -> None:
    flat = _flat(said)
    form.choose_misi(flat.get("misi_ids", []))
    form.choose_entry(said.get(Question.KIND, {}).get("entry_id"))
    form.estimate.data = flat.get("estimate") or None


def _offer(form: NewProposalForm, misi: Sequence[MisiFacts], cycle: CycleFacts | None) -> None:
    entries = queries.entries_of(cycle.regency_code, cycle.plan_year) if cycle else []
    form.offer(misi, current_actor().village_code, entries)


def _write(regency: Regency, form: NewProposalForm, key: str, draft: Proposal | None, *, is_kept: bool) -> Any:
    is_moving, actor = is_pinning(), current_actor()
    # A form that has been kept has a page of its own for the place; that saves this one a picture.
    place, outline = (None, None) if is_kept else queries.home_of(actor.village_code)
    is_fine = move_pin(form, actor.village_code, outline) if is_moving else form.validate_on_submit()
    photos = form.photos.receive(actor, key, draft.id if draft else None, now()) if is_key(key) else []
    if is_fine and not is_moving and not form.photos.errors:
        try:
            with transaction():
                written = actions.write_draft(actor, form.answers(), key, now())
                actions.change_photos(actor, written, key, form.photos.dropped)
        except Refused as refused:
            if refused.reason is Refusal.ALREADY_SENT:
                # Sent once more, it is a proposal of its own.
                form.form_key.data = form.photos.carry_over(actor, key, str(uuid4()))
            form.form_errors.append(told(refused))
        else:
            return redirect(after(regency, written, form.answers()), 303)
    map_ = map_of(outline, form)
    shown = {"place": place, "photos": photos, "map": map_, "key": key if is_kept else None}
    page = render_template("proposals/write.html", form=form, **shown)
    return page, 422 if form.is_submitted() and not (is_fine and is_moving) else 200


def after(regency: Regency, draft: Proposal, answers: Answers) -> str:
    """Where to go with a complete draft: to proposals like it, if there are any."""
    alike = queries.alike_to(answers, regency.code, author_id())
    return url_for(".similar" if alike else ".check", regency=regency, key=draft.form_key)
