"""Why innovations say no."""

from enum import StrEnum


class Refusal(StrEnum):
    ANSWER_MISSING = "answer_missing"
    IS_INNOVATION = "is_innovation"
    NO_INNOVATION = "no_innovation"
    ALREADY_DECIDED = "already_decided"
    OWN_PROPOSAL = "own_proposal"
    NAME_TAKEN = "name_taken"
    UNKNOWN_PILLAR = "unknown_pillar"
    UNKNOWN_AGENCY = "unknown_agency"
    FIELD_MISSING = "field_missing"
    DATED_IN_FUTURE = "dated_in_future"
    ENDS_BEFORE_START = "ends_before_start"
    OWN_GATE = "own_gate"
    STAGE_SKIPPED = "stage_skipped"
    GATE_INCOMPLETE = "gate_incomplete"
    REASON_MISSING = "reason_missing"
    LESSON_MISSING = "lesson_missing"
    ENOUGH_WAITING = "enough_waiting"
    NO_SUCH_PROPOSAL = "no_such_proposal"
    IS_ORIGIN = "is_origin"
    NOT_YET_APPLIED = "not_yet_applied"
    APPLIED_BEFORE_TRIAL = "applied_before_trial"
    UNKNOWN_VILLAGE = "unknown_village"
