"""Why evidence and the tables of indicators say no."""

from enum import StrEnum


class Refusal(StrEnum):
    NUMBER_MISSING = "evidence_number_missing"
    DATE_MISSING = "evidence_date_missing"
    DATED_IN_FUTURE = "evidence_dated_in_future"
    FILE_MISSING = "evidence_file_missing"
    NO_LINK = "evidence_no_link"
    UNKNOWN_BASIS = "evidence_unknown_basis"
    OWN_EVIDENCE = "own_evidence"
    ALREADY_REVIEWED = "evidence_already_reviewed"
    LEVEL_TOO_HIGH = "evidence_level_too_high"
    REASON_MISSING = "evidence_reason_missing"
    ENDED = "evidence_ended"
    INNOVATION_ENDED = "evidence_innovation_ended"
    YEAR_IN_USE = "indicator_year_in_use"
    YEAR_EXISTS = "indicator_year_exists"
    FIGURE_RANGE = "government_figure_range"
