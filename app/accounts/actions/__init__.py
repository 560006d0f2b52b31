"""Every change to people, to the browsers they are signed in with, to their roles and to what they agreed to."""

from app.accounts.actions.consents import give_consent, withdraw_consent
from app.accounts.actions.grants import end_grant, grant, look_up, note_denied
from app.accounts.actions.holding import hold
from app.accounts.actions.passwords import (
    HASHER,
    check_sign_in,
    count_try,
    hash_password,
    may_refuse_sign_in,
    note_refused,
    set_password,
)
from app.accounts.actions.people import (
    Resident,
    attest,
    change_phone,
    confirm_phone,
    correct,
    doubt_phone,
    enrol,
    raise_level,
    register,
)
from app.accounts.actions.sessions import (
    Proof,
    begin_session,
    check_again,
    confirm,
    end_others,
    end_session,
    note_factor,
    note_seen,
    renew,
    sign_out,
)
from app.accounts.actions.views import note_views

__all__ = [
    "HASHER",
    "Proof",
    "Resident",
    "attest",
    "begin_session",
    "change_phone",
    "check_again",
    "check_sign_in",
    "confirm",
    "confirm_phone",
    "correct",
    "count_try",
    "doubt_phone",
    "end_grant",
    "end_others",
    "end_session",
    "enrol",
    "give_consent",
    "grant",
    "hash_password",
    "hold",
    "look_up",
    "may_refuse_sign_in",
    "note_denied",
    "note_factor",
    "note_refused",
    "note_seen",
    "note_views",
    "raise_level",
    "register",
    "renew",
    "set_password",
    "sign_out",
    "withdraw_consent",
]
