"""Who may see a proposal and who may move it along."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role, regency_of
from app.kernel.policy import Policy
from app.proposals.rules import Event, Status


class Can(StrEnum):
    WRITE = "write"
    SEE = "see"
    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    REVISE = "revise"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    CURATE = "curate"


@dataclass(frozen=True)
class ProposalFacts:
    """What permissions ask of a proposal; `village_code` stands for its regency and district too."""

    village_code: str
    author_id: int | None
    typed_by_id: int | None
    status: Status
    is_public: bool


def is_resident(actor: Actor, facts: ProposalFacts) -> bool:
    """a signed-in resident of the regency"""
    return actor.is_signed_in and actor.lives_in(regency_of(facts.village_code))


def is_author(actor: Actor, facts: ProposalFacts) -> bool:
    """its author"""
    return actor.is_signed_in and actor.person_id == facts.author_id


def writes_own(actor: Actor, facts: ProposalFacts) -> bool:
    """a signed-in resident of the regency, for themselves"""
    return is_resident(actor, facts) and is_author(actor, facts)


def types_for(actor: Actor, facts: ProposalFacts) -> bool:
    """the facilitator of its village who types it for its author, never for themselves"""
    is_typist = actor.is_signed_in and actor.person_id == facts.typed_by_id != facts.author_id
    return is_typist and actor.holds(Role.FACILITATOR, facts.village_code)


def is_public(actor: Actor, facts: ProposalFacts) -> bool:
    """anyone, once it is published"""
    return facts.is_public


def reviews(actor: Actor, facts: ProposalFacts) -> bool:
    """a moderator of its village, district or regency who neither wrote nor typed it"""
    is_own = actor.person_id in (facts.author_id, facts.typed_by_id)
    return actor.holds(Role.MODERATOR, facts.village_code) and not is_own


def oversees(actor: Actor, facts: ProposalFacts) -> bool:
    """a moderator or planner of its region, to read it once it is sent"""
    is_sent = facts.status is not Status.DRAFT
    return is_sent and any(actor.holds(role, facts.village_code) for role in (Role.MODERATOR, Role.PLANNER))


def audits(actor: Actor, facts: ProposalFacts) -> bool:
    """an auditor of its region, to read it once it is sent, unless it was rejected unseen for the private data in it"""
    is_hidden = facts.status is Status.REJECTED and not facts.is_public
    return facts.status is not Status.DRAFT and not is_hidden and actor.holds(Role.AUDITOR, facts.village_code)


def plans(actor: Actor, facts: ProposalFacts) -> bool:
    """a planner of its regency"""
    return actor.holds(Role.PLANNER, facts.village_code)


POLICY: Policy[Can, ProposalFacts] = Policy(
    {
        Can.WRITE: (writes_own, types_for),
        Can.SEE: (is_public, is_author, oversees, audits),
        Can.SUBMIT: (is_author, types_for),
        Can.RESUBMIT: (is_author, types_for),
        Can.REVISE: (is_author, types_for),
        Can.WITHDRAW: (is_author,),
        Can.REVIEW: (reviews,),
        Can.CURATE: (plans,),
    }
)

# Which permission each event of the life cycle asks for.
NEEDS: dict[Event, Can] = {
    Event.SUBMIT: Can.SUBMIT,
    Event.RESUBMIT: Can.RESUBMIT,
    Event.APPEAL: Can.RESUBMIT,
    Event.WITHDRAW: Can.WITHDRAW,
    Event.PUBLISH: Can.REVIEW,
    Event.RETURN: Can.REVIEW,
    Event.REJECT: Can.REVIEW,
    Event.MERGE: Can.REVIEW,
    Event.UNDO: Can.REVIEW,
    Event.SEPARATE: Can.REVIEW,
    Event.SHORTLIST: Can.CURATE,
    Event.SELECT: Can.CURATE,
    Event.DEFER: Can.CURATE,
    Event.REOPEN: Can.CURATE,
    Event.ESCALATE: Can.CURATE,
    Event.ROUTE: Can.CURATE,
    Event.PLAN: Can.CURATE,
    Event.BUDGET: Can.CURATE,
    Event.START: Can.CURATE,
    Event.FINISH: Can.CURATE,
}
