"""The clock: the only place that asks what time it is, replaceable through app.config["CLOCK"]."""

from datetime import UTC, datetime

from flask import current_app, g


def system_clock() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The instant of this request, the same from its beginning to its end."""
    if "now" not in g:
        g.now = current_app.config["CLOCK"]()
    at: datetime = g.now
    return at
