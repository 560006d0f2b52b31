"""flask messages deliver, sweep and list"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.messages import actions, queries
from app.web.clock import now, system_clock

REST_AFTER_TROUBLE = 5.0

cli = AppGroup("messages", help="The outbox: codes and notices on their way to people.")


@cli.command("deliver")
@click.option("--watch", is_flag=True, help="Go on until SIGTERM or Ctrl-C.")
@click.option("--every", type=click.FloatRange(0.1), default=1.0, show_default=True, help="Seconds between two looks.")
def deliver(watch: bool, every: float) -> None:
    """Send what is due. Any number of workers may do so at once; told to stop, one finishes the message in hand."""
    gateways = actions.open_gateways(current_app.config["SETTINGS"].messages)
    with _told_to_stop() as stop:
        if not watch:
            _tell(actions.deliver(gateways, _clock(), stop.is_set))
        while watch and not stop.is_set():
            stop.wait(every if _is_pass_done(gateways, stop) else REST_AFTER_TROUBLE)


@cli.command("sweep")
def sweep() -> None:
    """Give up what came too late, forget texts, addresses and rows that nobody needs any more. For every day."""
    swept = batch = _sweep()
    while batch != actions.Swept():
        batch = _sweep()
        swept += batch
    click.echo(_("%(given_up)s terlambat, %(emptied)s dikosongkan, %(deleted)s dihapus.", **vars(swept)))


@cli.command("list")
def list_() -> None:
    """Count the messages by status, and tell when the oldest of each was written."""
    counted = queries.counted()
    for row in counted:
        oldest = _("tertua %(at)s UTC", at=f"{row.oldest:%Y-%m-%d %H:%M}")
        click.echo(f"{row.count:>8}  {words(row.status)}, {oldest}")
    if not counted:
        click.echo(_("Belum ada pesan."))


def _sweep() -> actions.Swept:
    with transaction():
        return actions.sweep(now())


def _is_pass_done(gateways: Any, stop: Event) -> bool:
    """One pass with a session of its own; a database that is away for a moment is waited for."""
    with current_app.app_context():
        try:
            _tell(actions.deliver(gateways, _clock(), stop.is_set), is_silent_when_idle=True)
        except DBAPIError as error:
            click.echo(_("Basis data tidak terjangkau (%(error)s), dicoba lagi.", error=type(error).__name__), err=True)
            return False
    return True


def _clock() -> Any:
    return current_app.config.get("CLOCK", system_clock)


def _tell(done: actions.Delivered, is_silent_when_idle: bool = False) -> None:
    if done != actions.Delivered() or not is_silent_when_idle:
        click.echo(_("%(sent)s terkirim, %(put_off)s ditunda, %(failed)s gagal.", **vars(done)))


@contextmanager
def _told_to_stop() -> Iterator[Event]:
    """Set by SIGTERM and Ctrl-C as long as this lasts."""
    stop, signals = Event(), (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stop.set()) for number in signals]
    try:
        yield stop
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
