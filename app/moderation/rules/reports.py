"""What may be reported, why, and when a reporter or an author is one too often."""

from datetime import timedelta
from enum import StrEnum

from app.limits.rules import Limit

TEXT_LENGTH = (0, 500)
# More reports a day by one person are no help.
REPORTS = Limit("reports", 10, timedelta(days=1))
# So many texts taken down in so long make a repeated offender.
OFTEN, WITHIN = 2, timedelta(days=365)


class SubjectKind(StrEnum):
    PROPOSAL = "proposal"
    COMMENT = "comment"


class Wrong(StrEnum):
    """What is wrong with a reported text."""

    PRIVATE_DATA = "private_data"
    INSULT = "insult"
    SPAM = "spam"
    FALSE = "false"


class Finding(StrEnum):
    """What became of a report."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Refusal(StrEnum):
    """Why a report is not taken, or not closed."""

    REPORTED_ALREADY = "reported_already"
    CLOSED_ALREADY = "closed_already"
