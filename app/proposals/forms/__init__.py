"""What the author of a proposal types, or somebody for them."""

from app.proposals.forms.pinning import MapShown, is_pinning, map_of, move_pin
from app.proposals.forms.questions import FORMS, FREE, KindQuestion, Known, PlaceQuestion, QuestionForm, WorkQuestion
from app.proposals.forms.whole import AnswersForm, NewProposalForm, ProposalForm

__all__ = [
    "FORMS",
    "FREE",
    "AnswersForm",
    "KindQuestion",
    "Known",
    "MapShown",
    "NewProposalForm",
    "PlaceQuestion",
    "ProposalForm",
    "QuestionForm",
    "WorkQuestion",
    "is_pinning",
    "map_of",
    "move_pin",
]
