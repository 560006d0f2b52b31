"""Every deed that a facilitator does for a resident."""

from app.facilitation.actions.deeds import note, note_attempt
from app.facilitation.actions.residents import (
    Correction,
    Enrolment,
    attest,
    correct,
    enrol,
    holder_of_nik,
    open_record,
    search,
)

__all__ = [
    "Correction",
    "Enrolment",
    "attest",
    "correct",
    "enrol",
    "holder_of_nik",
    "note",
    "note_attempt",
    "open_record",
    "search",
]
