"""The blueprint that the room's views share, and what their templates ask for."""

from flask import Blueprint

from app.innovations.rules.stages import Stage
from app.innovations.words import STAGE_KINDS

bp = Blueprint("innovations", __name__, template_folder="../templates")


@bp.app_template_filter("stage_kind")
def stage_kind(stage: Stage) -> str:
    """The kind of badge of a stage."""
    return STAGE_KINDS.get(stage, "calm")
