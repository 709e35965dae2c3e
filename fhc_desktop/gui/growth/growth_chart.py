"""The growth chart: percentile curves of the standard, and the head on them."""

from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard, NotAssessed
from fhc_desktop.domain.growth.chart_curves import chart_ends_mm
from fhc_desktop.gui.charts.axes import (
    Extent,
    dress_axes,
    heights_with_room,
    mm_ticks,
    multiples,
    pen,
)
from fhc_desktop.gui.charts.labelled_curves import LabelledCurves
from fhc_desktop.gui.charts.percentile_curves import percentile_curves
from fhc_desktop.gui.growth.chart_content import ChartContent, ChartPoint, chart_content
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint

# The chart never shrinks below what its labels need.
_USUAL_SIZE = QSize(300, 200)
_SMALLEST_SIZE = QSize(240, 180)
_WEEKS_BETWEEN_TICKS = 4
_ROOM_WEEKS = 0.5
_BEAM_WEEKS = 0.8


class GrowthChart(QWidget):
    """HC against gestational age: the standard's curves and the head, or why it is not there.

    pyqtgraph takes half a second to import, so the curves are drawn only after the chart has
    been painted for the first time: the window is on the screen and usable before.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: ChartContent | None = None
        self._drawing: _Drawing | None = None
        self._caption = ElidedLabel(
            style.font(style.SMALL_PX), style.SECONDARY_TEXT, mode=Qt.TextElideMode.ElideMiddle
        )
        self._lay_out()
        AfterFirstPaint(self, self.draw_now)

    def show_examination(self, exam: Examination) -> None:
        self._show(chart_content(exam))

    def draw_now(self) -> None:
        """Draw the curves at once instead of after the first painting: for pictures."""
        if self._drawing is None:
            self._drawing = _Drawing(self)
            self._body.addWidget(self._drawing.widget, stretch=1)
            # Qt lays new children out in the next turn of the event loop; a picture cannot wait.
            self._body.activate()
            if self._content is not None:
                self._drawing.show(self._content)

    @property
    def is_drawn(self) -> bool:
        return self._drawing is not None

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

    def _show(self, content: ChartContent) -> None:
        if content == self._content:
            return
        self._content = content
        head = content.head
        self._caption.show_text(content.standard.name)
        words = head.reason if isinstance(head, NotAssessed) else head.words
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        if self._drawing is not None:
            self._drawing.show(content)


class _Drawing:
    """The pyqtgraph part of the chart. It takes no mouse: nothing zooms, no menu comes up."""

    def __init__(self, parent: QWidget) -> None:
        # Imported here because it is slow; see GrowthChart.
        import pyqtgraph  # noqa: PLC0415

        self._pg: Any = pyqtgraph
        self._standard: GrowthStandard | None = None
        self._view_of = Extent(0, 1, 0, 1)
        self.widget = pyqtgraph.PlotWidget(parent, background=style.SURFACE)
        self.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._item: Any = self.widget.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        dress_axes(self._item)
        self._guides = self._added(pyqtgraph.PlotCurveItem(pen=pen(style.SECONDARY_TEXT, 1)))
        self._curves = LabelledCurves(self._item, pyqtgraph)
        self._reason = self._added(
            pyqtgraph.TextItem(color=style.TEXT, anchor=(1, 1), fill=style.SURFACE)
        )
        self._reason.setFont(style.font(style.SMALL_PX))
        self._interval = self._added(pyqtgraph.ErrorBarItem())
        self._point = self._added(pyqtgraph.ScatterPlotItem(antialias=True, pxMode=True))
        self._item.getViewBox().sigResized.connect(self._fit)

    def show(self, content: ChartContent) -> None:
        if content.standard != self._standard:
            self._standard = content.standard
            self._curves.show(percentile_curves(content.standard))
        head = content.head if isinstance(content.head, ChartPoint) else None
        self._reason.setText(content.head.reason if isinstance(content.head, NotAssessed) else "")
        self._reason.setVisible(head is None)
        self._view_of = _view_of(content.standard, head)
        self._show_point(head)
        self._fit()

    def _added(self, item: Any) -> Any:
        # The axes follow the standard, not whatever is drawn.
        self._item.addItem(item, ignoreBounds=True)
        return item

    def _show_point(self, head: ChartPoint | None) -> None:
        if head is None:
            self._point.clear()
            self._guides.clear()
            self._interval.setVisible(False)
            return
        left, _, bottom, _ = self._view_of
        self._guides.setData([left, head.weeks, head.weeks], [head.hc_mm, head.hc_mm, bottom])
        mark = head.mark
        self._show_interval(head)
        self._point.setData(
            [head.weeks],
            [head.hc_mm],
            symbol=mark.symbol,
            size=11,
            pen=pen(mark.color, 2),
            brush=mark.color if mark.filled else style.SURFACE,
        )

    def _show_interval(self, head: ChartPoint) -> None:
        self._interval.setVisible(head.interval_mm is not None)
        if head.interval_mm is None:
            return
        self._interval.setData(
            x=np.array([head.weeks]),
            y=np.array([head.hc_mm]),
            bottom=np.array([head.hc_mm - head.interval_mm.low]),
            top=np.array([head.interval_mm.high - head.hc_mm]),
            beam=_BEAM_WEEKS,
            pen=pen(style.TEXT, 1.5),
        )

    def _fit(self) -> None:
        """Show the whole standard, and on its right the labels, apart from each other."""
        box = self._item.getViewBox()
        width_px, height_px = box.width(), box.height()
        gutter_px = self._curves.gutter_px
        if self._standard is None or width_px <= gutter_px or height_px <= 0:
            return
        left, right, bottom, top = self._view_of
        edge = right + gutter_px * (right - left) / (width_px - gutter_px)
        box.setRange(xRange=(left, edge), yRange=(bottom, top), padding=0)
        # The reason stands where no curve runs: below them, on the right.
        self._reason.setTextWidth(min(0.62 * width_px, 80.0 * style.GRID))
        self._reason.setPos(edge, bottom)
        shown = Extent(left, edge, bottom, top)
        self._curves.place_labels(shown, width_px=width_px, height_px=height_px)
        self._show_ticks()

    def _show_ticks(self) -> None:
        left, right, bottom, top = self._view_of
        # A local chart may cover no more than a few weeks.
        apart = 1 if right - left < 2 * _WEEKS_BETWEEN_TICKS else _WEEKS_BETWEEN_TICKS
        weeks = multiples(apart, left, right)
        self._item.getAxis("bottom").setTicks([[(week, str(week)) for week in weeks]])
        self._item.getAxis("left").setTicks([[(mm, str(mm)) for mm in mm_ticks(bottom, top)]])


def _view_of(standard: GrowthStandard, head: ChartPoint | None) -> Extent:
    """Return what the chart shows: all curves, and the head wherever it is."""
    heights_mm = () if head is None else head.heights_mm
    return Extent(
        standard.first_day / 7 - _ROOM_WEEKS,
        standard.last_day / 7,
        *heights_with_room((*chart_ends_mm(standard), *heights_mm)),
    )
