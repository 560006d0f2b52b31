"""Everything that is done to contests, a verb each."""

from app.voting.actions.casting import ContestName, Receipt, cast_ballot, give_way_to_paper, remember_votes
from app.voting.actions.certifying import certify_contest
from app.voting.actions.closing import close_contest
from app.voting.actions.counting import Found, bring_ballots
from app.voting.actions.log import grow_log
from app.voting.actions.objecting import answer_objection, object_to
from app.voting.actions.opening import open_contest
from app.voting.actions.preparing import cancel_contest, change_contest, prepare_contest
from app.voting.actions.witnesses import set_keys

__all__ = [
    "ContestName",
    "Found",
    "Receipt",
    "answer_objection",
    "bring_ballots",
    "cancel_contest",
    "cast_ballot",
    "certify_contest",
    "change_contest",
    "close_contest",
    "give_way_to_paper",
    "grow_log",
    "object_to",
    "open_contest",
    "prepare_contest",
    "remember_votes",
    "set_keys",
]
