"""Veil: lies over a part of the window that is not to be touched for now, and dims it."""

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from fhc_desktop.gui.widgets import style

_OPACITY = 0.55


class Veil(QWidget):
    """Covers its parent while that is stale: it can still be read, not changed.

    The keys go to ``heir`` if they were in what is covered.
    """

    def __init__(self, parent: QWidget, *, heir: QWidget) -> None:
        super().__init__(parent)
        self._covered, self._heir = parent, heir
        self._is_stale = False
        parent.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_keys)
        self.hide()

    def cover(self, *, is_stale: bool) -> None:
        if is_stale is self._is_stale:
            return
        self._is_stale = is_stale
        self._lead_away(self.window().focusWidget())
        self.setGeometry(self._covered.rect())
        self.setVisible(is_stale)
        self.raise_()

    def _lead_away(self, focused: QWidget | None) -> None:
        """Keep the keys out; disabling it would grey some of its texts twice and others not."""
        if self._is_stale and focused is not None and self._covered.isAncestorOf(focused):
            self._heir.setFocus()

    @Slot(QWidget, QWidget)
    def _follow_keys(self, _: QWidget | None, focused: QWidget | None) -> None:
        self._lead_away(focused)

    # Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._covered:
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        color = QColor(style.SURFACE)
        color.setAlphaF(_OPACITY)
        QPainter(self).fillRect(self.rect(), color)
