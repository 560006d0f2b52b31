"""The blueprint that the room's views share, and the page of a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.backing.words import STATE_KINDS
from app.db.transaction import transaction
from app.i18n.catalogues import words
from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import get_detail
from app.innovations.rules.provisions import day_in
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.regions.rules import Regency
from app.web.access import current_actor
from app.web.clock import now
from app.web.fields import refuse_at

bp = Blueprint("backing", __name__, template_folder="../templates")


@bp.app_template_filter("backing_kind")
def backing_kind(state: StrEnum) -> str:
    """The kind of badge of a state."""
    return STATE_KINDS[state]


def today_in(regency: Regency) -> date:
    return day_in(regency.time_zone, now())


def provided(regency: Regency, number: str) -> Innovation:
    """The innovation, for those who bring what it stands on."""
    innovation = get_detail(regency.code, number).innovation
    POLICY.require(current_actor(), Can.PROVIDE, Within(regency.code, innovation.agency_id))
    return innovation


@dataclass(frozen=True)
class FormPage:
    """A form about an innovation; the strings outlive a transaction that was rolled back."""

    title: str
    lead: str
    number: str
    name: str
    back: str
    has_files: bool


def form_page(
    innovation: Innovation,
    form: Any,
    act: Callable[[], str],
    title: str,
    *,
    fields: Mapping[Any, str] | None = None,
    lead: str = "",
    prepare: Callable[[], None] | None = None,
) -> Any:
    """Show the form; sent, do what it says, tell it, and go back. `fields` say where each refusal stands.

    `prepare` comes first, outside of the transaction: what takes long does not keep others waiting.
    """
    back = url_for("backing.show", number=innovation.number)
    page = FormPage(title, lead, innovation.number, innovation.name, back, prepare is not None)
    if form.validate_on_submit():
        try:
            if prepare:
                prepare()
            with transaction():
                said = act()
        except Refused as refused:
            refuse_at(form, (fields or {}).get(refused.reason), words(refused.reason, **refused.facts))
        else:
            flash(said, "ok")
            return redirect(back, 303)
    return render_template("backing/form.html", page=page, form=form), 422 if form.is_submitted() else 200
