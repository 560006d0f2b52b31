"""Commitments, legal acts, partners, tasks, and when an innovation stands alone; all pure."""

from app.backing.rules.refusals import Refusal

__all__ = ["Refusal"]
