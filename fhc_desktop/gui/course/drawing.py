"""The pyqtgraph part of the chart of a pregnancy's course."""

from collections.abc import Collection, Iterable, Sequence
from math import hypot
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsView, QWidget

from fhc_desktop.domain.dating.gestation import weeks_and_days
from fhc_desktop.gui.charts.axes import Extent, dress_axes, multiples, pen, round_ticks
from fhc_desktop.gui.charts.labelled_curves import LabelledCurve, LabelledCurves
from fhc_desktop.gui.charts.percentile_curves import percentile_curves
from fhc_desktop.gui.course.content import Z_LINES, CourseContent, CourseDot, CourseView
from fhc_desktop.gui.course.fetus_mark import FetusMark, fetus_mark
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import format_whole_z

_DOT_PX, _EDITED_PX, _CHOSEN_PX, _THEN_PX = 10, 21, 27, 7
_FOOT_PX = 4
_NEAR_PX = 12
# The first that gives no more ticks than can be read.
_DAYS_BETWEEN_TICKS = (1, 7, 14, 28, 56)
_MOST_TICKS = 14
_CLOSEST_WEEKS = 1.0
_CLOSEST_SHARE = 0.02


class CourseDrawing:
    """Curves, examinations and what joins them. The wheel zooms, a drag moves."""

    def __init__(self, pyqtgraph: Any, parent: QWidget) -> None:
        self._pg = pyqtgraph
        self._content: CourseContent | None = None
        self._view = CourseView.HC
        self._is_zoomed = False
        self._of_fetuses: list[Any] = []
        self._bars: list[tuple[Any, list[CourseDot]]] = []
        self.widget = pyqtgraph.PlotWidget(parent, background=style.SURFACE)
        # A file of lines gets lines: no background kept as a picture.
        self.widget.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self._item: Any = self.widget.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        dress_axes(self._item)
        self._box: Any = self._item.getViewBox()
        self._curves = LabelledCurves(self._item, pyqtgraph)
        self._moves = self._added(
            pyqtgraph.PlotCurveItem(pen=pen(style.SECONDARY_TEXT, 1, Qt.PenStyle.DotLine)), z=1
        )
        self._then, self._edited, self._chosen = (self._scatter(z) for z in (2, 4, 6))
        self._box.sigResized.connect(self._fit)
        self._box.sigRangeChanged.connect(self._show_range)
        self._box.sigRangeChangedManually.connect(self._note_zoom)

    # What is shown ---------------------------------------------------------------------------

    def show(self, content: CourseContent, view: CourseView) -> None:
        self._content, self._view = content, view
        is_hc = view is CourseView.HC
        self._curves.show(percentile_curves(content.standard) if is_hc else _z_lines(content))
        for item in self._of_fetuses:
            self._item.removeItem(item)
        self._of_fetuses, self._bars = [], []
        for label in content.fetus_labels:
            self._show_fetus([dot for dot in self._dots if dot.fetus_label == label])
        self._show_edited()
        self._show_moves()
        self._chosen.clear()
        self.show_all()

    def show_all(self) -> None:
        """Show all curves and all examinations."""
        self._is_zoomed = False
        self._fit()

    def zoom(self, factor: float) -> None:
        """Show less, by a factor above 1, or more, of what is in the middle."""
        self._note_zoom()
        self._box.scaleBy((1 / factor, 1 / factor))

    def mark(self, entry_ids: Collection[str]) -> None:
        """Put a ring round examinations."""
        dots = [dot for dot in self._dots if dot.entry_id in entry_ids]
        self._set(self._chosen, dots, symbol="o", size=_CHOSEN_PX, color=style.TEXT)

    @property
    def shown(self) -> Extent:
        (left, right), (bottom, top) = self._box.viewRange()
        return Extent(left, right, bottom, top)

    def place_px(self, dot: CourseDot) -> QPointF:
        """Return where a dot of this view is on the widget."""
        place = dot.place(self._view)
        height = 0.0 if place is None else place.height
        in_scene = self._box.mapViewToScene(QPointF(dot.weeks, height))
        return QPointF(self.widget.mapFromScene(in_scene))

    def near(self, at: QPointF) -> list[CourseDot]:
        """Return the examinations round a place on the widget, the nearest first."""
        away = [(_distance(self.place_px(dot), at), dot) for dot in self._dots]
        near = sorted((px, index) for index, (px, _) in enumerate(away) if px <= _NEAR_PX)
        return [away[index][1] for _, index in near]

    # Inside ----------------------------------------------------------------------------------

    @property
    def _dots(self) -> list[CourseDot]:
        """The examinations that have a place in this view."""
        content = self._content
        every = () if content is None else content.dots
        return [dot for dot in every if dot.place(self._view) is not None]

    def _added(self, item: Any, *, z: int) -> Any:
        # The axes follow what is decided here, not whatever is drawn.
        self._item.addItem(item, ignoreBounds=True)
        item.setZValue(z)
        return item

    def _scatter(self, z: int) -> Any:
        # Without a cache of pictures, so that a file of lines gets lines.
        made = self._pg.ScatterPlotItem(antialias=True, pxMode=True, useCache=False)
        return self._added(made, z=z)

    def _set(
        self, item: Any, dots: Sequence[CourseDot], *, symbol: str, size: int, color: str
    ) -> None:
        item.setData(
            [dot.weeks for dot in dots],
            [self._height(dot) for dot in dots],
            symbol=symbol,
            size=size,
            pen=pen(color, 1.5),
            brush=None,
        )

    def _height(self, dot: CourseDot) -> float:
        place = dot.place(self._view)
        return 0.0 if place is None else place.height

    def _show_fetus(self, dots: list[CourseDot]) -> None:
        if not dots:
            return
        mark = fetus_mark(dots[0].fetus_label, is_known=dots[0].is_joined)
        line = self._pg.PlotCurveItem(antialias=True, pen=pen(mark.color, 1.5, mark.dash))
        if dots[0].is_joined:
            line.setData([dot.weeks for dot in dots], [self._height(dot) for dot in dots])
        bars = self._pg.PlotCurveItem(antialias=False, pen=pen(mark.color, 1))
        points = self._scatter(5)
        points.setData(
            [dot.weeks for dot in dots],
            [self._height(dot) for dot in dots],
            symbol=mark.symbol,
            size=_DOT_PX + _larger(mark),
            pen=pen(style.SURFACE, 1),
            brush=mark.color,
        )
        self._of_fetuses += [self._added(line, z=2), self._added(bars, z=3), points]
        self._bars.append((bars, dots))

    def _show_edited(self) -> None:
        dots = [dot for dot in self._dots if not dot.origin.is_models_own]
        self._set(self._edited, dots, symbol="d", size=_EDITED_PX, color=style.EDITED)

    def _show_moves(self) -> None:
        """Show where an examination lay by the dating of then, and whereto it has moved."""
        moved = [
            (dot.weeks_then, then, dot)
            for dot in self._dots
            if dot.weeks_then is not None and (then := dot.height_then(self._view)) is not None
        ]
        xs = [week for weeks, _, dot in moved for week in (weeks, dot.weeks)]
        ys = [height for _, then, dot in moved for height in (then, self._height(dot))]
        self._moves.setData(xs, ys, connect="pairs")
        self._then.setData(
            [weeks for weeks, _, _ in moved],
            [then for _, then, _ in moved],
            symbol="o",
            size=_THEN_PX,
            pen=pen(style.SECONDARY_TEXT, 1.2),
            brush=style.SURFACE,
        )

    def _note_zoom(self, _: object = None) -> None:
        self._is_zoomed = True

    def _fit(self, _: object = None) -> None:
        """Show everything, with room for the curves' names at the right, unless it is zoomed."""
        gutter_px = self._curves.gutter_px
        width_px = self._box.width()
        if self._content is None or width_px <= gutter_px or self._box.height() <= 0:
            return
        left, right, bottom, top = self._content.extent(self._view)
        edge = right + gutter_px * (right - left) / (width_px - gutter_px)
        self._box.setLimits(
            xMin=left,
            xMax=edge,
            yMin=bottom,
            yMax=top,
            minXRange=_CLOSEST_WEEKS,
            minYRange=_CLOSEST_SHARE * (top - bottom),
        )
        if not self._is_zoomed:
            self._box.setRange(xRange=(left, edge), yRange=(bottom, top), padding=0)
        self._show_range()

    def _show_range(self, _: object = None, __: object = None) -> None:
        """Set what has its size in pixels: names, ticks and the feet of the intervals."""
        shown, width_px, height_px = self.shown, self._box.width(), self._box.height()
        if self._content is None or width_px <= 0 or height_px <= 0:
            return
        self._curves.place_labels(shown, width_px=width_px, height_px=height_px)
        self._item.getAxis("bottom").setTicks([_week_ticks(shown.left, shown.right)])
        self._item.getAxis("left").setTicks([round_ticks(shown.bottom, shown.top)])
        foot_weeks = _FOOT_PX * (shown.right - shown.left) / width_px
        for item, dots in self._bars:
            xs, ys = _bars(dots, self._view, foot_weeks)
            item.setData(xs, ys, connect="pairs")


