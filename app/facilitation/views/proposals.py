"""Writing a proposal for a resident: the same questions and pages as their own, in their name."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import redirect, render_template, url_for

from app.accounts.models import Person
from app.cycles.queries import open_cycle
from app.cycles.rules import Activity
from app.db.transaction import transaction
from app.facilitation import actions
from app.facilitation.forms.proposals import MendForForm, ReadBackForm
from app.facilitation.rules import Refusal
from app.facilitation.views.blueprint import bp
from app.facilitation.views.residents import open_resident
from app.files.queries import photos_of
from app.files.rules import MOST_SENT
from app.i18n.catalogues import words
from app.kernel.actor import SPEAKS, Role, regency_of
from app.kernel.outcomes import Missing, Refused
from app.plans.queries import misi_of
from app.proposals import queries
from app.proposals.actions import PHOTOS
from app.proposals.forms import NewProposalForm, is_pinning, map_of, move_pin
from app.proposals.models import Proposal
from app.proposals.rules import Refusal as ProposalRefusal
from app.proposals.rules import Status
from app.proposals.rules.works import Entry
from app.regions.queries import find_village
from app.regions.rules import Place
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.forms import is_key
from app.web.uploads import takes_files


def _place(person: Person) -> Place:
    place = find_village(person.village_code)
    assert place is not None  # a foreign key
    return place


def refuse_writing(person: Person, regency_code: str) -> str | None:
    """Why nobody can write for this resident here now, told before anything is typed."""
    reason: Refusal | ProposalRefusal | None = None
    if person.id == current_actor().person_id:
        reason = Refusal.OWN_PROPOSAL
    elif person.level < SPEAKS:
        reason = Refusal.NOT_ATTESTED
    elif not misi_of(regency_code):
        reason = ProposalRefusal.NO_MISI
    elif open_cycle(regency_code, Activity.PROPOSE, now()) is None:
        reason = ProposalRefusal.NO_CYCLE_OPEN
    return words(reason) if reason else None


def _regency_code(person: Person) -> str:
    return regency_of(person.village_code)


def _fill(form: NewProposalForm, person: Person, draft: Proposal | None = None) -> None:
    form.offer(misi_of(_regency_code(person)), person.village_code, _entries(person, draft))
    if form.is_submitted():
        return
    if draft is None:
        form.hamlet.data = person.hamlet
    else:
        form.show(queries.answers_of(draft))


def _entries(person: Person, draft: Proposal | None) -> Sequence[Entry]:
    """The catalog of the year for which is being gathered, or that of a proposal that is mended later."""
    regency_code = _regency_code(person)
    cycle = open_cycle(regency_code, Activity.PROPOSE, now())
    if draft is not None and draft.status is not Status.DRAFT:
        return queries.entries_of(regency_code, queries.plan_year_of(draft))
    return queries.entries_of(regency_code, cycle.plan_year) if cycle else ()


def _typed(person: Person, key: UUID) -> Proposal:
    """What this facilitator has typed for the resident; what others have written is not there."""
    proposal = queries.find_draft(person.id, str(key))
    if proposal is None or proposal.typed_by_id != current_actor().person_id:
        raise Missing
    return proposal


@bp.route("/damping/warga/<card_number>/usulan", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
@takes_files(MOST_SENT)
def write_for(card_number: str) -> Any:
    person = open_resident(card_number)
    form = NewProposalForm()
    refusal = refuse_writing(person, _regency_code(person))
    if refusal and not form.is_submitted():
        return render_template("facilitation/refused.html", card_number=card_number, refusal=refusal), 409
    _fill(form, person)
    return _write(form, person, str(form.form_key.data), None)


@bp.route("/damping/warga/<card_number>/usulan/<uuid:key>", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
@takes_files(MOST_SENT)
def edit_for(card_number: str, key: UUID) -> Any:
    person = open_resident(card_number)
    draft = _typed(person, key)
    if draft.status is not Status.DRAFT:
        return redirect(url_for(".sent_for", card_number=card_number, key=key), 303)
    form = NewProposalForm(obj=draft)
    _fill(form, person, draft)
    return _write(form, person, str(key), draft)


def _write(form: NewProposalForm, person: Person, form_key: str, draft: Proposal | None) -> Any:
    card_number, actor = person.card_number, current_actor()
    is_moving, (place, outline) = is_pinning(), queries.home_of(person.village_code)
    is_fine = move_pin(form, person.village_code, outline) if is_moving else form.validate_on_submit()
    photos = form.photos.receive(actor, form_key, draft.id if draft else None, now()) if is_key(form_key) else []
    if is_fine and not is_moving and not form.photos.errors:
        try:
            with transaction():
                actions.write_for(actor, person, form.answers(), form_key, now(), form.photos.dropped)
        except Refused as refused:
            if refused.reason is ProposalRefusal.ALREADY_SENT:
                # Sent once more, it is a proposal of its own.
                form.form_key.data = form.photos.carry_over(actor, form_key, str(uuid4()))
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            return redirect(url_for(".check_for", card_number=card_number, key=form_key), 303)
    shown = {"card_number": card_number, "name": person.name, "place": place, "map": map_of(outline, form)}
    page = render_template("facilitation/write_for.html", form=form, photos=photos, **shown)
    return page, 422 if form.is_submitted() and not (is_fine and is_moving) else 200


@bp.route("/damping/warga/<card_number>/usulan/<uuid:key>/periksa", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def check_for(card_number: str, key: UUID) -> Any:
    person = open_resident(card_number)
    draft = _typed(person, key)
    if draft.status is not Status.DRAFT:
        return redirect(url_for(".sent_for", card_number=card_number, key=key), 303)
    form = ReadBackForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.send_for(current_actor(), person, draft, now(), is_read_back=bool(form.is_read_back.data))
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            return redirect(url_for(".sent_for", card_number=card_number, key=key), 303)
    entry = queries.titles_of([draft.entry_id]).get(draft.entry_id or 0)
    shown = {"draft": draft, "misi": queries.misi_of_proposal(draft.id), "place": _place(person), "entry": entry}
    photos = photos_of(PHOTOS, [draft.id])[draft.id]
    page = render_template("facilitation/check_for.html", form=form, person=person, photos=photos, **shown)
    return page, 422 if form.is_submitted() else 200


@bp.route("/damping/warga/<card_number>/usulan/<uuid:key>/terkirim")
@staff(Role.FACILITATOR)
def sent_for(card_number: str, key: UUID) -> Any:
    person = open_resident(card_number)
    proposal = _typed(person, key)
    if proposal.number is None:
        raise Missing
    return render_template("facilitation/sent_for.html", person=person, proposal=proposal)


@bp.route("/damping/warga/<card_number>/usulan/<uuid:key>/perbaiki", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
@takes_files(MOST_SENT)
def mend_for(card_number: str, key: UUID) -> Any:
    person = open_resident(card_number)
    proposal = _typed(person, key)
    if proposal.status is not Status.RETURNED:
        return redirect(url_for(".sent_for", card_number=card_number, key=key), 303)
    form = MendForForm(obj=proposal)
    _fill(form, person, proposal)
    is_fine = form.validate_on_submit()
    photos = form.photos.receive(current_actor(), proposal.form_key, proposal.id, now())
    if is_fine and not form.photos.errors:
        try:
            with transaction():
                actions.mend_for(current_actor(), person, proposal, form.answers(), now(), form.photos.dropped)
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            return redirect(url_for(".sent_for", card_number=card_number, key=key), 303)
    shown = {"proposal": proposal, "why": queries.timeline_of(proposal.id)[-1].reason, "place": _place(person)}
    page = render_template("facilitation/mend_for.html", form=form, person=person, photos=photos, **shown)
    return page, 422 if form.is_submitted() else 200
