"""Which residents the desk shows, and why one is not enrolled."""

from enum import StrEnum

from app.kernel.actor import Level


class Refusal(StrEnum):
    """Why facilitation says no."""

    NAME_KNOWN = "name_known"


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
