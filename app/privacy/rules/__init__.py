"""When an account may be closed, and what the file on a person consists of."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.kernel.actor import Level
from app.limits.rules import Limit

# What a person is called once their account is closed.
NAMELESS = "Warga"
# Files on oneself are put together from every table.
OWN_FILE = Limit("own_file", 20, timedelta(hours=1))


class Refusal(StrEnum):
    """Why privacy says no."""

    HOLDS_ROLE = "holds_role"


class Why(StrEnum):
    """Why an account was closed."""

    ASKED = "asked"
    IDLE = "idle"


class Fate(StrEnum):
    """What closing an account does to a trace of its person."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    KEPT = "kept"


class Section(StrEnum):
    """A part of the file on a person."""

    PERSON = "person"
    IDENTITY = "identity"
    GROUPS = "groups"
    CONSENTS = "consents"
    DEVICES = "devices"
    CODES = "codes"
    CARDS = "cards"
    PASSKEYS = "passkeys"
    AUTHENTICATOR = "authenticator"
    RECOVERY = "recovery"
    ATTESTATION = "attestation"
    ASSISTANCE = "assistance"
    MESSAGES = "messages"
    PROPOSALS = "proposals"
    DRAFTS = "drafts"
    PHOTOS = "photos"
    INNOVATIONS = "innovations"
    STEPS = "steps"
    SUPPORTS = "supports"
    COMMENTS = "comments"
    CHECKS = "checks"
    FOLLOWS = "follows"
    NEWS = "news"
    READ = "read"
    REPORTS = "reports"
    REPORTED = "reported"
    VOTES = "votes"
    OBJECTIONS = "objections"
    ROLES = "roles"
    SEEN_BY = "seen_by"
    ACTS_ON = "acts_on"
    ACTS_OF = "acts_of"


@dataclass(frozen=True)
class ClosingFacts:
    """What stands in the way of closing: others rely on who acts for the public."""

    has_role: bool


def refuse_closing(facts: ClosingFacts) -> Refusal | None:
    """Voting, or being on the roll of a running contest, is no reason to stay."""
    return Refusal.HOLDS_ROLE if facts.has_role else None


def may_rename(level: Level) -> bool:
    """Once somebody has vouched for the name, whoever sees the KTP changes it."""
    return level < Level.ATTESTED
