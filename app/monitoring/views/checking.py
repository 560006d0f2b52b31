"""Residents say whether what is reported of an innovation is there."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.files.rules import MOST_SENT
from app.i18n.catalogues import _, words
from app.innovations.models import Innovation
from app.kernel.outcomes import Denied, Refused
from app.monitoring import actions, queries
from app.monitoring.actions.checking import quarter_checked
from app.monitoring.forms import CheckForm
from app.monitoring.permissions import CHECKS, CanCheck
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.things import ThingKind
from app.monitoring.views.blueprint import bp, innovation_at
from app.monitoring.views.public import quarter_text
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.uploads import takes_files


@dataclass(frozen=True)
class CheckPage:
    """An innovation that is asked about, by its name; it outlives a transaction that was rolled back."""

    number: str
    name: str
    summary: str
    quarter: str
    has_answered: bool
    attests: bool


@bp.route("/<regency>/inovasi/<number>/periksa", methods=["GET", "POST"])
@signed_in
@takes_files(MOST_SENT)
def check(regency: Regency, number: str) -> Any:
    innovation, actor = innovation_at(regency, number), current_actor()
    attests = queries.attests(actor, innovation.id)
    if not attests:
        CHECKS.require(actor, CanCheck.CHECK, queries.check_facts(actor, innovation))
    page, form = _page(innovation, quarter_checked(innovation, now()), attests=attests), CheckForm()
    is_sound = form.validate_on_submit()
    has_key = form.is_submitted() and not form.form_key.errors
    kept = form.photos.receive(actor, str(form.form_key.data), None, now()) if has_key else ()
    if is_sound and not form.photos.errors and _checked(innovation, form):
        flash(_("Terima kasih. Jawaban Anda dihitung tanpa nama."), "ok")
        return redirect(url_for(".show", kind=ThingKind.INNOVATION.value, key=number), 303)
    answer = render_template("monitoring/check.html", page=page, form=form, kept=kept)
    return answer, 422 if form.is_submitted() else 200


def _checked(innovation: Innovation, form: CheckForm) -> bool:
    key = str(form.form_key.data)
    try:
        with transaction():
            actions.check(current_actor(), innovation, form.chosen, str(form.note.data), now(), form_key=key)
    except Refused as refused:
        form.form_errors.append(words(refused.reason, **refused.facts))
        return False
    return True


def _page(innovation: Innovation, quarter: Quarter, *, attests: bool) -> CheckPage:
    person_id = current_actor().person_id
    if person_id is None:
        raise Denied(CanCheck.CHECK)
    has_answered = queries.find_check(innovation.id, person_id, quarter) is not None
    facts = (innovation.number, innovation.name, innovation.summary, quarter_text(quarter))
    return CheckPage(*facts, has_answered, attests)
