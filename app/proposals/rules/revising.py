"""Changing what is published: a slip of the pen at any time, another proposal only until the review begins."""

from enum import StrEnum

from app.proposals.rules import Answers, Refusal, Status
from app.proposals.rules.difference import likeness
from app.proposals.rules.place import metres, position_of

# A proposal that changes more often tells its supporters nothing any more.
MOST_VERSIONS = 20
# How far a figure may move, in percent, a place in metres, and how alike the texts stay.
FIGURE_PERCENT, PLACE_METRES, TEXT_LIKENESS = 10, 1_000, 0.6


class Substance(StrEnum):
    """What people have supported, beyond the wording."""

    VILLAGE = "village"
    ENTRY = "entry"
    VOLUME = "volume"
    ESTIMATE = "estimate"
    PLACE = "place"
    MISI = "misi"
    TEXT = "text"


def substance(before: Answers, after: Answers) -> list[Substance]:
    """What of the substance a change touches; none where it mends the wording only."""
    touched = {
        Substance.VILLAGE: before.village_code != after.village_code,
        Substance.ENTRY: before.entry_id != after.entry_id,
        Substance.VOLUME: before.unit != after.unit or _moved(before.volume, after.volume),
        Substance.ESTIMATE: _moved(before.estimate, after.estimate),
        Substance.PLACE: _is_elsewhere(before, after),
        Substance.MISI: before.misi_ids != after.misi_ids,
        Substance.TEXT: likeness(_text(before), _text(after)) < TEXT_LIKENESS,
    }
    return [part for part, is_touched in touched.items() if is_touched]


def _moved(before: int, after: int) -> bool:
    return abs(after - before) * 100 > before * FIGURE_PERCENT


def _is_elsewhere(before: Answers, after: Answers) -> bool:
    """A pin that is set for the first time only says more exactly where the hamlet is."""
    one, other = position_of(before.latitude, before.longitude), position_of(after.latitude, after.longitude)
    return one is not None and other is not None and metres(one, other) > PLACE_METRES


def _text(answers: Answers) -> str:
    return f"{answers.title}\n{answers.work}"


def refuse_revision(
    status: Status, before: Answers, after: Answers, *, is_reviewed: bool, versions: int
) -> Refusal | None:
    """Why a published proposal cannot say this from now on; `is_reviewed` once the review of its cycle has begun."""
    if status is not Status.PUBLISHED:
        return Refusal.NOT_OPEN_TO_CHANGE
    if before == after:
        return Refusal.NOTHING_CHANGED
    if versions >= MOST_VERSIONS:
        return Refusal.TOO_MANY_VERSIONS
    return Refusal.CHANGES_TOO_MUCH if is_reviewed and substance(before, after) else None
