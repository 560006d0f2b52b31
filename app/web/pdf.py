"""Documents as PDF: a title, headings, paragraphs and tables that run over pages; the same bytes from the same facts.

Set in Bitstream Vera, which comes with ReportLab and knows all letters of Latin script; others are shown as boxes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

PLAIN, BOLD = "Vera", "Vera-Bold"
MARGIN, CODE = 16 * mm, 40 * mm
INK, SOFT, LINE, BAND = (colors.HexColor(code) for code in ("#1c2321", "#56605c", "#c9d0cc", "#eef2ef"))


@dataclass(frozen=True)
class Heading:
    """A heading within a document."""

    text: str


@dataclass(frozen=True)
class Sheet:
    """A table; `widths` are parts of the page's width, `numbers` the columns that stand to the right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    numbers: Sequence[int] = ()


@dataclass(frozen=True)
class Scan:
    """A QR code of an address, with the address beside it."""

    text: str


Block = str | Heading | Sheet | Scan
Side = Literal[0, 2]
LEFT: Side = 0
RIGHT: Side = 2


def make_pdf(title: str, blocks: Sequence[Block], *, foot: str, is_wide: bool = False) -> bytes:
    """The document; `foot` stands at the bottom of every page beside its number."""
    _register_fonts()
    content, size = BytesIO(), landscape(A4) if is_wide else A4
    document = SimpleDocTemplate(
        content,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 4 * mm,
        title=title,
        author="Mufakat",
        lang="id",
        invariant=1,
    )

    def draw_foot(canvas: Any, page: Any) -> None:
        canvas.setFont(PLAIN, 7)
        canvas.setFillColor(SOFT)
        canvas.drawString(MARGIN, 10 * mm, foot)
        canvas.drawRightString(size[0] - MARGIN, 10 * mm, str(page.page))

    width = size[0] - 2 * MARGIN
    story: list[Flowable] = [Paragraph(escape(title), _style(16, BOLD, after=4 * mm))]
    story += [part for block in blocks for part in _flow(block, width)]
    document.build(story, onFirstPage=draw_foot, onLaterPages=draw_foot)
    return content.getvalue()


@cache
def _register_fonts() -> None:
    pdfmetrics.registerFont(TTFont(PLAIN, "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))


@cache
def _style(size: float, font: str = PLAIN, after: float = 0, align: Side = LEFT) -> ParagraphStyle:
    return ParagraphStyle(
        f"{font}-{size}-{after}-{align}",
        fontName=font,
        fontSize=size,
        leading=size * 1.35,
        spaceAfter=after,
        textColor=INK,
        alignment=align,
        splitLongWords=True,
    )


def _flow(block: Block, width: float) -> list[Flowable]:
    if isinstance(block, Heading):
        return [Spacer(0, 3 * mm), Paragraph(escape(block.text), _style(11, BOLD, after=2 * mm))]
    if isinstance(block, Sheet):
        return [_table(block, width), Spacer(0, 3 * mm)]
    if isinstance(block, Scan):
        return [_code(block.text), Paragraph(escape(block.text), _style(9, after=2 * mm))]
    return [Paragraph(escape(line), _style(9, after=2 * mm)) for line in block.split("\n") if line]


def _code(text: str) -> Flowable:
    drawing = Drawing(CODE, CODE)
    drawing.add(QrCodeWidget(text, barWidth=CODE, barHeight=CODE, barLevel="M"))
    return drawing


def _table(sheet: Sheet, width: float) -> Flowable:
    total = sum(sheet.widths)
    heads = [Paragraph(escape(text), _cell(sheet, column, BOLD)) for column, text in enumerate(sheet.heads)]
    rows = [
        [Paragraph(escape(text), _cell(sheet, column)) for column, text in enumerate(cells)] for cells in sheet.rows
    ]
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), BAND),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        *((name, (0, 0), (-1, -1), 1.2 * mm) for name in ("TOPPADDING", "BOTTOMPADDING")),
        *((name, (0, 0), (-1, -1), 1.2 * mm) for name in ("LEFTPADDING", "RIGHTPADDING")),
    ]
    parts = [width * part / total for part in sheet.widths]
    return LongTable([heads, *rows], colWidths=parts, repeatRows=1, style=TableStyle(style), splitInRow=1)


def _cell(sheet: Sheet, column: int, font: str = PLAIN) -> ParagraphStyle:
    return _style(7.5, font, align=RIGHT if column in sheet.numbers else LEFT)
