"""The report as a PDF: the same content on the same paper gives the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from reportlab.platypus import Flowable

from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.dating_page import beside_story, dating_story, row_section
from fhc_desktop.reporting.pdf.document import Document
from fhc_desktop.reporting.pdf.flow import WIDTH, Cell, Column, Line, pages_of, section, sentences
from fhc_desktop.reporting.pdf.growth_page import growth_story
from fhc_desktop.reporting.pdf.lettering import UNKNOWN, printable, scratch_canvas
from fhc_desktop.reporting.pdf.page import (
    COMMENT_TITLE,
    RECORD_TITLE,
    REMARKS_TITLE,
    WARNINGS_TITLE,
    Arrangement,
    Part,
    cut_rows,
    draw_page,
)
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.sheet import Sheet
from fhc_desktop.reporting.saving import ReportNotWritten, save_bytes

__all__ = ["ReportNotWritten", "ReportPages", "has_unknown", "pdf_bytes", "write_pdf"]


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


# As much on the first page as there is room for, and what a reader needs first of all.
_SMALL_CHART = 112.0
_WORDS = frozenset({Part.REMARKS, Part.WARNINGS, Part.COMMENT})
_ARRANGEMENTS = (
    Arrangement(),
    Arrangement(frozenset({Part.REMARKS})),
    Arrangement(frozenset({Part.REMARKS, Part.COMMENT})),
    Arrangement(frozenset({Part.REMARKS, Part.WARNINGS})),
    Arrangement(_WORDS),
    Arrangement(_WORDS, chart_height=_SMALL_CHART),
    Arrangement(_WORDS, chart_height=_SMALL_CHART, value_lines=2, note_lines=2),
    Arrangement(_WORDS, chart_height=_SMALL_CHART, value_lines=1, note_lines=1),
    Arrangement(frozenset(Part), chart_height=_SMALL_CHART, value_lines=1, note_lines=1),
)


@dataclass(frozen=True, slots=True)
class ReportPages:
    """The pages of one examination, and how its first one is arranged."""

    content: ReportContent
    arrangement: Arrangement

    @classmethod
    def of(cls, content: ReportContent) -> Self:
        """Return them; how much the first page has room for only drawing tells."""
        found = (one for one in _ARRANGEMENTS if _has_room(content, one))
        return cls(content, next(found, _ARRANGEMENTS[-1]))

    @property
    def count(self) -> int:
        return 1 + pages_of(self._story)

    def draw(self, document: Document, *, first: int) -> None:
        """Add them to a document, in which the first of them has the number ``first``."""
        imprint, is_unknown = self.content.imprint, has_unknown(self.content)
        arrangement = replace(self.arrangement, next_page=first + 1)

        def draw_first(sheet: Sheet, _canvas: Any) -> None:
            draw_page(sheet, self.content, arrangement)

        document.page(imprint, draw_first, has_unknown=is_unknown)
        document.flow(imprint, self._story, has_unknown=is_unknown)

    @property
    def _story(self) -> list[Flowable]:
        content, first = self.content, self.arrangement
        remarks, cut = content.side_by_side.sentences, cut_rows(content, first)
        return [
            *(
                sentences(WARNINGS_TITLE, content.warnings, sign="!")
                if Part.WARNINGS in first.later
                else ()
            ),
            *(_comment_story(content.comment) if Part.COMMENT in first.later else ()),
            *(sentences(REMARKS_TITLE, remarks) if Part.REMARKS in first.later else ()),
            *([row_section("In full", cut)] if cut else ()),
            *([row_section(RECORD_TITLE, content.record)] if Part.RECORD in first.later else ()),
            *growth_story(content.side_by_side),
            *dating_story(content.dating_history),
            *beside_story(content.beside),
        ]


def _comment_story(comment: Sequence[str]) -> list[Flowable]:
    """Return a comment with its lines as they were typed; nothing where nobody said any."""
    lines = [Line((Cell(typed),)) for typed in comment]
    return [section(COMMENT_TITLE, (Column(WIDTH),), lines)] if lines else []


def has_unknown(content: ReportContent) -> bool:
    """Return whether a box stands for a character in what a report says."""
    return any(UNKNOWN in printable(f"{row.value} {row.note}") for row in printed(content))


def _has_room(content: ReportContent, arrangement: Arrangement) -> bool:
    # The pixels of a scan take time and no room.
    image = content.picture.image
    blank = replace(image, gray=np.broadcast_to(np.uint8(0), image.gray.shape), color=None)
    picture = replace(content.picture, image=blank)
    return draw_page(Sheet(scratch_canvas()), replace(content, picture=picture), arrangement)
