"""Every no becomes a page in the visitor's language: what happened and what to do next."""

from flask import Flask, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.i18n.catalogues import _, words
from app.kernel.outcomes import Denied, Missing, Refused

SHOWN = (400, 403, 404, 405, 409, 413, 415, 429, 500, 503)


def error_page(status: int) -> tuple[str, int]:
    return render_template("ui/error.html", status=status, path=request.path), status


def register_errors(app: Flask) -> None:
    """Register the handlers for HTTP errors and for the kernel's three kinds of no."""

    @app.before_request
    def refuse_nul() -> None:
        # No address of ours has one, and PostgreSQL takes none in a text.
        if "\0" in request.path or any("\0" in value for value in request.args.values()):
            abort(400)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:
            return error.get_response()
        return error_page(status if status in SHOWN else 400 if status < 500 else 500)

    @app.errorhandler(CSRFError)
    def stale(error: Exception) -> ResponseReturnValue:
        reason = _("Sesi Anda sudah berganti. Kembali, muat ulang halaman, lalu kirim lagi.")
        return render_template("ui/refused.html", reason=reason), 400

    @app.errorhandler(Denied)
    def denied(error: Denied) -> ResponseReturnValue:
        return error_page(403)

    @app.errorhandler(Missing)
    def missing(error: Missing) -> ResponseReturnValue:
        return error_page(404)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return render_template("ui/refused.html", reason=words(error.reason, **error.facts)), 409
