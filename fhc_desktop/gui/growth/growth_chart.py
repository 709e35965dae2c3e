"""The growth chart: percentile curves of the standard, and the head on them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.gui.growth.chart_content import ChartContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint

if TYPE_CHECKING:
    from fhc_desktop.gui.growth.growth_plot import GrowthPlot

# The chart never shrinks below what its labels need.
_USUAL_SIZE = QSize(300, 200)
_SMALLEST_SIZE = QSize(240, 180)


class GrowthChart(QWidget):
    """HC against gestational age: the standard's curves and the head, or why it is not there.

    pyqtgraph takes half a second to import, so the curves are drawn only after the chart has
    been painted for the first time and the import, beside the event loop, has ended.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: ChartContent | None = None
        self._plot: GrowthPlot | None = None
        self._caption = ElidedLabel(
            style.font(style.SMALL_PX), style.SECONDARY_TEXT, mode=Qt.TextElideMode.ElideMiddle
        )
        self._lay_out()
        AfterFirstPaint(self, self.draw_now, needs="fhc_desktop.gui.growth.growth_plot")

    def draw_now(self) -> None:
        """Draw the curves at once instead of after the first painting: for pictures."""
        if self._plot is None:
            from fhc_desktop.gui.growth.growth_plot import GrowthPlot  # noqa: PLC0415 - slow

            self._plot = GrowthPlot(self)
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

    def sizeHint(self) -> QSize:
        return _USUAL_SIZE

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST_SIZE

    def _lay_out(self) -> None:
        unit = style.label("HC (mm)", size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        head = QHBoxLayout()
        head.addWidget(unit)
        head.addSpacing(style.GAP)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._caption, stretch=1)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(style.GRID)
        self._body.addLayout(head)
        self._body.setAlignment(head, Qt.AlignmentFlag.AlignTop)

    def show_content(self, content: ChartContent) -> None:
        if content == self._content:
            return
        self._content = content
        head = content.head
        self._caption.show_text(content.standard.name)
        words = head.reason if isinstance(head, NotAssessed) else head.words
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        if self._plot is not None:
            self._plot.show_content(content)
