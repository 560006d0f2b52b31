"""The blueprint that the room's views share, what their templates ask for, and the year that counts."""

from fractions import Fraction

from flask import Blueprint

from app.files.permissions import shows_photos
from app.i18n.catalogues import language
from app.i18n.formats import number
from app.innovations.rules.provisions import day_in
from app.kernel.actor import Actor
from app.maturity import queries
from app.maturity.permissions import POLICY, Can
from app.maturity.queries import KIND
from app.maturity.rules.index import rounded
from app.maturity.words import CATEGORY_KINDS, STATE_KINDS
from app.regions.rules import Regency
from app.web.clock import now

bp = Blueprint("maturity", __name__, template_folder="../templates")
bp.add_app_template_filter(STATE_KINDS.__getitem__, "evidence_kind")
bp.add_app_template_filter(CATEGORY_KINDS.__getitem__, "category_kind")


@bp.app_template_filter("hundredths")
def hundredths(exact: Fraction) -> str:
    """58,29: always two decimals."""
    whole, _dot, places = f"{rounded(exact)}".partition(".")
    return f"{number(int(whole))}{'.' if language() == 'en' else ','}{places}"


@shows_photos(KIND)
def sees_photos_of(actor: Actor, evidence_id: int) -> bool:
    """Everybody once it was accepted; before, those who work on it."""
    found = queries.facts_of(evidence_id)
    return found is not None and (found[1] or POLICY.may(actor, Can.PROVIDE, found[0]))


def year_here(regency: Regency) -> int:
    """The year whose indicators count now."""
    return queries.year_on(day_in(regency.time_zone, now()))
