"""Evidence: what it must bring, who reviews it, and what a review may say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from app.innovations.rules.stages import ENDED, Stage
from app.kernel.transitions import Lifecycle
from app.maturity.rules.indicators import LEVELS, FileKind, Indicator
from app.maturity.rules.refusals import Refusal

NUMBER_LENGTH = (0, 80)
NOTE_LENGTH = (0, 1000)
LINK_LENGTH = (0, 500)
REASON_LENGTH = (10, 1000)


class State(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Review(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"


LIFECYCLE: Lifecycle[State, Review] = Lifecycle(
    {(State.WAITING, Review.ACCEPT): State.ACCEPTED, (State.WAITING, Review.RETURN): State.RETURNED}
)


@dataclass(frozen=True)
class Claim:
    """A level and what proves it; number and date are those of the document, `link` leads to a video."""

    level: int
    basis: str = ""
    number: str = ""
    dated: date | None = None
    link: str = ""
    note: str = ""


def refuse_claim(indicator: Indicator, claim: Claim, stage: Stage, today: date, *, has_file: bool) -> Refusal | None:
    """Why this cannot stand as evidence."""
    if stage in ENDED:
        return Refusal.INNOVATION_ENDED
    if indicator.basis(claim.basis) is None:
        return Refusal.UNKNOWN_BASIS
    if indicator.needs_document and (refusal := _refuse_document(claim, today)):
        return refusal
    if indicator.file_kind is FileKind.VIDEO:
        return None if is_public_link(claim.link) else Refusal.NO_LINK
    return None if has_file else Refusal.FILE_MISSING


def _refuse_document(claim: Claim, today: date) -> Refusal | None:
    if not claim.number.strip():
        return Refusal.NUMBER_MISSING
    if claim.dated is None:
        return Refusal.DATE_MISSING
    return Refusal.DATED_IN_FUTURE if claim.dated > today else None


def is_public_link(link: str) -> bool:
    """Whether this is the address of a page that everybody can open: https, with the name of a site."""
    if len(link) > LINK_LENGTH[1] or any(not "!" <= letter <= "~" for letter in link) or "\\" in link:
        return False
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    has_name = "." in host.strip(".") and host.rpartition(".")[2].isalpha()
    return parts.scheme == "https" and has_name and port is None and "@" not in parts.netloc


@dataclass(frozen=True)
class ReviewFacts:
    """Evidence before its review."""

    state: State
    level: int
    added_by_id: int | None
    has_ended: bool


def refuse_review(
    facts: ReviewFacts, review: Review, level: int | None, reason: str, reviewer_id: int | None
) -> Refusal | None:
    """Why this reviewer cannot say this of the evidence; less than was claimed needs a reason, as a no does."""
    if facts.has_ended:
        return Refusal.ENDED
    if facts.added_by_id is not None and facts.added_by_id == reviewer_id:
        return Refusal.OWN_EVIDENCE
    if not LIFECYCLE.allows(facts.state, review):
        return Refusal.ALREADY_REVIEWED
    is_full = review is Review.ACCEPT and level == facts.level
    if review is Review.ACCEPT and (level not in LEVELS or level > facts.level):
        return Refusal.LEVEL_TOO_HIGH
    return Refusal.REASON_MISSING if not is_full and len(reason.strip()) < REASON_LENGTH[0] else None
