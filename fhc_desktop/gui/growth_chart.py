"""The growth chart: percentile curves of the standard, and the head on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import NormalDist
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fhc_desktop.domain.examination import Examination
from fhc_desktop.domain.gestation import GestationalAge
from fhc_desktop.domain.growth import GrowthStandard, NotAssessed
from fhc_desktop.gui import style
from fhc_desktop.gui.chart_content import ChartContent, ChartPoint, chart_content
from fhc_desktop.gui.elided_label import ElidedLabel

# The chart never shrinks below what its labels need.
_USUAL_SIZE = QSize(300, 200)
_SMALLEST_SIZE = QSize(240, 180)
_WEEKS_BETWEEN_TICKS = 4
# The first that gives no more ticks than can be read; a head far off makes the scale long.
_MM_BETWEEN_TICKS = (50, 100, 200, 500, 1000, 5000)
_MOST_TICKS = 7
_ROOM_MM = 10
_ROOM_SHARE = 0.05
_ROOM_WEEKS = 0.5
_BEAM_WEEKS = 0.8


@dataclass(frozen=True, slots=True)
class Curve:
    """One percentile of the chart, its label and how strongly it is drawn."""

    label: str
    probability: float
    color: str
    width_px: float
    dash: Qt.PenStyle


CURVES = (
    Curve("3rd", 0.03, style.DISABLED_TEXT, 1.0, Qt.PenStyle.DashLine),
    Curve("10th", 0.10, style.DISABLED_TEXT, 1.0, Qt.PenStyle.SolidLine),
    Curve("50th", 0.50, style.TEXT, 1.6, Qt.PenStyle.SolidLine),
    Curve("90th", 0.90, style.DISABLED_TEXT, 1.0, Qt.PenStyle.SolidLine),
    Curve("97th", 0.97, style.DISABLED_TEXT, 1.0, Qt.PenStyle.DashLine),
)


def curve_points(standard: GrowthStandard, probability: float) -> tuple[list[float], list[float]]:
    """Return the ages in weeks and the HC in mm of one percentile, day by day."""
    z = NormalDist().inv_cdf(probability)
    ages = [GestationalAge(day) for day in range(standard.first_day, standard.last_day + 1)]
    heights = [(one.weeks, standard.hc_at(z, one)) for one in ages]
    on_chart = [(weeks, hc_mm) for weeks, hc_mm in heights if hc_mm is not None]
    return [weeks for weeks, _ in on_chart], [hc_mm for _, hc_mm in on_chart]


def spread(wanted: Sequence[float], *, gap: float, lowest: float, highest: float) -> list[float]:
    """Return ascending positions as near to ``wanted`` as a gap between neighbours allows.

    Where there is not even room for all of them within ``lowest`` and ``highest``, the gap
    shrinks so that none leaves the chart.
    """
    gap = min(gap, (highest - lowest) / max(len(wanted) - 1, 1))
    placed: list[float] = []
    for count, position in enumerate(wanted):
        floor_here = placed[-1] + gap if placed else lowest
        placed.append(max(position, floor_here, lowest + count * gap))
    overshoot = [b - a for a, b in zip(wanted, placed, strict=True)]
    shift = max(overshoot, default=0.0) / 2
    ceiling = highest
    for index in reversed(range(len(placed))):
        placed[index] = max(min(placed[index] - shift, ceiling), lowest + index * gap)
        ceiling = placed[index] - gap
    return placed


class GrowthChart(QWidget):
    """HC against gestational age: the standard's curves and the head, or why it is not there.

    pyqtgraph takes half a second to import, so the curves are drawn only after the chart has
    been painted for the first time: the window is on the screen and usable before.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: ChartContent | None = None
        self._drawing: _Drawing | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.draw_now)
        self._caption = ElidedLabel(
            style.font(style.SMALL_PX), style.SECONDARY_TEXT, mode=Qt.TextElideMode.ElideMiddle
        )
        self._lay_out()

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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drawing is None and not self._soon.isActive():
            self._soon.start(0)

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
        self._view_of: tuple[float, float, float, float] = (0, 1, 0, 1)
        self._ends: list[float] = []
        self.widget = pyqtgraph.PlotWidget(parent, background=style.SURFACE)
        self.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._item: Any = self.widget.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._dress_axes()
        self._guides = self._added(pyqtgraph.PlotCurveItem(pen=_pen(style.SECONDARY_TEXT, 1)))
        self._curves = [
            self._added(pyqtgraph.PlotCurveItem(antialias=True, pen=_pen_of(c))) for c in CURVES
        ]
        self._leaders = self._added(
            pyqtgraph.PlotCurveItem(antialias=True, pen=_pen(style.DISABLED_TEXT, 1))
        )
        self._labels = [self._added(self._label(curve.label)) for curve in CURVES]
        self._reason = self._added(
            pyqtgraph.TextItem(color=style.TEXT, anchor=(1, 1), fill=style.SURFACE)
        )
        self._reason.setFont(style.font(style.SMALL_PX))
        self._interval = self._added(pyqtgraph.ErrorBarItem())
        self._point = self._added(pyqtgraph.ScatterPlotItem(antialias=True, pxMode=True))
        self._item.getViewBox().sigResized.connect(self._fit)

    def show(self, content: ChartContent) -> None:
        if content.standard != self._standard:
            self._show_curves(content.standard)
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

    def _label(self, text: str) -> Any:
        label = self._pg.TextItem(text, color=style.SECONDARY_TEXT, anchor=(0, 0.5))
        label.setFont(style.font(style.SMALL_PX))
        return label

    def _dress_axes(self) -> None:
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(style.LINE)
            axis.setTextPen(style.SECONDARY_TEXT)
            axis.setStyle(tickFont=style.font(style.SMALL_PX), tickLength=style.GRID)
        self._item.getAxis("left").setWidth(8 * style.GRID)
        self._item.setLabel(
            "bottom",
            "Gestational age (weeks)",
            color=style.SECONDARY_TEXT,
            **{"font-size": f"{style.SMALL_PX}px"},
        )

    def _show_curves(self, standard: GrowthStandard) -> None:
        self._standard = standard
        drawn = [curve_points(standard, curve.probability) for curve in CURVES]
        for item, label, (weeks, hc_mm) in zip(self._curves, self._labels, drawn, strict=True):
            item.setData(weeks, hc_mm)
            # A local chart may end at its 10th and 90th percentile.
            label.setVisible(bool(hc_mm))
        self._ends = [hc_mm[-1] for _, hc_mm in drawn if hc_mm]

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
            pen=_pen(mark.color, 2),
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
            pen=_pen(style.TEXT, 1.5),
        )

    def _fit(self) -> None:
        """Show the whole standard, and on its right the labels, apart from each other."""
        box = self._item.getViewBox()
        width_px, height_px = box.width(), box.height()
        metrics = QFontMetrics(style.font(style.SMALL_PX))
        gutter_px = metrics.horizontalAdvance("97th") + 8 * style.GRID
        if self._standard is None or width_px <= gutter_px or height_px <= 0:
            return
        left, right, bottom, top = self._view_of
        weeks_per_px = (right - left) / (width_px - gutter_px)
        mm_per_px = (top - bottom) / height_px
        box.setRange(
            xRange=(left, right + gutter_px * weeks_per_px), yRange=(bottom, top), padding=0
        )
        # The reason stands where no curve runs: below them, on the right.
        self._reason.setTextWidth(min(0.62 * width_px, 80.0 * style.GRID))
        self._reason.setPos(right + gutter_px * weeks_per_px, bottom)
        half_mm = metrics.height() / 2 * mm_per_px
        placed = spread(
            self._ends,
            gap=metrics.height() * mm_per_px,
            lowest=bottom + half_mm,
            highest=top - half_mm,
        )
        self._place_labels(placed, weeks_per_px)

    def _place_labels(self, placed: list[float], weeks_per_px: float) -> None:
        if self._standard is None:  # pragma: no cover - curves come before their labels
            return
        end = self._standard.last_day / 7
        start, tip = end + 2 * weeks_per_px, end + 3 * style.GRID * weeks_per_px
        xs, ys = [], []
        shown = [label for label in self._labels if label.isVisible()]
        for label, position, curve_end in zip(shown, placed, self._ends, strict=True):
            label.setPos(tip, position)
            xs += [start, tip]
            ys += [curve_end, position]
        self._leaders.setData(xs, ys, connect="pairs")
        self._show_ticks()

    def _show_ticks(self) -> None:
        left, right, bottom, top = self._view_of
        # A local chart may cover no more than a few weeks.
        apart = 1 if right - left < 2 * _WEEKS_BETWEEN_TICKS else _WEEKS_BETWEEN_TICKS
        weeks = _multiples(apart, left, right)
        mm = _multiples(_mm_between_ticks(top - bottom), bottom, top)
        self._item.getAxis("bottom").setTicks([[(week, str(week)) for week in weeks]])
        self._item.getAxis("left").setTicks([[(hc_mm, str(hc_mm)) for hc_mm in mm]])


