"""What moderators, assessors, planners and reporting residents send."""

from app.moderation.forms.answers import (
    DecisionForm,
    FindingForm,
    MergeForm,
    NoteForm,
    ReasonForm,
    SplitForm,
    VisitForm,
)
from app.moderation.forms.levels import (
    DeviationForm,
    SizesForm,
    TalkForm,
    VerdictForm,
    criteria_form,
    points_form,
)
from app.moderation.forms.residents import AppealForm, CloseForm, ReportForm

__all__ = [
    "AppealForm",
    "CloseForm",
    "DecisionForm",
    "DeviationForm",
    "FindingForm",
    "MergeForm",
    "NoteForm",
    "ReasonForm",
    "ReportForm",
    "SizesForm",
    "SplitForm",
    "TalkForm",
    "VerdictForm",
    "VisitForm",
    "criteria_form",
    "points_form",
]
