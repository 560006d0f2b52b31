"""Every write of the desk, a verb each."""

from app.moderation.actions.appealing import appeal, reopen_deferred
from app.moderation.actions.assigning import give_back, hand_over, take
from app.moderation.actions.counting import count_answers, count_step
from app.moderation.actions.deciding import decide, decide_many, undo_batch
from app.moderation.actions.judging import judge
from app.moderation.actions.merging import merge, separate
from app.moderation.actions.noting import answer_visit, ask_for_visit, write_note
from app.moderation.actions.reporting import close_reports, report
from app.moderation.actions.scoring import assess, deviate, note_discussion, set_criteria, set_sizes
from app.moderation.actions.splitting import split

__all__ = [
    "answer_visit",
    "appeal",
    "ask_for_visit",
    "assess",
    "close_reports",
    "count_answers",
    "count_step",
    "decide",
    "decide_many",
    "deviate",
    "give_back",
    "hand_over",
    "judge",
    "merge",
    "note_discussion",
    "reopen_deferred",
    "report",
    "separate",
    "set_criteria",
    "set_sizes",
    "split",
    "take",
    "undo_batch",
    "write_note",
]
