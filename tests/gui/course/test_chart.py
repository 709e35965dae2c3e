"""The chart of a pregnancy's course shows every examination where it belongs, or says why not."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from fhc_desktop.domain.growth.local_chart import local_standard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.gui.course.chart import CourseChart
from fhc_desktop.gui.course.content import CourseView, course_content
from fhc_desktop.gui.course.fetus_mark import fetus_mark
from fhc_desktop.gui.widgets import style
from tests.gui.course_examples import (
    FIVE,
    HALF_INTERVAL_MM,
    OUTSIDE,
    REDATED,
    SMALL,
    TWINS,
    A,
    B,
    rows_of,
    seen,
)

pytestmark = pytest.mark.gui


def content_of(exams, standard=INTERGROWTH_21ST):
    return course_content(rows_of(exams, standard=standard), standard)


@pytest.fixture
def drawn(qtbot):
    kept = []  # a chart that nobody holds may be collected in the middle of being painted

    def draw(exams, view=CourseView.HC, size=(900, 480), standard=INTERGROWTH_21ST):
        chart = CourseChart()
        kept.append(chart)
        qtbot.addWidget(chart)
        chart.resize(*size)
        chart.show_course(content_of(exams, standard), view)
        with qtbot.waitExposed(chart):
            chart.show()
        chart.draw_now()
        qtbot.waitUntil(lambda: plot(chart).getViewBox().width() > size[0] / 2)
        return chart

    return draw


def plot(chart):
    import pyqtgraph

    return chart.findChild(pyqtgraph.PlotWidget)


def wheel(chart, at, steps):
    viewport = plot(chart).viewport()
    inside = QPointF(viewport.mapFrom(chart, at))
    turn = QWheelEvent(
        inside,
        QPointF(viewport.mapToGlobal(inside.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own parameter
    )
    QApplication.sendEvent(viewport, turn)


def hover(qtbot, chart, dot, away=QPoint(2, -2)):  # noqa: B008 - a constant
    viewport = plot(chart).viewport()
    at = viewport.mapFrom(chart, chart.place_px(dot).toPoint())
    qtbot.mouseMove(viewport, at + QPoint(60, 60))
    qtbot.mouseMove(viewport, at + away)


def near_colors(chart, at, color, radius=6):
    """How many pixels round a place have nearly this colour."""
    picture, wanted = chart.grab().toImage(), QColor(color)
    found = 0
    for x in range(int(at.x()) - radius, int(at.x()) + radius + 1):
        for y in range(int(at.y()) - radius, int(at.y()) + radius + 1):
            one = picture.pixelColor(x, y)
            off = (
                one.red() - wanted.red(),
                one.green() - wanted.green(),
                one.blue() - wanted.blue(),
            )
            found += max(map(abs, off)) <= 24
    return found


# Where things are --------------------------------------------------------------------------------


@pytest.mark.parametrize("exams", [FIVE, SMALL, OUTSIDE, REDATED, TWINS])
@pytest.mark.parametrize("view", CourseView)
def test_that_each_examination_is_seen_at_its_place(drawn, exams, view):
    chart = drawn(exams, view)
    shown = chart.shown

    for dot in chart.content.dots:
        place = dot.place(view)
        if place is None:
            continue
        assert shown.left < dot.weeks < shown.right
        assert all(shown.bottom < height < shown.top for height in place.heights)
        color = fetus_mark(dot.fetus_label).color
        assert near_colors(chart, chart.place_px(dot), color) > 20


def test_that_weeks_and_millimetres_are_those_of_the_examinations():
    dots = content_of(FIVE).dots

    assert [dot.weeks for dot in dots] == pytest.approx([100 / 7, 20, 25, 30, 250 / 7])
    assert dots[1].hc_mm.height == pytest.approx(171.1, abs=0.05)
    assert [dot.z.height for dot in dots] == pytest.approx([-0.2, -0.18, 0.1, -0.5, 0.0])


def test_that_intervals_reach_from_end_to_end_in_both_views():
    dot = content_of(FIVE).dots[1]
    low, middle, high = dot.hc_mm.heights

    assert (middle - low, high - middle) == pytest.approx((HALF_INTERVAL_MM, HALF_INTERVAL_MM))
    age = rows_of(FIVE)[1].point.age
    assert INTERGROWTH_21ST.hc_at(dot.z.low, age) == pytest.approx(low)
    assert INTERGROWTH_21ST.hc_at(dot.z.high, age) == pytest.approx(high)


def test_that_an_edited_outline_has_a_diamond_round_it_and_no_interval(drawn):
    chart = drawn(FIVE)
    plain, edited = chart.content.dots[1], chart.content.dots[2]

    assert near_colors(chart, chart.place_px(edited), style.EDITED, radius=12) > 20
    assert near_colors(chart, chart.place_px(plain), style.EDITED, radius=12) == 0
    assert edited.hc_mm.heights == (edited.hc_mm.height,)


@pytest.mark.parametrize(
    ("exams", "said"),
    [
        (FIVE, "◇ edited"),
        ((seen(140, drawn=True), seen(168)), "◇ drawn by hand"),
        ((seen(140, drawn=True), seen(168, edited=True)), "◇ edited or drawn by hand"),
    ],
)
def test_that_the_legend_says_what_its_diamond_means(drawn, exams, said):
    assert said in [label.text() for label in drawn(exams).findChildren(QLabel)]


def test_that_outside_the_standards_ages_a_head_is_at_its_place_without_a_percentile(drawn):
    chart = drawn(OUTSIDE)
    first, _, last = chart.content.dots

    assert (first.weeks, last.weeks) == pytest.approx((87 / 7, 283 / 7))
    assert first.z is None
    assert "2026-04-07, HC 85.0 mm: INTERGROWTH-21st 2014 covers 14w0d to 40w0d" in chart.notes_text
    assert "40w3d: no percentile" in chart.notes_text


def test_that_what_has_no_millimetres_or_no_age_is_said_in_words(drawn):
    chart = drawn((seen(140), seen(150, calibrated=False)))

    assert len(chart.content.dots) == 1
    assert "2026-06-09: No calibration" in chart.notes_text
    undated = drawn((seen(140, dating=None),))
    assert undated.content.dots == ()
    assert "No dating" in undated.notes_text


def test_that_beyond_whos_percentiles_a_head_is_among_the_millimetres_only(drawn):
    exams = (seen(140, standard=WHO_2017), seen(200, hc_mm=190.0, standard=WHO_2017))

    assert drawn(exams, standard=WHO_2017).notes_text == ""
    by_z = drawn(exams, CourseView.Z, standard=WHO_2017)
    assert "below the 1st percentile" in by_z.notes_text


def test_that_a_changed_dating_shows_where_the_head_lay_by_the_one_of_then():
    first, second, third = content_of(REDATED).dots

    assert (first.weeks, first.weeks_then) == pytest.approx((18 + 3 / 7, 20.0))
    assert (first.z_then, second.z_then) == pytest.approx((0.8, 0.9))
    assert first.z.height > 3
    assert third.weeks_then is None


def test_that_a_z_score_of_another_standard_is_not_put_on_this_chart():
    first, *_ = content_of(REDATED, WHO_2017).dots

    assert first.weeks_then == pytest.approx(20.0)
    assert first.z_then is None


# Twins -------------------------------------------------------------------------------------------


def test_that_fetuses_differ_in_colour_shape_sign_and_line():
    marks = [fetus_mark(label) for label in "ABCDEF"]

    for part in ("color", "symbol", "sign"):
        assert len({getattr(mark, part) for mark in marks}) == 6
    assert all(a.dash != b.dash for a, b in pairwise(marks))


def test_that_twins_are_joined_by_lines_of_their_own(drawn):
    chart = drawn(TWINS, CourseView.Z)
    lines = [line.getData()[1] for line in joining_lines(chart)]

    assert [list(line) for line in lines] == [
        pytest.approx([0.5, 0.6]),
        pytest.approx([-0.5, -1.5]),
    ]
    words = " ".join(label.text() for label in chart.findChildren(QLabel))
    assert "● Fetus A" in words
    assert "■ Fetus B" in words


def test_that_an_examination_that_names_no_fetus_is_joined_with_none(drawn):
    chart = drawn((seen(130), seen(140, fetus=A), seen(150), seen(160, fetus=B)))
    unnamed = [dot for dot in chart.content.dots if not dot.fetus_label]

    assert len(unnamed) == 2
    assert not any(dot.is_joined for dot in unnamed)
    assert [len(line.getData()[0]) for line in joining_lines(chart)] == [0, 1, 1]
    assert "fetus not named" in " ".join(label.text() for label in chart.findChildren(QLabel))


def joining_lines(chart):
    """The lines that join the examinations of one fetus, in the order of the letters."""
    import pyqtgraph

    items = plot(chart).getPlotItem().items
    lines = [item for item in items if isinstance(item, pyqtgraph.PlotCurveItem)]
    return [line for line in lines if line.zValue() == 2]


# Curves ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(420, 220), (900, 480), (1326, 300)])
@pytest.mark.parametrize("exams", [FIVE, SMALL, OUTSIDE])
def test_that_the_curves_names_neither_overlap_nor_leave_the_plot(drawn, exams, size):
    chart = drawn(exams, size=size)
    boxes = names_of_curves(chart)
    area = plot(chart).getViewBox().sceneBoundingRect()

    assert len(boxes) == 5
    for box in boxes:
        # A text item has an empty margin of four pixels round its letters.
        assert area.adjusted(-1, -5, 1, 5).contains(box)
    centers = sorted(box.center().y() for box in boxes)
    assert min(b - a for a, b in pairwise(centers)) >= style.SMALL_PX


def test_that_curves_that_leave_a_zoomed_plot_are_named_where_they_leave(drawn):
    chart = drawn(FIVE)
    for _ in range(4):
        chart.zoom_in()
    boxes = names_of_curves(chart)
    area = plot(chart).getViewBox().sceneBoundingRect()

    assert len(boxes) >= 3
    assert all(area.adjusted(-5, -5, 5, 5).contains(box) for box in boxes)
    for one, other in pairwise(sorted(boxes, key=lambda box: box.left())):
        apart = other.left() - one.right() > -9 or abs(one.center().y() - other.center().y()) > 10
        assert apart


def names_of_curves(chart):
    import pyqtgraph

    chart.grab()  # text items find their places when they are painted
    names = {"3rd", "10th", "50th", "90th", "97th"}
    return [
        item.mapRectToScene(item.boundingRect())
        for item in plot(chart).scene().items()
        if isinstance(item, pyqtgraph.TextItem) and item.isVisible() and item.toPlainText() in names
    ]


@pytest.mark.parametrize("view", CourseView)
def test_that_a_local_chart_may_have_fewer_percentiles_and_weeks(drawn, view):
    lengths = {"ga_weeks": [18.0, 20.0, 22.0], "p10": [141.0, 164.0, 186.0]}
    lengths |= {"p50": [150.0, 174.0, 197.0], "p90": [159.0, 184.0, 208.0]}
    texts = {"name": "Clinic", "citation": "here", "population": "ours", "unit": "mm"}
    standard = local_standard({**texts, "table": lengths})

    chart = drawn((seen(140, standard=INTERGROWTH_21ST),), view, standard=standard)

    assert len(chart.content.dots) == 1
    assert len(names_of_curves(chart)) == (3 if view is CourseView.HC else 0)
    assert "Clinic (local chart)" in chart.accessibleDescription()


def test_that_z_over_time_has_its_five_lines(drawn):
    import pyqtgraph

    chart = drawn(FIVE, CourseView.Z)
    texts = {
        item.toPlainText()
        for item in plot(chart).scene().items()
        if isinstance(item, pyqtgraph.TextItem) and item.isVisible()
    }

    assert {"−3 z", "−2 z", "0 z", "+2 z", "+3 z"} <= texts


# Zoom --------------------------------------------------------------------------------------------


def test_that_the_wheel_zooms_and_a_double_click_shows_all(drawn, qtbot):
    chart = drawn(FIVE)
    before = chart.shown
    at = chart.place_px(chart.content.dots[2]).toPoint()

    wheel(chart, at, 5)
    zoomed = chart.shown
    assert zoomed.right - zoomed.left < 0.9 * (before.right - before.left)
    assert zoomed.left < chart.content.dots[2].weeks < zoomed.right

    viewport = plot(chart).viewport()
    place = viewport.mapFrom(chart, at)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert chart.shown == pytest.approx(before)


def test_that_a_drag_moves_what_is_zoomed(drawn, qtbot):
    chart = drawn(FIVE)
    chart.zoom_in()
    chart.zoom_in()
    before = chart.shown
    viewport = plot(chart).viewport()
    start = viewport.rect().center()

    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in (20, 60, 100):
        move(viewport, start + QPoint(step, 0))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start + QPoint(100, 0))

    assert chart.shown.left < before.left
    assert chart.shown.right - chart.shown.left == pytest.approx(before.right - before.left)


def move(viewport, at):
    """Move the mouse with the left button held; Qt's own helper lets it go."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def test_that_zooming_out_ends_at_the_whole_chart(drawn):
    chart = drawn(FIVE)
    before = chart.shown

    for _ in range(5):
        chart.zoom_out()

    assert chart.shown == pytest.approx(before, abs=1e-6)


