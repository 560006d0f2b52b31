"""What one-time codes are for, and why credentials say no."""

from enum import StrEnum


class Use(StrEnum):
    """What a one-time code is good for; good for one it is not good for another."""

    SIGN_IN = "sign_in"
    CONFIRM_PHONE = "confirm_phone"


class Refusal(StrEnum):
    """Why credentials say no."""

    WRONG_CODE = "wrong_code"
    CODE_OVER = "code_over"
    CODE_TOO_SOON = "code_too_soon"
    CODES_SPENT = "codes_spent"
    NO_CODES_ABROAD = "no_codes_abroad"
    NO_PHONE = "no_phone"
    WRONG_FACTOR = "wrong_factor"
    FACTOR_USED = "factor_used"
    LAST_FACTOR = "last_factor"
    WRONG_PASSKEY = "wrong_passkey"
    COPIED_PASSKEY = "copied_passkey"
    MANY_PASSKEYS = "many_passkeys"
    REASON_MISSING = "reason_missing"
    OWN_CARD = "own_card"
    STAFF_CARD = "staff_card"
    NO_CARD = "no_card"
