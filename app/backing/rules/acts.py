"""Legal acts: the ladder's rungs, from draft to revoked, and when one carries an innovation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import refuse_withdrawal
from app.innovations.rules.gates import LegalForm
from app.kernel.transitions import Lifecycle


class Purpose(StrEnum):
    """What the act is for: trying the innovation out, or having it for good."""

    TRIAL = "trial"
    USE = "use"


class ActState(StrEnum):
    DRAFT = "draft"
    HARMONISED = "harmonised"
    IN_FORCE = "in_force"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class ActEvent(StrEnum):
    """WITHDRAW takes back an entry that was wrong; REVOKE is what the law did."""

    HARMONISE = "harmonise"
    ENACT = "enact"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"


ACTS: Lifecycle[ActState, ActEvent] = Lifecycle(
    {
        (ActState.DRAFT, ActEvent.HARMONISE): ActState.HARMONISED,
        (ActState.DRAFT, ActEvent.ENACT): ActState.IN_FORCE,
        (ActState.HARMONISED, ActEvent.ENACT): ActState.IN_FORCE,
        (ActState.IN_FORCE, ActEvent.REVOKE): ActState.REVOKED,
    }
    | {
        (state, ActEvent.WITHDRAW): ActState.WITHDRAWN
        for state in (ActState.DRAFT, ActState.HARMONISED, ActState.IN_FORCE)
    }
)


@dataclass(frozen=True)
class ActText:
    """What is typed of an act; a draft has neither number nor date."""

    purpose: Purpose
    form: LegalForm
    title: str
    number: str = ""
    dated: date | None = None
    expires: date | None = None
    note: str = ""


def refuse_act(text: ActText, state: ActState, today: date) -> Refusal | None:
    """Why this cannot be entered in the state."""
    if not text.title.strip():
        return Refusal.FIELD_MISSING
    return refuse_enactment(text.number, text.dated, text.expires, today) if state is ActState.IN_FORCE else None


def refuse_enactment(number: str, dated: date | None, expires: date | None, today: date) -> Refusal | None:
    """Why an act of this number and date cannot be in force today."""
    if not number.strip() or dated is None:
        return Refusal.FIELD_MISSING
    if dated > today:
        return Refusal.IN_FUTURE
    if expires is not None and expires < dated:
        return Refusal.ENDS_BEFORE_START
    return Refusal.EXPIRED if expires is not None and expires < today else None


def refuse_revocation(dated: date | None, revoked_on: date | None, reason: str, today: date) -> Refusal | None:
    if revoked_on is None:
        return Refusal.FIELD_MISSING
    if revoked_on > today:
        return Refusal.IN_FUTURE
    return Refusal.EARLIER_STEP if dated and revoked_on < dated else refuse_withdrawal(reason)
