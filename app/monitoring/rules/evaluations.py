"""Evaluations: when they are made, and what may follow."""

from enum import StrEnum

TEXT_LENGTH = (20, 4000)


class Occasion(StrEnum):
    TRIAL_END = "trial_end"
    YEARLY = "yearly"


class Recommendation(StrEnum):
    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"
    REPLICATE = "replicate"
