"""BusyBar: a thin bar that moves while something runs; nothing else in the window moves."""

from PySide6.QtCore import QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fhc_desktop.gui.widgets import style

_HEIGHT_PX = 2
_ROUND_MS = 1400
_LENGTH = 0.25


class BusyBar(QWidget):
    """Takes its two pixels of height always, so that nothing jumps when work begins."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT_PX)
        self.setAccessibleName("Nothing is running")
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setDuration(_ROUND_MS)
        self._motion.setLoopCount(-1)
        self._motion.valueChanged.connect(self.update)

    @property
    def is_busy(self) -> bool:
        return self._motion.state() is QVariantAnimation.State.Running

    def show_activity(self, activity: str) -> None:
        self.setAccessibleName(activity or "Nothing is running")
        if activity and not self.is_busy:
            self._motion.start()
        elif not activity and self.is_busy:
            self._motion.stop()
            self.update()

    # Qt --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.CANVAS))
        if not self.is_busy:
            return
        done = float(self._motion.currentValue())
        left = round((done * (1 + _LENGTH) - _LENGTH) * self.width())
        painter.fillRect(left, 0, round(_LENGTH * self.width()), _HEIGHT_PX, QColor(style.ACCENT))
