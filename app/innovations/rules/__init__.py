"""Stages, what each gate asks for, the five questions, and the rows of a registry file; all pure."""

from app.innovations.rules.stages import LIFECYCLE

__all__ = ["LIFECYCLE"]
