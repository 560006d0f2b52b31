"""The resident's pages: the contests, the ballot, the last check, and the word that the ballot is in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, session, url_for

from app.credentials.rules.printing import qr_of
from app.db.transaction import transaction
from app.files.queries import photos_of
from app.files.rules import Photo
from app.i18n.catalogues import _, words
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals.actions.writing import PHOTOS
from app.regions.rules import Regency
from app.voting import actions, queries
from app.voting.forms import BallotForm
from app.voting.queries import ContestRow, OptionRow, roll
from app.voting.queries.roll import Vote
from app.voting.rules.ballots import BallotRefusal, refuse_ballot, refuse_voter, shuffled
from app.voting.rules.cards import CHIPS_ABOVE, short_title, sign_of
from app.voting.rules.contest import PUBLIC, Channel, ContestStatus
from app.voting.views.blueprint import bp
from app.web.access import current_actor, lender_id, public, signed_in
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

REPLACED_SHOWN_FOR = timedelta(days=30)
# In the cookie: the contest in which this browser has just voted, until the receipt was asked for.
RECEIPT = "bukti"


@dataclass(frozen=True)
class ContestCard:
    """A contest in the list of this visitor."""

    contest: ContestRow
    is_mine: bool
    has_voted: bool


@dataclass(frozen=True)
class IndexPage:
    """What is open, one's own first; what comes; what is over."""

    open: Sequence[ContestCard]
    coming: Sequence[ContestCard]
    over: Sequence[ContestCard]


@dataclass(frozen=True)
class Card:
    """An option with its picture; `group` is the number of its village among those that the ballot is narrowed to."""

    option: OptionRow
    photo: Photo | None
    group: int | None = None

    @property
    def title(self) -> str:
        return short_title(self.option.title)

    @property
    def sign(self) -> str:
        return sign_of(self.option.title)


@dataclass(frozen=True)
class BallotPage:
    """A ballot as this visitor sees it: with a reason against them there is nothing to tick."""

    contest: ContestRow
    cards: Sequence[Card]
    groups: Sequence[str]
    is_by_number: bool
    chosen: Collection[int]
    reason: str | None
    fault: str | None
    vote: Vote | None
    turnout: int | None
    may_sign_in: bool
    fingerprint: str


@adds_panel("inbox")
def replaced_votes(actor: Actor) -> Panel | None:
    """Whose vote was replaced reads it in the inbox, also where no message reaches them."""
    found = roll.replaced_of(actor.person_id or 0, (now() - REPLACED_SHOWN_FOR).date())
    return Panel(Place.ACTION, "voting/_replaced.html", found) if found else None


@bp.route("/<regency>/pilih")
@public
def index(regency: Regency) -> Any:
    actor, rows = current_actor(), queries.contests_of(regency.code, PUBLIC)
    voted = queries.voted_in([row.id for row in rows], actor.person_id)
    cards = [ContestCard(row, actor.lives_in(row.region_code), row.id in voted) for row in rows]
    is_open = [card for card in cards if card.contest.facts.takes_ballots(now())]
    waits = [card for card in cards if card.contest.status is ContestStatus.OPENED and card.contest.opens > now()]
    page = IndexPage(
        open=sorted(is_open, key=lambda card: (not card.is_mine, card.contest.closes)),
        coming=sorted(waits, key=lambda card: (not card.is_mine, card.contest.opens)),
        over=[card for card in cards if card not in is_open and card not in waits],
    )
    return render_template("voting/index.html", page=page)


def _in_order(options: Sequence[OptionRow], contest_id: int, actor: Actor, *, by_number: bool) -> list[OptionRow]:
    """Shuffled for whoever votes, by number for everybody else and for those who ask for it."""
    if actor.person_id is None or by_number:
        return list(options)
    numbered = {option.number: option for option in options if option.number is not None}
    return [numbered[number] for number in shuffled(numbered.keys(), contest_id, actor.person_id)]


def _groups(options: Sequence[OptionRow]) -> list[str]:
    """The villages that a long ballot can be narrowed down to."""
    villages = sorted({option.village for option in options})
    return villages if len(options) > CHIPS_ABOVE and len(villages) > 1 else []


def cards_of(options: Sequence[OptionRow], groups: Sequence[str] = ()) -> list[Card]:
    photos = photos_of(PHOTOS, [option.proposal_id for option in options])
    places = {village: number for number, village in enumerate(groups, 1)}
    return [Card(one, next(iter(photos[one.proposal_id]), None), places.get(one.village)) for one in options]


