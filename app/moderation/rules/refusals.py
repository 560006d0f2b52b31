"""Why the desk says no."""

from enum import StrEnum


class Refusal(StrEnum):
    # Merging and splitting
    ITSELF = "itself"
    OTHER_REGENCY = "other_regency"
    IN_CIRCLE = "in_circle"
    INTO_NOT_PUBLIC = "into_not_public"
    NOT_MERGEABLE = "not_mergeable"
    NO_SUCH_PROPOSAL = "no_such_proposal"
    SEPARATED_ALREADY = "separated_already"
    TOO_LATE_TO_SEPARATE = "too_late_to_separate"
    INTO_MERGED_ON = "into_merged_on"
    NOT_SPLITTABLE = "not_splittable"
    # Assignments, visits, many at once
    TAKEN = "taken"
    NOT_YOURS = "not_yours"
    NO_COLLEAGUE = "no_colleague"
    VISIT_ASKED = "visit_asked"
    VISIT_DATE = "visit_date"
    NO_VISIT = "no_visit"
    NOTHING_CHOSEN = "nothing_chosen"
    TOO_MANY = "too_many"
    UNDONE_ALREADY = "undone_already"
    TOO_LATE_TO_UNDO = "too_late_to_undo"
    # Verdicts of the levels
    TAKES_NO_VERDICT = "takes_no_verdict"
    NOT_THEIR_TURN = "not_their_turn"
    NOT_AT_THIS_LEVEL = "not_at_this_level"
    CHANGES_MISSING = "changes_missing"
    AGENCY_MISSING = "agency_missing"
    SAME_AGENCY = "same_agency"
    IN_CONTEST = "in_contest"
    # Points
    WEIGHTS_NOT_100 = "weights_not_100"
    CRITERIA_FIXED = "criteria_fixed"
    NOT_YET_SCORED = "not_yet_scored"
    POINTS_MISSING = "points_missing"
    # Appeals and reopening
    APPEALED_ALREADY = "appealed_already"
    NO_NEXT_CYCLE = "no_next_cycle"
