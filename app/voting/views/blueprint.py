"""The blueprint that the room's views share, and the filters of its templates."""

from flask import Blueprint

from app.voting.rules.contest import ContestStatus, ballot_number
from app.voting.words import STATUS_KINDS, region_of

bp = Blueprint("voting", __name__, template_folder="../templates")

bp.add_app_template_filter(ballot_number)
bp.add_app_template_filter(region_of, "contest_region")


@bp.app_template_filter("contest_kind")
def contest_kind(status: ContestStatus) -> str:
    """The kind of badge of a status."""
    return STATUS_KINDS[status]
