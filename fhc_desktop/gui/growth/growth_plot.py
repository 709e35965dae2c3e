"""GrowthPlot: a standard's curves, drawn once, and the head painted over them at each move.

Its own module because pyqtgraph takes half a second to import: see GrowthChart.
"""

from dataclasses import dataclass
from typing import Any

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.examination.outline_state import OutlineState
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
from fhc_desktop.gui.growth.chart_content import ChartContent, ChartPoint, OtherPoint
from fhc_desktop.gui.widgets import style

_WEEKS_BETWEEN_TICKS = 4
_ROOM_WEEKS = 0.5
_BEAM_WEEKS = 0.8
_MARK_RADIUS_PX, _OTHER_RADIUS_PX = 5.5, 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state of the outline looks on the chart: the shape says it as well as the colour."""

    color: str
    is_diamond: bool
    is_filled: bool


MARKS = {
    OutlineState.PROPOSED: Mark(style.PROPOSAL, is_diamond=False, is_filled=False),
    OutlineState.EDITED: Mark(style.EDITED, is_diamond=True, is_filled=True),
    OutlineState.ACCEPTED: Mark(style.ACCEPTED, is_diamond=False, is_filled=True),
    OutlineState.NOT_LOGGED: Mark(style.WARNING, is_diamond=False, is_filled=True),
}


class GrowthPlot(pyqtgraph.PlotWidget):
    """Takes no mouse: nothing zooms, no menu comes up.

    While a hand drags the outline, only the head moves: drawing the curves anew for it would take
    longer than everything else that the window does. ``named_weeks`` and ``named_mm`` are the
    numbers beside the axes.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, background=style.SURFACE)
        self._standard: GrowthStandard | None = None
        self._reason = ""
        self._head: ChartPoint | None = None
        self._others: tuple[OtherPoint, ...] = ()
        self._extent = Extent(0, 1, 0, 1)
        self._curves_picture: QPixmap | None = None
        self.named_weeks: list[int] = []
        self.named_mm: list[int] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item: Any = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        dress_axes(item)
        item.showLabel("bottom", show=False)  # the chart's head names both axes
        self._curves = LabelledCurves(item, pyqtgraph)
        self._reason_item = pyqtgraph.TextItem(color=style.TEXT, anchor=(1, 1), fill=style.SURFACE)
        self._reason_item.setFont(style.font(style.SMALL_PX))
        # The axes follow the standard, not whatever is drawn.
        item.addItem(self._reason_item, ignoreBounds=True)
        item.getViewBox().sigResized.connect(self._fit)

    def show_content(self, content: ChartContent) -> None:
        head = content.head if isinstance(content.head, ChartPoint) else None
        reason = content.head.reason if isinstance(content.head, NotAssessed) else ""
        extent = _extent(content, head)
        self._head, self._others = head, content.others
        if (content.standard, reason, extent) != (self._standard, self._reason, self._extent):
            if content.standard is not self._standard:
                self._curves.show(percentile_curves(content.standard))
            self._standard, self._reason, self._extent = content.standard, reason, extent
            self._reason_item.setText(reason)
            self._reason_item.setVisible(head is None)
            self._fit()
        self.viewport().update()

    @property
    def curve_labels(self) -> list[str]:
        """The names of the curves that are on the plot, the lowest first."""
        return self._curves.shown_labels

    def _fit(self) -> None:
        """Show the whole standard, and on its right the labels, apart from each other."""
        self._curves_picture = None
        box = self.getPlotItem().getViewBox()
        width_px, height_px = box.width(), box.height()
        gutter_px = self._curves.gutter_px
        if self._standard is None or width_px <= gutter_px or height_px <= 0:
            return
        left, right, bottom, top = self._extent
        edge = right + gutter_px * (right - left) / (width_px - gutter_px)
        box.setRange(xRange=(left, edge), yRange=(bottom, top), padding=0)
        # The reason stands where no curve runs: below them, on the right.
        self._reason_item.setTextWidth(min(0.62 * width_px, 80.0 * style.GRID))
        self._reason_item.setPos(edge, bottom)
        shown = Extent(left, edge, bottom, top)
        self._curves.place_labels(shown, width_px=width_px, height_px=height_px)
        self._show_ticks()

    def _show_ticks(self) -> None:
        left, right, bottom, top = self._extent
        # A local chart may cover no more than a few weeks.
        apart = 1 if right - left < 2 * _WEEKS_BETWEEN_TICKS else _WEEKS_BETWEEN_TICKS
        self.named_weeks = multiples(apart, left, right)
        self.named_mm = mm_ticks(bottom, top)
        for side, numbers in (("bottom", self.named_weeks), ("left", self.named_mm)):
            axis = self.getPlotItem().getAxis(side)
            axis.setTicks([[(number, str(number)) for number in numbers]])

    def _drawn_curves(self) -> QPixmap:
        self.scene().prepareForPaint()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.viewport().size() * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.setRenderHints(self.renderHints())
        # By itself it would fill the picture's own pixels, of which a fine screen has more.
        whole = self.viewport().rect()
        self.render(painter, QRectF(whole), whole)
        painter.end()
        return picture

    def _place(self, weeks: float, hc_mm: float) -> QPointF:
        """Return where an age and a height stand in the viewport."""
        in_scene = self.getPlotItem().getViewBox().mapViewToScene(QPointF(weeks, hc_mm))
        place: QPointF = self.viewportTransform().map(in_scene)
        return place

    def _paint_others(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.font(style.SMALL_PX))
        for other in self._others:
            at = self._place(other.weeks, other.hc_mm)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(style.TEXT))
            painter.drawEllipse(at, _OTHER_RADIUS_PX, _OTHER_RADIUS_PX)
            if other.fetus:
                painter.setPen(QColor(style.TEXT))
                painter.drawText(at + QPointF(style.GRID, -style.GRID), other.fetus)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_head(self, painter: QPainter, head: ChartPoint) -> None:
        left, _, bottom, _ = self._extent
        at = self._place(head.weeks, head.hc_mm)
        painter.setPen(pen(style.SECONDARY_TEXT, 1))
        painter.drawLine(self._place(left, head.hc_mm), at)
        painter.drawLine(at, self._place(head.weeks, bottom))
        if head.interval_mm is not None:
            self._paint_interval(painter, head.weeks, head.interval_mm)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = MARKS[head.state]
        painter.setPen(QPen(QColor(mark.color), 2))
        painter.setBrush(QColor(mark.color if mark.is_filled else style.SURFACE))
        _paint_mark(painter, at, is_diamond=mark.is_diamond)

    def _paint_interval(self, painter: QPainter, weeks: float, interval_mm: Interval) -> None:
        painter.setPen(pen(style.TEXT, 1.5))
        low, high = (self._place(weeks, end) for end in (interval_mm.low, interval_mm.high))
        beam = QPointF(self._place(weeks + _BEAM_WEEKS / 2, interval_mm.low).x() - low.x(), 0)
        painter.drawLine(low, high)
        for end in (low, high):
            painter.drawLine(end - beam, end + beam)

    # Qt --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        if self._curves_picture is None:
            self._curves_picture = self._drawn_curves()
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._curves_picture)
        box = self.getPlotItem().getViewBox().sceneBoundingRect()
        painter.setClipRect(self.viewportTransform().mapRect(box))
        self._paint_others(painter)
        if self._head is not None:
            self._paint_head(painter, self._head)


def _paint_mark(painter: QPainter, at: QPointF, *, is_diamond: bool) -> None:
    radius = _MARK_RADIUS_PX
    if not is_diamond:
        painter.drawEllipse(at, radius, radius)
        return
    corners = ((0, -radius), (-0.8 * radius, 0), (0, radius), (0.8 * radius, 0))
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))


def _extent(content: ChartContent, head: ChartPoint | None) -> Extent:
    """Return what the chart shows: all curves, and each head wherever it is."""
    standard = content.standard
    own_mm = () if head is None else head.heights_mm
    heights_mm = (*own_mm, *(other.hc_mm for other in content.others))
    return Extent(
        standard.first_day / 7 - _ROOM_WEEKS,
        standard.last_day / 7,
        *heights_with_room((*chart_ends_mm(standard), *heights_mm)),
    )
