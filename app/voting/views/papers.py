"""The desk for paper: who has voted on it, the stacks, their two readings, what differs, and printed ballots."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, url_for

from app.accounts.models import Person
from app.accounts.queries import get_resident, residents_of
from app.db.transaction import transaction
from app.files import actions as files
from app.files.permissions import shows_photos
from app.files.queries import photos_of
from app.files.rules import MOST_SENT, Photo
from app.i18n.catalogues import _, words
from app.kernel.actor import Actor, Level, Role, covers
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.regions.queries import find_regency, villages
from app.regions.rules import Regency
from app.voting import queries
from app.voting.actions import papers as actions
from app.voting.forms.papers import NoteForm, ReasonForm, StackForm, VoterSearchForm
from app.voting.models import PaperStack
from app.voting.permissions import POLICY, Can
from app.voting.queries import ContestRow, open_contests, papers, roll
from app.voting.queries.papers import StackRow
from app.voting.queries.roll import Helper, Vote
from app.voting.rules.papers import SHEETS, PaperRefusal, Stage
from app.voting.views.blueprint import bp
from app.voting.words.papers import STAGE_KINDS
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.uploads import takes_files

ROLES = (Role.FACILITATOR, Role.PLANNER)


@dataclass(frozen=True)
class DeskPage:
    """The paper of a contest, as far as this desk reaches."""

    contest: ContestRow
    stacks: Sequence[StackRow]
    marked: int
    signed: int
    helpers: Sequence[Helper]
    is_facilitator: bool
    is_open: bool


@dataclass(frozen=True)
class Voter:
    """A line of the attendance list."""

    person: Person
    vote: Vote | None


@bp.app_template_filter("paper_kind")
def paper_kind(stage: Stage) -> str:
    """The kind of badge of a stack's stage."""
    return STAGE_KINDS[stage]


@shows_photos(SHEETS)
def sees_sheet(actor: Actor, stack_id: int) -> bool:
    """Whoever takes paper in the village of the stack."""
    stack = papers.find_stack(stack_id)
    return isinstance(stack, PaperStack) and POLICY.may(actor, Can.TYPE_PAPER, Within(stack.village_code))


def scopes_in(contest: ContestRow) -> list[str]:
    """Where in the contest's region this actor takes paper; nowhere is missing to them."""
    actor = current_actor()
    own = {scope for role in ROLES for scope in actor.scopes(role)}
    here = {
        scope if covers(contest.region_code, scope) else contest.region_code for scope in own if _meet(scope, contest)
    }
    if not here:
        raise Missing
    return sorted(here)


def _meet(scope: str, contest: ContestRow) -> bool:
    return covers(scope, contest.region_code) or covers(contest.region_code, scope)


def open_desk(contest_id: int) -> ContestRow:
    """The contest at whose paper desk one is."""
    contest = papers.get_public_row(contest_id)
    scopes_in(contest)
    g.regency = find_regency(contest.regency_code)
    return contest


def open_stack(contest_id: int, stack_id: int) -> tuple[ContestRow, StackRow]:
    """A stack of a village in which one takes paper; to others it is missing."""
    contest, stack = open_desk(contest_id), papers.get_stack(contest_id, stack_id)
    if not POLICY.may(current_actor(), Can.TYPE_PAPER, Within(stack.village_code)):
        raise Missing
    return contest, stack


@bp.route("/damping/kertas-suara")
@staff(Role.FACILITATOR)
def paper_contests() -> Any:
    """The contests for which a facilitator takes paper now."""
    scopes = current_actor().scopes(Role.FACILITATOR)
    codes = sorted({scope[:5] for scope in scopes})
    rows = [row for code in codes for row in open_contests(code, now())]
    mine = [row for row in rows if any(_meet(scope, row) for scope in scopes)]
    g.regency = find_regency(codes[0]) if len(codes) == 1 else None
    return render_template("voting/paper_contests.html", rows=mine)


