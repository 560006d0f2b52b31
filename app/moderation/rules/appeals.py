"""An appeal against a rejection, once in a cycle."""

from collections.abc import Collection

from app.moderation.rules.refusals import Refusal


def refuse_appeal(cycle_id: int, appealed_in: Collection[int]) -> Refusal | None:
    """`appealed_in` are the cycles in which this proposal has been appealed for."""
    return Refusal.APPEALED_ALREADY if cycle_id in appealed_in else None
