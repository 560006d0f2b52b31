"""Choosing the visitor's language, and the words for codes."""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

__all__ = [
    "LANGUAGES",
    "LANGUAGE_COOKIE",
    "_",
    "_l",
    "_n",
    "language",
    "quoted",
    "register_catalogues",
    "words",
    "words_for",
]

LANGUAGES = {"id": "Indonesia", "en": "English"}
LANGUAGE_COOKIE = "bahasa"
TRANSLATIONS = Path(__file__).parents[2] / "translations"

_WORDS: dict[tuple[type, str], LazyString | str] = {}


def words_for(*tables: Mapping[Any, LazyString]) -> None:
    """Make a room's words known; each table maps members of closed sets to lazy text."""
    for table in tables:
        for code, text in table.items():
            _WORDS[type(code), str(code.value)] = text


def words(code: Enum, **facts: object) -> str:
    """The words for a code, with its facts filled in; a code without words is a mistake and raises."""
    text = str(_WORDS[type(code), str(code.value)])
    return text % facts if facts else text


def language() -> str:
    """The code of the language in use: id or en."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in LANGUAGES else "id"


def quoted(text: str) -> Markup:
    """What people or plans have written: always Indonesian, so that screen readers say it well on an English page."""
    return escape(text) if not text or language() == "id" else Markup('<span lang="id">{}</span>').format(text)


def _choose() -> str:
    """From ?lang=, then the cookie, then what the browser asks for, then Indonesian; only known codes."""
    if not has_request_context():
        return "id"  # commands speak Indonesian
    for wanted in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return request.accept_languages.best_match(list(LANGUAGES)) or "id"


def _zone() -> str | None:
    regency = g.get("regency")
    return regency.time_zone if regency is not None else None


def register_catalogues(app: Flask) -> None:
    """Wire Flask-Babel and remember a language chosen by ?lang= in a cookie."""
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=_choose, timezone_selector=_zone)
    app.jinja_env.filters["words"] = words
    app.jinja_env.filters["quoted"] = quoted

    @app.after_request
    def remember(response: Any) -> Any:
        wanted = request.args.get("lang")
        if wanted in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, wanted, max_age=31_536_000, samesite="Lax", secure=request.is_secure, httponly=True
            )
        return response
