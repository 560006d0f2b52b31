"""Who acts: a person with a verification level, a village and granted roles, each within a scope."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a grant lets a person do; a resident needs none."""

    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    PLANNER = "planner"
    OFFICER = "officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def needs_second_factor(self) -> bool:
        """Moderator and above; facilitators work on borrowed phones in the field, among people who know them."""
        return self is not Role.FACILITATOR


class Level(IntEnum):
    """How far a person's identity is known."""

    REGISTERED = 0
    CONFIRMED = 1
    ATTESTED = 2


# From which level on one may send proposals, support and comment; below it one reads, follows and writes drafts.
SPEAKS = Level.CONFIRMED


def covers(scope: str, code: str) -> bool:
    """A scope covers itself and everything below it: 53.04.01 covers 53.04.01.2001; '' covers all."""
    return scope == "" or code == scope or code.startswith(f"{scope}.")


def regency_of(code: str) -> str:
    """The regency's part of a region code: 53.04 of 53.04.01.2001."""
    return ".".join(code.split(".")[:2])


@dataclass(frozen=True)
class AgencyFacts:
    """An agency (dinas) that an officer may serve."""

    id: int
    regency_code: str
    name: str


@dataclass(frozen=True)
class Grant:
    """A role within a region code; the empty scope is the whole installation. An officer's names their agency."""

    role: Role
    scope: str
    agency_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """The person behind a request or a command; `person_id` is None for anyone not signed in."""

    person_id: int | None = None
    name: str = ""
    village_code: str = ""
    level: Level = Level.REGISTERED
    grants: tuple[Grant, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def holds(self, role: Role, code: str) -> bool:
        """Whether a grant of the role covers the region."""
        return any(grant.role is role and covers(grant.scope, code) for grant in self.grants)

    def scopes(self, role: Role) -> tuple[str, ...]:
        return tuple(grant.scope for grant in self.grants if grant.role is role)

    def serves(self, code: str, agency_id: int | None) -> bool:
        """Whether the actor is an officer there, of this agency or (granted before agencies were named) of any."""
        grants = (grant for grant in self.grants if grant.role is Role.OFFICER and covers(grant.scope, code))
        return any(grant.agency_id in (None, agency_id) for grant in grants)

    def lives_in(self, code: str) -> bool:
        """Whether the person's village is this region or lies within it."""
        return bool(self.village_code) and covers(code, self.village_code)


ANYONE = Actor()
# Whoever runs a command on the server: may set an installation up, but is no resident and casts no ballot.
CONSOLE = Actor(name="console", grants=(Grant(Role.ADMINISTRATOR, ""),))
