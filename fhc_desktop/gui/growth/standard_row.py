"""StandardRow: one growth standard of the lens, to be read and to be taken in force."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.number_label import NumberLabel
from fhc_desktop.reporting.content.growth_content import StandardLine
from fhc_desktop.reporting.content.numbers import format_z

_RING_PX = 12
LEFT_PX = _RING_PX + 2 * style.GRID
_TAKE_IT = "Click or press Space to judge by it, this image and the next ones"
_IN_FORCE = "In force: its percentile stands at the top"


def numbers_in(grid: QGridLayout) -> tuple[NumberLabel, ...]:
    """Add percentile, interval and z to the first row of a grid, behind the name."""
    labels = []
    for column in (1, 2, 3):
        label = NumberLabel(style.font(style.SMALL_PX))
        grid.addWidget(label, 0, column, alignment=Qt.AlignmentFlag.AlignTop)
        labels.append(label)
    return tuple(labels)


def column_widths_px(lines: Sequence[StandardLine], coverage: str) -> tuple[int, int, int]:
    """Return how wide each column must be for all rows and the head; steady while digits change."""
    metrics = QFontMetrics(style.font(style.SMALL_PX))
    columns = (
        ["99th", *(line.percentile for line in lines)],
        [coverage, *(line.interval for line in lines)],
        [format_z(-1), *(line.z for line in lines)],
    )
    percentile, interval, z = (max(map(metrics.horizontalAdvance, texts)) for texts in columns)
    return percentile + 1, interval + 1, z + 1


def row_grid(owner: QWidget) -> QGridLayout:
    """Return the layout of a row, so that the head stands over its columns."""
    grid = QGridLayout(owner)
    grid.setContentsMargins(LEFT_PX, style.GRID // 2, style.GRID, style.GRID // 2)
    grid.setHorizontalSpacing(style.GRID + 2)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    return grid


class StandardRow(QAbstractButton):
    """Looks like a radio button, with its percentile, interval and z in columns.

    What is in force is decided outside: a click alone changes nothing here.
    """

    def __init__(self) -> None:
        super().__init__()
        self._line: StandardLine | None = None
        self._widths_px: Sequence[int] = ()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # As a button it would be as wide as its longest name, and give its labels its own colour.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self._name = style.label(size_px=style.SMALL_PX)
        self._name.setWordWrap(True)
        self._reason = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._reason.setWordWrap(True)
        grid = row_grid(self)
        grid.addWidget(self._name, 0, 0)
        self._numbers = numbers_in(grid)
        style.set_color(self._numbers[1], style.SECONDARY_TEXT)
        grid.addWidget(self._reason, 1, 0, 1, 4)
        for label in (self._name, self._reason, *self._numbers):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def words(self) -> str:
        """All that stands in the row."""
        labels = (self._name, *self._numbers, self._reason)
        said = " ".join(label.text() for label in labels if label.text())
        return said.replace("\u200b", "")

    def show_line(self, line: StandardLine, widths_px: Sequence[int]) -> None:
        before, self._line = self._line, line
        if before == line and widths_px == self._widths_px:
            return
        self._widths_px = widths_px
        if before is None or (before.standard, before.is_in_force) != (
            line.standard,
            line.is_in_force,
        ):
            self._show_standard(line)
        texts = (line.percentile, line.interval, line.z)
        for label, text, width_px in zip(self._numbers, texts, widths_px, strict=True):
            label.show_number(text, width_px=width_px)
        self._reason.setText(line.reason)
        self._reason.setVisible(bool(line.reason))
        self.setAccessibleName(line.words)
        self.setToolTip(_tip(line))

    def _show_standard(self, line: StandardLine) -> None:
        weight = QFont.Weight.DemiBold if line.is_in_force else QFont.Weight.Normal
        # Where there is little room a name may go on behind its hyphen.
        self._name.setText(style.breakable(line.standard.name).replace("-", "-\u200b"))
        self._name.setFont(style.font(style.SMALL_PX, weight))
        self.setChecked(line.is_in_force)

    # Qt --------------------------------------------------------------------------------------

    def nextCheckState(self) -> None:
        """Wait for what the examination says."""

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        is_lit = self.underMouse() or self.hasFocus()
        if not is_lit and event.rect().left() >= LEFT_PX:
            return  # only numbers are painted anew, by their labels
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_lit:
            painter.setPen(QColor(style.ACCENT) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(style.RAISED))
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, style.GRID, style.GRID)
        self._paint_ring(painter)

    def _paint_ring(self, painter: QPainter) -> None:
        middle = self._name.y() + self._name.fontMetrics().height() / 2
        center = QPointF(style.GRID / 2 + _RING_PX / 2, middle)
        painter.setPen(QPen(QColor(style.SECONDARY_TEXT), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, _RING_PX / 2 - 1, _RING_PX / 2 - 1)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(style.TEXT))
            painter.drawEllipse(center, _RING_PX / 4, _RING_PX / 4)


def _tip(line: StandardLine) -> str:
    standard = line.standard
    diameters = [
        f"{name} {place}" for name, place in (("BPD", line.bpd), ("OFD", line.ofd)) if place
    ]
    return "\n".join(
        [
            *([f"{'; '.join(diameters)} (outer-outer)"] if diameters else []),
            f"{standard.population}.",
            f"{standard.citation}.",
            *([standard.remark] if standard.remark else []),
            _IN_FORCE if line.is_in_force else _TAKE_IT,
        ]
    )
