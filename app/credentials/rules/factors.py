"""Second factors: codes of an authenticator app (RFC 6238), recovery codes on paper, and what may be removed."""

import hmac
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

import pyotp

from app.credentials.rules import Refusal
from app.limits.rules import Limit

ISSUER = "Mufakat"
# Clocks of phones are wrong by a step in either direction.
OFFSETS = (-1, 0, 1)
WRONG = Limit("factor", 5, timedelta(minutes=15))
RECOVERY_CODES = 8
# No letters that look like others: 31 of them, ten a code are 49 bits.
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_LENGTH = 10


def new_secret() -> str:
    return pyotp.random_base32()


def app_address(secret: str, card_number: str) -> str:
    """What an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=card_number, issuer_name=ISSUER)


def _steps(now: datetime, secret: str) -> Iterator[tuple[int, str]]:
    totp = pyotp.TOTP(secret)
    return ((totp.timecode(now) + offset, totp.at(now, counter_offset=offset)) for offset in OFFSETS)


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The time step that the code belongs to, None where it fits none; all are compared, whatever is found."""
    digits = "".join(typed.split())
    fitting = [step for step, code in _steps(now, secret) if hmac.compare_digest(code.encode(), digits.encode())]
    return max(fitting, default=None)


def unused_code(secret: str, last_step: int | None, now: datetime) -> str | None:
    """A code that would be taken now; for the demonstration, where nobody has the app."""
    return next((code for step, code in _steps(now, secret) if last_step is None or step > last_step), None)


def new_recovery_codes() -> list[str]:
    return ["".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]


def shown(recovery_code: str) -> str:
    """abcde-fghjk"""
    return f"{recovery_code[:5]}-{recovery_code[5:]}"


def normal_recovery_code(typed: str) -> str:
    """As it was made, however it is typed."""
    return "".join(c for c in typed.lower() if c.isalnum())


def is_recovery_code(typed: str) -> bool:
    return len(normal_recovery_code(typed)) == RECOVERY_LENGTH


def refuse_removal(is_staff: bool, factors: int) -> Refusal | None:
    """Without a second factor the desks stay closed to staff, so the last one is not removed."""
    return Refusal.LAST_FACTOR if is_staff and factors <= 1 else None
