"""The plot has room for every head, its interval and the names of the curves."""

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from fhc_desktop.gui.growth.chart_content import OtherPoint, chart_content
from fhc_desktop.gui.growth.growth_plot import MARKS, GrowthPlot
from fhc_desktop.gui.widgets import style
from tests.gui.growth.drawn_charts import edited, examination, graded, pixels_of, text_boxes, under
from tests.local_charts import NARROW


def test_that_states_differ_in_shape_as_well_as_in_colour():
    shapes = {(mark.is_diamond, mark.is_filled) for mark in MARKS.values()}

    assert len(shapes) == 3


@pytest.mark.gui
@pytest.mark.parametrize("width_px", [240, 320, 900])
@pytest.mark.parametrize("hc_mm", [60.0, 174.8, 420.0])
def test_that_labels_neither_overlap_nor_leave_the_plot(drawn, width_px, hc_mm):
    chart = drawn(examination(hc_mm), width_px)

    boxes, plot = text_boxes(chart)

    assert len(boxes) == 5
    for box in boxes:
        # A text item has an empty margin of four pixels round its letters.
        assert plot.adjusted(-1, -5, 1, 5).contains(box)
    centers = sorted(box.center().y() for box in boxes)
    spacing = min(b - a for a, b in pairwise(centers))
    assert spacing >= min(style.SMALL_PX, plot.height() / len(boxes) - 1)


@pytest.mark.gui
@pytest.mark.parametrize("hc_mm", [45.0, 450.0])
def test_that_a_head_far_off_the_curves_is_still_on_the_chart(drawn, hc_mm):
    chart = drawn(edited(examination(hc_mm, "30w0d")))

    x, y = pixels_of(chart, style.EDITED).mean(axis=0)

    assert under(chart, x, y)[1] == pytest.approx(hc_mm, abs=4.0)


@pytest.mark.gui
@pytest.mark.parametrize("hc_mm", [30.0, 174.8, 858.0, 4000.0])
def test_that_ticks_can_be_read_however_far_off_the_head_is(drawn, hc_mm):
    chart = drawn(examination(hc_mm))
    chart.grab()
    plot = chart.findChild(GrowthPlot)
    bottom, top = plot.getPlotItem().getAxis("left").range

    assert 2 <= len(plot.named_mm) <= 8
    assert bottom < hc_mm < top


@pytest.mark.gui
def test_that_the_other_examinations_are_drawn_where_they_belong(drawn):
    chart = drawn(edited(examination()))
    alone = len(pixels_of(chart, style.TEXT))

    others = (OtherPoint(30.0, 200.0), OtherPoint(34.0, 200.0, "B"))
    chart.show_content(replace(chart_content(edited(examination())), others=others))

    assert len(pixels_of(chart, style.TEXT)) > alone + 30
    seen = [under(chart, x, y) for x, y in pixels_of(chart, style.TEXT)]
    near = [one for one in seen if abs(one[0] - 30.0) < 0.5 and abs(one[1] - 200.0) < 6.0]
    assert len(near) > 10


@pytest.mark.gui
def test_that_the_interval_is_an_upright_bar_from_end_to_end(drawn):
    plain, barred = drawn(edited(graded())), drawn(graded())
    narrow = drawn(graded(half_mm=0.5))

    more = len(pixels_of(barred, style.TEXT)) - len(pixels_of(narrow, style.TEXT))

    assert more > 10
    assert barred.accessibleDescription().endswith("90 % interval 149.8–199.8 mm")
    assert "interval" not in plain.accessibleDescription()


@pytest.mark.gui
def test_that_both_ends_of_the_interval_are_on_the_chart(drawn):
    import pyqtgraph

    chart = drawn(graded(320.0, half_mm=100.0))
    chart.grab()
    bottom, top = chart.findChild(pyqtgraph.PlotWidget).getPlotItem().getAxis("left").range

    assert bottom < 220
    assert top > 420


@pytest.mark.gui
def test_that_a_local_chart_shows_the_curves_it_has_and_its_whole_weeks(drawn):
    chart = drawn(examination().with_standard(NARROW))
    plot = chart.findChild(GrowthPlot)

    assert plot.curve_labels == ["10th", "50th", "90th"]
    assert plot.named_weeks == [18, 19, 20, 21, 22]
    assert "Narrow (local chart)" in chart.caption
    chart.show_content(chart_content(examination()))
    assert plot.curve_labels == ["3rd", "10th", "50th", "90th", "97th"]


def test_that_on_a_screen_with_finer_pixels_the_curves_have_the_same_place():
    coarse, fine = (_curves_at(scale) for scale in ("1", "2"))

    assert fine == pytest.approx(coarse, abs=4.0)


def _curves_at(scale):
    """Where the curves lie, as the middle and the edges of what is drawn, in points."""
    program = (
        "from PySide6.QtWidgets import QApplication\n"
        "import numpy as np\n"
        "app = QApplication([])\n"
        "from fhc_desktop.gui.growth.chart_content import chart_content\n"
        "from fhc_desktop.gui.growth.growth_chart import GrowthChart\n"
        "from fhc_desktop.gui.widgets import style\n"
        "from tests.gui.growth.drawn_charts import edited, examination, pixels_of\n"
        "chart = GrowthChart()\n"
        "chart.show_content(chart_content(edited(examination())))\n"
        "chart.resize(320, chart.height())\n"
        "chart.draw_now()\n"
        "app.processEvents()\n"
        "lit = pixels_of(chart, style.TEXT) / chart.devicePixelRatioF()\n"
        "print(*lit.mean(axis=0), *lit.min(axis=0), *lit.max(axis=0))\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [float(number) for number in done.stdout.split()]
