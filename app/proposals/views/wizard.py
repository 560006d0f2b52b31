"""Writing a proposal one question a page; every answer is kept before the next question is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.files.rules import MOST_SENT, Photo
from app.i18n.catalogues import words
from app.kernel.outcomes import Missing, Refused
from app.proposals import actions, queries
from app.proposals.forms import (
    FORMS,
    KindQuestion,
    Known,
    MapShown,
    PlaceQuestion,
    QuestionForm,
    WorkQuestion,
    is_pinning,
    map_of,
    move_pin,
)
from app.proposals.models import Proposal
from app.proposals.rules import Refusal, Status
from app.proposals.rules.place import Outline
from app.proposals.rules.works import Entry, cost_of, fitting
from app.proposals.rules.writing import Question, next_question, question_before, step_of, to_answers
from app.proposals.views.blueprint import bp
from app.proposals.views.common import author_id, gathering, told
from app.regions.rules import Place, Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.forms import clean_line
from app.web.uploads import takes_files

# The pages that show something of the catalog.
OF_CATALOG = (Question.KIND, Question.WORK, Question.NAME)
PATH = ",".join(question for question in Question if question is not Question.PHOTOS)


@dataclass(frozen=True)
class Path:
    """Where somebody is: what they have said, and the draft that has come of it once all was answered."""

    regency: Regency
    key: str
    place: Place
    outline: Outline | None
    known: Known
    draft: Proposal | None


@dataclass(frozen=True)
class AskPage:
    """One question; `shown` are entries of the catalog with their definitions, `range` is about what the work costs."""

    question: Question
    step: int
    steps: int
    back_url: str
    whole_url: str
    place: Place
    entry: Entry | None
    map: MapShown | None = None
    shown: Sequence[Entry] = ()
    asked: str = ""
    has_more: bool = False
    range: tuple[int, int] | None = None
    photos: Sequence[Photo] = ()


def _open(regency: Regency, key: UUID, question: Question) -> Path | Any:
    """The path, or the page that says why there is none."""
    misi, cycle, refusal = gathering(regency)
    if refusal or cycle is None:
        typed = [text for name, text in request.form.items() if " " in text and name != "csrf_token"]
        reason = words(refusal or Refusal.NO_CYCLE_OPEN)
        page = render_template("ui/refused.html", reason=reason, typed=typed)
        return page, 403 if refusal is Refusal.OTHER_REGENCY else 409
    answers, draft = queries.begun(author_id(), str(key))
    if draft is not None and draft.regency_code != regency.code:
        raise Missing  # begun where they lived before
    if draft is not None and draft.status is not Status.DRAFT:
        return redirect(url_for(".check", regency=regency, key=key), 303)
    said = answers.answers["said"] if answers else queries.said_by(draft) if draft else {}
    place, outline = queries.home_of(current_actor().village_code)
    needs_catalog = question in OF_CATALOG or request.method == "POST"
    entries = queries.entries_of(regency.code, cycle.plan_year) if needs_catalog else []
    return Path(regency, str(key), place, outline, Known(said, place.name, entries, misi), draft)


@bp.route(f"/<regency>/usulan/baru/<uuid:key>/<any({PATH}):question>", methods=["GET", "POST"])
@signed_in
def ask(regency: Regency, key: UUID, question: str) -> Any:
    path = _open(regency, key, Question(question))
    if not isinstance(path, Path):
        return path
    form = FORMS[Question(question)]()
    form.show(path.known)
    if isinstance(form, PlaceQuestion) and is_pinning():
        if move_pin(form, path.place.code, path.outline) and form.validate():
            return _keep(path, form, url_for(".ask", regency=regency, key=key, question=question, _anchor="peta"))
        return _show(path, form), 422
    if isinstance(form, WorkQuestion) and "hitung" in request.form:
        is_fine = form.validate_on_submit()
        return _show(path, form), 200 if is_fine else 422
    if isinstance(form, KindQuestion):
        form.offer(_shown(path))
    if form.validate_on_submit():
        return _keep(path, form)
    return _show(path, form), 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/baru/<uuid:key>/foto", methods=["GET", "POST"])
@signed_in
@takes_files(MOST_SENT)
def ask_photos(regency: Regency, key: UUID) -> Any:
    path = _open(regency, key, Question.PHOTOS)
    if not isinstance(path, Path):
        return path
    form = FORMS[Question.PHOTOS]()
    is_fine = form.validate_on_submit()
    photos = form.photos.receive(current_actor(), path.key, path.draft.id if path.draft else None, now())
    if is_fine and not form.photos.errors:
        stays = "tambah" in request.form
        return _keep(path, form, url_for(".ask_photos", regency=regency, key=key) if stays else None)
    return _show(path, form, photos), 422 if form.is_submitted() else 200


def _keep(path: Path, form: QuestionForm, stay_url: str | None = None) -> Any:
    """Keep the answer, and with the last one write the draft; then go on, or stay where more was asked for."""
    actor, answer = current_actor(), form.answer()
    entry = form.entry if isinstance(form, KindQuestion) else None
    try:
        with transaction():
            at_home = entry is not None and entry.is_usually_at_home
            said = actions.keep_answer(actor, path.key, form.question, answer, now(), is_at_home=at_home)
            if form.question is Question.PLACE and not path.known.entries:
                said = actions.keep_answer(actor, path.key, Question.KIND, {"entry_id": None}, now())
        if answers := to_answers(said, actor.village_code):
            with transaction():
                draft = actions.write_draft(actor, answers, path.key, now())
                actions.change_photos(actor, draft, path.key, _dropped(form))
    except Refused as refused:
        form.form_errors.append(told(refused))
        return _show(path, form), 422
    return redirect(stay_url or _next_url(path, next_question(said)), 303)


def _dropped(form: QuestionForm) -> list[str]:
    return form.photos.dropped if form.question is Question.PHOTOS else []


def _next_url(path: Path, question: Question | None) -> str:
    return url_of(path.regency, path.key, question) if question else url_for(".similar", key=path.key)


def url_of(regency: Regency, key: str, question: Question) -> str:
    """The page of a question."""
    if question is Question.PHOTOS:
        return url_for(".ask_photos", regency=regency, key=key)
    return url_for(".ask", regency=regency, key=key, question=question.value)


def _shown(path: Path) -> list[Entry]:
    """The entries that the page of the catalog offers: those asked for, else those that fit the problem, else all."""
    known, typed = path.known, clean_line(request.args.get("q"))[:100]
    if "semua" in request.args:
        return list(known.entries)
    found = fitting(known.entries, typed or known.said.get(Question.PROBLEM, {}).get("problem", ""))
    if not found and not typed:
        found = list(known.entries)
    chosen = [known.entry] if known.entry and known.entry not in found and not typed else []
    return [*chosen, *found]


def _show(path: Path, form: QuestionForm, photos: Sequence[Photo] = ()) -> str:
    question, known = form.question, path.known
    before = question_before(question)
    step, steps = step_of(question)
    shown = _shown(path) if question is Question.KIND else []
    range_ = cost_of(known.entry, form.volume.data or 0) if isinstance(form, WorkQuestion) else None
    page = AskPage(
        question=question,
        step=step,
        steps=steps,
        back_url=url_of(path.regency, path.key, before) if before else url_for(".write", regency=path.regency),
        whole_url=url_for(".edit", regency=path.regency, key=path.key),
        place=path.place,
        entry=known.entry,
        map=map_of(path.outline, form) if isinstance(form, PlaceQuestion) else None,
        shown=shown,
        asked=clean_line(request.args.get("q"))[:100],
        has_more=len(shown) < len(known.entries),
        range=(range_.low, range_.high) if range_ else None,
        photos=photos,
    )
    return render_template("proposals/ask.html", page=page, form=form)
