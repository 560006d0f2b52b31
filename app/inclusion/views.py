"""Who takes part in a regency, as a page and as a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from app.i18n.catalogues import _
from app.i18n.formats import clock_time
from app.identity.rules import Group, Sex
from app.identity.words import GROUPS, SEXES
from app.inclusion import queries
from app.inclusion.rules import TOTAL, UNKNOWN, WOMEN_PERCENT, Band, Division, Measure, Participation, participation
from app.inclusion.words import BANDS, DIVISIONS, MEASURES
from app.kernel.cells import safe_cell
from app.kernel.outcomes import Missing
from app.regions.queries import districts, villages
from app.regions.rules import Regency
from app.web.access import public
from app.web.clock import now

bp = Blueprint("inclusion", __name__, template_folder="templates")


@dataclass(frozen=True)
class Row:
    """One part of everybody; None is a hidden number. `part` is the percentage of the longest bar."""

    code: str
    name: str
    numbers: Sequence[int | None]
    href: str = ""
    part: int = 0


@dataclass(frozen=True)
class Table:
    division: Division
    title: str
    rows: Sequence[Row]

    def only(self, places: Sequence[int]) -> "Table":
        """With these measures."""
        rows = [replace(row, numbers=[row.numbers[place] for place in places]) for row in self.rows]
        return replace(self, rows=rows)


@dataclass(frozen=True)
class InclusionPage:
    """Who takes part; `women` are those measures in which fewer than the target are women, with the percentage.

    What nobody has done yet stands in the totals and takes no room in the tables.
    """

    heads: Sequence[str | tuple[str, str]]
    measures: Sequence[str]
    totals: Sequence[tuple[str, int | None]]
    women: Sequence[tuple[str, int]]
    tables: Sequence[Table]
    district: str
    least: int


def _participation(regency: Regency) -> Participation:
    return participation(queries.cells(regency.code, clock_time(now()).year), queries.groups(regency.code))


@bp.route("/<regency>/keikutsertaan")
@public
def show(regency: Regency) -> Any:
    counted = _participation(regency)
    names = {row.code: row.name for row in districts(regency.code)}
    chosen = request.args.get("kecamatan", "")
    if chosen and chosen not in names:
        raise Missing
    tables = [*_people_tables(counted), _district_table(counted, names)]
    if chosen:
        tables.append(_village_table(counted, chosen))
    return render_template("inclusion/show.html", page=_page(counted, tables, names.get(chosen, "")))


def _page(counted: Participation, tables: Sequence[Table], district: str) -> InclusionPage:
    names = [str(MEASURES[measure]) for measure in Measure]
    done = [place for place, total in enumerate(counted.of(TOTAL)) if total != 0]
    percents = [(names[place], counted.women_percent(measure)) for place, measure in enumerate(Measure)]
    return InclusionPage(
        heads=[_("Bagian"), *((names[place], "n") for place in done)],
        measures=[names[place] for place in done],
        totals=list(zip(names, counted.of(TOTAL), strict=True)),
        women=[(name, percent) for name, percent in percents if percent is not None and percent < WOMEN_PERCENT],
        tables=[table.only(done) for table in tables] if done else [],
        district=district,
        least=WOMEN_PERCENT,
    )


def _people_tables(counted: Participation) -> list[Table]:
    unknown = {UNKNOWN: _("Belum diketahui")}
    sexes = {sex.value: str(SEXES[sex]) for sex in Sex} | unknown
    bands = {band.value: str(BANDS[band]) for band in Band} | unknown
    groups = {group.value: str(GROUPS[group]) for group in Group}
    named = ((Division.SEX, sexes), (Division.AGE, bands), (Division.GROUP, groups))
    return [_table(counted, division, names) for division, names in named]


def _district_table(counted: Participation, names: dict[str, str]) -> Table:
    links = {code: url_for(".show", kecamatan=code) for code in names}
    return _table(counted, Division.DISTRICT, names, links)


def _village_table(counted: Participation, *scopes: str) -> Table:
    return _table(counted, Division.VILLAGE, {place.code: place.name for place in villages(*scopes)})


def _table(
    counted: Participation, division: Division, names: dict[str, str], links: dict[str, str] | None = None
) -> Table:
    numbers = {code: counted.of((division, code)) for code in names}
    longest = max((row[0] or 0 for row in numbers.values()), default=0) or 1
    rows = [
        Row(code, name, numbers[code], (links or {}).get(code, ""), 100 * (numbers[code][0] or 0) // longest)
        for code, name in names.items()
    ]
    return Table(division, str(DIVISIONS[division]), rows)


@bp.route("/<regency>/keikutsertaan.csv")
@public
def download(regency: Regency) -> Any:
    """The same numbers, all villages at once; hidden ones are empty cells."""
    counted = _participation(regency)
    names = {row.code: row.name for row in districts(regency.code)}
    tables = [*_people_tables(counted), _district_table(counted, names), _village_table(counted, regency.code)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("pembagian"), _("kode"), _("nama"), *(str(MEASURES[measure]) for measure in Measure)])
    writer.writerow(["", "", _("Semua"), *_plain(counted.of(TOTAL))])
    for table in tables:
        writer.writerows([table.title, row.code, safe_cell(row.name), *_plain(row.numbers)] for row in table.rows)
    name = f"keikutsertaan-{regency.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


def _plain(numbers: Iterable[int | None]) -> list[int | str]:
    return ["" if number is None else number for number in numbers]
