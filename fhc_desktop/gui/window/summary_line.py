"""SummaryLine: a section of the side panel in one line, which opens it and folds it away."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.gui.window.summary import Summary

HEIGHT_PX = 7 * style.GRID


class SummaryLine(QAbstractButton):
    """What is in force, and at its right end the key; Space and a click open it as well.

    Whether it is open is decided outside: a click alone changes nothing here.
    """

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self._summary: Summary | None = None
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # As a button it would give its labels its own colour.
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self._words = ElidedLabel(style.font(), mode=Qt.TextElideMode.ElideRight)
        self._key = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.MARGIN, 0, style.MARGIN, 0)
        row.setSpacing(style.GAP)
        row.addWidget(self._words, stretch=1)
        row.addWidget(self._key)
        for label in (self._words, self._key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_open(is_open=False)

    @property
    def full_text(self) -> str:
        """All that is said, though there may be no room for it."""
        return self._words.full_text

    def show_summary(self, summary: Summary) -> None:
        if summary == self._summary:
            return
        self._summary = summary
        sign = f"{style.WARNING_SIGN} " if summary.is_warning else ""
        self._words.show_text(f"{sign}{summary.text}")
        style.set_color(self._words, style.WARNING if summary.is_warning else style.TEXT)
        self._name()

    def show_open(self, *, is_open: bool) -> None:
        self.setChecked(is_open)
        self._key.setText(f"{'▾' if is_open else '▸'} {self.section.value}")
        self._name()

    def _name(self) -> None:
        if self._summary is None:
            return
        deed = "Fold away" if self.isChecked() else "Open"
        said = f"{self._summary.title}: {self._words.full_text}"
        self.setAccessibleName(said)
        self.setToolTip(f"{said}\n{deed}  ({self.section.value})")

    # Qt --------------------------------------------------------------------------------------

    def nextCheckState(self) -> None:
        """Wait for what the panel says."""

    def sizeHint(self) -> QSize:
        return QSize(0, HEIGHT_PX)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        is_lit = self.isEnabled() and (self.underMouse() or self.hasFocus())
        if not is_lit:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(style.ACCENT) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.RAISED))
        frame = QRectF(self.rect()).adjusted(style.GAP + 0.5, 0.5, -style.GAP - 0.5, -0.5)
        painter.drawRoundedRect(frame, style.GRID, style.GRID)
