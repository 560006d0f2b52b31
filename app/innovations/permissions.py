"""Who keeps the registry of innovations, and who adds what an innovation has to show."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import SPEAKS, Actor, Role, regency_of
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    REGISTER = "register"
    PROVIDE = "provide"
    CURATE = "curate"
    ENTER = "enter"
    DESCRIBE = "describe"


@dataclass(frozen=True)
class Whose(Within):
    """As `Within`, of an innovation: who entered it, and whether it is still with them."""

    owner_id: int | None = None
    is_early: bool = False


PLANNER = has_role(Role.PLANNER, "a planner of the regency")
INSTALLER = has_role(Role.ADMINISTRATOR, "an administrator, at the first set-up")


def is_officer(actor: Actor, facts: Within) -> bool:
    """an officer of its agency"""
    return actor.serves(facts.code, facts.agency_id)


def is_some_officer(actor: Actor, facts: Within) -> bool:
    """an officer of any agency of the regency"""
    return actor.holds(Role.OFFICER, facts.code)


def is_facilitator(actor: Actor, facts: Within) -> bool:
    """a facilitator of a village there"""
    return any(regency_of(scope) == facts.code for scope in actor.scopes(Role.FACILITATOR))


def is_resident(actor: Actor, facts: Within) -> bool:
    """a resident whose phone is confirmed"""
    return actor.lives_in(facts.code) and actor.level >= SPEAKS


def is_owner(actor: Actor, facts: Within) -> bool:
    """who entered it, until it is taken further"""
    is_theirs = isinstance(facts, Whose) and facts.is_early and facts.owner_id == actor.person_id
    return is_theirs and actor.is_signed_in


POLICY: Policy[Can, Within] = Policy(
    {
        Can.REGISTER: (PLANNER, INSTALLER),
        Can.PROVIDE: (PLANNER, is_officer),
        Can.CURATE: (PLANNER,),
        Can.ENTER: (PLANNER, is_some_officer, is_facilitator, is_resident),
        Can.DESCRIBE: (PLANNER, is_officer, is_owner),
    }
)
