"""The room's blueprint, and how its statuses are coloured."""

from flask import Blueprint

from app.rad.words import STATUS_KINDS

bp = Blueprint("rad", __name__, template_folder="../templates")
bp.add_app_template_filter(STATUS_KINDS.__getitem__, "rad_status_kind")