def _view_of(
    standard: GrowthStandard, head: ChartPoint | None
) -> tuple[float, float, float, float]:
    """Return left, right (weeks), bottom and top (mm): all curves, and the head wherever it is."""
    heights = [hc for curve in CURVES for hc in curve_points(standard, curve.probability)[1]]
    lowest, highest = min(heights), max(heights)
    if head is not None:
        lowest, highest = min(lowest, *head.heights_mm), max(highest, *head.heights_mm)
    room_mm = max(_ROOM_MM, _ROOM_SHARE * (highest - lowest))
    return (
        standard.first_day / 7 - _ROOM_WEEKS,
        standard.last_day / 7,
        float(floor((lowest - room_mm) / _ROOM_MM) * _ROOM_MM),
        float(ceil((highest + room_mm) / _ROOM_MM) * _ROOM_MM),
    )


def _mm_between_ticks(span_mm: float) -> int:
    enough = (step for step in _MM_BETWEEN_TICKS if span_mm / step <= _MOST_TICKS)
    return next(enough, ceil(span_mm / _MOST_TICKS))


def _multiples(step: int, lowest: float, highest: float) -> list[int]:
    return list(range(ceil(lowest / step) * step, floor(highest) + 1, step))


def _pen(color: str, width_px: float, dash: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(color), width_px, dash)
    pen.setCosmetic(True)
    return pen


def _pen_of(curve: Curve) -> QPen:
    return _pen(curve.color, curve.width_px, curve.dash)