def test_that_zooming_in_comes_to_days_and_the_axis_names_them(drawn):
    chart = drawn(FIVE)
    for _ in range(30):
        chart.zoom_in()
    ((_, words), *_), *_ = plot(chart).getPlotItem().getAxis("bottom")._tickLevels

    assert chart.shown.right - chart.shown.left == pytest.approx(1.0)
    assert "w" in words
    assert "d" in words


# Under the mouse ---------------------------------------------------------------------------------


def test_that_an_examination_under_the_mouse_tells_all_of_itself(drawn, qtbot):
    chart = drawn(FIVE)

    hover(qtbot, chart, chart.content.dots[2])

    for words in (
        "2026-07-04 · 25w0d",
        "HC 230.8 mm",
        "54th percentile, z +0.10, INTERGROWTH-21st 2014",
        "◇ Edited · A. Operator",
    ):
        assert words in chart.hover_text
    assert "25w0d" in QToolTip.text()


def test_that_a_changed_dating_is_told_with_old_and_new(drawn, qtbot):
    chart = drawn(REDATED)

    hover(qtbot, chart, chart.content.dots[0])

    assert "18w3d" in chart.hover_text
    assert "Said then: 79th percentile, z +0.80 at 20w0d" in chart.hover_text


def test_that_twins_on_one_place_are_both_told(drawn, qtbot):
    chart = drawn((seen(140, fetus=A), seen(140, fetus=B)))

    hover(qtbot, chart, chart.content.dots[0])

    assert "Fetus A, left" in chart.hover_text
    assert "Fetus B, right" in chart.hover_text