@bp.route("/pipa/<regency>/pilih/<int:contest_id>/kertas")
@staff(Role.PLANNER)
def paper_of(regency: Regency, contest_id: int) -> Any:
    """The planner's way to the paper of a contest."""
    POLICY.require(current_actor(), Can.RUN_CONTEST, Within(regency.code))
    queries.get_row(regency.code, contest_id, is_public=True)
    return redirect(url_for(".paper_desk", contest_id=contest_id), 303)


@bp.route("/damping/kertas-suara/<int:contest_id>")
@staff(*ROLES)
def paper_desk(contest_id: int) -> Any:
    contest = open_desk(contest_id)
    scopes = scopes_in(contest)
    stacks = papers.stacks_of(contest_id, scopes)
    is_planner = POLICY.may(current_actor(), Can.RUN_CONTEST, Within(contest.regency_code))
    page = DeskPage(
        contest=contest,
        stacks=stacks,
        marked=sum(roll.marked_in(contest_id, scopes).values()),
        signed=sum(stack.facts.attendance for stack in stacks),
        helpers=roll.helpers_of(contest_id) if is_planner else [],
        is_facilitator=Role.FACILITATOR in current_actor().roles,
        is_open=contest.status == "opened",
    )
    return render_template("voting/paper_desk.html", page=page)


