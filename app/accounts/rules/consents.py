"""What people are asked to agree to, and in which words; UU 27/2022 art. 20–22."""

from enum import StrEnum


class Purpose(StrEnum):
    """What data is used for. ACCOUNT is what an account needs, every other one may be refused or withdrawn freely."""

    ACCOUNT = "account"
    GROUPS = "groups"
    PUBLIC_NAME = "public_name"
    MESSAGES = "messages"


class Mode(StrEnum):
    """How somebody agreed."""

    SELF = "self"
    READ_ALOUD = "read_aloud"
    ROLL = "roll"


# The version of the words of each purpose that is asked for now; the words of all versions stand in words.py.
WORDING: dict[Purpose, str] = dict.fromkeys(Purpose, "2026-11")
OPTIONAL = frozenset(Purpose) - {Purpose.ACCOUNT}
