"""Every deed that a facilitator does for a resident."""

from app.facilitation.actions.cards import draw, hand_out_card, revoke_card
from app.facilitation.actions.deeds import note, note_attempt
from app.facilitation.actions.paper import Sheet, enter_sheet, print_batch
from app.facilitation.actions.proposals import mend_for, send_for, write_for
from app.facilitation.actions.residents import (
    MOST_FOUND,
    Correction,
    Enrolment,
    attest,
    correct,
    enrol,
    holder_of_nik,
    note_known_nik,
    open_record,
    search,
)

__all__ = [
    "MOST_FOUND",
    "Correction",
    "Enrolment",
    "Sheet",
    "attest",
    "correct",
    "draw",
    "enrol",
    "enter_sheet",
    "hand_out_card",
    "holder_of_nik",
    "mend_for",
    "note",
    "note_attempt",
    "note_known_nik",
    "open_record",
    "print_batch",
    "revoke_card",
    "search",
    "send_for",
    "write_for",
]
