"""Pages of indicators, evidence, its review, scores and the index."""

from app.maturity.views import index, providing, reviewing, showing, tables
from app.maturity.views.blueprint import bp

__all__ = ["bp", "index", "providing", "reviewing", "showing", "tables"]
