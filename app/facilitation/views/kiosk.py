"""The device in a resident's hands: their ballot and nothing else, until the facilitator's PIN is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, session, url_for

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import get_actor
from app.accounts.queries.sessions import SignedIn
from app.accounts.views.session import note_seen, renew_session, this_session
from app.credentials.rules.cards import card_seen
from app.db.transaction import transaction
from app.facilitation.actions import kiosk
from app.facilitation.forms.kiosk import LendForm, TakeBackForm
from app.facilitation.queries.kiosk import Ballot, ballots_of
from app.facilitation.rules.kiosk import IDLE, LendFacts, LentFacts, PinRefusal, is_over, refuse_lending
from app.facilitation.views.blueprint import bp
from app.facilitation.views.residents import open_resident
from app.i18n.catalogues import _, words
from app.kernel.actor import Level, Role, regency_of
from app.kernel.outcomes import Missing, Refused
from app.web.access import current_actor, public, signed_in, staff
from app.web.addresses import visitor_network
from app.web.clock import now

BALLOT_PAGES = frozenset({f"voting.{page}" for page in ("ballot", "confirm", "cast", "done", "receipt")})
KIOSK_PAGES = frozenset({"facilitation.lent", "facilitation.take_back"})
CLEAR = '"cache"'


@dataclass(frozen=True)
class KioskPage:
    """What the resident may do with the device."""

    left: Sequence[Ballot]
    cast: Sequence[Ballot]


def _lent_session() -> SignedIn | None:
    """The session behind this request where the browser is in a resident's hands."""
    here = this_session()
    return here if here and here.kiosk_for_id is not None else None


@bp.before_app_request
def keep_to_the_ballot() -> Any:
    """A lent browser opens the resident's own ballot pages; everything else leads back to them, or to the PIN."""
    here = _lent_session()
    if here is None:
        return None
    g.lender_id = here.actor.person_id
    is_helper = here.actor.holds(Role.FACILITATOR, current_actor().village_code)
    if is_over(LentFacts(here.confirmed_at, here.facts.seen_at, is_helper), now()):
        g.is_confirmed = False
        if here.confirmed_at:
            with transaction():
                kiosk.lock(here.sign_in_id)
        return (
            None if request.endpoint == "facilitation.take_back" else redirect(url_for("facilitation.take_back"), 303)
        )
    note_seen(here)
    g.is_confirmed = True  # they have typed their words, or shown their card
    return None if _is_theirs() else redirect(url_for("facilitation.lent"), 303)


def _is_theirs() -> bool:
    """Whether the address is one of the kiosk's, or a ballot of the resident's regency."""
    if request.endpoint in BALLOT_PAGES:
        regency = (request.view_args or {}).get("regency")
        return getattr(regency, "code", None) == regency_of(current_actor().village_code)
    return request.endpoint in KIOSK_PAGES


@bp.after_app_request
def leave_nothing_on_the_screen(response: Response) -> Response:
    """A page that nobody touches gives way to the PIN when the resident's time is over, also without a script."""
    if g.get("lender_id") and response.status_code == 200 and request.endpoint != "facilitation.take_back":
        response.headers["Refresh"] = f"{int(IDLE.total_seconds()) + 5}; url={url_for('facilitation.take_back')}"
    return response


@bp.route("/damping/warga/<card_number>/pinjamkan", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def lend(card_number: str) -> Any:
    """Hand the device over to this resident, who proves that they stand beside it."""
    actor, person, here = current_actor(), open_resident(card_number), this_session()
    if here is None:
        raise Missing
    form = LendForm(is_card_seen=card_seen(session, person.id, now()))
    reason = _refusal(person)
    if form.validate_on_submit() and reason is None and _has_consented(form, person):
        try:
            with transaction():
                kiosk.lend(actor, here.sign_in_id, person, str(form.pin.data), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            return _hand_over(here, url_for(".lent"))
    page = render_template("facilitation/kiosk_lend.html", form=form, reason=reason, person=person)
    return page, 422 if form.is_submitted() else 200


def _refusal(person: Person) -> str | None:
    """Why the device is not for this resident now; asked again when it is handed over."""
    ballots = ballots_of(get_actor(person.id, now()), now())
    left = sum(not ballot.is_on_paper for ballot in ballots)
    facts = LendFacts(person.id, Level(person.level), len(ballots), left)
    refusal = refuse_lending(facts, current_actor().person_id)
    return words(refusal) if refusal else None


def _has_consented(form: LendForm, person: Person) -> bool:
    """Whether the words are the resident's own; each try is counted where nothing takes it back."""
    typed = form.typed_words()
    if typed is None:
        return True  # their card was scanned a moment ago
    with transaction():
        accounts.count_try(person.card_number, visitor_network(), now())
    try:
        accounts.check_again(get_actor(person.id, now()), typed, now())
    except Refused as refused:
        form.password.errors = [words(refused.reason, **refused.facts)]
        return False
    return True


def _hand_over(here: SignedIn, target: str) -> Any:
    """Into other hands: under a new id, with an empty cookie, and with nothing of before in the browser's memory."""
    renew_session(here)
    answer = redirect(target, 303)
    answer.headers["Clear-Site-Data"] = CLEAR
    return answer


@bp.route("/pinjam")
@signed_in
def lent() -> Any:
    """What the resident finds: their ballots, and when these are in, whom to give the device."""
    if _lent_session() is None:
        return redirect(url_for("accounts.account"), 303)
    ballots = ballots_of(current_actor(), now())
    page = KioskPage([one for one in ballots if not one.has_voted], [one for one in ballots if one.has_voted])
    return render_template("facilitation/kiosk.html", page=page)


@bp.route("/pinjam/kembali", methods=["GET", "POST"])
@public
def take_back() -> Any:
    """Back into the facilitator's hands; too many wrong PINs end the session as a whole."""
    here = _lent_session()
    if here is None:
        return redirect(url_for("accounts.account"), 303)
    form = TakeBackForm()
    if form.validate_on_submit():
        refusal = _try_pin(here, str(form.pin.data))
        if refusal is None:
            return _hand_over(here, url_for(".desk"))
        if refusal is PinRefusal.SHUT:
            return _shut()
        form.pin.errors = [words(refusal)]
    return render_template("facilitation/kiosk_back.html", form=form), 422 if form.is_submitted() else 200


def _try_pin(here: SignedIn, pin: str) -> PinRefusal | None:
    """The count is committed before anything is compared: parallel guesses do not slip past it."""
    try:
        with transaction():
            tries = kiosk.count_pin_try(here.sign_in_id)
    except Refused:
        return PinRefusal.SHUT
    with transaction():
        return kiosk.take_back(here.actor, here.sign_in_id, pin, tries, now())


def _shut() -> Any:
    session.clear()
    flash(_("PIN salah terlalu sering. Pendamping masuk lagi dengan kata sandinya."), "error")
    answer = redirect(url_for("accounts.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = CLEAR
    return answer
