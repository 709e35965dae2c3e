"""The dossier as a PDF: a cover over all examinations, then the pages of each."""

from collections.abc import Iterator
from itertools import accumulate

from reportlab.platypus import Flowable

from fhc_desktop.reporting.content.dossier_content import DossierContent
from fhc_desktop.reporting.content.dossier_line import DossierLine
from fhc_desktop.reporting.pdf.dating_page import row_section
from fhc_desktop.reporting.pdf.document import Document
from fhc_desktop.reporting.pdf.flow import (
    WIDTH,
    Cell,
    Column,
    Line,
    pages_of,
    section,
    sentences,
)
from fhc_desktop.reporting.pdf.page_frame import STRONG
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.report import ReportPages

_COLUMNS = (
    Column(20.0, "No."),
    Column(56.0, "Date"),
    Column(32.0, "Fetus"),
    Column(42.0, "GA"),
    Column(56.0, "HC"),
    Column(72.0, "Interval, mm"),
    Column(62.0, "Percentile"),
    Column(68.0, "Grade"),
    Column(68.0, "Outline"),
    Column(WIDTH - 476.0, "Page"),
)


class DossierDrawing:
    """A dossier being drawn, one examination after the other."""

    def __init__(self, content: DossierContent, paper: Paper = Paper.A4) -> None:
        self._content = content
        self._reports = [ReportPages.of(report) for report in content.reports]
        cover = pages_of(self._story([0] * len(self._reports)))
        starts = list(accumulate((one.count for one in self._reports), initial=1 + cover))
        self._starts, pages = starts[:-1], starts[-1] - 1
        self._document = Document(content.imprint, content.created, paper, pages)

    def examinations(self) -> Iterator[int]:
        """Draw the cover, then each examination, and give how many of them are drawn."""
        story = self._story(self._starts)
        self._document.flow(self._content.imprint, story, has_unknown=False)
        for done, (pages, first) in enumerate(
            zip(self._reports, self._starts, strict=True), start=1
        ):
            pages.draw(self._document, first=first)
            yield done

    def finished(self) -> bytes:
        """Return the PDF once all are drawn."""
        return self._document.finished()

    def _story(self, starts: list[int]) -> list[Flowable]:
        """Return the cover; ``starts`` are the first pages of the examinations."""
        content = self._content
        lines = [_line(*one) for one in zip(content.lines, starts, strict=True)]
        return [
            row_section("Patient", content.patient),
            section("Examinations", _COLUMNS, lines),
            *([row_section("Mean", content.means)] if content.means else []),
            *sentences("Remarks", content.remarks),
        ]


def dossier_bytes(content: DossierContent, paper: Paper = Paper.A4) -> bytes:
    """Return the PDF of a dossier."""
    drawing = DossierDrawing(content, paper)
    for _ in drawing.examinations():
        pass
    return drawing.finished()


def _line(line: DossierLine, page: int) -> Line:
    cells = (
        str(line.number),
        line.day,
        line.fetus,
        line.age,
        line.hc,
        line.interval,
        line.place,
        line.grade,
        line.outline,
        str(page),
    )
    return Line(
        tuple(Cell(words) if words != line.hc else Cell(words, STRONG) for words in cells),
        below="  ·  ".join((line.standard, *line.notes, line.image)),
        below_from=1,
    )
