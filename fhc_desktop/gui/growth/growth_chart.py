"""The growth chart: percentile curves of the standard, and the head on them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.gui.growth.chart_content import ChartContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint

if TYPE_CHECKING:
    from fhc_desktop.gui.growth.growth_plot import GrowthPlot

_HEIGHT_PX = 150
_COURSE = "Click to show the course of the pregnancy  (Ctrl+Shift+L)"


class GrowthChart(QWidget):
    """HC against gestational age: the standard's curves and the head, or why it is not there.

    The other examinations of the pregnancy stand there too; a click asks for its course. Without
    an image its place is blank.

    pyqtgraph takes half a second to import, so the curves are drawn only after the chart has
    been painted for the first time and the import, beside the event loop, has ended.
    """

    course_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT_PX)
        self._content: ChartContent | None = None
        self._made: GrowthPlot | None = None
        self._plot: GrowthPlot | None = None  # the one that was made, from when it is filled on
        self._caption = ElidedLabel(
            style.font(style.SMALL_PX), style.SECONDARY_TEXT, mode=Qt.TextElideMode.ElideMiddle
        )
        self._drawn = QWidget()  # is there while there is an image: the place around it stays
        self._drawn.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        AfterFirstPaint(self._drawn, self._draw, needs="fhc_desktop.gui.growth.growth_plot")
        self.show_content(None)

    def draw_now(self) -> None:
        """Draw the curves at once instead of after the first painting: for pictures."""
        self._make_plot()
        self._fill_plot()

    def _draw(self) -> None:
        # To make the plot takes as long as to fill it: in between the window may be used.
        self._make_plot()
        QTimer.singleShot(0, self, self._fill_plot)

    def _make_plot(self) -> None:
        if self._made is None:
            from fhc_desktop.gui.growth.growth_plot import GrowthPlot  # noqa: PLC0415 - slow

            self._made = GrowthPlot(self._drawn)

    @Slot()
    def _fill_plot(self) -> None:
        if self._plot is None and self._made is not None:
            self._plot = self._made
            self._body.addWidget(self._plot, stretch=1)
            # Qt lays new children out in the next turn of the event loop; a picture cannot wait.
            self._body.activate()
            if self._content is not None:
                self._plot.show_content(self._content)

    @property
    def caption(self) -> str:
        """Whose curves these are."""
        return self._caption.full_text

    @property
    def reason(self) -> str:
        """Why there is no point; empty where there is one."""
        head = None if self._content is None else self._content.head
        return head.reason if isinstance(head, NotAssessed) else ""

    def _lay_out(self) -> None:
        unit = style.label("HC (mm) by weeks", size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        head = QHBoxLayout()
        head.addWidget(unit)
        head.addSpacing(style.GAP)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._caption, stretch=1)
        self._body, around = QVBoxLayout(self._drawn), QVBoxLayout(self)
        for layout in (self._body, around):
            layout.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._drawn)
        self._body.setSpacing(style.GRID)
        self._body.addLayout(head)
        self._body.setAlignment(head, Qt.AlignmentFlag.AlignTop)

    def show_content(self, content: ChartContent | None) -> None:
        """Show a chart; None where there is no image, and then nothing at all."""
        if content == self._content and content is not None:
            return
        self._content = content
        self._drawn.setVisible(content is not None)
        words = "" if content is None else content.words
        self.setAccessibleDescription(words)
        self.setToolTip(f"{words}\n{_COURSE}" if words else "")
        if content is None:
            return
        self._caption.show_text(content.standard.name)
        if self._plot is not None:
            self._plot.show_content(content)

    # Qt --------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_inside = self.rect().contains(event.position().toPoint())
        if is_inside and self._content is not None and event.button() is Qt.MouseButton.LeftButton:
            self.course_wanted.emit()
