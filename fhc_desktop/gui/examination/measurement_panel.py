"""MeasurementPanel: the head circumference, its state, its place and its companions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.examination.measurement_content import (
    LENGTH_NAMES,
    MeasurementContent,
    NumberWithUnit,
)
from fhc_desktop.gui.examination.repeat_note import RepeatNote
from fhc_desktop.gui.examination.trust_label import TrustLabel
from fhc_desktop.gui.image.outline_style import OUTLINE_STYLES
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.few_lines import FewLines
from fhc_desktop.gui.widgets.number_label import NumberLabel

# Each row keeps its height and its place, whatever it has to say.
_FIGURE_PX, _HEAD_PX = 14 * style.GRID, 21 * style.GRID
_STATE_PX = 5 * style.GRID
_PLACE_PX, _PLACE_LINE_PX = 10 * style.GRID, 6 * style.GRID
_LENGTHS_PX = 11 * style.GRID
_IN_FULL = (
    "Biparietal diameter, outer to outer",
    "Occipitofrontal diameter, outer to outer",
    "Cephalic index: BPD as a share of OFD",
    "Ultrasound age by HC (Hadlock 1984), with its two standard deviations",
)
_WIDEST_NUMBER, _WIDEST_UNITS = "8888.8", ("mm", "± 88 d")
_SIGNS = {
    OutlineState.ACCEPTED: style.ACCEPTED_SIGN,
    OutlineState.NOT_LOGGED: style.WARNING_SIGN,
}


class MeasurementPanel(QWidget):
    """Says what was measured, in which state it is and how far to believe it."""

    def __init__(self) -> None:
        super().__init__()
        self._content: MeasurementContent | None = None
        self.figure = NumberLabel(style.font(style.FIGURE_PX, QFont.Weight.DemiBold))
        self._unit = style.label(size_px=style.HEADING_PX, color=style.SECONDARY_TEXT)
        self.state = ElidedLabel(style.font())
        self.trust = TrustLabel()
        self.repeat = RepeatNote()
        self.place = _Place()
        self.lengths = _Lengths()
        self._build()
        self.show_content(MeasurementContent())

    @property
    def hc_text(self) -> str:
        """The figure with its unit, as it stands there."""
        return f"{self.figure.text()} {self._unit.text()}".strip()

    @property
    def interval_text(self) -> str:
        """The interval round the figure; empty where it has none."""
        return self.trust.interval_text

    @property
    def difference_text(self) -> str:
        """How far an edited outline is from the proposal."""
        return self.trust.difference_text

    @property
    def grade_text(self) -> str:
        """What the model said of its own proposal, with the reasons."""
        return self.trust.grade_text

    @property
    def state_text(self) -> str:
        return self.state.full_text

    @property
    def place_text(self) -> str:
        """Percentile and z-score, or why there are none."""
        return self.place.text

    def show_content(self, content: MeasurementContent) -> None:
        before, self._content = self._content, content
        if content == before:
            return
        self.figure.show_number(content.figure)
        self._unit.setText(content.unit)
        self.figure.setAccessibleName(f"Head circumference {self.hc_text}")
        if before is None or content.trust != before.trust:
            self.trust.show_content(content.trust)
        self._show_state(content)
        self.place.show_content(content)
        self.lengths.show_numbers(content.lengths)

    def _show_state(self, content: MeasurementContent) -> None:
        sign = _SIGNS.get(content.state, "●")
        is_there = content.state is not OutlineState.NONE
        waits = content.awaited or content.state_words
        self.state.show_text(f"{sign} {content.state_words}" if is_there else waits)
        style.set_color(self.state, OUTLINE_STYLES[content.state].color)

    def _build(self) -> None:
        name = style.label("HC", size_px=style.HEADING_PX, color=style.SECONDARY_TEXT)
        figures, states = _Row(_FIGURE_PX), _Row(_STATE_PX)
        parts: tuple[QLabel, ...] = (name, self.figure, self._unit)
        for part in parts:
            figures.row.addWidget(part, alignment=Qt.AlignmentFlag.AlignBaseline)
        figures.row.addStretch()
        states.row.addWidget(self.state, stretch=1)
        states.row.addWidget(self.repeat)
        head = QWidget()
        head.setFixedHeight(_HEAD_PX)
        inner, column = QVBoxLayout(head), QVBoxLayout(self)
        for layout in (inner, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GRID)
        inner.addWidget(figures)
        inner.addWidget(self.trust)
        for row in (head, states, self.place, self.lengths):
            column.addWidget(row)


class _Row(QWidget):
    def __init__(self, height_px: int) -> None:
        super().__init__()
        self.setFixedHeight(height_px)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(style.GAP)


class _Place(QWidget):
    """Percentile over z and standard, or in the same place the reason why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_PLACE_PX)
        self.percentile = ElidedLabel(style.font(style.HEADING_PX))
        self._source = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
        self._reason = FewLines(most=2)
        self._reason.setFont(style.font(style.SMALL_PX))
        style.set_color(self._reason, style.SECONDARY_TEXT)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.percentile.setFixedHeight(_PLACE_LINE_PX)
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.percentile)
        column.addWidget(self._source)
        self._either = QStackedLayout(self)
        self._either.setContentsMargins(0, 0, 0, 0)
        self._either.addWidget(found)
        self._either.addWidget(self._reason)

    @property
    def text(self) -> str:
        if not self.percentile.full_text:
            return self._reason.full_text
        return f"{self.percentile.full_text} {self._source.full_text}".strip()

    def show_content(self, content: MeasurementContent) -> None:
        sign = f"{style.WARNING_SIGN} " if content.is_extreme else ""
        self.percentile.show_text(f"{sign}{content.place}" if content.place else "")
        style.set_color(self.percentile, style.WARNING if content.is_extreme else style.TEXT)
        self._source.show_text(content.source if content.place else "")
        reason = "" if content.place else content.source
        if reason != self._reason.full_text:
            self._reason.show_text(reason)
            self._reason.setAccessibleName(reason)
        self._either.setCurrentIndex(0 if content.place else 1)


