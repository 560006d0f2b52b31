"""The public page of the catalog."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.catalog import queries
from app.catalog.models import CatalogEntry
from app.catalog.rules import Authority, EntryKind, Evidence
from app.kernel.outcomes import Missing
from app.plans.queries import agencies_of, misi_of
from app.regions.rules import Regency
from app.web.access import public

bp = Blueprint("catalog", __name__, template_folder="templates")


@dataclass(frozen=True)
class EntryRow:
    """An entry as people read it."""

    code: str
    title: str
    definition: str
    unit: str
    prices: tuple[int, int] | None
    agency: str
    authorities: Sequence[Authority]
    kind: EntryKind
    evidence: Sequence[Evidence]


@dataclass(frozen=True)
class CatalogPage:
    """The catalog of a year, by misi; None are entries of no misi."""

    year: int
    years: Sequence[tuple[str, str, bool, None]]
    misi: int | None
    numbers: Sequence[tuple[int, str]]
    rows: Sequence[EntryRow]


@bp.route("/<regency>/kamus")
@public
def index(regency: Regency) -> Any:
    years = queries.years_of(regency.code)
    year = _asked("tahun", years) or (years[0] if years else None)
    if year is None:
        return render_template("catalog/empty.html")
    misi = misi_of(regency.code)
    asked = _asked("misi", [one.number for one in misi])
    wanted = {one.id for one in misi if one.number == asked}
    agencies = {agency.id: agency.name for agency in agencies_of(regency.code)}
    entries = queries.entries_of(regency.code, year)
    page = CatalogPage(
        year=year,
        years=[(str(one), url_for(".index", tahun=one), one == year, None) for one in years if len(years) > 1],
        misi=asked,
        numbers=[(one.number, one.short) for one in misi],
        rows=[_row(entry, agencies) for entry in entries if not asked or entry.misi_id in wanted],
    )
    return render_template("catalog/index.html", page=page)


def _asked(name: str, known: Sequence[int]) -> int | None:
    """A number in the address, if it is one of those."""
    typed = request.args.get(name, "")
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or int(typed[:6]) not in known:
        raise Missing
    return int(typed[:6])


def _row(entry: CatalogEntry, agencies: dict[int, str]) -> EntryRow:
    return EntryRow(
        code=entry.code,
        title=entry.title,
        definition=entry.definition,
        unit=entry.unit,
        prices=(entry.price_low, entry.price_high) if entry.price_low and entry.price_high else None,
        agency=agencies.get(entry.agency_id or 0, ""),
        authorities=[Authority(code) for code in entry.authorities],
        kind=entry.kind,
        evidence=[Evidence(code) for code in entry.evidence],
    )
