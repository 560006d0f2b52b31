"""Who may support, speak, follow; who may change a comment or hide it."""

from dataclasses import dataclass
from enum import StrEnum

from app.discussion.rules.comments import Voice
from app.kernel.actor import Actor, Role, regency_of
from app.kernel.policy import Policy, Within
from app.proposals.permissions import ProposalFacts, is_author, is_resident


class Can(StrEnum):
    SUPPORT = "support"
    COMMENT = "comment"


class CanWithComment(StrEnum):
    EDIT = "edit"
    DELETE = "delete"
    HIDE = "hide"


class CanFollow(StrEnum):
    FOLLOW = "follow"


@dataclass(frozen=True)
class CommentFacts:
    """What permissions ask of a comment."""

    village_code: str
    author_id: int


OFFICES = {
    Role.OFFICER: Voice.OFFICER,
    Role.PLANNER: Voice.PLANNER,
    Role.MODERATOR: Voice.MODERATOR,
    Role.FACILITATOR: Voice.FACILITATOR,
}


def is_in_office(actor: Actor, facts: ProposalFacts) -> bool:
    """an officer, planner, moderator or facilitator of its region, in that role"""
    return any(actor.holds(role, facts.village_code) for role in OFFICES)


def voices_of(actor: Actor, facts: ProposalFacts) -> tuple[Voice, ...]:
    """In which voices somebody may speak of a proposal, the likeliest first; its author is always the author."""
    if not actor.is_signed_in:
        return ()
    if is_author(actor, facts):
        return (Voice.AUTHOR,)
    offices = tuple(voice for role, voice in OFFICES.items() if actor.holds(role, facts.village_code))
    return (*offices, Voice.RESIDENT) if is_resident(actor, facts) else offices


def wrote_it(actor: Actor, facts: CommentFacts) -> bool:
    """its author"""
    return actor.is_signed_in and actor.person_id == facts.author_id


def hides_it(actor: Actor, facts: CommentFacts) -> bool:
    """a moderator of its region who did not write it"""
    return actor.holds(Role.MODERATOR, facts.village_code) and not wrote_it(actor, facts)


def belongs_there(actor: Actor, facts: Within) -> bool:
    """a signed-in resident of the regency, of any level, or somebody with a role there"""
    regency_code = regency_of(facts.code)
    has_role = any(actor.holds(role, regency_code) or _is_within(actor, role, regency_code) for role in Role)
    return actor.is_signed_in and (actor.lives_in(regency_code) or has_role)


def _is_within(actor: Actor, role: Role, regency_code: str) -> bool:
    return any(regency_of(scope) == regency_code for scope in actor.scopes(role))


POLICY: Policy[Can, ProposalFacts] = Policy({Can.SUPPORT: (is_resident,), Can.COMMENT: (is_resident, is_in_office)})
COMMENT_POLICY: Policy[CanWithComment, CommentFacts] = Policy(
    {CanWithComment.EDIT: (wrote_it,), CanWithComment.DELETE: (wrote_it,), CanWithComment.HIDE: (hides_it,)}
)
FOLLOW_POLICY: Policy[CanFollow, Within] = Policy({CanFollow.FOLLOW: (belongs_there,)})
