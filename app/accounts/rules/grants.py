"""Who may be given which role until when, and when a grant may be ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.kernel.actor import Role

REASON_LENGTH = (10, 300)
# How many grants of one person a page lists.
MOST_SHOWN = 100


class GrantRefusal(StrEnum):
    """Why a role is not given or not taken."""

    OWN_ROLE = "own_role"
    UNTIL_PAST = "until_past"
    ALREADY_GRANTED = "already_granted"
    ALREADY_ENDED = "already_ended"
    AGENCY_MISSING = "agency_missing"
    AGENCY_NOT_OURS = "agency_not_ours"


@dataclass(frozen=True)
class GrantFacts:
    """What is to be granted; `is_held` says that the person has this role in this scope already.

    `agency_regency` is the regency whose agency an officer is to serve.
    """

    person_id: int
    until: datetime | None
    is_held: bool
    role: Role = Role.FACILITATOR
    scope: str = ""
    agency_regency: str | None = None


def refuse_grant(facts: GrantFacts, granter_id: int | None, now: datetime) -> GrantRefusal | None:
    """Why not; the console is nobody and may grant to anybody."""
    if facts.person_id == granter_id:
        return GrantRefusal.OWN_ROLE
    if facts.until is not None and facts.until <= now:
        return GrantRefusal.UNTIL_PAST
    if refusal := _refuse_agency(facts):
        return refusal
    return GrantRefusal.ALREADY_GRANTED if facts.is_held else None


def _refuse_agency(facts: GrantFacts) -> GrantRefusal | None:
    """An officer serves an agency of the regency of the grant; no other role has one."""
    if facts.role is not Role.OFFICER:
        return None if facts.agency_regency is None else GrantRefusal.AGENCY_NOT_OURS
    if facts.agency_regency is None:
        return GrantRefusal.AGENCY_MISSING
    return None if facts.agency_regency == facts.scope else GrantRefusal.AGENCY_NOT_OURS


def is_in_force(until: datetime | None, now: datetime) -> bool:
    return until is None or until > now


def refuse_end(holder_id: int, until: datetime | None, ender_id: int | None, now: datetime) -> GrantRefusal | None:
    if holder_id == ender_id:
        return GrantRefusal.OWN_ROLE
    return None if is_in_force(until, now) else GrantRefusal.ALREADY_ENDED
