"""GrowthPanel: the reference lens and the ultrasound ages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.growth.ultrasound_age import NEVER_REDATES
from fhc_desktop.gui.growth.standard_row import (
    LEFT_PX,
    StandardRow,
    column_widths_px,
    numbers_in,
    row_grid,
)
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.link_button import LinkButton
from fhc_desktop.gui.widgets.number_label import NumberLabel
from fhc_desktop.reporting.content.growth_content import AGE_TITLE, AgeLine, GrowthContent


class GrowthPanel(QWidget):
    """All standards side by side, to be read and to be taken in force."""

    chosen = Signal(object)  # GrowthStandard
    managing_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._content: GrowthContent | None = None
        self.manage = LinkButton("Standards …")
        self.rows: list[StandardRow] = []
        self._head = _Head()
        self._rows = QVBoxLayout()
        self._missing = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._missing.setWordWrap(True)
        self._missing.setContentsMargins(LEFT_PX, style.GRID // 2, 0, 0)
        self.ages = _Ages()
        self._build()

    @property
    def text(self) -> str:
        """What the lens says, a line for each standard."""
        return "\n".join([*(row.words for row in self.rows), self._missing.text()])

    @property
    def row_in_force(self) -> StandardRow | None:
        """Where the keys begin: arrows go through the standards, Space takes one."""
        return next((row for row in self.rows if row.isChecked()), None)

    @property
    def has_focus(self) -> bool:
        return any(row.hasFocus() for row in self.rows)

    def show_content(self, content: GrowthContent | None) -> None:
        """Show what standards and dating say; of no image, what is there stays and is not seen."""
        if content is None or content == self._content:
            return
        self._content = content
        self._fit_rows(len(content.lines))
        coverage = content.coverage if any(line.interval for line in content.lines) else ""
        widths_px = column_widths_px(content.lines, coverage)
        for row, line in zip(self.rows, content.lines, strict=True):
            row.show_line(line, widths_px)
        self._head.show_coverage(coverage, widths_px)
        self._head.setVisible(any(line.z for line in content.lines))
        self._missing.setText(content.missing)
        self._missing.setVisible(bool(content.missing))
        self.ages.show_ages(content.ages)

    def _fit_rows(self, count: int) -> None:
        while len(self.rows) > count:
            row = self.rows.pop()
            self._rows.removeWidget(row)
            row.deleteLater()
        while len(self.rows) < count:
            row = StandardRow()
            row.clicked.connect(self._choose)
            self.rows.append(row)
            self._rows.addWidget(row)

    def _choose(self) -> None:
        sender = self.sender()
        if self._content is not None and isinstance(sender, StandardRow):
            self.chosen.emit(self._content.lines[self.rows.index(sender)].standard)

    def _build(self) -> None:
        self.manage.setToolTip("Default standard, charts by group and local charts  (Ctrl+G)")
        self.manage.clicked.connect(self.managing_wanted)
        foot, column = QHBoxLayout(), QVBoxLayout(self)
        for layout in (foot, column, self._rows):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        foot.addStretch(1)
        foot.addWidget(self.manage)
        column.addWidget(self._head)
        column.addLayout(self._rows)
        column.addWidget(self._missing)
        column.addSpacing(style.GAP)
        column.addWidget(self.ages)
        column.addSpacing(style.GRID)
        column.addLayout(foot)


class _Head(QWidget):
    """The titles over the columns of the rows."""

    def __init__(self) -> None:
        super().__init__()
        grid = row_grid(self)
        grid.addWidget(style.label(size_px=style.SMALL_PX), 0, 0)
        self._titles = numbers_in(grid)
        for title in self._titles:
            style.set_color(title, style.SECONDARY_TEXT)

    def show_coverage(self, coverage: str, widths_px: Sequence[int]) -> None:
        for title, text, width_px in zip(self._titles, ("", coverage, "z"), widths_px, strict=True):
            title.show_number(text, width_px=width_px)
        tip = f"Percentiles of both ends of the {coverage} interval round HC" if coverage else ""
        self._titles[1].setToolTip(tip)


class _AgeRow:
    """The cells of one method; kept while the hand drags, only their words change."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self._age: AgeLine | None = None
        self._label = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._label.setWordWrap(True)
        grid.addWidget(self._label, 2 * row, 0)
        colors = (style.TEXT, style.SECONDARY_TEXT, style.SECONDARY_TEXT)
        self._numbers = [NumberLabel(style.font(style.SMALL_PX), color) for color in colors]
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for column, number in enumerate(self._numbers, start=1):
            grid.addWidget(number, 2 * row, column, alignment=where)
        self.reason = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self.reason.setWordWrap(True)
        self.reason.setIndent(style.MARGIN)
        grid.addWidget(self.reason, 2 * row + 1, 0, 1, 4)

    @property
    def words(self) -> str:
        shown = [self._label, *self._numbers, self.reason]
        said = " ".join(label.text() for label in shown if label.text())
        return said.replace("\u200b", "")

    def show_age(self, age: AgeLine) -> None:
        if age == self._age:
            return
        self._age = age
        # Where there is little room a name may go on behind its hyphen.
        self._label.setText(age.label.replace("-", "-\u200b"))
        for number, text in zip(self._numbers, (age.age, age.spread, age.interval), strict=True):
            number.show_number(text)
        for cell in (self._label, *self._numbers):
            cell.setToolTip(_capitalised(age.note))
        self.reason.setText("" if age.age else age.note)
        self.reason.setVisible(not age.age)


class _Ages(QWidget):
    """The age at which heads have this size, by each method; never this head's own basis."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, style.GRID, 0)
        self._grid.setHorizontalSpacing(style.GRID + 2)
        self._grid.setVerticalSpacing(style.GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self._rows: list[_AgeRow] = []
        title = style.heading(AGE_TITLE)
        title.setToolTip(NEVER_REDATES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(title)
        column.addLayout(self._grid)

    @property
    def text(self) -> str:
        return "" if self.isHidden() else "\n".join(row.words for row in self._rows)

    def show_ages(self, ages: tuple[AgeLine, ...]) -> None:
        self.setVisible(bool(ages))
        while len(self._rows) < len(ages):
            self._rows.append(_AgeRow(self._grid, len(self._rows)))
        # The methods are always the same ones; all are there or none is.
        for row, age in zip(self._rows, ages, strict=False):
            row.show_age(age)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
