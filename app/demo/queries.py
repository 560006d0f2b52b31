"""What the play needs to know of the database: numbers behind names, and whether it was acted out already."""

from collections.abc import Iterable

from app.accounts.models import Person
from app.accounts.queries import sharing_phone
from app.cycles.queries import cycles_of
from app.innovations.queries import ids_by_name
from app.maturity.queries import years
from app.plans.queries import agencies_of, misi_of, pillars_of
from app.regions.queries import find_regency, villages


def find_account(name: str, phone: str) -> Person | None:
    """The person of this name among those who share the phone."""
    return next((person for person in sharing_phone(phone) if person.name == name), None)


def village_codes(regency_code: str) -> list[str]:
    return sorted(place.code for place in villages(regency_code))


def misi_ids(regency_code: str) -> dict[int, int]:
    """Number of a misi to its id."""
    return {misi.number: misi.id for misi in misi_of(regency_code)}


def pillar_ids(regency_code: str) -> dict[int, int]:
    return {pillar.number: pillar.id for pillar in pillars_of(regency_code)}


def agency_ids(regency_code: str) -> dict[str, int]:
    """Short name of an agency to its id."""
    return {agency.short_name: agency.id for agency in agencies_of(regency_code)}


def lacks_regions(regency_codes: Iterable[str]) -> bool:
    return any(find_regency(code) is None or not villages(code) for code in regency_codes)


def lacks_plans(regency_code: str) -> bool:
    return not (misi_of(regency_code) and agencies_of(regency_code) and pillars_of(regency_code))


def lacks_indicators() -> bool:
    return not years()


def lacks_innovations(regency_code: str, names: Iterable[str]) -> bool:
    known = ids_by_name(regency_code)
    return any(name.casefold() not in known for name in names)


def has_cycles(regency_code: str) -> bool:
    return bool(cycles_of(regency_code))
