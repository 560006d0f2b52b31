"""Pages of innovations: the board and one innovation for everybody, the planner's desk, and the panel of a proposal."""

from app.innovations.views import board, deciding, desk, editing, embedding, managing, panels, showing, supporting
from app.innovations.views.blueprint import bp

__all__ = ["board", "bp", "deciding", "desk", "editing", "embedding", "managing", "panels", "showing", "supporting"]
