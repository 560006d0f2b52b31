"""Who says that an identity is accepted. Only the format is checked here; a Dukcapil agreement would be another one."""

from dataclasses import dataclass, replace
from typing import Protocol

from app.identity.rules import Sex
from app.identity.rules.nik import Doubt, Nik, doubts


@dataclass(frozen=True)
class Claim:
    """What somebody says of themselves; birth year and sex may be left to the NIK."""

    nik: Nik
    regency_code: str
    birth_year: int | None = None
    sex: Sex | None = None

    def completed(self) -> "Claim":
        """With what the NIK tells where nothing else was said."""
        return replace(self, birth_year=self.birth_year or self.nik.birth_years[0], sex=self.sex or self.nik.sex)


@dataclass(frozen=True)
class Verdict:
    """Whether the identity is accepted, and what is worth a look."""

    is_accepted: bool
    doubts: tuple[Doubt, ...] = ()


class IdentityVerifier(Protocol):
    """Anything that can say yes or no to a claim: this module's format check, or a register under an agreement.

    Its answer never excludes a person: whoever is not accepted is attested by a facilitator who has seen the KTP.
    """

    name: str

    def verify(self, claim: Claim) -> Verdict: ...


class FormatVerifier:
    """Accepts whatever can be a NIK; there is no check digit, so this verifies nobody."""

    name = "format"

    def verify(self, claim: Claim) -> Verdict:
        return Verdict(True, doubts(claim.nik, claim.regency_code, claim.birth_year, claim.sex))
