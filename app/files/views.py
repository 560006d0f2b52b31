"""Serving photos that we have encoded ourselves, to whom may see what they hang on; and documents, to everybody."""

from typing import Any

from flask import Blueprint, Response, abort, current_app

from app.files import actions, queries
from app.files.permissions import may_see
from app.files.rules import parse_name
from app.files.rules.documents import document_key
from app.kernel.actor import ANYONE
from app.kernel.outcomes import Missing
from app.web.access import current_actor, public

bp = Blueprint("files", __name__, template_folder="templates")

# A photo never changes: another one has another name. Kept by browsers alone, as it may be hidden one day.
FOR_EVER = "private, max-age=31536000, immutable"
POLICY = "default-src 'none'; sandbox"


@bp.route("/berkas/<name>")
@public
def show(name: str) -> Any:
    parsed = parse_name(name)
    facts = queries.find_facts(parsed[0]) if parsed else None
    if facts is None:
        raise Missing
    is_everybodys = may_see(ANYONE, facts)
    if not is_everybodys and not may_see(current_actor(), facts):
        raise Missing
    response = Response(_content(name), mimetype="image/jpeg")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = FOR_EVER if is_everybodys else "no-store"
    return response


@bp.route("/dokumen/<name>")
@public
def document(name: str) -> Any:
    """A PDF as a download: it was checked, but nobody's browser has to open it among our pages."""
    key = document_key(name)
    found = queries.find_document(key) if key else None
    if found is None:
        raise Missing
    response = Response(_content(found.file), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _content(name: str) -> bytes:
    try:
        content = actions.storage().get(name)
    except actions.NotStored as error:
        current_app.logger.error("storage: %s", type(error.__cause__).__name__)
        abort(503)
    if content is None:
        current_app.logger.error("storage: %s has a row and no object", name)
        raise Missing
    return content
