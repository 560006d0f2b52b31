"""The life of a contest, who may cast which ballot, and the count."""

from app.voting.rules.contest import LIFECYCLE

__all__ = ["LIFECYCLE"]
