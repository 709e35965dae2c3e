"""Curves over gestational age, and at their right ends their names, apart from each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from PySide6.QtGui import QFontMetrics, QPen

from fhc_desktop.gui.charts.axes import Extent, pen
from fhc_desktop.gui.widgets import style

_PLACES = 400
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class LabelledCurve:
    """A curve by its ages in weeks, ascending, and its heights in the chart's unit."""

    label: str
    weeks: Sequence[float]
    heights: Sequence[float]
    pen: QPen

    def seen_until(self, shown: Extent, edge: float) -> tuple[float, float] | None:
        """Return the last place before an age at which it is seen; None where it never is."""
        first, last = max(shown.left, self.weeks[0]), min(edge, self.weeks[-1])
        if last < first:
            return None
        weeks = np.linspace(first, last, _PLACES)
        heights = np.interp(weeks, self.weeks, self.heights)
        (seen,) = np.nonzero((heights >= shown.bottom) & (heights <= shown.top))
        return (float(weeks[seen[-1]]), float(heights[seen[-1]])) if len(seen) else None

    def until(self, weeks: float) -> tuple[list[float], list[float]]:
        """Return its ages and heights up to an age."""
        if weeks <= self.weeks[0]:
            return [], []
        end = min(weeks, self.weeks[-1])
        shown = [place for place in zip(self.weeks, self.heights, strict=True) if place[0] < end]
        shown.append((end, float(np.interp(end, self.weeks, self.heights))))
        return [week for week, _ in shown], [height for _, height in shown]


class LabelledCurves:
    """The curves on a plot of pyqtgraph, the lowest first.

    Their names stand where they end or, where the plot is zoomed, where they leave it.
    """

    def __init__(self, plot_item: Any, pyqtgraph: Any) -> None:
        self._plot_item = plot_item
        self._pg = pyqtgraph
        self._curves: tuple[LabelledCurve, ...] = ()
        self._lines: list[Any] = []
        self._labels: list[Any] = []
        self._leaders = pyqtgraph.PlotCurveItem(antialias=True, pen=pen(style.DISABLED_TEXT, 1))
        # The axes follow the standard, not whatever is drawn.
        plot_item.addItem(self._leaders, ignoreBounds=True)

    @property
    def gutter_px(self) -> int:
        """The room that the names need beside the curves."""
        names = [curve.label for curve in self._curves] or [""]
        return max(map(_metrics().horizontalAdvance, names)) + 8 * style.GRID

    @property
    def shown_labels(self) -> list[str]:
        """The names that can be read on the plot, the lowest first."""
        pairs = zip(self._curves, self._labels, strict=True)
        return [curve.label for curve, label in pairs if label.isVisible()]

    def show(self, curves: Sequence[LabelledCurve]) -> None:
        for item in (*self._lines, *self._labels):
            self._plot_item.removeItem(item)
        self._curves = tuple(curves)
        self._lines = [
            self._pg.PlotCurveItem(*curve.until(curve.weeks[-1]), antialias=True, pen=curve.pen)
            for curve in curves
        ]
        self._labels = [self._label(curve.label) for curve in curves]
        for line in self._lines:
            line.setZValue(-1)  # below whatever was put on the plot before
        for item in (*self._lines, *self._labels):
            self._plot_item.addItem(item, ignoreBounds=True)

    def place_labels(self, shown: Extent, *, width_px: float, height_px: float) -> None:
        """Put the names into the gutter at the right of what the plot shows.

        A curve that leaves a zoomed plot before it comes to the gutter is named where it leaves.
        """
        weeks_per_px = (shown.right - shown.left) / width_px
        edge = shown.right - self.gutter_px * weeks_per_px
        at_gutter: list[tuple[Any, tuple[float, float]]] = []
        leaving: list[tuple[Any, tuple[float, float]]] = []
        for line, label, curve in zip(self._lines, self._labels, self._curves, strict=True):
            line.setData(*curve.until(edge))  # none runs through the names
            end = curve.seen_until(shown, edge)
            label.setVisible(end is not None)
            if end is not None:
                comes_to_gutter = end[0] >= min(edge, curve.weeks[-1]) - _NEARLY
                (at_gutter if comes_to_gutter else leaving).append((label, end))
        self._name_in_gutter(at_gutter, shown, edge, (weeks_per_px, height_px))
        _name_where_they_leave(leaving, weeks_per_px)

    def _name_in_gutter(
        self,
        ends: Sequence[tuple[Any, tuple[float, float]]],
        shown: Extent,
        edge: float,
        scale: tuple[float, float],
    ) -> None:
        weeks_per_px, height_px = scale
        line_high = _metrics().height() * (shown.top - shown.bottom) / height_px
        placed = spread(
            [height for _, (_, height) in ends],
            gap=line_high,
            lowest=shown.bottom + line_high / 2,
            highest=shown.top - line_high / 2,
        )
        tip = edge + 3 * style.GRID * weeks_per_px
        xs: list[float] = []
        ys: list[float] = []
        for (label, (weeks, height)), position in zip(ends, placed, strict=True):
            label.setAnchor((0, 0.5))
            label.setPos(tip, position)
            xs += [weeks + 2 * weeks_per_px, tip]
            ys += [height, position]
        self._leaders.setData(xs, ys, connect="pairs")

    def _label(self, text: str) -> Any:
        label = self._pg.TextItem(text, color=style.SECONDARY_TEXT, anchor=(0, 0.5))
        label.setFont(style.font(style.SMALL_PX))
        return label


def _name_where_they_leave(
    ends: Sequence[tuple[Any, tuple[float, float]]], weeks_per_px: float
) -> None:
    """Name curves to the left of where they leave; one that is too near another has no name."""
    free_from = -inf
    for label, (weeks, height) in sorted(ends, key=lambda end: end[1][0]):
        width = _metrics().horizontalAdvance(label.toPlainText()) * weeks_per_px
        label.setVisible(weeks - width >= free_from)
        label.setAnchor((1, 0))
        label.setPos(weeks, height)
        free_from = weeks + 2 * style.GRID * weeks_per_px


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


def _metrics() -> QFontMetrics:
    return QFontMetrics(style.font(style.SMALL_PX))
