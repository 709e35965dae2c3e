"""The check of an installation on paper, for an administrator's file."""

import io

from reportlab.pdfgen.canvas import Canvas

from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.installation import Finding, Installation
from fhc_desktop.reporting.pdf.blocks import Block, Cell, draw_blocks, pages_of, sentence_blocks
from fhc_desktop.reporting.pdf.lettering import BOLD, Face, printable, register_fonts, wrapped
from fhc_desktop.reporting.pdf.page_frame import (
    FOOTER_LINE,
    INK,
    LABEL,
    LEADING,
    LEFT,
    NOTE,
    RIGHT,
    ROW_GAP,
    STRONG,
    TITLE,
    VALUE,
    rule,
)
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.sheet import Sheet

_TITLE = "Check of the installation"
_NAME_AT, _WORDS_AT = 52.0, 160.0
_MOST_LINES = 12
_FAILED = Face(BOLD, 8, colours.ERROR_ON_WHITE)


def installation_pdf(installation: Installation, paper: Paper = Paper.A4) -> bytes:
    """Return the findings as a PDF; nothing of a patient is in it.

    Raises:
        ReportNotWritten: a font file is missing or damaged.
    """
    register_fonts()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=paper.size, invariant=1, pageCompression=1, lang="en-GB")
    canvas.setTitle(_TITLE)
    canvas.setAuthor("")
    canvas.setCreator(installation.software)
    sheet = Sheet(canvas)
    pages = pages_of(_blocks(installation))
    for number, blocks in enumerate(pages, start=1):
        factor, left = paper.placement
        canvas.translate(left, 0)
        canvas.scale(factor, factor)
        _draw_frame(sheet, installation, f"page {number} of {len(pages)}")
        draw_blocks(sheet, blocks)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _blocks(installation: Installation) -> list[Block]:
    return [
        *sentence_blocks("Result", [installation.verdict]),
        Block(LEADING, lambda *_: None),
        *(_row(finding) for finding in installation.findings),
    ]


def _row(finding: Finding) -> Block:
    said = wrapped(printable(finding.words), VALUE, RIGHT - LEFT - _WORDS_AT, lines=_MOST_LINES)

    def draw(sheet: Sheet, y: float) -> None:
        mark = ("ok", STRONG) if finding.passed else ("FAILED", _FAILED)
        Cell(0.0, mark[1], (mark[0],)).draw(sheet, y)
        Cell(_NAME_AT, LABEL, (finding.name,)).draw(sheet, y)
        Cell(_WORDS_AT, VALUE, said).draw(sheet, y)

    return Block(len(said) * LEADING + ROW_GAP, draw)


def _draw_frame(sheet: Sheet, installation: Installation, numbered: str) -> None:
    sheet.text(LEFT, 48, _TITLE, TITLE)
    sheet.text_from_right(RIGHT, 48, installation.moment, NOTE)
    rule(sheet, 60)
    rule(sheet, FOOTER_LINE)
    told = f"{installation.software}  ·  {installation.machine}"
    sheet.text_in(RIGHT - LEFT - 60, (LEFT, FOOTER_LINE + 12), told, Face(BOLD, 7, INK))
    sheet.text_from_right(RIGHT, FOOTER_LINE + 12, numbered, NOTE)
