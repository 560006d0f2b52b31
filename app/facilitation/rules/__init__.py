"""Which residents the desk shows, what facilitators do for them, and why one is not enrolled."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Level

# Who is younger and was never married has no KTP, and speaks through parents or the Forum Anak (domain.md 5.2).
YOUNGEST = 17
EARLIEST_BIRTH = 1900


class Refusal(StrEnum):
    """Why facilitation says no."""

    NAME_KNOWN = "name_known"
    TOO_YOUNG = "too_young"
    DAY_FULL = "day_full"
    OWN_PROPOSAL = "own_proposal"
    CARD_UNKNOWN = "card_unknown"
    NOT_ATTESTED = "not_attested"
    OWN_RECORD = "own_record"
    STAFF_PHONE = "staff_phone"


class Deed(StrEnum):
    """What a facilitator does for a resident."""

    ENROLLED = "enrolled"
    ATTESTED = "attested"
    CARD_PRINTED = "card_printed"
    CARD_REPLACED = "card_replaced"
    PROPOSAL_TYPED = "proposal_typed"
    PAPER_TYPED = "paper_typed"
    DEVICE_LENT = "device_lent"
    BALLOT_ASSISTED = "ballot_assisted"


class Shown(StrEnum):
    """The two lists of the desk, as they stand in addresses."""

    WAITING = "menunggu"
    VERIFIED = "terverifikasi"


LEVELS: dict[Shown, tuple[Level, ...]] = {
    Shown.WAITING: (Level.REGISTERED, Level.CONFIRMED),
    Shown.VERIFIED: (Level.ATTESTED,),
}


@dataclass(frozen=True)
class EnrolmentFacts:
    """What speaks against enrolling: namesakes in the village, and an age in years that is told or follows."""

    namesakes: int
    is_another: bool
    age: int | None = None
    is_married: bool = False


def refuse_enrolment(facts: EnrolmentFacts) -> Refusal | None:
    """A name known in the village is most likely the same person, unless the facilitator knows better."""
    if facts.age is not None and facts.age < YOUNGEST and not facts.is_married:
        return Refusal.TOO_YOUNG
    return Refusal.NAME_KNOWN if facts.namesakes and not facts.is_another else None
