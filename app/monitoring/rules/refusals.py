"""Why monitoring says no."""

from enum import StrEnum


class Refusal(StrEnum):
    NOT_OPEN = "not_open"
    NOT_MEASURED = "not_measured"
    QUARTER_RUNNING = "quarter_running"
    OUTSIDE_PLAN = "outside_plan"
    REPORTED_ALREADY = "reported_already"
    NOTHING_TO_CORRECT = "nothing_to_correct"
    VERIFIED_ALREADY = "verified_already"
    AGENCY_ENDED = "reporting_agency_ended"
    FIGURE_MISSING = "figure_missing"
    NOT_PERCENT = "not_percent"
    OWN_REPORT = "own_quarterly_report"
    NOT_SENT = "report_not_sent"
    REASON_MISSING = "return_reason_missing"
    INDICATOR_IN_USE = "indicator_in_use"
    CHECKED_ALREADY = "checked_already"
    NOTHING_TO_CHECK = "nothing_to_check"
    DATED_IN_FUTURE = "evaluation_in_future"
