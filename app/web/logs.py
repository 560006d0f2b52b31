"""What the log must never hold: numbers that belong to a person, wherever in a message or a traceback they stand."""

import logging

from flask import Flask

from app.kernel.private import hidden

_FORMATTER = logging.Formatter()


def hide_numbers(record: logging.LogRecord) -> bool:
    """Rewrite the record before any handler sees it."""
    record.msg, record.args = hidden(record.getMessage()), None
    if record.exc_info:
        record.exc_text = hidden(record.exc_text or _FORMATTER.formatException(record.exc_info))
    return True


def register_logs(app: Flask) -> None:
    """Every message of the application passes here."""
    app.logger.addFilter(hide_numbers)