def _ballot(regency: Regency, contest: ContestRow, form: BallotForm, refusal: BallotRefusal | None = None) -> str:
    actor = current_actor()
    against = refuse_voter(actor, contest.facts, now())
    vote = None if against else roll.vote_of(contest.id, actor.person_id)
    if vote and vote.channel is Channel.PAPER:
        against = BallotRefusal.ALREADY_VOTED
    fault = words(refusal, most=contest.max_choices) if refusal and against is None else None
    form.choices.errors = [fault] if fault else []
    options = queries.options_of(contest.id)
    is_by_number = against is not None or request.args.get("urut") == "nomor"
    groups = [] if against else _groups(options)
    page = BallotPage(
        contest=contest,
        cards=cards_of(_in_order(options, contest.id, actor, by_number=is_by_number), groups),
        groups=groups,
        is_by_number=is_by_number,
        chosen=form.chosen,
        reason=words(against) if against else None,
        fault=fault,
        vote=vote,
        turnout=queries.turnout(contest.id),
        may_sign_in=not actor.is_signed_in and contest.facts.takes_ballots(now()),
        fingerprint=contest.definition_sha256 or "",
    )
    return render_template("voting/ballot.html", page=page, form=form)


@bp.route("/<regency>/pilih/<int:contest_id>")
@public
def ballot(regency: Regency, contest_id: int) -> Any:
    return _ballot(regency, queries.get_row(regency.code, contest_id, is_public=True), BallotForm())


@bp.route("/<regency>/pilih/<int:contest_id>", methods=["POST"])
@signed_in
def confirm(regency: Regency, contest_id: int) -> Any:
    """Repeat the choices before they go into the box; nothing is kept yet."""
    form, actor = BallotForm(), current_actor()
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    if "ubah" in request.form:
        return _ballot(regency, contest, form)
    options = {option.number: option for option in queries.options_of(contest_id) if option.number is not None}
    refusal = refuse_ballot(actor, contest.facts, options.keys(), form.chosen, now())
    if refusal:
        return _ballot(regency, contest, form, refusal), 422
    chosen = cards_of([options[number] for number in sorted(form.chosen)])
    return render_template("voting/confirm.html", contest=contest, chosen=chosen, form=form)


@bp.route("/<regency>/pilih/<int:contest_id>/masukkan", methods=["POST"])
@signed_in
def cast(regency: Regency, contest_id: int) -> Any:
    form, named = BallotForm(), actions.ContestName(contest_id, regency.code)
    try:
        with transaction():
            actions.cast_ballot(current_actor(), named, form.chosen, now(), lender_id())
    except Refused as refused:
        contest = queries.get_row(regency.code, contest_id, is_public=True)
        return _ballot(regency, contest, form, BallotRefusal(refused.reason)), 422
    session[RECEIPT] = contest_id
    return redirect(url_for(".done", regency=regency, contest_id=contest_id), 303)


@bp.route("/<regency>/pilih/<int:contest_id>/sudah")
@signed_in
def done(regency: Regency, contest_id: int) -> Any:
    """That the ballot is in, and never what is on it."""
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    vote = roll.vote_of(contest_id, current_actor().person_id)
    if vote is None or vote.channel is Channel.PAPER:
        return redirect(url_for(".ballot", regency=regency, contest_id=contest_id), 303)
    return render_template("voting/done.html", contest=contest, may_keep=session.get(RECEIPT) == contest_id)


@bp.route("/<regency>/pilih/<int:contest_id>/bukti", methods=["POST"])
@signed_in
def receipt(regency: Regency, contest_id: int) -> Any:
    """The code of the envelope, once: it is looked up, and stands in no address, no cookie and no log."""
    contest, person_id = queries.get_row(regency.code, contest_id, is_public=True), current_actor().person_id
    code = queries.receipt_of(contest_id, person_id or 0) if session.pop(RECEIPT, None) == contest_id else None
    if code is None:
        flash(_("Bukti hanya ditampilkan sekali, sesudah memilih. Suara Anda tetap ada di kotak."), "warn")
        return redirect(url_for(".done", regency=regency, contest_id=contest_id), 303)
    answer = make_response(render_template("voting/receipt.html", contest=contest, code=code, qr=qr_of(code)))
    answer.headers["Cache-Control"] = "no-store"
    return answer
