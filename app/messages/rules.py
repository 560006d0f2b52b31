"""What becomes of a message."""

from enum import StrEnum


class MessageStatus(StrEnum):
    """QUEUED and SENDING will be tried; SENT was taken by the gateway, DELIVERED has a receipt, FAILED is given up."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


class Channel(StrEnum):
    """What kind of address it goes to."""

    PHONE = "phone"
    EMAIL = "email"


class Kind(StrEnum):
    """Why it is sent."""

    CODE = "code"
    NOTICE = "notice"
