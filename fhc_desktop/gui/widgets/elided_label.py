"""ElidedLabel: one line that gives way where there is no room, and is whole in its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from fhc_desktop.gui.widgets import style

# Beside the words themselves: Qt rounds a font's widths, and a tight line must not be elided.
_SLACK_PX = 2


class ElidedLabel(QLabel):
    """A line of plain text that never makes the window wider than the screen."""

    def __init__(
        self,
        font: QFont,
        color: str = style.TEXT,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__()
        self.full_text = ""
        self._more = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        style.set_color(self, color)

    def show_text(self, text: str, more: str = "") -> None:
        """Show a line; ``more`` stands after it in the tooltip only."""
        if (text, more) == (self.full_text, self._more):
            return
        self.full_text, self._more = text, more
        self.setToolTip(f"{text} {more}".strip())
        self.setAccessibleName(text)
        self.setAccessibleDescription(f"{text} {more}".strip())
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(self.full_text, self._mode, max(self.width(), 0))
        )

    # Qt --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.full_text) + _SLACK_PX, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()
