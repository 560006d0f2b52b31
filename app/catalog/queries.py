"""Reading the catalog."""

from collections.abc import Sequence

from sqlalchemy import select

from app.catalog.models import CatalogEntry
from app.db.session import session
from app.kernel.outcomes import Missing


def all_entries(regency_code: str, plan_year: int) -> Sequence[CatalogEntry]:
    """Retired ones too, in the order of the file."""
    mine = (CatalogEntry.regency_code == regency_code) & (CatalogEntry.plan_year == plan_year)
    return session.scalars(select(CatalogEntry).where(mine).order_by(CatalogEntry.position, CatalogEntry.id)).all()


def entries_of(regency_code: str, plan_year: int) -> list[CatalogEntry]:
    """What can be proposed for the year, the free entry last."""
    return [entry for entry in all_entries(regency_code, plan_year) if not entry.is_retired]


def get_entry(entry_id: int) -> CatalogEntry:
    entry = session.get(CatalogEntry, entry_id)
    if entry is None:
        raise Missing
    return entry


def years_of(regency_code: str) -> list[int]:
    """The plan years that have a catalog, the latest first."""
    years = select(CatalogEntry.plan_year).where(CatalogEntry.regency_code == regency_code).distinct()
    return sorted(session.scalars(years), reverse=True)
