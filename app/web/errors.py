"""Every no becomes a page in the visitor's language: what happened and what to do next."""

from traceback import format_tb

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.i18n.catalogues import _, words
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.private import PRIVATE_NUMBER
from app.web.access import SessionOver

SHOWN = (400, 403, 404, 405, 409, 413, 415, 429, 500, 503)
RETRY_SECONDS = "20"


def register_errors(app: Flask) -> None:
    """Register the handlers for HTTP errors and for the kernel's three kinds of no."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(SessionOver, _stale)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(PoolTimeout, _busy)
    app.register_error_handler(DBAPIError, _broken)
    app.register_error_handler(Denied, lambda _: _page(403))
    app.register_error_handler(Missing, lambda _: _page(404))
    app.register_error_handler(Refused, _refused)


def _page(status: int) -> ResponseReturnValue:
    return render_template("ui/error.html", status=status), status


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    page = make_response(_page(status if status in SHOWN else 400 if status < 500 else 500))
    if allowed := error.get_response().headers.get("Allow"):
        page.headers["Allow"] = allowed
    return page


def _stale(error: CSRFError | SessionOver) -> ResponseReturnValue:
    """The session has changed since the form was shown: nothing is taken, and what was typed is given back."""
    reason = _("Sesi Anda sudah berganti, jadi kiriman ini tidak diterima. Buka halamannya lagi, lalu kirim lagi.")
    again = request.full_path.rstrip("?") if request.url_rule and "GET" in (request.url_rule.methods or ()) else None
    return render_template("ui/refused.html", reason=reason, again=again, typed=_typed()), 400


def _typed() -> list[str]:
    """The sentences of a form: what nobody wants to type twice, no password, no number that is one of a person.

    Nothing that another site sends.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    fields = request.form.items(multi=True)
    sentences = (PRIVATE_NUMBER.sub("…", text).strip() for name, text in fields if "password" not in name)
    return [text for text in sentences if " " in text]


def _busy(error: OperationalError | PoolTimeout) -> ResponseReturnValue:
    """The database is locked, full or away: nothing was saved, and it is worth trying again."""
    current_app.logger.error("database: %s", type(getattr(error, "orig", error)).__name__)
    return render_template("ui/error.html", status=503), 503, {"Retry-After": RETRY_SECONDS}


def _broken(error: DBAPIError) -> ResponseReturnValue:
    """A mistake of ours; the log tells where, without the database's words: they repeat what people typed."""
    where = "".join(format_tb(error.__traceback__))
    current_app.logger.error("database: %s\n%s", type(error.orig).__name__, where)
    return _page(500)


def _refused(error: Refused) -> ResponseReturnValue:
    return render_template("ui/refused.html", reason=words(error.reason, **error.facts)), 409
