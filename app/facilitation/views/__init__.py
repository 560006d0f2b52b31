"""The facilitators' desk: who waits, a resident met in person, proposals and paper forms for others."""

from app.facilitation.views import desk, residents
from app.facilitation.views.blueprint import bp

__all__ = ["bp", "desk", "residents"]
