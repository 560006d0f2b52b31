"""Evidence for three named innovations of Belitung Timur: examples that say they are, at different levels."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from app.demo.rules.clock import Clock
from app.demo.rules.people import ADMINISTRATOR, BELTIM
from app.demo.rules.steps import Enrol, GrantRole, Step
from app.kernel.actor import Role
from app.maturity.rules.evidence import Claim

FACILITATOR, PLANNER, REVIEWER = (f"{role} {BELTIM}" for role in ("pendamping", "perencana", "rekan-perencana"))
REVIEWERS_NAME, REVIEWERS_VILLAGE = "Sri Wahyuningsih", "19.06.01.2006"
NOTE = "Contoh peragaan, bukan dokumen sungguhan."
VIDEO = "https://contoh.example.go.id/video"
LOWER = "Contoh: suratnya baru ditandatangani kepala dinas."
BLURRED = "Contoh: fotonya buram, kirim yang lebih jelas."


@dataclass(frozen=True)
class Bring(Step):
    """`innovation` is its name; a claim with number and date gets those of the example."""

    innovation: str
    indicator: int
    claim: Claim


@dataclass(frozen=True)
class Judge(Step):
    """None sends it back."""

    innovation: str
    indicator: int
    level: int | None
    reason: str


# Innovation, indicator, claimed level, basis, and the review: a level with its reason, none at all, or back.
SHOWN: tuple[tuple[str, int, int, str, tuple[int | None, str] | None], ...] = (
    ("SIE CANTIK", 16, 2, "", (2, "")),
    ("SIE CANTIK", 17, 2, "", (1, LOWER)),
    ("SIE CANTIK", 23, 3, "", (3, "")),
    ("SIE CANTIK", 32, 3, "", (3, "")),
    ("SIE CANTIK", 33, 2, "a", (2, "")),
    ("SIE CANTIK", 35, 2, "", (2, "")),
    ("SIE CANTIK", 25, 2, "", None),
    ("KERITAK", 16, 1, "", (1, "")),
    ("KERITAK", 25, 1, "", (None, BLURRED)),
    ("KERITAK", 33, 1, "a", None),
    ("CEMPEDIK", 26, 3, "", (3, "")),
    ("CEMPEDIK", 35, 1, "", None),
)
INNOVATIONS = sorted({name for name, *_claim in SHOWN})
DOCUMENTED, FILMED = (16, 17, 23), 35


def tell_evidence(clock: Clock) -> Iterator[Step]:
    yield Enrol(clock.hour(-388, 9), FACILITATOR, REVIEWER, REVIEWERS_NAME, REVIEWERS_VILLAGE)
    yield GrantRole(clock.hour(-387, 9), ADMINISTRATOR, REVIEWER, Role.PLANNER, BELTIM)
    for order, (name, number, level, basis, review) in enumerate(SHOWN, 1):
        at = clock.hour(-30, 9) + timedelta(minutes=7 * order)
        claim = Claim(level, basis, link=VIDEO if number == FILMED else "", note=NOTE)
        if number in DOCUMENTED:
            claim = replace(claim, number=f"CONTOH/{order}", dated=clock.date(-200))
        yield Bring(at, PLANNER, name, number, claim)
        if review:
            yield Judge(at + timedelta(days=3), REVIEWER, name, number, *review)