class _Lengths(QWidget):
    """Two columns of names, numbers aligned by their decimal point, and units beside them.

    Columns are as wide as ever it may take, so that none moves for a longer number.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_LENGTHS_PX)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.GRID)
        grid.setVerticalSpacing(style.GRID)
        self.numbers: list[NumberLabel] = []
        self._units: list[QLabel] = []
        for place, name in enumerate(LENGTH_NAMES):
            self._add(grid, name, place)
        for column in (0, 4):
            grid.setColumnStretch(column, 1)
        grid.setColumnMinimumWidth(3, style.GRID)

    def show_numbers(self, lengths: Sequence[NumberWithUnit]) -> None:
        for place, (number, unit) in enumerate(lengths):
            self.numbers[place].show_number(number, width_px=_width_px(_WIDEST_NUMBER))
            if self._units[place].text() != unit:
                self._units[place].setText(unit)

    def _add(self, grid: QGridLayout, name: str, place: int) -> None:
        row, left = place // 2, 4 * (place % 2)
        number, unit = NumberLabel(style.font(style.SMALL_PX)), style.label(size_px=style.SMALL_PX)
        style.set_color(unit, style.SECONDARY_TEXT)
        unit.setFixedWidth(_width_px(_WIDEST_UNITS[place % 2]))
        title = style.label(name, size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        title.setToolTip(_IN_FULL[place])
        number.setAccessibleName(_IN_FULL[place])
        grid.addWidget(title, row, left)
        grid.addWidget(number, row, left + 1)
        grid.addWidget(unit, row, left + 2)
        self.numbers.append(number)
        self._units.append(unit)


def _width_px(text: str) -> int:
    return QFontMetrics(style.font(style.SMALL_PX)).horizontalAdvance(text) + 2
