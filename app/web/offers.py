"""Offers: what a room above lends to a form or page of a room below, without the lower one knowing of it."""

from collections.abc import Callable

from app.kernel.actor import AgencyFacts

AgencyFinder = Callable[[], list[AgencyFacts]]
_finders: list[AgencyFinder] = []


def offers_agencies(finder: AgencyFinder) -> AgencyFinder:
    """Register who knows the agencies."""
    _finders[:] = [finder]
    return finder


def offered_agencies() -> list[AgencyFacts]:
    """Every agency of every regency, by regency and name."""
    return _finders[0]() if _finders else []
