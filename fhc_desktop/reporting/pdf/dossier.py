"""The dossier as a PDF: a cover over all examinations, then the pages of each."""

from collections.abc import Iterator
from itertools import accumulate

from reportlab.platypus import Flowable

from fhc_desktop.domain.institution import Institution
from fhc_desktop.reporting.content.dossier_content import DossierContent
from fhc_desktop.reporting.content.dossier_line import DossierLine
from fhc_desktop.reporting.content.growth_tracks import GrowthChart
from fhc_desktop.reporting.pdf.chart import draw_growth_chart
from fhc_desktop.reporting.pdf.dating_page import row_section
from fhc_desktop.reporting.pdf.document import Document
from fhc_desktop.reporting.pdf.flow import (
    WIDTH,
    Cell,
    Column,
    Figure,
    Line,
    pages_of,
    section,
    sentences,
)
from fhc_desktop.reporting.pdf.letterhead import draw_letterhead
from fhc_desktop.reporting.pdf.lettering import scratch_canvas
from fhc_desktop.reporting.pdf.page import REMARKS_TITLE
from fhc_desktop.reporting.pdf.page_frame import LEADING, STRONG
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.report import ReportPages, has_unknown
from fhc_desktop.reporting.pdf.sheet import Sheet

_COLUMNS = (
    Column(26.0, "No."),
    Column(56.0, "Date"),
    Column(32.0, "Fetus"),
    Column(42.0, "GA"),
    Column(56.0, "HC"),
    Column(72.0, "Interval, mm"),
    Column(62.0, "Percentile"),
    Column(68.0, "Grade"),
    Column(68.0, "Outline"),
    Column(WIDTH - 482.0, "Page"),
)
_CHART_HEIGHT = 220.0


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
        self._document.flow(
            self._content.imprint,
            self._story(self._starts),
            has_unknown=any(map(has_unknown, self._content.reports)),
        )
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
            *([_Letterhead(content.institution)] if content.institution.is_named else []),
            row_section("Patient", content.patient),
            section(content.counted, _COLUMNS, lines),
            *([row_section("Mean", content.means)] if content.means else []),
            *([] if content.chart is None else [_figure(content.chart)]),
            *sentences(REMARKS_TITLE, content.remarks),
        ]


class _Letterhead(Flowable):  # type: ignore[misc]
    """Whose dossier it is."""

    def __init__(self, institution: Institution) -> None:
        super().__init__()
        self._institution = institution

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._drawn(Sheet(scratch_canvas()))
        return self.width, self.height

    def draw(self) -> None:
        self._drawn(Sheet(self.canv, self.height))

    def _drawn(self, sheet: Sheet) -> float:
        return draw_letterhead(sheet, self._institution, LEADING, left=0) - LEADING


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


def _figure(chart: GrowthChart) -> Flowable:
    return Figure("Growth", _CHART_HEIGHT, lambda sheet, box: draw_growth_chart(sheet, box, chart))
