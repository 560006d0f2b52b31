"""The blueprint that the room's views share, and the filters of its templates."""

from flask import Blueprint

from app.i18n.catalogues import words
from app.voting.rules.contest import ContestStatus, ballot_number
from app.voting.rules.counting import Rule
from app.voting.rules.methods import Method
from app.voting.words import STATUS_KINDS, region_of

bp = Blueprint("voting", __name__, template_folder="../templates")

bp.add_app_template_filter(ballot_number)
bp.add_app_template_filter(region_of, "contest_region")


@bp.app_template_filter("contest_kind")
def contest_kind(status: ContestStatus) -> str:
    """The kind of badge of a status."""
    return STATUS_KINDS[status]


@bp.app_template_filter("method")
def method_name(rule: Rule) -> str:
    """A rule by its short name."""
    return words(Method(rule.value))
