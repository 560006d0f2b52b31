"""Points for criteria: weights, the automatic one for support, the total in hundredths, the order."""

from enum import StrEnum


class RankNoteKind(StrEnum):
    DISCUSSION = "discussion"
    DEVIATION = "deviation"
