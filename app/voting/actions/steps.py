"""What every step in the life of a contest begins with: its lock, its options, and their proposals."""

from collections.abc import Sequence
from datetime import datetime

from app.kernel.actor import Actor
from app.kernel.policy import Within
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.queries import get_locked as get_proposal
from app.proposals.queries import lock_all as lock_proposals
from app.proposals.rules import Event, ReasonCode
from app.voting import queries
from app.voting.models import Contest, Option
from app.voting.permissions import POLICY, Can


def take(actor: Actor, contest: Contest) -> Contest:
    """Lock a contest for its planner."""
    locked = queries.get_locked(contest.id)
    POLICY.require(actor, Can.RUN_CONTEST, Within(locked.regency_code))
    return locked


def lock_options(contest: Contest) -> Sequence[Option]:
    """The options of a contest, with their proposals locked."""
    options = queries.options_in(contest.id)
    lock_proposals([option.proposal_id for option in options])
    return options


def move_option(
    actor: Actor,
    contest: Contest,
    option: Option,
    event: Event,
    now: datetime,
    code: ReasonCode | None = None,
    reason: str = "",
) -> Proposal:
    proposal = get_proposal(option.proposal_id)
    return move(actor, proposal, event, now, code=code, reason=reason, contest=contest.id)
