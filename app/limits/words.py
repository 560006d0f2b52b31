"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.limits.rules import Refusal

REFUSALS = {
    Refusal.TOO_OFTEN: _l("Terlalu sering dicoba. Tunggu %(minutes)s menit, lalu coba lagi."),
}

WORDS = (REFUSALS,)
