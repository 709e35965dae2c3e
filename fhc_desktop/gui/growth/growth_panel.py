"""GrowthPanel: the reference lens, the ultrasound ages, and what is to be remarked of both."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.domain.growth.ultrasound_age import NEVER_REDATES
from fhc_desktop.gui.growth.standard_row import (
    LEFT_PX,
    StandardRow,
    column_widths_px,
    numbers_in,
    row_grid,
)
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.number_label import NumberLabel
from fhc_desktop.reporting.content.growth_content import AGE_TITLE, AgeLine, GrowthContent


class GrowthPanel(QWidget):
    """All standards side by side under a title that folds them away; remarks always stay."""

    chosen = Signal(object)  # GrowthStandard
    folded = Signal(bool)  # whether the lens is open now
    managing_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._content: GrowthContent | None = None
        self.fold = QPushButton()
        self.manage = QPushButton("Standards …")
        self.lens = QWidget()
        self.rows: list[StandardRow] = []
        self._head = _Head()
        self._rows = QVBoxLayout()
        self._missing = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._missing.setWordWrap(True)
        self._missing.setContentsMargins(LEFT_PX, style.GRID // 2, 0, 0)
        self.ages = _Ages()
        self.remarks = _Remarks()
        self._build()
        self.set_open(is_open=True)

    @property
    def text(self) -> str:
        """What the lens says, a line for each standard."""
        return "\n".join([*(row.words for row in self.rows), self._missing.text()])

    def set_open(self, *, is_open: bool) -> None:
        """Unfold the lens or fold it away."""
        self.fold.setChecked(is_open)
        self._show_fold(is_open)

    def focus_row_in_force(self) -> None:
        """Give the keys to the lens: arrows go through the standards, Space takes one."""
        row = next((row for row in self.rows if row.isChecked()), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def has_focus(self) -> bool:
        return any(row.hasFocus() for row in self.rows)

    def show_content(self, content: GrowthContent | None) -> None:
        """Show what standards and dating say; None while no image is open."""
        self.setVisible(content is not None)
        if content is None or content == self._content:
            return
        before, self._content = self._content, content
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
        if before is None or content.sentences != before.sentences:
            self.remarks.show_sentences(content.flags, content.remarks)

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

    def _show_fold(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's toggled
        self.fold.setText(f"{'▾' if is_open else '▸'} Standards side by side")
        self.lens.setVisible(is_open)

    def _toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's toggled
        self._show_fold(is_open)
        self.folded.emit(is_open)

    def _build(self) -> None:
        _dress_as_heading(self.fold)
        self.fold.clicked.connect(self._toggled)
        self.fold.setToolTip("Show every growth standard beside each other  (F7)")
        self.manage.setFlat(True)
        self.manage.setFont(style.font(style.SMALL_PX))
        self.manage.setToolTip("Default standard, charts by group and local charts  (Ctrl+G)")
        self.manage.clicked.connect(self.managing_wanted)
        head = QHBoxLayout()
        head.addWidget(self.fold)
        head.addStretch(1)
        head.addWidget(self.manage)
        inner, column = QVBoxLayout(self.lens), QVBoxLayout(self)
        for layout in (head, inner, column, self._rows):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        inner.addWidget(self._head)
        inner.addLayout(self._rows)
        inner.addWidget(self._missing)
        inner.addSpacing(style.GAP)
        inner.addWidget(self.ages)
        column.setSpacing(style.GRID)
        column.addLayout(head)
        column.addWidget(self.lens)
        column.addWidget(self.remarks)


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


class _Remarks(QWidget):
    """Flags and remarks as sentences: quiet, since the clinician decides what they mean."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, style.GRID, 0, 0)
        self._column.setSpacing(style.GRID)
        self._column.addWidget(style.heading("Remarks"))

    @property
    def sentences(self) -> list[str]:
        return [label.text() for label in self._labels if not label.isHidden()]

    def show_sentences(self, flags: tuple[str, ...], remarks: tuple[str, ...]) -> None:
        sentences = (*flags, *remarks)
        while len(self._labels) < len(sentences):
            self._labels.append(self._new_label())
        for number, label in enumerate(self._labels):
            text = sentences[number] if number < len(sentences) else ""
            label.setText(style.breakable(text))
            label.setVisible(bool(text))
            style.set_color(label, style.TEXT if number < len(flags) else style.SECONDARY_TEXT)
        self.setVisible(bool(sentences))

    def _new_label(self) -> QLabel:
        label = style.label(size_px=style.SMALL_PX)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)
        return label


def _dress_as_heading(button: QPushButton) -> None:
    button.setFlat(True)
    button.setCheckable(True)
    button.setFont(style.font(style.SMALL_PX, QFont.Weight.DemiBold))
    button.setStyleSheet(
        f"QPushButton {{ color: {style.SECONDARY_TEXT}; border: none; padding: 4px 0; }}"
        f"QPushButton:hover, QPushButton:focus {{ color: {style.TEXT}; }}"
    )


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
