"""How long what is kept: the one source for the nightly job and the notice; what rooms below sweep, they say."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.accounts.rules.sessions import LONGEST
from app.credentials.rules.codes import KEPT_FOR as CODE_KEPT_FOR
from app.messages.rules import ROW_KEPT_FOR, TEXT_KEPT_FOR


class Kept(StrEnum):
    """What has an end."""

    ACCOUNT = "account"
    DRAFT = "draft"
    ANSWERS = "answers"
    CODE = "code"
    MESSAGE_TEXT = "message_text"
    MESSAGE = "message"
    TRIES = "tries"
    SIGN_IN = "sign_in"
    VIEW = "view"


@dataclass(frozen=True)
class Period:
    """So many months or days."""

    months: int = 0
    days: int = 0

    def start(self, now: datetime) -> datetime:
        """What is older than this is kept no longer."""
        total = now.year * 12 + now.month - 1 - self.months
        year, month = divmod(total, 12)
        last = monthrange(year, month + 1)[1]
        return now.replace(year=year, month=month + 1, day=min(now.day, last)) - timedelta(days=self.days)


# An account: since anything was last done in it or for it. A draft: since it was begun; answers: since one was changed.
PERIODS: Mapping[Kept, Period] = {
    Kept.ACCOUNT: Period(months=24),
    Kept.DRAFT: Period(months=24),
    Kept.ANSWERS: Period(months=12),
    Kept.CODE: Period(days=CODE_KEPT_FOR.days),
    Kept.MESSAGE_TEXT: Period(days=TEXT_KEPT_FOR.days),
    Kept.MESSAGE: Period(days=ROW_KEPT_FOR.days),
    Kept.TRIES: Period(days=30),
    Kept.SIGN_IN: Period(days=LONGEST.days),
    Kept.VIEW: Period(months=60),
}
# Rows that one transaction of the nightly job takes: others wait no longer than that.
BATCH = 200
