"""Everything that is done to contests, a verb each."""

from app.voting.actions.casting import cast_ballot, remember_votes
from app.voting.actions.certifying import certify_contest
from app.voting.actions.closing import close_contest
from app.voting.actions.opening import open_contest
from app.voting.actions.preparing import cancel_contest, change_contest, prepare_contest

__all__ = [
    "cancel_contest",
    "cast_ballot",
    "certify_contest",
    "change_contest",
    "close_contest",
    "open_contest",
    "prepare_contest",
    "remember_votes",
]
