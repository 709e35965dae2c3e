"""On the report's further pages: how the dating came about, and what the study's reports tell."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.flow import WIDTH, Cell, Column, Line, section
from fhc_desktop.reporting.pdf.page_frame import LABEL

_LABELS = 76.0


def dating_story(history: Sequence[Row]) -> list[Flowable]:
    """Return a line for each fact of the dating's history; nothing where it has none."""
    return [row_section("Dating of this pregnancy", history)] if history else []


def beside_story(told: Sequence[Row]) -> list[Flowable]:
    """Return a line for each length that the study's reports tell; nothing where there is none."""
    return [row_section("In reports of this study, not measured here", told)] if told else []


def row_section(title: str, rows: Sequence[Row], labels: float = _LABELS) -> Flowable:
    """Return facts with their labels, each note below its value."""
    columns = (Column(labels), Column(WIDTH - labels))
    lines = [Line((Cell(row.label, LABEL), Cell(row.value)), row.note, 1) for row in rows]
    return section(title, columns, lines)
