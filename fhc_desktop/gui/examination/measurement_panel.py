"""MeasurementPanel: the head circumference, its place on the chart and its companions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.examination.measurement_content import (
    ROW_NAMES,
    MeasurementContent,
    NumberWithUnit,
)
from fhc_desktop.gui.examination.trust_label import TrustLabel
from fhc_desktop.gui.image.outline_style import OUTLINE_STYLES
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.number_label import NumberLabel
from fhc_desktop.gui.widgets.paragraph import Paragraph

_SIGNS = {
    OutlineState.ACCEPTED: style.ACCEPTED_SIGN,
    OutlineState.NOT_LOGGED: style.WARNING_SIGN,
}


class MeasurementPanel(QWidget):
    """Says what was measured, in which state it is and how far to believe it."""

    def __init__(self) -> None:
        super().__init__()
        self._content: MeasurementContent | None = None
        self._figure = NumberLabel(style.font(style.FIGURE_PX, QFont.Weight.DemiBold))
        self._unit = style.label(size_px=style.HEADING_PX, color=style.SECONDARY_TEXT)
        self._state = style.label()
        self._trust = TrustLabel()
        self._place = Paragraph(size_px=style.HEADING_PX)
        self._source = Paragraph(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self.remarks = QPushButton()
        self._rows = _Rows()
        self._warnings: list[QLabel] = []
        self._below_remarks = QVBoxLayout()
        self._build()
        self.show_content(MeasurementContent())

    @property
    def hc_text(self) -> str:
        """The figure with its unit, as it stands there."""
        return f"{self._figure.text()} {self._unit.text()}".strip()

    @property
    def interval_text(self) -> str:
        """The interval round the figure; empty where it has none."""
        return self._trust.interval_text

    @property
    def grade_text(self) -> str:
        """What the model said of its own proposal, with the reasons."""
        return self._trust.grade_text

    @property
    def state_text(self) -> str:
        return self._state.text()

    @property
    def place_text(self) -> str:
        """Percentile and z-score, or why there are none."""
        return f"{self._place.text} {self._source.text}".strip()

    @property
    def warning_texts(self) -> list[str]:
        return [label.text() for label in self._warnings if not label.isHidden()]

    def show_content(self, content: MeasurementContent) -> None:
        before, self._content = self._content, content
        if content == before:
            return
        self._figure.show_number(content.figure)
        self._unit.setText(content.unit)
        self._figure.setAccessibleName(f"Head circumference {self.hc_text}")
        if before is None or content.trust != before.trust:
            self._trust.show_content(content.trust)
        self._show_state(content)
        self._place.show_text(content.place)
        self._source.show_text(content.source)
        self._rows.show_numbers(content.rows)
        if before is None or content.warnings != before.warnings:
            self._show_warnings(content.warnings)

    def show_remark_count(self, count: int) -> None:
        """Say how many flags and remarks there are further down; nothing where there is none."""
        self.remarks.setText(f"{count} remark{'' if count == 1 else 's'} below")
        self.remarks.setVisible(count > 0)

    def _show_state(self, content: MeasurementContent) -> None:
        sign = _SIGNS.get(content.state, "●")
        is_there = content.state is not OutlineState.NONE
        waits = content.awaited or content.state_words
        self._state.setText(f"{sign} {content.state_words}" if is_there else waits)
        style.set_color(self._state, OUTLINE_STYLES[content.state].color)

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        while len(self._warnings) < len(warnings):
            label = style.label(color=style.WARNING)
            label.setWordWrap(True)
            self._warnings.append(label)
            self._below_remarks.addWidget(label)
        for index, label in enumerate(self._warnings):
            is_used = index < len(warnings)
            label.setText(f"{style.WARNING_SIGN} {warnings[index]}" if is_used else "")
            label.setVisible(is_used)

    def _build(self) -> None:
        self._state.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addWidget(self._figure, alignment=Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._unit, alignment=Qt.AlignmentFlag.AlignBaseline)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(style.heading("Head circumference"))
        column.addLayout(row)
        column.addWidget(self._trust)
        column.addWidget(self._state)
        column.addSpacing(style.GRID)
        column.addWidget(self._place)
        column.addWidget(self._source)
        self.remarks.setFlat(True)
        self.remarks.setFont(style.font(style.SMALL_PX))
        self.remarks.setStyleSheet("border: none; padding: 0; min-height: 0;")
        self.remarks.setToolTip("Show what standards and dating rules ask to look at again")
        self.remarks.hide()
        column.addWidget(self.remarks)
        self._below_remarks.setSpacing(style.GRID)
        column.addLayout(self._below_remarks)
        column.addSpacing(style.GAP)
        column.addWidget(self._rows)


class _Rows(QWidget):
    """Names on the left, numbers aligned by their decimal point, units beside them."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.GRID)
        grid.setVerticalSpacing(style.GRID)
        grid.setColumnStretch(0, 1)
        self._numbers: list[NumberLabel] = []
        self._units: list[QLabel] = []
        for row, name in enumerate(ROW_NAMES):
            number = NumberLabel(style.font())
            unit = style.label(color=style.SECONDARY_TEXT)
            unit.setMinimumWidth(13 * style.GRID)
            grid.addWidget(style.label(name, color=style.SECONDARY_TEXT), row, 0)
            grid.addWidget(number, row, 1, alignment=Qt.AlignmentFlag.AlignRight)
            grid.addWidget(unit, row, 2)
            self._numbers.append(number)
            self._units.append(unit)

    def show_numbers(self, rows: Sequence[NumberWithUnit]) -> None:
        for index, (number, unit) in enumerate(rows):
            self._numbers[index].show_number(number)
            self._units[index].setText(unit)
