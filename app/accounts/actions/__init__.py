"""Every change to people, to the browsers they are signed in with, and to their roles."""

from app.accounts.actions.grants import end_grant, grant
from app.accounts.actions.people import (
    HASHER,
    attest,
    check_sign_in,
    count_try,
    enrol,
    hash_password,
    register,
    set_password,
    tries_of,
)
from app.accounts.actions.sessions import (
    begin_session,
    check_again,
    confirm,
    end_others,
    end_session,
    note_seen,
    sign_out,
)

__all__ = [
    "HASHER",
    "attest",
    "begin_session",
    "check_again",
    "check_sign_in",
    "confirm",
    "count_try",
    "end_grant",
    "end_others",
    "end_session",
    "enrol",
    "grant",
    "hash_password",
    "note_seen",
    "register",
    "set_password",
    "sign_out",
    "tries_of",
]
