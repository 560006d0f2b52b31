"""Who may take the file on a person, and who may close an account."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import CONSOLE, Actor
from app.kernel.policy import Policy


class Can(StrEnum):
    CLOSE = "close"
    TAKE_FILE = "take_file"


@dataclass(frozen=True)
class PersonFacts:
    """Whose account it is."""

    person_id: int


def is_oneself(actor: Actor, facts: PersonFacts) -> bool:
    """whoever the account belongs to"""
    return actor.is_signed_in and actor.person_id == facts.person_id


def is_job(actor: Actor, facts: PersonFacts) -> bool:
    """the nightly job, for accounts that nobody uses"""
    return actor is CONSOLE


POLICY: Policy[Can, PersonFacts] = Policy({Can.CLOSE: (is_oneself, is_job), Can.TAKE_FILE: (is_oneself,)})
