"""The facilitators' desk: who waits, a resident met in person, proposals and paper forms for others, and the counts."""

from app.facilitation.views import cards, desk, enrolling, kiosk, oversight, paper, proposals, residents
from app.facilitation.views.blueprint import bp

__all__ = ["bp", "cards", "desk", "enrolling", "kiosk", "oversight", "paper", "proposals", "residents"]
