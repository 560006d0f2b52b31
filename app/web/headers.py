"""Security headers on every answer; nothing of a signed-in page is cached."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from app.web.access import current_actor

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}

# A view whose answer other sites may frame says so in a policy of its own; the older header knows no such yes.
FOR_FRAMES = "frame-ancestors *"


def _is_everybodys(response: Response) -> bool:
    """Whether a view has said that its answer is the same for all and never changes."""
    return bool(response.cache_control.immutable)


class QuietSessions(SecureCookieSessionInterface):
    """An answer for everybody brings no cookie and does not vary by it: else no browser would ever use it twice."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not _is_everybodys(response):
            super().save_session(app, session, response)


def register_headers(app: Flask, *, https: bool) -> None:
    """Set the headers; `https` adds HSTS."""
    app.session_interface = QuietSessions()

    @app.after_request
    def guard(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if FOR_FRAMES in response.headers["Content-Security-Policy"]:
            del response.headers["X-Frame-Options"]
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if current_actor().is_signed_in and not _is_everybodys(response):
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
