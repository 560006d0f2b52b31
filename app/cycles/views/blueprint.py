"""The blueprint that the room's views share."""

from flask import Blueprint

bp = Blueprint("cycles", __name__, template_folder="../templates")