def _bars(
    dots: Iterable[CourseDot], view: CourseView, foot_weeks: float
) -> tuple[list[float], list[float]]:
    """Return pairs of ends: an upright line for each interval, and a foot at each end it has."""
    xs: list[float] = []
    ys: list[float] = []
    for dot in dots:
        place = dot.place(view)
        if place is None:  # pragma: no cover - only those with a place are drawn
            continue
        xs += [dot.weeks, dot.weeks]
        ys += [min(place.heights), max(place.heights)]
        for end in (place.low, place.high):
            if end is not None:
                xs += [dot.weeks - foot_weeks, dot.weeks + foot_weeks]
                ys += [end, end]
    return xs, ys


def _z_lines(content: CourseContent) -> tuple[LabelledCurve, ...]:
    shown = content.extent(CourseView.Z)
    return tuple(
        LabelledCurve(
            format_whole_z(z),
            (shown.left, shown.right),
            (float(z), float(z)),
            pen(style.DISABLED_TEXT if z else style.TEXT, 1.0 if z else 1.6, _dash(z)),
        )
        for z in Z_LINES
    )


def _dash(z: int) -> Qt.PenStyle:
    return Qt.PenStyle.DashLine if abs(z) == max(Z_LINES) else Qt.PenStyle.SolidLine


def _week_ticks(left: float, right: float) -> list[tuple[float, str]]:
    """Return ages with their names: whole weeks, or days where the chart is zoomed."""
    first, last = left * 7, right * 7
    enough = (step for step in _DAYS_BETWEEN_TICKS if (last - first) / step <= _MOST_TICKS)
    step = next(enough, _DAYS_BETWEEN_TICKS[-1])
    days = multiples(step, first, last)
    return [(day / 7, weeks_and_days(day) if step < 7 else str(day // 7)) for day in days]  # noqa: PLR2004


def _larger(mark: FetusMark) -> int:
    """Return by how many pixels a shape must be larger to look as large as a disc."""
    return {"o": 0, "s": -1, "star": 4}.get(mark.symbol, 2)


def _distance(one: QPointF, other: QPointF) -> float:
    return hypot(one.x() - other.x(), one.y() - other.y())
