"""One PDF being written page by page: the same pages give the same bytes."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fhc_desktop.reporting.content.imprint import Imprint
from fhc_desktop.reporting.pdf.flow import fill
from fhc_desktop.reporting.pdf.lettering import register_fonts
from fhc_desktop.reporting.pdf.page_frame import draw_frame
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.sheet import Sheet

# Draws a page's own part; the canvas is for what platypus lays out.
Drawing = Callable[[Sheet, Any], None]


class Document:
    """A PDF of so many ``pages``, each of which says so.

    Its metadata name the program and the time, never the patient.
    """

    def __init__(self, imprint: Imprint, created: datetime, paper: Paper, pages: int) -> None:
        register_fonts()
        self._written = io.BytesIO()
        self._canvas = Canvas(
            self._written, pagesize=paper.size, invariant=1, pageCompression=1, lang="en-GB"
        )
        self._canvas.setTitle(imprint.title)
        self._canvas.setAuthor("")
        self._canvas.setSubject(imprint.disclaimer)
        self._canvas.setCreator(imprint.software)
        # reportlab's reproducible mode would date every file to the year 2000.
        made = _pdf_date(created)
        self._canvas.setDateFormatter(lambda *_: made)
        self._paper, self._page, self._pages = paper, 1, pages

    def page(self, imprint: Imprint, draw: Drawing, *, has_unknown: bool) -> None:
        """Add a page with what it draws and what each page says."""
        factor, left = self._paper.placement
        self._canvas.translate(left, 0)
        self._canvas.scale(factor, factor)
        sheet = Sheet(self._canvas)
        draw(sheet, self._canvas)
        draw_frame(sheet, imprint, page=self._page, pages=self._pages, has_unknown=has_unknown)
        self._canvas.showPage()
        self._page += 1

    def flow(self, imprint: Imprint, story: Sequence[Flowable], *, has_unknown: bool) -> None:
        """Add as many pages as a story needs."""
        rest = list(story)

        def draw(_sheet: Sheet, canvas: Any) -> None:
            rest[:] = fill(canvas, rest)

        while rest:
            self.page(imprint, draw, has_unknown=has_unknown)

    def finished(self) -> bytes:
        self._canvas.save()
        return self._written.getvalue()


def _pdf_date(moment: datetime) -> str:
    """Return a time as PDF writes it; in UTC where the zone is known."""
    if moment.tzinfo is None:
        return f"D:{moment:%Y%m%d%H%M%S}"
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"
