"""What an entry says, and what a volume of it costs about."""

from dataclasses import dataclass
from enum import StrEnum

CODE_LENGTH, TITLE_LENGTH, DEFINITION_LENGTH, UNIT_LENGTH = (2, 12), (3, 120), (5, 300), (1, 20)
# Rupiah for one unit.
DEAREST = 10**12
FREE_UNIT = "paket"


class EntryKind(StrEnum):
    """What kind of help it is; a GRANT goes to a registered group, a REFERRAL to somebody above the regency."""

    WORKS = "works"
    GOODS = "goods"
    SERVICE = "service"
    TRAINING = "training"
    GRANT = "grant"
    SOCIAL_AID = "social_aid"
    REFERRAL = "referral"
    FREE = "free"


class Authority(StrEnum):
    """Whose task it usually is."""

    VILLAGE = "village"
    REGENCY = "regency"
    PROVINCE = "province"
    NATIONAL = "national"


class Evidence(StrEnum):
    """What has to come with a proposal before it is planned."""

    PHOTO = "photo"
    LAND = "land"
    GROUP = "group"
    RECIPIENTS = "recipients"


class Refusal(StrEnum):
    """Why the catalog says no."""

    LOCKED = "locked"


@dataclass(frozen=True)
class PriceRange:
    """Rupiah, from and to; only ever "about"."""

    low: int
    high: int

    def times(self, volume: int) -> "PriceRange":
        return PriceRange(self.low * volume, self.high * volume)

    @property
    def middle(self) -> int:
        """Rounded to what people say: two leading digits."""
        exact = (self.low + self.high) // 2
        step: int = 10 ** max(0, len(str(exact)) - 2)
        return (exact + step // 2) // step * step


@dataclass(frozen=True)
class EntryFacts:
    """What estimating and asking for evidence need of an entry; the free one has no price."""

    kind: EntryKind
    price: PriceRange | None

    @property
    def asks_for_group(self) -> bool:
        """Grants go to groups with a registration only (UU 23/2014 art. 298)."""
        return self.kind is EntryKind.GRANT


def estimate(entry: EntryFacts, volume: int) -> PriceRange | None:
    """About what the volume costs; None where nobody can say."""
    return entry.price.times(volume) if entry.price and volume > 0 else None


def refuse_change(has_opened: bool) -> Refusal | None:
    """Once gathering has opened people write with these entries; another edition is for another year."""
    return Refusal.LOCKED if has_opened else None
