"""The frame of a chart: what part of the plane it shows, and how its axes are dressed."""

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from fhc_desktop.gui.widgets import style

# The first that gives no more ticks than can be read; a head far off makes the scale long.
_MM_BETWEEN_TICKS = (50, 100, 200, 500, 1000, 5000)
_MOST_TICKS = 7
_ROOM_MM = 10
_ROOM_SHARE = 0.05
_WIDTH_LEFT_PX = 8 * style.GRID


class Extent(NamedTuple):
    """What a chart shows: from which to which week, and from which to which height."""

    left: float
    right: float
    bottom: float
    top: float


def dress_axes(plot_item: Any) -> None:
    """Give both axes their colours and sizes, and the lower one its name."""
    for side in ("left", "bottom"):
        axis = plot_item.getAxis(side)
        axis.setPen(style.LINE)
        axis.setTextPen(style.SECONDARY_TEXT)
        axis.setStyle(tickFont=style.font(style.SMALL_PX), tickLength=style.GRID)
    plot_item.getAxis("left").setWidth(_WIDTH_LEFT_PX)
    plot_item.setLabel(
        "bottom",
        "Gestational age (weeks)",
        color=style.SECONDARY_TEXT,
        **{"font-size": f"{style.SMALL_PX}px"},
    )


def heights_with_room(heights_mm: Iterable[float]) -> tuple[float, float]:
    """Return from which to which full 10 mm a chart reaches that has some room round heights."""
    found = list(heights_mm)
    lowest, highest = min(found), max(found)
    room_mm = max(_ROOM_MM, _ROOM_SHARE * (highest - lowest))
    return (
        float(floor((lowest - room_mm) / _ROOM_MM) * _ROOM_MM),
        float(ceil((highest + room_mm) / _ROOM_MM) * _ROOM_MM),
    )


def mm_ticks(bottom: float, top: float) -> list[int]:
    """Return the heights in mm that are named beside a chart."""
    span_mm = top - bottom
    enough = (step for step in _MM_BETWEEN_TICKS if span_mm / step <= _MOST_TICKS)
    return multiples(next(enough, ceil(span_mm / _MOST_TICKS)), bottom, top)


def round_ticks(lowest: float, highest: float) -> list[tuple[float, str]]:
    """Return round numbers between two, no more than can be read, each with its words."""
    span = highest - lowest
    power = floor(log10(span / _MOST_TICKS))
    step = next(
        step
        for step in (first * 10.0**power for first in (1, 2, 5, 10))
        if span / step <= _MOST_TICKS
    )
    decimals = max(0, -floor(log10(step)))
    counts = range(ceil(lowest / step), floor(highest / step) + 1)
    return [(count * step, minus(f"{count * step:.{decimals}f}")) for count in counts]


def minus(number: str) -> str:
    """Return a number with a true minus."""
    return number.replace("-", "−")


def multiples(step: int, lowest: float, highest: float) -> list[int]:
    """Return the multiples of a step between two numbers."""
    return list(range(ceil(lowest / step) * step, floor(highest) + 1, step))


def pen(color: str, width_px: float, dash: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen whose width is in pixels of the screen, however a chart is scaled."""
    made = QPen(QColor(color), width_px, dash)
    made.setCosmetic(True)
    return made
