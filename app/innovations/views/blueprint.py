"""The blueprint that the room's views share, and what their templates ask for."""

from flask import Blueprint

from app.innovations.rules.profile import Light
from app.innovations.rules.stages import Stage
from app.innovations.words import STAGE_KINDS
from app.innovations.words.profile import LIGHT_KINDS

bp = Blueprint("innovations", __name__, template_folder="../templates")


@bp.app_template_filter("stage_kind")
def stage_kind(stage: Stage) -> str:
    """The kind of badge of a stage."""
    return STAGE_KINDS.get(stage, "calm")


@bp.app_template_filter("light_kind")
def light_kind(light: Light) -> str:
    """The kind of badge of how mature an innovation is."""
    return LIGHT_KINDS[light]
