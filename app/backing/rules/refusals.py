"""Why what backs an innovation says no."""

from enum import StrEnum


class Refusal(StrEnum):
    FIELD_MISSING = "backing_field_missing"
    IN_FUTURE = "backing_in_future"
    ENDS_BEFORE_START = "backing_ends_before_start"
    EARLIER_STEP = "backing_earlier_step"
    EXPIRED = "backing_expired"
    REASON_MISSING = "backing_reason_missing"
    ACT_TWICE = "act_twice"
    PARTNER_TWICE = "partner_twice"
    IS_LEAD = "is_lead"
    UNKNOWN_AGENCY = "backing_unknown_agency"
    UNKNOWN_VILLAGE = "backing_unknown_village"
    UNKNOWN_PARTNER = "unknown_partner"
    DUE_IN_PAST = "due_in_past"
    ENDED = "backing_ended"
