"""Curves over gestational age, and at their right ends their names, apart from each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtGui import QFontMetrics, QPen

from fhc_desktop.gui import style
from fhc_desktop.gui.chart_axes import Extent, pen


@dataclass(frozen=True, slots=True)
class LabelledCurve:
    """A curve by its ages in weeks, ascending, and its heights in the chart's unit."""

    label: str
    weeks: Sequence[float]
    heights: Sequence[float]
    pen: QPen

    def height_at(self, weeks: float) -> float | None:
        """Return its height at an age; None where it does not run."""
        if not self.weeks[0] <= weeks <= self.weeks[-1]:
            return None
        return float(np.interp(weeks, self.weeks, self.heights))


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

    def show(self, curves: Sequence[LabelledCurve]) -> None:
        for item in (*self._lines, *self._labels):
            self._plot_item.removeItem(item)
        self._curves = tuple(curves)
        self._lines = [
            self._pg.PlotCurveItem(
                np.array(curve.weeks), np.array(curve.heights), antialias=True, pen=curve.pen
            )
            for curve in curves
        ]
        self._labels = [self._label(curve.label) for curve in curves]
        for line in self._lines:
            line.setZValue(-1)  # below whatever was put on the plot before
        for item in (*self._lines, *self._labels):
            self._plot_item.addItem(item, ignoreBounds=True)

    def place_labels(self, shown: Extent, *, width_px: float, height_px: float) -> None:
        """Put the names into the gutter at the right of what the plot shows."""
        weeks_per_px = (shown.right - shown.left) / width_px
        unit_per_px = (shown.top - shown.bottom) / height_px
        edge = shown.right - self.gutter_px * weeks_per_px
        ends = [self._end(curve, edge, shown) for curve in self._curves]
        line_px = _metrics().height()
        placed = iter(
            spread(
                [height for _, height in filter(None, ends)],
                gap=line_px * unit_per_px,
                lowest=shown.bottom + line_px / 2 * unit_per_px,
                highest=shown.top - line_px / 2 * unit_per_px,
            )
        )
        xs: list[float] = []
        ys: list[float] = []
        for label, end in zip(self._labels, ends, strict=True):
            label.setVisible(end is not None)
            if end is None:
                continue
            start, tip = end[0] + 2 * weeks_per_px, end[0] + 3 * style.GRID * weeks_per_px
            position = next(placed)
            label.setPos(tip, position)
            xs += [start, tip]
            ys += [end[1], position]
        self._leaders.setData(xs, ys, connect="pairs")

    def _end(self, curve: LabelledCurve, edge: float, shown: Extent) -> tuple[float, float] | None:
        """Return where the visible part of a curve ends on the right; None where none is."""
        weeks = min(edge, curve.weeks[-1])
        height = None if weeks < shown.left else curve.height_at(weeks)
        if height is None or not shown.bottom <= height <= shown.top:
            return None
        return weeks, height

    def _label(self, text: str) -> Any:
        # Where the plot is zoomed the curves run on under their names.
        label = self._pg.TextItem(
            text, color=style.SECONDARY_TEXT, anchor=(0, 0.5), fill=style.SURFACE
        )
        label.setFont(style.font(style.SMALL_PX))
        label.setZValue(1)
        return label


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
