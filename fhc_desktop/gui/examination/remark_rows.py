"""RemarkRows: two lines for what is to be looked at again, and all of it at a click."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from fhc_desktop.gui.examination.remark import Remark
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.link_button import LinkButton

_SHOWN = 2
_HEIGHT_PX, _LINE_PX = 11 * style.GRID, 20
_SLACK_PX = 2
_FRAMES_PX = style.GRID  # of the sheet and its margin, on both sides


class RemarkRows(QWidget):
    """Two remarks in one line each; the second line says how many more there are.

    What is elided is whole in its tooltip, in its accessible name and in the sheet.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT_PX)
        self._remarks: tuple[Remark, ...] = ()
        self._lines = [ElidedLabel(style.font(style.SMALL_PX)) for _ in range(_SHOWN)]
        self.more = LinkButton()
        self.more.setToolTip("Read every remark in full")
        self.more.clicked.connect(self.show_sheet)
        self.more.hide()
        self.sheet = _Sheet(self)
        first, second, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for layout in (first, second, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GRID)
        for row, line in zip((first, second), self._lines, strict=True):
            line.setFixedHeight(_LINE_PX)
            row.addWidget(line, stretch=1)
            column.addLayout(row)
        second.addWidget(self.more)

    @property
    def texts(self) -> list[str]:
        """Every remark, with the sign of those that are warnings, whether there is room or not."""
        return [_with_sign(remark) for remark in self._remarks]

    @property
    def line_texts(self) -> list[str]:
        """What the two lines stand for, each in full."""
        return [line.full_text for line in self._lines if line.full_text]

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        if tuple(remarks) == self._remarks:
            return
        self._remarks = tuple(remarks)
        shown = self._remarks[:_SHOWN]
        for place, line in enumerate(self._lines):
            remark = shown[place] if place < len(shown) else Remark("")
            line.show_text(_with_sign(remark) if remark.text else "")
            style.set_color(line, _color(remark))
        self._offer_more()
        self.sheet.show_remarks(self._remarks)

    @Slot()
    def show_sheet(self) -> None:
        """Show every remark in full, in this place, until a click or Esc."""
        if self._remarks:
            self.sheet.stand_over(self)

    def _offer_more(self) -> None:
        """Offer the sheet where it says more than the lines do."""
        metrics = self._lines[0].fontMetrics()
        room_px = self.width() - _SLACK_PX
        is_elided = any(metrics.horizontalAdvance(line.full_text) > room_px for line in self._lines)
        hidden = self._remarks[_SHOWN:]
        self.more.setText(_more_words(hidden))
        self.more.setVisible(bool(hidden) or is_elided)

    # Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_more()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.show_sheet()


class _Sheet(QFrame):
    """All remarks, over the panel; it goes with the next click elsewhere or Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, style.RAISED)
        self.setPalette(palette)
        self.setFrameShape(QFrame.Shape.Box)
        self._labels: list[QLabel] = []
        inner = QWidget()
        inner.setPalette(palette)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(style.MARGIN, style.GAP, style.MARGIN, style.GAP)
        self._column.setSpacing(style.GAP)
        self._column.addWidget(style.heading("Remarks"))
        self._inner = inner
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._scroll)

    @property
    def text(self) -> str:
        return "\n".join(label.text() for label in self._labels if not label.isHidden())

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        while len(self._labels) < len(remarks):
            self._labels.append(self._new_label())
        for place, label in enumerate(self._labels):
            remark = remarks[place] if place < len(remarks) else Remark("")
            label.setText(style.breakable(_with_sign(remark)))
            label.setVisible(bool(remark.text))
            style.set_color(label, _color(remark))
        if not remarks:
            self.hide()

    def stand_over(self, rows: QWidget) -> None:
        """Cover a place and what is below it, and no more of the screen than there is."""
        around = rows.window().frameGeometry()
        width_px = rows.width() + 2 * style.MARGIN
        height_px = self._inner.heightForWidth(width_px - _FRAMES_PX) + _FRAMES_PX
        top_left = rows.mapToGlobal(QPoint(-style.MARGIN, 0))
        height_px = min(height_px, around.height() // 2)
        top_px = min(top_left.y(), around.bottom() - height_px)
        self.setGeometry(top_left.x(), top_px, width_px, height_px)
        self.show()
        self._scroll.setFocus()

    def _new_label(self) -> QLabel:
        label = style.label(size_px=style.SMALL_PX)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)
        return label


def _with_sign(remark: Remark) -> str:
    return f"{style.WARNING_SIGN} {remark.text}" if remark.is_warning else remark.text


def _color(remark: Remark) -> str:
    return style.WARNING if remark.is_warning else style.TEXT


def _more_words(hidden: Sequence[Remark]) -> str:
    """Return how many remarks have no line; a sign where one of them is a warning."""
    if not hidden:
        return "in full ▸"
    sign = f"{style.WARNING_SIGN} " if any(remark.is_warning for remark in hidden) else ""
    return f"{sign}{len(hidden)} more ▸"