@bp.route("/damping/kertas-suara/<int:contest_id>/hadir", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def attendance(contest_id: int) -> Any:
    """Search the roll of one's villages; by POST, as names do not belong in an address."""
    contest, form = open_desk(contest_id), VoterSearchForm()
    found = _voters(contest, str(form.text.data)) if form.validate_on_submit() else None
    facts = {"marked": sum(roll.marked_in(contest_id, scopes_in(contest)).values())}
    page = render_template("voting/paper_attendance.html", contest=contest, form=form, found=found, **facts)
    return page, 422 if form.errors else 200


def _voters(contest: ContestRow, text: str) -> list[Voter]:
    people = residents_of(current_actor().scopes(Role.FACILITATOR), (Level.ATTESTED,), text, None).rows
    here = [person for person in people if covers(contest.region_code, person.village_code)]
    votes = roll.votes_among(contest.id, [person.id for person in here])
    return [Voter(person, votes.get(person.id)) for person in here]


@bp.route("/damping/kertas-suara/<int:contest_id>/hadir/<card_number>", methods=["POST"])
@staff(Role.FACILITATOR)
def mark(contest_id: int, card_number: str) -> Any:
    """This resident has signed the list and taken a paper."""
    contest, person = open_desk(contest_id), get_resident(current_actor(), card_number)
    try:
        with transaction():
            had_envelope = actions.mark_on_paper(current_actor(), contest.id, person, now())
    except Refused as refused:
        flash(words(refused.reason, **refused.facts), "error")
    else:
        told = _("%(name)s tercatat memilih di kertas.", name=person.name)
        flash(_("%(told)s Suaranya lewat HP sudah dikeluarkan dari kotak.", told=told) if had_envelope else told, "ok")
    return redirect(url_for(".attendance", contest_id=contest_id), 303)


@bp.route("/damping/kertas-suara/<int:contest_id>/hadir/<card_number>/batal", methods=["POST"])
@staff(Role.FACILITATOR)
def unmark(contest_id: int, card_number: str) -> Any:
    """The wrong line was marked."""
    contest, person, form = open_desk(contest_id), get_resident(current_actor(), card_number), ReasonForm()
    if not form.validate_on_submit():
        flash(_("Tulis alasan membatalkan, paling sedikit 10 huruf. Tidak ada yang berubah."), "error")
        return redirect(url_for(".attendance", contest_id=contest_id), 303)
    try:
        with transaction():
            actions.unmark(current_actor(), contest.id, person, str(form.reason.data), now())
    except Refused as refused:
        flash(words(refused.reason, **refused.facts), "error")
    else:
        flash(_("Catatan kertas %(name)s dibatalkan. Ia boleh memilih lagi.", name=person.name), "ok")
    return redirect(url_for(".attendance", contest_id=contest_id), 303)


def _village_choices(contest: ContestRow) -> list[tuple[str, str]]:
    return [(place.code, place.name) for place in villages(*scopes_in(contest))]


@bp.route("/damping/kertas-suara/<int:contest_id>/baru", methods=["GET", "POST"])
@staff(*ROLES)
@takes_files(MOST_SENT)
def new_stack(contest_id: int) -> Any:
    contest = open_desk(contest_id)
    return _stack_form(contest, None, StackForm(_village_choices(contest)))


@bp.route("/damping/kertas-suara/<int:contest_id>/<int:stack_id>/ubah", methods=["GET", "POST"])
@staff(*ROLES)
@takes_files(MOST_SENT)
def edit_stack(contest_id: int, stack_id: int) -> Any:
    contest, stack = open_stack(contest_id, stack_id)
    known = {"village": stack.village_code, "station": stack.station}
    form = StackForm(
        [(stack.village_code, stack.village)],
        data=known | {"attendance": stack.facts.attendance, "size": stack.facts.size},
    )
    return _stack_form(contest, stack, form)


def _stack_form(contest: ContestRow, stack: StackRow | None, form: StackForm) -> Any:
    is_fine = form.validate_on_submit()
    key, number = str(form.form_key.data), stack.id if stack else None
    kept = form.photos.receive(current_actor(), key, number, now()) if is_fine or not form.form_key.errors else []
    if is_fine and not form.photos.errors and (saved := _save_stack(contest, stack, form, kept)):
        flash(_("Tumpukan %(station)s tersimpan.", station=form.station.data), "ok")
        return redirect(url_for(".stack", contest_id=contest.id, stack_id=saved), 303)
    page = render_template("voting/paper_stack_form.html", contest=contest, stack=stack, form=form, kept=kept)
    return page, 422 if form.is_submitted() else 200


def _save_stack(contest: ContestRow, stack: StackRow | None, form: StackForm, kept: Sequence[Photo]) -> int | None:
    """The number of the saved stack, or None with the reason in the form."""
    actor, plan = current_actor(), form.plan()
    try:
        with transaction():
            if stack is None:
                saved = actions.register_stack(actor, contest.id, plan, now())
            else:
                saved = actions.change_stack(actor, contest.id, stack.id, plan, now())
                files.detach(SHEETS, saved.id, form.photos.dropped)
            files.attach(actor, str(form.form_key.data), SHEETS, saved.id)
            actions.keep_sheet(saved, kept[0].digest if kept else None)
            return saved.id
    except Refused as refused:
        form.show(refused)
        return None


@bp.route("/damping/kertas-suara/<int:contest_id>/<int:stack_id>")
@staff(*ROLES)
def stack(contest_id: int, stack_id: int) -> Any:
    """How far a stack is, and what comes next."""
    return _stack(contest_id, stack_id, NoteForm())


def _stack(contest_id: int, stack_id: int, form: NoteForm) -> str:
    contest, row = open_stack(contest_id, stack_id)
    photos = photos_of(SHEETS, [stack_id])[stack_id]
    return render_template("voting/paper_stack.html", contest=contest, stack=row, photos=photos, form=form)


@bp.route("/damping/kertas-suara/<int:contest_id>/<int:stack_id>/selesai", methods=["POST"])
@staff(*ROLES)
def finish(contest_id: int, stack_id: int) -> Any:
    open_stack(contest_id, stack_id)
    form = NoteForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.finish_stack(current_actor(), contest_id, stack_id, str(form.note.data or ""), now())
        except Refused as refused:
            reason = words(refused.reason)
            if refused.reason is PaperRefusal.NOTE_MISSING:
                form.note.errors = [reason]
            else:
                form.form_errors.append(reason)
        else:
            flash(_("Tumpukan ini selesai dicocokkan."), "ok")
            return redirect(url_for(".stack", contest_id=contest_id, stack_id=stack_id), 303)
    return _stack(contest_id, stack_id, form), 422
