"""The chart of a pregnancy's course shows every examination where it belongs, or says why not."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolTip

from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.gui.course.chart import CourseChart
from fhc_desktop.gui.course.content import CourseView, course_content
from fhc_desktop.gui.course.fetus_mark import fetus_mark
from tests.gui.course.drawn_course import hover, move, near_colors, plot, wheel
from tests.gui.course_examples import FIVE, OUTSIDE, REDATED, SMALL, TWINS, A, B, rows_of, seen

pytestmark = pytest.mark.gui


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
        "import sys, time\n"
        "from PySide6.QtWidgets import QApplication\n"
        "import fhc_desktop.gui.window.log_windows\n"
        "from fhc_desktop.gui.course.chart import CourseChart\n"
        "app = QApplication(['-platform', 'offscreen'])\n"
        "chart = CourseChart()\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "chart.grab()\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "ends = time.monotonic() + 60\n"
        "while 'pyqtgraph' not in sys.modules and time.monotonic() < ends:\n"
        "    app.processEvents()\n"
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
