"""Every write to the outbox: in the transaction of its cause, around a delivery, after a receipt, and at last away."""

from app.messages.actions.outbox import write

__all__ = ["write"]
