"""A person's own data: in one place, as a file, corrected, agreed to or not, and who has seen it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.accounts import actions as accounts
from app.accounts.models import Consent, Person
from app.accounts.queries import get_person
from app.accounts.rules.consents import OPTIONAL, WORDING, Mode, Purpose
from app.accounts.words import WORDINGS
from app.db.transaction import transaction
from app.i18n.catalogues import LANGUAGES, _, words
from app.identity.actions import declare_groups
from app.identity.models import Identity
from app.identity.queries import groups_of, identity_of
from app.kernel.actor import Level
from app.kernel.outcomes import Missing
from app.privacy import actions, queries
from app.privacy.forms import CorrectForm, Correction
from app.privacy.queries import Row
from app.privacy.rules import Section, may_rename
from app.privacy.views.blueprint import bp
from app.privacy.words import LABELS, readable
from app.regions.queries import find_village
from app.regions.rules import Place
from app.web.access import current_actor, recently_confirmed, signed_in
from app.web.clock import now
from app.web.panels import Panel, adds_panel
from app.web.panels import Place as Spot


@dataclass(frozen=True)
class OwnPage:
    """What is kept on a person, at a glance."""

    place: Place | None
    phone: str | None
    level: Level
    identity: Identity | None
    groups: Sequence[str]


def _oneself() -> Person:
    return get_person(current_actor().person_id or 0)


@bp.route("/akun/data")
@signed_in
@recently_confirmed
def own() -> Any:
    person = _oneself()
    page = OwnPage(
        place=find_village(person.village_code),
        phone=person.phone,
        level=Level(person.level),
        identity=identity_of(person.id),
        groups=[words(group) for group in sorted(groups_of(person.id))],
    )
    return render_template("privacy/own.html", person=person, page=page)


@bp.route("/akun/data/unduh", methods=["POST"])
@signed_in
@recently_confirmed
def download() -> Any:
    """By POST from one's own page: there is no address at which the file could be had."""
    person, is_data = _oneself(), request.form.get("bentuk") == "json"
    with transaction():
        file = actions.take_file(current_actor(), person, now())
    answer = make_response(_as_json(file) if is_data else _as_page(person, file))
    answer.mimetype = "application/json" if is_data else "text/html"
    name = f"data-{person.card_number}.{'json' if is_data else 'html'}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _as_json(file: dict[Section, Sequence[Row]]) -> str:
    sections = {section.value: [dict(row) for row in rows] for section, rows in file.items()}
    return json.dumps({"made_at": now(), **sections}, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _as_page(person: Person, file: dict[Section, Sequence[Row]]) -> str:
    sections = [(words(section), [_pairs(row) for row in rows]) for section, rows in file.items()]
    return render_template("privacy/file.html", person=person, sections=sections)


def _pairs(row: Row) -> list[tuple[str, str]]:
    """Label and value of what the row has."""
    return [(str(LABELS[key]), readable(key, value)) for key, value in row.items() if value not in (None, "", [], {})]


@bp.route("/akun/data/ubah", methods=["GET", "POST"])
@signed_in
@recently_confirmed
def correct() -> Any:
    person = _oneself()
    known = Correction(person.name, person.hamlet, person.language)
    form = CorrectForm(known, LANGUAGES, may_rename=may_rename(Level(person.level)))
    if form.validate_on_submit():
        wanted = form.correction()
        with transaction():
            accounts.correct(current_actor(), person, wanted.name, wanted.hamlet, wanted.language, now())
        flash(_("Data Anda sudah diperbaiki."), "ok")
        return redirect(url_for(".own"), 303)
    page = render_template("privacy/correct.html", form=form, name=person.name)
    return page, 422 if form.is_submitted() else 200


@dataclass(frozen=True)
class ConsentRow:
    """A purpose, what the person has agreed to, or would."""

    purpose: Purpose
    text: str
    given: Consent | None
    is_optional: bool
    is_declared: bool


@bp.route("/akun/persetujuan", methods=["GET", "POST"])
@signed_in
@recently_confirmed
def consents() -> Any:
    if request.method == "POST":
        purpose = _optional(request.form.get("untuk", ""))
        is_given = request.form.get("jawab") == "ya"
        with transaction():
            _answer(_oneself(), purpose, is_given=is_given)
        said = _("Terima kasih. Persetujuan Anda dicatat.") if is_given else _("Persetujuan Anda sudah ditarik.")
        flash(said, "ok")
        return redirect(url_for(".consents"), 303)
    given = queries.consents_of(current_actor().person_id or 0)
    return render_template("privacy/consents.html", rows=[_consent_row(purpose, given) for purpose in Purpose])


def _consent_row(purpose: Purpose, given: dict[str, Consent]) -> ConsentRow:
    consent = given.get(purpose)
    text = WORDINGS[purpose, consent.wording if consent else WORDING[purpose]]
    return ConsentRow(purpose, str(text), consent, purpose in OPTIONAL, purpose is Purpose.GROUPS)


def _optional(text: str) -> Purpose:
    if text not in OPTIONAL:
        raise Missing
    return Purpose(text)


def _answer(person: Person, purpose: Purpose, *, is_given: bool) -> None:
    """Groups go with the consent to them; the way to give it is to name them."""
    if purpose is Purpose.GROUPS:
        if is_given:
            raise Missing
        declare_groups(current_actor(), person, (), Mode.SELF, now())
    elif is_given:
        accounts.give_consent(person, purpose, Mode.SELF, None, now())
    else:
        accounts.withdraw_consent(current_actor(), person, purpose, now())


@bp.route("/akun/dilihat")
@signed_in
def seen_by() -> Any:
    after = request.args.get("setelah")
    rows = queries.views_of(current_actor().person_id or 0, after)
    return render_template(
        "privacy/seen_by.html",
        rows=rows.rows,
        next_url=url_for(".seen_by", setelah=rows.after) if rows.after else None,
        first_url=url_for(".seen_by") if after else None,
    )


@adds_panel("account")
def own_panel(actor: Any) -> Panel:
    """The way from one's account to one's data."""
    return Panel(Spot.BELOW, "privacy/_own_link.html", None)
