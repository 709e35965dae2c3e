"""The growth chart of the report, as lines and letters."""

import math
from collections.abc import Iterator, Sequence

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.growth.chart_curves import chart_curves, chart_ends_mm
from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.growth_tracks import GrowthChart, GrowthTrack, TrackPoint
from fhc_desktop.reporting.pdf.lettering import REGULAR, Face
from fhc_desktop.reporting.pdf.sheet import Box, Sheet

_MIDDLE = 50
_LABELS = Face(REGULAR, 6.5, "#555555")
_GRID, _CURVE, _MEDIAN = "#E0E0E0", "#888888", "#333333"
_WEEKS_APART, _MM_APART = 4, 50
_LABEL_PITCH = 7.5
_FOOT = 2.5
_LEFT, _RIGHT, _TOP, _BOTTOM = 24.0, 20.0, 8.0, 34.0
_LEGEND_PITCH = 10.0
_MARK = 3.0
# Darker than on the scan, because the paper is white.
_STATE_COLOURS = {
    OutlineState.NONE: colours.PROPOSAL,
    OutlineState.PROPOSED: colours.PROPOSAL,
    OutlineState.EDITED: colours.EDITED,
    OutlineState.ACCEPTED: colours.ACCEPTED_ON_WHITE,
    OutlineState.NOT_LOGGED: colours.WARNING_ON_WHITE,
}
# The corners of a track's marks; the first one's are round.
_CORNERS = (0, 4, 3, 5, 6, 8)


class _Axes:
    """From weeks and millimetres to the sheet."""

    def __init__(self, box: Box, chart: GrowthChart) -> None:
        self.standard = chart.standard
        self.first_week = chart.standard.first_day / 7
        self.last_week = chart.standard.last_day / 7
        self.curves = chart_curves(chart.standard)
        heights = [*chart_ends_mm(chart.standard), *_heights(chart)]
        self.lowest_mm = _MM_APART * (min(heights) // _MM_APART)
        self.highest_mm = -_MM_APART * (-max(heights) // _MM_APART)
        self.box = Box(
            box.x + _LEFT,
            box.y + _TOP,
            box.width - _LEFT - _RIGHT,
            box.height - _TOP - _BOTTOM - _legend_height(chart),
        )

    def place(self, week: float, hc_mm: float) -> tuple[float, float]:
        along = (week - self.first_week) / (self.last_week - self.first_week)
        up = (hc_mm - self.lowest_mm) / (self.highest_mm - self.lowest_mm)
        return (self.box.x + along * self.box.width, self.box.bottom - up * self.box.height)


def draw_growth_chart(sheet: Sheet, box: Box, chart: GrowthChart) -> None:
    """Draw the 3rd to 97th percentiles of the standard and where each head lies.

    The heads of one fetus have marks of one shape; their colour says what became of each.
    """
    axes = _Axes(box, chart)
    _draw_grid(sheet, axes)
    for curve in axes.curves:
        is_median = curve.percent == _MIDDLE
        sheet.line(
            [axes.place(*place) for place in curve.places],
            colour=_MEDIAN if is_median else _CURVE,
            width=1.0 if is_median else 0.6,
        )
    _label_curves(sheet, axes)
    points = [point for track in chart.tracks for point in track.points]
    if len(points) == 1:
        x, y = axes.place(points[0].age.weeks, points[0].hc_mm)
        sheet.line([(x, axes.box.bottom), (x, y), (axes.box.x, y)], colour=_CURVE, dash=(1.5, 1.5))
    for point in points:
        if point.interval_mm is not None:
            _draw_interval(sheet, axes, point=point, interval=point.interval_mm)
    for track, corners in zip(chart.tracks, _corners(chart.tracks), strict=True):
        _draw_track(sheet, axes, track, corners)
    _draw_legend(sheet, axes, chart)


def _draw_track(sheet: Sheet, axes: _Axes, track: GrowthTrack, corners: int) -> None:
    places = [axes.place(point.age.weeks, point.hc_mm) for point in track.points]
    if track.is_joined and len(places) > 1:
        sheet.line(places, colour=_MEDIAN, width=0.8)
    for point, place in zip(track.points, places, strict=True):
        _draw_mark(sheet, place, corners, colour=_STATE_COLOURS[point.state])


def _draw_mark(sheet: Sheet, at: tuple[float, float], corners: int, *, colour: str) -> None:
    if not corners:
        sheet.disc(at, _MARK, colour=colour)
        return
    turns = [math.tau * (number + 0.5) / corners for number in range(corners)]
    radius = 1.3 * _MARK
    sheet.polygon(
        [(at[0] + radius * math.sin(turn), at[1] + radius * math.cos(turn)) for turn in turns],
        colour=colour,
    )


def _draw_legend(sheet: Sheet, axes: _Axes, chart: GrowthChart) -> None:
    """Say what the marks are of, where there are several kinds."""
    y = axes.box.bottom + _BOTTOM + 6
    for track, corners in zip(chart.tracks, _corners(chart.tracks), strict=True):
        if track.words:
            _draw_mark(sheet, (axes.box.x + _MARK, y - 2.5), corners, colour="#FFFFFF")
            sheet.text(axes.box.x + 12, y, track.words, _LABELS)
            y += _LEGEND_PITCH


def _corners(tracks: Sequence[GrowthTrack]) -> Iterator[int]:
    return (_CORNERS[number % len(_CORNERS)] for number in range(len(tracks)))


def _legend_height(chart: GrowthChart) -> float:
    return _LEGEND_PITCH * sum(bool(track.words) for track in chart.tracks)


def _heights(chart: GrowthChart) -> Iterator[float]:
    for point in (point for track in chart.tracks for point in track.points):
        yield point.hc_mm
        if point.interval_mm is not None:
            yield from (point.interval_mm.low, point.interval_mm.high)


def _draw_interval(sheet: Sheet, axes: _Axes, *, point: TrackPoint, interval: Interval) -> None:
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
