"""What facilitators note about residents they have met, and type for them."""

from app.facilitation.forms.residents import AttestForm, CardForm, CorrectForm, EnrolForm, SearchForm

__all__ = ["AttestForm", "CardForm", "CorrectForm", "EnrolForm", "SearchForm"]
