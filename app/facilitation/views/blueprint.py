"""The blueprint that the room's views share, and the filter of its templates."""

from flask import Blueprint

from app.facilitation.words import clock

bp = Blueprint("facilitation", __name__, template_folder="../templates")

bp.add_app_template_filter(clock)
