"""The matrix as files: a workbook to work on, and a document to lay on the table."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Response
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.backing.rules.resources import Fund
from app.i18n.catalogues import _, speaking, words
from app.i18n.formats import day, figure, rupiah_short
from app.rad import queries
from app.rad.queries import ActionRow, Indicator, PlanFacts
from app.rad.rules.actions import Measure
from app.rad.views.blueprint import bp
from app.rad.views.public import PUBLIC, by_pillar
from app.regions.rules import Regency
from app.web.access import public
from app.web.pdf import Block, Heading, Sheet, make_pdf
from app.web.remembering import remembered

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {1: 10, 2: 26, 3: 26, 4: 40}
USUAL_WIDTH = 18


@bp.route("/<regency>/rad.xlsx")
@public
def workbook(regency: Regency) -> Any:
    """One row an indicator; figures are numbers, so that they can be added up."""
    plan, rows = queries.plan_of(regency.code), queries.matrix_of(regency.code, PUBLIC)
    with speaking("id"):
        content = _workbook(plan, [_heads(plan), *(cells for row in rows for cells in _lines(plan, row))])
    headers = {"Content-Disposition": f'attachment; filename="rad-{regency.slug}.xlsx"'}
    return Response(content, mimetype=XLSX, headers=headers)


def _workbook(plan: PlanFacts, table: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new book has one
    sheet.title = "Matriks RAD"
    for place, cells in enumerate(table, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(place, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = is a text
            if place == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(table[0]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(column, USUAL_WIDTH)
    sheet.freeze_panes = "E2"
    book.properties.title, book.properties.creator = plan.title or "RAD", "Mufakat"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _heads(plan: PlanFacts) -> list[str]:
    return [
        *("Kode", "Pilar", "Misi", "Aksi", "Program", "Lokasi", "Penanggung jawab", "Pendukung", "Jenis indikator"),
        *("Indikator", "Satuan", "Data awal", "Tahun data awal", *(f"Target {year}" for year in plan.years)),
        *(f"Pagu {year}" for year in plan.years),
        *("Sumber dana", "Dasar hukum", "Inovasi", "Usulan warga", "Risiko", "Keadaan"),
    ]


def _lines(plan: PlanFacts, row: ActionRow) -> list[list[Any]]:
    """An action over as many lines as it has indicators; its money stands on the first only, to be added up once."""
    indicators: list[Indicator | None] = [one for measure in Measure for one in row.measured(measure)] or [None]
    return [
        _action_cells(row) + _indicator_cells(plan, one) + _more_cells(plan, row, is_first=place == 0)
        for place, one in enumerate(indicators)
    ]


def _action_cells(row: ActionRow) -> list[Any]:
    action = row.action
    who = [row.agency, ", ".join(row.supporters)]
    return [action.code, f"{row.pillar}. {row.pillar_name}", row.misi, action.title, action.program, action.place, *who]


def _indicator_cells(plan: PlanFacts, one: Indicator | None) -> list[Any]:
    if one is None:
        return [""] * (5 + len(plan.years))
    facts = [words(one.row.measure), one.row.name, one.row.unit, float(one.row.baseline), one.row.baseline_year]
    return facts + [float(one.targets[year]) if year in one.targets else None for year in plan.years]


def _more_cells(plan: PlanFacts, row: ActionRow, *, is_first: bool) -> list[Any]:
    funds = [row.funded(year) or None for year in plan.years] if is_first else [None] * len(plan.years)
    sources = [words(source) for source in Fund if any(of is source for _year, of in row.funds)]
    linked = [f"{one.number} {one.name}" for one in row.innovations]
    proposals = [one.proposal for one in row.innovations if one.proposal]
    lists = [", ".join(sources), legal_words(row), "; ".join(linked), ", ".join(proposals)]
    return [*funds, *lists, row.action.risk, words(row.action.status)]


def legal_words(row: ActionRow) -> str:
    """The legal basis in one line."""
    action = row.action
    if action.legal_form is None or action.legal_status is None:
        return ""
    dated = day(action.legal_dated) if action.legal_dated else ""
    parts = [words(action.legal_form), action.legal_number, dated, action.legal_title]
    return f"{' '.join(part for part in parts if part)} ({words(action.legal_status)})"


def target_words(plan: PlanFacts, one: Indicator) -> str:
    """An indicator's way from its baseline to its targets in one line."""
    steps = [f"{year}: {figure(one.targets[year])}" for year in plan.years if year in one.targets]
    return _(
        "%(name)s (%(unit)s), dari %(baseline)s; ",
        name=one.row.name,
        unit=one.row.unit,
        baseline=figure(one.row.baseline),
    ) + ", ".join(steps)


@bp.route("/<regency>/rad.pdf")
@public
def document(regency: Regency) -> Any:
    """The matrix by pillar, to be printed and laid on the table of the deliberation."""
    content = remembered(("rad.pdf", regency.code), lambda: _document(regency))
    headers = {"Content-Disposition": f'inline; filename="rad-{regency.slug}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def _document(regency: Regency) -> bytes:
    """To set a long matrix takes seconds."""
    plan, rows = queries.plan_of(regency.code), queries.matrix_of(regency.code, PUBLIC)
    with speaking("id"):
        return make_pdf(_title(regency, plan), _blocks(plan, rows), foot=f"{regency.name} · Mufakat", is_wide=True)


def _title(regency: Regency, plan: PlanFacts) -> str:
    years = f"{plan.years[0]}–{plan.years[-1]}"
    return f"Matriks Rencana Aksi Daerah {regency.name} {years}"


def _blocks(plan: PlanFacts, rows: Sequence[ActionRow]) -> list[Block]:
    blocks: list[Block] = [plan.title] if plan.title else []
    for pillar in by_pillar(rows):
        blocks += [Heading(f"Pilar {pillar.number}: {pillar.name}"), _sheet(plan, pillar.rows)]
    return blocks if rows else [*blocks, _("Belum ada aksi yang ditetapkan.")]


def _sheet(plan: PlanFacts, rows: Sequence[ActionRow]) -> Sheet:
    heads = ("Kode", "Aksi", "Penanggung jawab", "Indikator dan target", "Pagu", "Dasar hukum", "Inovasi")
    return Sheet(heads, [_row_cells(plan, row) for row in rows], (6, 24, 17, 40, 14, 22, 17))


def _row_cells(plan: PlanFacts, row: ActionRow) -> list[str]:
    funds = [f"{year}: {rupiah_short(row.funded(year))}" for year in plan.years if row.funded(year)]
    agencies = "; ".join([row.agency, *row.supporters])
    targets = " · ".join(target_words(plan, one) for one in row.indicators)
    linked = "; ".join(f"{one.number} {one.name}" for one in row.innovations)
    return [row.action.code, row.action.title, agencies, targets, "; ".join(funds), legal_words(row), linked]
