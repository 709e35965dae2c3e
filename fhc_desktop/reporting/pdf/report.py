"""The report as a PDF: the same content on the same paper gives the same bytes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from reportlab.platypus import Flowable

from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.dating_page import dating_story
from fhc_desktop.reporting.pdf.document import Document
from fhc_desktop.reporting.pdf.flow import pages_of, sentences
from fhc_desktop.reporting.pdf.growth_page import growth_story
from fhc_desktop.reporting.pdf.lettering import UNKNOWN, printable, scratch_canvas
from fhc_desktop.reporting.pdf.page import (
    REMARKS_TITLE,
    WARNINGS_TITLE,
    Elsewhere,
    draw_facts,
    draw_page,
)
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.sheet import Sheet
from fhc_desktop.reporting.saving import ReportNotWritten, save_bytes

__all__ = ["ReportNotWritten", "ReportPages", "pdf_bytes", "write_pdf"]


def write_pdf(content: ReportContent, target: Path) -> None:
    """Write the report whole or not at all.

    Raises:
        ReportNotWritten: with the reason; no part of a file is left behind.
    """
    save_bytes(pdf_bytes(content), target)


def pdf_bytes(content: ReportContent, paper: Paper = Paper.A4) -> bytes:
    """Return the PDF of one examination."""
    pages = ReportPages.of(content)
    document = Document(content.imprint, content.created, paper, pages.count)
    pages.draw(document, first=1)
    return document.finished()


@dataclass(frozen=True, slots=True)
class ReportPages:
    """The pages of one examination, and what has no room on the first one.

    Only drawing tells what has.
    """

    content: ReportContent
    are_warnings_later: bool
    are_remarks_later: bool

    @classmethod
    def of(cls, content: ReportContent) -> Self:
        """Return them with as much on the first one as there is room for."""
        tries = [cls(content, *later) for later in ((False, False), (False, True), (True, True))]
        return next((one for one in tries if one.has_room), tries[-1])

    @property
    def count(self) -> int:
        return 1 + pages_of(self._story)

    def draw(self, document: Document, *, first: int) -> None:
        """Add them to a document, in which the first of them has the number ``first``."""
        imprint, has_unknown = self.content.imprint, _has_unknown(self.content)
        elsewhere = self._elsewhere(f"on page {first + 1}")
        document.page(
            imprint,
            lambda sheet, _: draw_page(sheet, self.content, elsewhere),
            has_unknown=has_unknown,
        )
        document.flow(imprint, self._story, has_unknown=has_unknown)

    @property
    def has_room(self) -> bool:
        """Whether the first page has room for what is to stand there."""
        return draw_facts(Sheet(scratch_canvas()), self.content, self._elsewhere("on page 99"))

    def _elsewhere(self, where: str) -> Elsewhere:
        return Elsewhere(
            where if self.are_warnings_later else "", where if self.are_remarks_later else ""
        )

    @property
    def _story(self) -> list[Flowable]:
        content = self.content
        return [
            *(sentences(WARNINGS_TITLE, content.warnings) if self.are_warnings_later else ()),
            *(
                sentences(REMARKS_TITLE, content.side_by_side.sentences)
                if self.are_remarks_later
                else ()
            ),
            *growth_story(content.side_by_side),
            *dating_story(content.dating_history),
        ]


def _has_unknown(content: ReportContent) -> bool:
    return any(UNKNOWN in printable(f"{row.value} {row.note}") for row in printed(content))
