"""Phones, card numbers, passwords, and whose word makes a person verified."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Level

MAX_PER_PHONE = 6
PASSWORD_LENGTH = (8, 128)
NAME_LENGTH = (2, 80)
HAMLET_LENGTH = 60
# How many accounts with a phone are tried when somebody signs in with it; those who have confirmed it come first.
MOST_TRIED = 20
INDONESIAN, TIMORESE = re.compile("8[0-9]{8,11}"), re.compile("7[0-9]{7}")
# How a number may begin, and what has to follow.
MOBILE = (("+62", INDONESIAN), ("62", INDONESIAN), ("+670", TIMORESE), ("0", INDONESIAN), ("", INDONESIAN))
COMMON_PASSWORDS = frozenset(
    "password passw0rd 12345678 123456789 1234567890 87654321 11111111 00000000 qwertyui qwerty123 abcd1234 "
    "indonesia indonesia1 bismillah atambua1 atambua123 belitung belitung1 sayang123 rahasia1 katasandi "
    "merdeka45 garuda123 yesuskristus tuhanyesus allahuakbar mufakat1 mufakat123".split()
)


class Refusal(StrEnum):
    """Why accounts say no."""

    PHONE_FULL = "phone_full"
    WRONG_SIGN_IN = "wrong_sign_in"
    ALREADY_ATTESTED = "already_attested"
    OWN_ATTESTATION = "own_attestation"
    NOT_CONFIRMED = "not_confirmed"
    NEEDED_CONSENT = "needed_consent"
    CARD_OVER = "card_over"


class PasswordFault(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_COMMON = "too_common"
    OWN_DATA = "own_data"


class Document(StrEnum):
    """What the attesting person saw; its number is not kept."""

    KTP = "ktp"
    KK = "kk"
    KNOWN = "known"


@dataclass(frozen=True)
class AttestationFacts:
    """The person to be attested and the village they say they live in."""

    person_id: int
    village_code: str
    level: Level


def refuse_attestation(facts: AttestationFacts, attester_id: int | None) -> Refusal | None:
    if facts.person_id == attester_id:
        return Refusal.OWN_ATTESTATION
    return Refusal.ALREADY_ATTESTED if facts.level >= Level.ATTESTED else None


def normal_phone(typed: str) -> str | None:
    """E.164 of a mobile number however it is typed, Indonesian unless it says otherwise; None where it is not one.

    Beside +62 only +670 is taken: SIM cards of Timor-Leste are usual along the border.
    """
    number = "".join(c for c in typed if c not in " -.()\u00a0")
    for prefix, mobile in MOBILE:
        if number.startswith(prefix):
            is_mobile = mobile.fullmatch(number.removeprefix(prefix)) is not None
            country = "+670" if "670" in prefix else "+62"
            return country + number.removeprefix(prefix) if is_mobile else None
    return None


def takes_codes(phone: str) -> bool:
    """Whether codes are sent there: messages abroad are dear, and roam badly."""
    return phone.startswith("+62")


def card_number(serial: int) -> str:
    """Eight digits: a scattered serial and a Luhn check digit, so that a slip of one digit shows."""
    # The factor shares no divisor with 10**7, so that no two serials give the same seven digits.
    seven = f"{serial * 4_567_891 % 10**7:07d}"
    return seven + _luhn(seven)


def is_card_number(text: str) -> bool:
    return len(text) == 8 and text.isascii() and text.isdigit() and text[-1] == _luhn(text[:-1])


def _luhn(digits: str) -> str:
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def password_fault(password: str, own: tuple[str, ...]) -> PasswordFault | None:
    """What is wrong with a new password; `own` are the person's phone and name."""
    if len(password) < PASSWORD_LENGTH[0]:
        return PasswordFault.TOO_SHORT
    if len(password) > PASSWORD_LENGTH[1]:
        return PasswordFault.TOO_LONG
    lowered = password.casefold()
    if lowered in COMMON_PASSWORDS or len(set(lowered)) < 3:
        return PasswordFault.TOO_COMMON
    typed = "".join(c for c in lowered if c.isalnum())
    digits = typed.removeprefix("62").lstrip("0")
    is_own = any(o and (typed == o.casefold().replace(" ", "") or digits == o.removeprefix("+62")) for o in own)
    return PasswordFault.OWN_DATA if is_own else None
