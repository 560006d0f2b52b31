"""What one-time codes are for."""

from enum import StrEnum


class Use(StrEnum):
    """What a one-time code is good for; good for one it is not good for another."""

    SIGN_IN = "sign_in"
    CONFIRM_PHONE = "confirm_phone"
