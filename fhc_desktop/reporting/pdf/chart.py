"""The growth chart of the report, as lines and letters."""

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.growth.chart_curves import chart_curves, chart_ends_mm
from fhc_desktop.reporting.content.report_content import ChartPoint
from fhc_desktop.reporting.pdf.lettering import REGULAR, Face
from fhc_desktop.reporting.pdf.sheet import Box, Sheet

_MIDDLE = 50
_LABELS = Face(REGULAR, 6.5, "#555555")
_GRID, _CURVE, _MEDIAN = "#E0E0E0", "#888888", "#333333"
_WEEKS_APART, _MM_APART = 4, 50
_LABEL_PITCH = 7.5
_FOOT = 2.5
_LEFT, _RIGHT, _TOP, _BOTTOM = 24.0, 20.0, 8.0, 34.0


class _Axes:
    """From weeks and millimetres to the sheet."""

    def __init__(self, box: Box, point: ChartPoint) -> None:
        self.standard = point.standard
        self.first_week = point.standard.first_day / 7
        self.last_week = point.standard.last_day / 7
        self.curves = chart_curves(point.standard)
        heights = [*chart_ends_mm(point.standard), point.hc_mm]
        if point.interval_mm is not None:
            heights += [point.interval_mm.low, point.interval_mm.high]
        self.lowest_mm = _MM_APART * (min(heights) // _MM_APART)
        self.highest_mm = -_MM_APART * (-max(heights) // _MM_APART)
        self.box = Box(
            box.x + _LEFT,
            box.y + _TOP,
            box.width - _LEFT - _RIGHT,
            box.height - _TOP - _BOTTOM,
        )

    def place(self, week: float, hc_mm: float) -> tuple[float, float]:
        along = (week - self.first_week) / (self.last_week - self.first_week)
        up = (hc_mm - self.lowest_mm) / (self.highest_mm - self.lowest_mm)
        return (self.box.x + along * self.box.width, self.box.bottom - up * self.box.height)


def draw_growth_chart(sheet: Sheet, box: Box, *, point: ChartPoint, colour: str) -> None:
    """Draw the 3rd to 97th percentiles of the standard and where this head lies."""
    axes = _Axes(box, point)
    _draw_grid(sheet, axes)
    for curve in axes.curves:
        is_median = curve.percent == _MIDDLE
        sheet.line(
            [axes.place(*place) for place in curve.places],
            colour=_MEDIAN if is_median else _CURVE,
            width=1.0 if is_median else 0.6,
        )
    _label_curves(sheet, axes)
    x, y = axes.place(point.age.weeks, point.hc_mm)
    sheet.line([(x, axes.box.bottom), (x, y), (axes.box.x, y)], colour=_CURVE, dash=(1.5, 1.5))
    if point.interval_mm is not None:
        _draw_interval(sheet, axes, point=point, interval=point.interval_mm)
    sheet.disc((x, y), 3.0, colour=colour)


def _draw_interval(sheet: Sheet, axes: _Axes, *, point: ChartPoint, interval: Interval) -> None:
    """Draw an upright bar with a foot at each end; a narrow one hides behind the point."""
    ends = [axes.place(point.age.weeks, hc_mm) for hc_mm in (interval.low, interval.high)]
    sheet.line(ends, colour=_MEDIAN, width=1.0)
    for x, y in ends:
        sheet.line([(x - _FOOT, y), (x + _FOOT, y)], colour=_MEDIAN, width=1.0)


def _draw_grid(sheet: Sheet, axes: _Axes) -> None:
    box = axes.box
    # A local chart may cover no more than a few weeks.
    apart = 1 if axes.last_week - axes.first_week < 2 * _WEEKS_APART else _WEEKS_APART
    first = -apart * (-axes.first_week // apart)
    for week in range(int(first), int(axes.last_week) + 1, apart):
        x, _ = axes.place(week, axes.lowest_mm)
        sheet.line([(x, box.y), (x, box.bottom)], colour=_GRID)
        text = str(week)
        sheet.text(x - _LABELS.width(text) / 2, box.bottom + 9, text, _LABELS)
    for hc_mm in range(int(axes.lowest_mm), int(axes.highest_mm) + 1, _MM_APART):
        _, y = axes.place(axes.first_week, hc_mm)
        sheet.line([(box.x, y), (box.right, y)], colour=_GRID)
        sheet.text_from_right(box.x - 4, y + 2.5, str(hc_mm), _LABELS)
    sheet.text(box.x, box.bottom + 19, "HC in mm by gestational age in weeks", _LABELS)
    sheet.text_in(box.width + _RIGHT, (box.x, box.bottom + 29), axes.standard.name, _LABELS)


def _label_curves(sheet: Sheet, axes: _Axes) -> None:
    """Write each curve's percentile at its end, pushed apart just far enough to be read."""
    ends = [axes.place(*curve.places[-1])[1] for curve in axes.curves]
    middle = next(n for n, curve in enumerate(axes.curves) if curve.percent == _MIDDLE)
    for number, (curve, y) in enumerate(zip(axes.curves, ends, strict=True)):
        spread = ends[middle] + (middle - number) * _LABEL_PITCH
        nearest = max(y, spread) if number < middle else min(y, spread)
        sheet.text(axes.box.right + 4, nearest + 2.5, str(curve.percent), _LABELS)
