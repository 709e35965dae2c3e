"""The check of an installation on paper, for an administrator's file."""

import io

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.installation import Finding, Installation
from fhc_desktop.reporting.pdf.flow import (
    WIDTH,
    Cell,
    Column,
    Line,
    fill,
    pages_of,
    section,
    sentences,
)
from fhc_desktop.reporting.pdf.lettering import BOLD, Face, register_fonts
from fhc_desktop.reporting.pdf.page_frame import (
    FOOTER_LINE,
    INK,
    LABEL,
    LEFT,
    NOTE,
    RIGHT,
    STRONG,
    TITLE,
    rule,
)
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.sheet import Sheet

_TITLE = "Check of the installation"
_MARKS, _NAMES = 52.0, 108.0
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
    count, rest, number = pages_of(_story(installation)), _story(installation), 0
    while rest:
        number += 1
        factor, left = paper.placement
        canvas.translate(left, 0)
        canvas.scale(factor, factor)
        _draw_frame(sheet, installation, f"page {number} of {count}")
        rest = fill(canvas, rest)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _story(installation: Installation) -> list[Flowable]:
    columns = (Column(_MARKS), Column(_NAMES), Column(WIDTH - _MARKS - _NAMES))
    return [
        *sentences("Result", [installation.verdict]),
        section("What was checked", columns, [_line(one) for one in installation.findings]),
    ]


def _line(finding: Finding) -> Line:
    mark = Cell("ok", STRONG) if finding.passed else Cell("FAILED", _FAILED)
    return Line((mark, Cell(finding.name, LABEL), Cell(finding.words)))


def _draw_frame(sheet: Sheet, installation: Installation, numbered: str) -> None:
    sheet.text(LEFT, 48, _TITLE, TITLE)
    sheet.text_from_right(RIGHT, 48, installation.moment, NOTE)
    rule(sheet, 60)
    rule(sheet, FOOTER_LINE)
    told = f"{installation.software}  ·  {installation.machine}"
    sheet.text_in(RIGHT - LEFT - 60, (LEFT, FOOTER_LINE + 12), told, Face(BOLD, 7, INK))
    sheet.text_from_right(RIGHT, FOOTER_LINE + 12, numbered, NOTE)
