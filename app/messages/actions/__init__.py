"""Every write to the outbox: in the transaction of its cause, around a delivery, after a receipt, and at last away."""

from app.messages.actions.delivery import Delivered, deliver
from app.messages.actions.gateways.opening import open_gateways
from app.messages.actions.outbox import Swept, sweep, write
from app.messages.actions.receipts import take_receipts

__all__ = ["Delivered", "Swept", "deliver", "open_gateways", "sweep", "take_receipts", "write"]
