"""The blueprint that the room's views share, what their templates ask for, and the date in a regency."""

from datetime import date

from flask import Blueprint

from app.innovations.rules.profile import Light
from app.innovations.rules.provisions import day_in
from app.innovations.rules.stages import Stage
from app.innovations.words import STAGE_KINDS
from app.innovations.words.profile import ACTS, COLUMN_WORDS, LIGHT_KINDS
from app.regions.rules import Regency
from app.web.clock import now

bp = Blueprint("innovations", __name__, template_folder="../templates")


@bp.app_template_filter("stage_kind")
def stage_kind(stage: Stage) -> str:
    """The kind of badge of a stage."""
    return STAGE_KINDS.get(stage, "calm")


@bp.app_template_filter("act_words")
def act_words(act: str) -> str:
    """What an entry of the log says of an innovation."""
    return str(ACTS.get(act, ACTS["revise"]))


@bp.app_template_filter("changed_words")
def changed_words(columns: list[str]) -> str:
    """The columns of the registry that an entry of the log names."""
    return ", ".join(str(COLUMN_WORDS[name]) for name in columns if name in COLUMN_WORDS)


@bp.app_template_filter("light_kind")
def light_kind(light: Light) -> str:
    """The kind of badge of how mature an innovation is."""
    return LIGHT_KINDS[light]


def today_in(regency: Regency) -> date:
    return day_in(regency.time_zone, now())