def test_that_away_from_all_examinations_nothing_is_told(drawn, qtbot):
    chart = drawn(FIVE)
    hover(qtbot, chart, chart.content.dots[2])

    hover(qtbot, chart, chart.content.dots[2], away=QPoint(40, 40))

    assert chart.hover_text == ""


def test_that_an_operators_name_is_never_taken_for_markup(qtbot):
    chart = CourseChart()
    qtbot.addWidget(chart)
    rows = rows_of(FIVE, operators=("<b>Dr & B</b>",))
    chart.show_course(course_content(rows, INTERGROWTH_21ST), CourseView.HC)
    chart.resize(900, 480)
    with qtbot.waitExposed(chart):
        chart.show()
    chart.draw_now()
    qtbot.waitUntil(lambda: plot(chart).getViewBox().width() > 400)

    hover(qtbot, chart, chart.content.dots[0])

    assert "<b>Dr & B</b>" in chart.hover_text
    assert "&lt;b&gt;Dr &amp; B" in QToolTip.text()


def test_that_a_clicked_examination_is_reported(drawn, qtbot):
    chart = drawn(TWINS)
    dot = chart.content.dots[1]
    viewport = plot(chart).viewport()

    with qtbot.waitSignal(chart.dot_chosen) as chosen:
        qtbot.mouseClick(
            viewport,
            Qt.MouseButton.LeftButton,
            pos=viewport.mapFrom(chart, chart.place_px(dot).toPoint()),
        )

    assert chosen.args == [dot.entry_id]


def test_that_the_chart_says_in_words_what_it_shows(drawn):
    said = drawn(FIVE).accessibleDescription()

    assert said.startswith("INTERGROWTH-21st 2014")
    assert said.count("percentile") >= 5


def test_that_pyqtgraph_is_not_imported_before_the_chart_has_been_painted():
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "import fhc_desktop.gui.window.log_windows\n"
        "from fhc_desktop.gui.course.chart import CourseChart\n"
        "app = QApplication(['-platform', 'offscreen'])\n"
        "chart = CourseChart()\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "chart.grab()\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "app.processEvents()\n"
        "assert 'pyqtgraph' in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
