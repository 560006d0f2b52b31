"""Noting what became of a message after it was sent."""

from collections.abc import Iterable
from datetime import datetime

from app.messages import queries
from app.messages.actions.outbox import move
from app.messages.rules import LIFECYCLE, Event
from app.messages.rules.answers import Receipt

BOUNCED = "bounced"


def take_receipts(gateway: str, receipts: Iterable[Receipt], now: datetime) -> int:
    """Note each receipt that fits; how many. Repeated ones, late ones and those of unknown messages change nothing."""
    # In one order, or two requests could wait for each other's rows.
    in_order = sorted(receipts, key=lambda receipt: (receipt.key or "", receipt.gateway_id or ""))
    return sum(_take(gateway, receipt, now) for receipt in in_order)


def _take(gateway: str, receipt: Receipt, now: datetime) -> bool:
    message = queries.lock_by_name(gateway, receipt.gateway_id, receipt.key)
    if message is None or not LIFECYCLE.allows(message.status, receipt.event):
        return False
    move(message, receipt.event)
    if receipt.event is Event.ARRIVE:
        message.delivered_at, message.last_error = now, ""
    else:
        message.last_error = BOUNCED
    return True
