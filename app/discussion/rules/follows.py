"""What can be followed, and how much of it."""

from enum import StrEnum

# As many as somebody can still read; the inbox looks into each.
MOST_FOLLOWED = 50


class Topic(StrEnum):
    """What is followed; its reference is a proposal's or misi's id, or a village's code."""

    PROPOSAL = "proposal"
    VILLAGE = "village"
    MISI = "misi"


class FollowRefusal(StrEnum):
    """Why something is not followed."""

    TOO_MANY = "too_many"


def refuse_follow(count: int) -> FollowRefusal | None:
    """`count` is how much the person follows already."""
    return FollowRefusal.TOO_MANY if count >= MOST_FOLLOWED else None
