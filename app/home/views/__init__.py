"""The first pages, and what machines ask."""

from app.home.views import machines, places, plan, regency, texts
from app.home.views.blueprint import bp

__all__ = ["bp", "machines", "places", "plan", "regency", "texts"]
