"""Paragraph: wrapped text that can change at each move of the hand."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fhc_desktop.gui.widgets import style

_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_UNBOUNDED_PX = 10_000


class Paragraph(QWidget):
    """Plain text that asks for another layout only where its height changes; empty, it is hidden.

    A wrapped label of Qt's asks at each new text, and is measured again in every layout round it.
    """

    def __init__(self, *, size_px: int = style.BODY_PX, color: str = style.TEXT) -> None:
        super().__init__()
        self._text = ""
        self.setFont(style.font(size_px))
        style.set_color(self, color)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def text(self) -> str:
        return self._text

    def show_text(self, text: str) -> None:
        if text == self._text:
            return
        before_px = self.heightForWidth(self.width())
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if self.heightForWidth(self.width()) != before_px:
            self.updateGeometry()
        self.update()

    # Qt --------------------------------------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, width, _UNBOUNDED_PX)
        return self.fontMetrics().boundingRect(room, _FLAGS, self._text).height()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text), metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), _FLAGS, self._text)
