"""Every change to a proposal: writing, sending and revising it, and each event of its life cycle."""

from app.proposals.actions.drafts import discard, keep_answer, note_difference
from app.proposals.actions.moving import happen, move, next_number, note
from app.proposals.actions.revising import keep_version, revise
from app.proposals.actions.writing import PHOTOS, change_photos, check_place, resubmit, submit, write_draft

__all__ = [
    "PHOTOS",
    "change_photos",
    "check_place",
    "discard",
    "happen",
    "keep_answer",
    "keep_version",
    "move",
    "next_number",
    "note",
    "note_difference",
    "resubmit",
    "revise",
    "submit",
    "write_draft",
]
