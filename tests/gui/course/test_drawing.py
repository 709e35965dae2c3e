"""The drawing joins what belongs together, and its curves are named in every part that is seen."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from fhc_desktop.domain.growth.local_chart import local_standard
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.gui.course.content import CourseView
from fhc_desktop.gui.widgets import style
from tests.gui.course.drawn_course import joining_lines, names_of_curves, near_colors, plot
from tests.gui.course_examples import FIVE, OUTSIDE, SMALL, TWINS, A, B, seen

pytestmark = pytest.mark.gui


def test_that_an_edited_outline_has_a_diamond_round_it_and_no_interval(drawn):
    chart = drawn(FIVE)
    plain, edited = chart.content.dots[1], chart.content.dots[2]

    assert near_colors(chart, chart.place_px(edited), style.EDITED, radius=12) > 20
    assert near_colors(chart, chart.place_px(plain), style.EDITED, radius=12) == 0
    assert edited.hc_mm.heights == (edited.hc_mm.height,)


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


def test_that_zooming_out_ends_at_the_whole_chart(drawn):
    chart = drawn(FIVE)
    before = chart.shown

    for _ in range(5):
        chart.zoom_out()

    assert chart.shown == pytest.approx(before, abs=1e-6)


def named_below(chart):
    """The words under the axis of age, as they are drawn."""
    picture = QPixmap(chart.size())
    painter = QPainter(picture)
    _, _, texts = plot(chart).getPlotItem().getAxis("bottom").generateDrawSpecs(painter)
    painter.end()
    return [words for _, _, words in texts]


def test_that_zooming_in_comes_to_days_and_the_axis_names_them(drawn):
    chart = drawn(FIVE)
    for _ in range(30):
        chart.zoom_in()
    words = named_below(chart)

    assert chart.shown.right - chart.shown.left == pytest.approx(1.0)
    assert words
    assert all("w" in one and "d" in one for one in words)
