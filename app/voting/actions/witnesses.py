"""The key of a contest's box as it was made offline: its public half, and who holds the shares of the rest."""

from datetime import datetime

from sqlalchemy import delete

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.vault import head_key, is_box_key
from app.voting.actions.steps import take
from app.voting.models import Contest, Witness
from app.voting.rules.box import BoxKeys, refuse_keys
from app.voting.rules.contest import ContestStatus, Refusal


def set_keys(actor: Actor, contest: Contest, keys: BoxKeys, now: datetime) -> Contest:
    """Enter the witnesses and their public key, or others in their place, until the contest is opened."""
    contest = take(actor, contest)
    if contest.status is not ContestStatus.PREPARED:
        raise Refused(Refusal.FROZEN)
    if refusal := refuse_keys(keys, is_key=is_box_key(keys.box_key)):
        raise Refused(refusal[0], number=refusal[1])
    contest.box_key, contest.head_key = keys.box_key, head_key(contest.id)
    session.execute(delete(Witness).where(Witness.contest_id == contest.id))
    session.add_all(
        Witness(contest_id=contest.id, number=number, **vars(witness))
        for number, witness in enumerate(keys.witnesses, 1)
    )
    session.flush()
    institutions = [witness.institution for witness in keys.witnesses]
    record(actor, "set_keys", f"contest:{contest.id}", now, box_key=keys.box_key, institutions=institutions)
    return contest
