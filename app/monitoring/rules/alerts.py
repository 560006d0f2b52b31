"""What agency and planner have to look at."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.innovations.rules.progress import Progress
from app.monitoring.rules.achievement import is_wide
from app.monitoring.rules.checks import Counts


class Alert(StrEnum):
    LATE = "late"
    RED_TWICE = "red_twice"
    GAP = "gap"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Judged:
    """A thing in the quarter that is judged and in the one before; `is_owed` once the deadline is over."""

    light: Progress
    before: Progress
    is_owed: bool
    gap: Fraction | None
    checks: Counts


def alerts_of(judged: Judged) -> tuple[Alert, ...]:
    found = {
        Alert.LATE: judged.is_owed and judged.light is Progress.GREY,
        Alert.RED_TWICE: judged.light is judged.before is Progress.RED,
        Alert.GAP: is_wide(judged.gap),
        Alert.CONTRADICTED: judged.light is Progress.GREEN and judged.checks.contradicts,
    }
    return tuple(alert for alert, is_so in found.items() if is_so)


def parse_alerts(kept: str) -> tuple[Alert, ...]:
    return tuple(alert for alert in Alert if alert in kept.split(","))
