"""Choosing the visitor's language, and the words for messages and codes.

Messages are looked up here and not through Flask-Babel, which asks for the locale at every one of them; a page of
twenty rows has a hundred.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.support import Translations
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel
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
    "speaking",
    "words",
    "words_for",
]

LANGUAGES = {"id": "Indonesia", "en": "English"}
LANGUAGE_COOKIE = "bahasa"
# No word of the language is as long; what is, is cut into pieces that fit beside each other on the smallest phone.
LONG_WORD, PIECE = re.compile(r"\S{26,}"), re.compile(r"\S{1,10}")
TRANSLATIONS = Path(__file__).parents[2] / "translations"

_WORDS: dict[tuple[type, str], LazyString | str] = {}


@cache
def _catalogue(code: str) -> NullTranslations:
    """The compiled messages of a language; the source language has none and gives back what it is given."""
    return Translations.load(TRANSLATIONS, [code])


def _(text: str, **facts: object) -> str:
    """The message in the language in use, with its facts filled in."""
    found = _catalogue(language()).gettext(text)
    return found % facts if facts else found


def _n(one: str, many: str, num: int, **facts: object) -> str:
    """As `_`, in the form that fits the number."""
    return _catalogue(language()).ngettext(one, many, num) % ({"num": num} | facts)


def _l(text: str, **facts: object) -> LazyString:
    """A message that is put into words when it is shown."""
    return LazyString(_, text, **facts)


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
    if not has_app_context():
        return "id"
    if "language" not in g:
        g.language = _choose()
    code: str = g.language
    return code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while: what is stored for everybody is in Indonesian."""
    before = language()
    g.language = code
    try:
        yield
    finally:
        g.language = before


def quoted(text: str) -> Markup:
    """What people or plans have written: always Indonesian, so that screen readers say it well on an English page."""
    shown = _breakable(text) if LONG_WORD.search(text or "") else escape(text)
    return shown if not text or language() == "id" else Markup('<span lang="id">{}</span>').format(shown)


def _breakable(text: str) -> Markup:
    """A word without an end may be broken every few letters, or it would widen the page for everybody."""
    marked = LONG_WORD.sub(lambda word: "\0".join(PIECE.findall(word[0])), text)
    return Markup("<wbr>").join(marked.split("\0"))


def _message(text: str) -> str:
    """For templates, which fill in the facts themselves, escaped."""
    return _catalogue(language()).gettext(text)


def _messages(one: str, many: str, num: int) -> str:
    return _catalogue(language()).ngettext(one, many, num)


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
    Babel(app, locale_selector=language, timezone_selector=_zone)
    app.jinja_env.install_gettext_callables(_message, _messages, newstyle=True)  # type: ignore[attr-defined]
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
