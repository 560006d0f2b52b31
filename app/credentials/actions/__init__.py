"""Every change to the ways in which people prove who they are."""

from app.credentials.actions.cards import Drawn, draw, issue_card, refuse_card_over, revoke_card
from app.credentials.actions.codes import (
    Used,
    confirm_phone,
    count_request,
    send_confirming_code,
    send_sign_in_code,
    use_code,
)
from app.credentials.actions.factors import (
    Outcome,
    add_totp,
    count_factor_try,
    remove_totp,
    renew_recovery_codes,
    reseal_secrets,
    reset_ways_in,
    set_totp,
    use_factor,
)
from app.credentials.actions.notices import change_phone
from app.credentials.actions.passkeys import (
    add_passkey,
    adding_options,
    count_answer,
    remove_passkey,
    use_passkey,
    using_options,
)

__all__ = [
    "Drawn",
    "Outcome",
    "Used",
    "add_passkey",
    "add_totp",
    "adding_options",
    "change_phone",
    "confirm_phone",
    "count_answer",
    "count_factor_try",
    "count_request",
    "draw",
    "issue_card",
    "refuse_card_over",
    "remove_passkey",
    "remove_totp",
    "renew_recovery_codes",
    "reseal_secrets",
    "reset_ways_in",
    "revoke_card",
    "send_confirming_code",
    "send_sign_in_code",
    "set_totp",
    "use_code",
    "use_factor",
    "use_passkey",
    "using_options",
]
