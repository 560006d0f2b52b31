"""Who may open a proposal on the desk, judge it on a level, score it; who may answer is `proposals.Can.REVIEW`."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import CONSOLE, Actor, Role, regency_of
from app.kernel.policy import Policy, Within, has_role
from app.moderation.rules.verdicts import Level
from app.proposals.permissions import ProposalFacts, is_author, is_resident, plans, reviews
from app.regions.rules import parent_code


class Can(StrEnum):
    OPEN_ON_DESK = "open_on_desk"
    NOTE = "note"
    ANSWER_VISIT = "answer_visit"
    ASSESS = "assess"
    REPORT = "report"
    CLOSE_REPORTS = "close_reports"


class CanJudge(StrEnum):
    """A permission for each level."""

    VILLAGE = "judge_village"
    PLANNING = "judge_planning"
    DISTRICT = "judge_district"
    AGENCY = "judge_agency"
    REGENCY = "judge_regency"

    @classmethod
    def on(cls, level: Level) -> "CanJudge":
        return cls[level.name]


class CanRun(StrEnum):
    SCORING = "run_scoring"
    REOPENING = "reopen_deferred"
    EXPORT = "export_for_sipd"


def moderates(actor: Actor, facts: ProposalFacts) -> bool:
    """a moderator of its village, district or regency"""
    return actor.holds(Role.MODERATOR, facts.village_code)


def looks(actor: Actor, facts: ProposalFacts) -> bool:
    """the facilitator of its village"""
    return actor.holds(Role.FACILITATOR, facts.village_code)


def is_stranger(actor: Actor, facts: ProposalFacts) -> bool:
    return actor.person_id not in (facts.author_id, facts.typed_by_id)


def plans_for_others(actor: Actor, facts: ProposalFacts) -> bool:
    """a planner of its regency who neither wrote nor typed it"""
    return plans(actor, facts) and is_stranger(actor, facts)


def assesses(actor: Actor, facts: ProposalFacts) -> bool:
    """a moderator of its district or regency, or a planner, who neither wrote nor typed it"""
    district = parent_code(facts.village_code)
    holds = actor.holds(Role.MODERATOR, district) or actor.holds(Role.PLANNER, district)
    return holds and is_stranger(actor, facts)


def reports(actor: Actor, facts: ProposalFacts) -> bool:
    """a signed-in resident of the regency who did not write it, once it is published"""
    return facts.is_public and is_resident(actor, facts) and not is_author(actor, facts)


POLICY: Policy[Can, ProposalFacts] = Policy(
    {
        Can.OPEN_ON_DESK: (moderates,),
        Can.NOTE: (reviews, plans_for_others),
        Can.ANSWER_VISIT: (looks, reviews),
        Can.ASSESS: (assesses,),
        Can.REPORT: (reports,),
        Can.CLOSE_REPORTS: (reviews,),
    }
)


@dataclass(frozen=True)
class LevelFacts:
    """A proposal at a level, and the agency that has it."""

    proposal: ProposalFacts
    agency_id: int | None


def judges_for_village(actor: Actor, facts: LevelFacts) -> bool:
    """a moderator of its village, district or regency who neither wrote nor typed it"""
    return reviews(actor, facts.proposal)


def judges_for_district(actor: Actor, facts: LevelFacts) -> bool:
    """a moderator of its district or regency who neither wrote nor typed it"""
    district = parent_code(facts.proposal.village_code)
    return actor.holds(Role.MODERATOR, district) and is_stranger(actor, facts.proposal)


def judges_for_regency(actor: Actor, facts: LevelFacts) -> bool:
    """a planner of its regency who neither wrote nor typed it"""
    return plans_for_others(actor, facts.proposal)


def judges_for_agency(actor: Actor, facts: LevelFacts) -> bool:
    """an officer of the agency that has it, who neither wrote nor typed it"""
    serves = actor.serves(regency_of(facts.proposal.village_code), facts.agency_id)
    return serves and is_stranger(actor, facts.proposal)


JUDGES: Policy[CanJudge, LevelFacts] = Policy(
    {
        CanJudge.VILLAGE: (judges_for_village,),
        CanJudge.PLANNING: (judges_for_regency,),
        CanJudge.DISTRICT: (judges_for_district,),
        CanJudge.AGENCY: (judges_for_agency,),
        CanJudge.REGENCY: (judges_for_regency,),
    }
)


def commands(actor: Actor, facts: Within) -> bool:
    """whoever runs a command on the server"""
    return actor == CONSOLE


PLANNER = has_role(Role.PLANNER, "a planner of the regency")
RUNS: Policy[CanRun, Within] = Policy(
    {
        CanRun.SCORING: (PLANNER,),
        CanRun.REOPENING: (PLANNER, commands),
        CanRun.EXPORT: (PLANNER,),
    }
)
