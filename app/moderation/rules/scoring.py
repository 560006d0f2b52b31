"""Points for criteria: weights, the automatic one for support, the total in hundredths, the order.

All in whole numbers: a total is between 0 and 10,000 hundredths of a point.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.moderation.rules.refusals import Refusal

MOST_POINTS = 5
FULL = 100
ASSESSORS = 2
# Assessors who are further apart than this talk.
WIDE = 2
SUPPORT = "K6"
CODES = ("K1", "K2", "K3", "K4", "K5", SUPPORT, "K7", "K8")
# A tenth of those who could support gives all the points; in the smallest villages at least so many.
SHARE, LEAST_TARGET = 10, 10
NAME_LENGTH = (3, 120)
# Which criteria decide between equal totals, before the earlier date does.
TIE_BREAKERS = ("K1", "K3")


class RankNoteKind(StrEnum):
    DISCUSSION = "discussion"
    DEVIATION = "deviation"


@dataclass(frozen=True)
class CriterionFacts:
    """A criterion, what it weighs of a hundred, and what 1, 3 and 5 points mean."""

    code: str
    name: str
    weight: int
    low: str = ""
    middle: str = ""
    high: str = ""

    @property
    def is_automatic(self) -> bool:
        return self.code == SUPPORT


DEFAULT = (
    CriterionFacts(
        "K1",
        "Kemendesakan dan keparahan",
        25,
        "soal keindahan",
        "mengganggu, rugi ringan",
        "mengancam nyawa atau kesehatan, layanan putus",
    ),
    CriterionFacts(
        "K2",
        "Jumlah penerima manfaat",
        20,
        "kurang dari 5% warga desa",
        "15 sampai 30% warga desa",
        "lebih dari separuh warga desa",
    ),
    CriterionFacts(
        "K3",
        "Kelompok rentan dan keterpencilan",
        15,
        "tidak ada",
        "satu kelompok",
        "dua kelompok atau lebih, perbatasan, atau tanpa jalan masuk",
    ),
    CriterionFacts(
        "K4",
        "Keselarasan dengan misi RPJMD dan isu daerah",
        15,
        "tidak langsung",
        "langsung",
        "langsung, dan memperbaiki satu indikator",
    ),
    CriterionFacts(
        "K5",
        "Kesiapan lahan, wewenang, data teknis dan pemeliharaan",
        10,
        "belum jelas",
        "sebagian",
        "jelas, ada surat lahan dan swadaya",
    ),
    CriterionFacts(SUPPORT, "Dukungan warga (dihitung sendiri)", 15),
)


@dataclass(frozen=True)
class Part:
    """A criterion of one proposal: the points of each assessor, and what they make in hundredths."""

    criterion: CriterionFacts
    points: tuple[int, ...]
    hundredths: int

    @property
    def is_enough(self) -> bool:
        return self.criterion.is_automatic or len(self.points) >= ASSESSORS

    @property
    def is_wide(self) -> bool:
        """The assessors are so far apart that they should talk."""
        return bool(self.points) and max(self.points) - min(self.points) > WIDE


@dataclass(frozen=True)
class ScoreCard:
    """A proposal's points, criterion by criterion."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.hundredths for part in self.parts)

    @property
    def is_complete(self) -> bool:
        return all(part.is_enough for part in self.parts)

    @property
    def is_wide(self) -> bool:
        return any(part.is_wide for part in self.parts)

    def of(self, code: str) -> int:
        return next((part.hundredths for part in self.parts if part.criterion.code == code), 0)


def support_target(people: int) -> int:
    """How many supports give all the points in a village where so many people could support."""
    return max(LEAST_TARGET, -(-people // SHARE))


def score_card(
    criteria: Sequence[CriterionFacts], points: Mapping[str, Sequence[int]], supports: int, target: int
) -> ScoreCard:
    """The card of a proposal with these points by criterion, of each assessor one, and so many supports."""
    return ScoreCard(tuple(_part(one, tuple(points.get(one.code, ())), supports, target) for one in criteria))


def _part(criterion: CriterionFacts, points: tuple[int, ...], supports: int, target: int) -> Part:
    if criterion.is_automatic:
        return Part(criterion, (), FULL * criterion.weight * min(supports, target) // target)
    if not points:
        return Part(criterion, (), 0)
    return Part(criterion, points, FULL * criterion.weight * sum(points) // (MOST_POINTS * len(points)))


def rank_key(card: ScoreCard, since: datetime, id_: int) -> tuple[object, ...]:
    """Higher total first, then urgency, then the vulnerable, then what was public earlier."""
    return (-card.total, *(-card.of(code) for code in TIE_BREAKERS), since, id_)


def refuse_criteria(criteria: Sequence[CriterionFacts], *, is_review_open: bool) -> Refusal | None:
    """Weights are set before anybody can know whom they help."""
    if is_review_open:
        return Refusal.CRITERIA_FIXED
    is_whole = sum(one.weight for one in criteria) == FULL and all(one.weight >= 0 for one in criteria)
    return None if is_whole else Refusal.WEIGHTS_NOT_100


def refuse_points(
    criteria: Sequence[CriterionFacts], points: Mapping[str, int], *, is_review_open: bool
) -> Refusal | None:
    """An assessor answers for every criterion but the automatic one, from one to five."""
    if not is_review_open:
        return Refusal.NOT_YET_SCORED
    wanted = {one.code for one in criteria if not one.is_automatic}
    is_whole = set(points) == wanted and all(1 <= given <= MOST_POINTS for given in points.values())
    return None if is_whole else Refusal.POINTS_MISSING
