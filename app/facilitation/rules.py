"""Which residents the desk shows, and why one is not enrolled."""

from enum import StrEnum

from app.kernel.actor import Level


class Refusal(StrEnum):
    """Why facilitation says no."""

    NAME_KNOWN = "name_known"


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


def refuse_enrolment(namesakes: int, *, is_another: bool) -> Refusal | None:
    """A name known in the village is most likely the same person, unless the facilitator knows better."""
    return Refusal.NAME_KNOWN if namesakes and not is_another else None
