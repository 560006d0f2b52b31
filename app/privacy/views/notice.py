"""The privacy notice, in plain words and from the same sources as the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template

from app.accounts.rules.consents import OPTIONAL, WORDING, Purpose
from app.accounts.words import WORDINGS
from app.privacy.rules.periods import PERIODS
from app.privacy.views.blueprint import bp
from app.privacy.words import period_words
from app.regions.queries import regencies
from app.web.access import public


@dataclass(frozen=True)
class PurposeRow:
    """What data is used for, in the words people agree to."""

    purpose: Purpose
    text: str
    version: str
    is_optional: bool


@dataclass(frozen=True)
class NoticePage:
    """The notice; who is responsible is empty until the installation's settings name them."""

    controller: str
    contact: str
    registration: str
    regencies: Sequence[str]
    purposes: Sequence[PurposeRow]
    periods: Sequence[tuple[str, str]]


@bp.route("/privasi")
@public
def notice() -> Any:
    settings = current_app.config["SETTINGS"]
    page = NoticePage(
        controller=settings.controller,
        contact=settings.privacy_contact,
        registration=settings.registration,
        regencies=[one.name for one in regencies()],
        purposes=[
            PurposeRow(purpose, str(WORDINGS[purpose, version]), version, purpose in OPTIONAL)
            for purpose, version in WORDING.items()
        ],
        periods=[(kept, period_words(period)) for kept, period in PERIODS.items()],
    )
    return render_template("privacy/notice.html", page=page)
