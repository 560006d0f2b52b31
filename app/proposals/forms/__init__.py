"""What the author of a proposal types, or somebody for them."""

from app.proposals.forms.questions import FORMS, FREE, KindQuestion, Known, PlaceQuestion, QuestionForm, WorkQuestion
from app.proposals.forms.whole import AnswersForm, OwnProposalForm, ProposalForm

__all__ = [
    "FORMS",
    "FREE",
    "AnswersForm",
    "KindQuestion",
    "Known",
    "OwnProposalForm",
    "PlaceQuestion",
    "ProposalForm",
    "QuestionForm",
    "WorkQuestion",
]
