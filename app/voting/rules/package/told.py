"""Reading hasil.json: from what is written there, the same reasons are told everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.voting.rules.reasons import Explanation, Reason

# What stands beside the figures of an option.
MARKS = ("won", "reason")


def explanations(told: Mapping[str, Any]) -> dict[int, Explanation]:
    """The reasons of one rule by number: the winners in their order, then the losers, most votes first."""
    found = {int(code.removeprefix("P")): facts for code, facts in told["options"].items()}
    winners = [int(code.removeprefix("P")) for code in told["winners"]]
    losers = sorted(
        set(found) - set(winners), key=lambda number: (-found[number]["votes"], found[number]["cost"], number)
    )
    return {number: _explanation(number, found[number]) for number in (*winners, *losers)}


def _explanation(number: int, facts: Mapping[str, Any]) -> Explanation:
    figures = {
        name: Fraction(value) if isinstance(value, str) else value for name, value in facts.items() if name not in MARKS
    }
    return Explanation(number - 1, bool(facts["won"]), Reason(facts["reason"]), figures)
