"""The report as a PDF: the same content on the same paper gives the same bytes."""

import io
from datetime import UTC, datetime
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.blocks import (
    SECTION_GAP,
    Block,
    draw_blocks,
    pages_of,
    sentence_blocks,
)
from fhc_desktop.reporting.pdf.dating_page import beside_blocks, dating_blocks
from fhc_desktop.reporting.pdf.growth_page import growth_blocks
from fhc_desktop.reporting.pdf.lettering import register_fonts
from fhc_desktop.reporting.pdf.page import WARNINGS_TITLE, draw_page
from fhc_desktop.reporting.pdf.page_frame import draw_frame
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.sheet import Sheet
from fhc_desktop.reporting.saving import ReportNotWritten, save_bytes

__all__ = ["ReportNotWritten", "pdf_bytes", "write_pdf"]


def write_pdf(content: ReportContent, target: Path) -> None:
    """Write the report whole or not at all.

    Raises:
        ReportNotWritten: with the reason; no part of a file is left behind.
    """
    save_bytes(pdf_bytes(content), target)


def pdf_bytes(content: ReportContent, paper: Paper = Paper.A4) -> bytes:
    """Return the PDF. Its metadata name the program and the time, never the patient."""
    register_fonts()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=paper.size, invariant=1, pageCompression=1, lang="en-GB")
    canvas.setTitle(content.title)
    canvas.setAuthor("")
    canvas.setSubject(content.disclaimer)
    canvas.setCreator(content.software)
    # reportlab's reproducible mode would date every file to the year 2000.
    made = _pdf_date(content.created)
    canvas.setDateFormatter(lambda *_: made)
    _draw_pages(canvas, content, paper)
    canvas.save()
    return written.getvalue()


def _draw_pages(canvas: Canvas, content: ReportContent, paper: Paper) -> None:
    sheet, further = Sheet(canvas), pages_of(_further_blocks(content))
    pages = 1 + len(further)
    _begin_page(canvas, paper)
    draw_page(sheet, content, remarks_on=_place_of_remarks(content, pages))
    draw_frame(sheet, content, page=1, pages=pages)
    canvas.showPage()
    for number, blocks in enumerate(further, start=2):
        _begin_page(canvas, paper)
        draw_blocks(sheet, blocks)
        draw_frame(sheet, content, page=number, pages=pages)
        canvas.showPage()


def _begin_page(canvas: Canvas, paper: Paper) -> None:
    factor, left = paper.placement
    canvas.translate(left, 0)
    canvas.scale(factor, factor)


def _further_blocks(content: ReportContent) -> list[Block]:
    """Return what follows the first page: before all else, warnings that have no room there."""
    blocks = [
        *growth_blocks(content.side_by_side),
        *dating_blocks(content.dating_history),
        *beside_blocks(content.beside),
    ]
    if not content.warnings or _has_room_for_warnings(content):
        return blocks
    gap = Block(SECTION_GAP, lambda *_: None)
    return [*sentence_blocks(WARNINGS_TITLE, content.warnings), gap, *blocks]


def _has_room_for_warnings(content: ReportContent) -> bool:
    # How much room there is, only drawing tells.
    tried = Sheet(Canvas(io.BytesIO(), pagesize=Paper.A4.size))
    return draw_page(tried, content, remarks_on=_place_of_remarks(content, 2))


def _place_of_remarks(content: ReportContent, pages: int) -> str:
    said = len(content.side_by_side.sentences)
    if not said or pages == 1:
        return ""
    return f"{said}, on page 2" if pages == 2 else f"{said}, on pages 2 to {pages}"  # noqa: PLR2004


def _pdf_date(moment: datetime) -> str:
    """Return a time as PDF writes it; in UTC where the zone is known."""
    if moment.tzinfo is None:
        return f"D:{moment:%Y%m%d%H%M%S}"
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"
