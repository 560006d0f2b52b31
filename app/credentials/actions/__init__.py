"""Every change to the ways in which people prove who they are."""

from app.credentials.actions.cards import Drawn, draw, issue_card, refuse_card_over, revoke_card
from app.credentials.actions.factors import (
    Outcome,
    add_totp,
    count_factor_try,
    remove_totp,
    renew_recovery_codes,
    set_totp,
    use_factor,
)

__all__ = [
    "Drawn",
    "Outcome",
    "add_totp",
    "count_factor_try",
    "draw",
    "issue_card",
    "refuse_card_over",
    "remove_totp",
    "renew_recovery_codes",
    "revoke_card",
    "set_totp",
    "use_factor",
]
