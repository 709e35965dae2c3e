"""The growth chart shows the standard always, and the head exactly where it belongs or not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.dating.typed_dates import read_age
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.gui.growth.chart_content import chart_content
from fhc_desktop.gui.growth.growth_chart import GrowthChart
from fhc_desktop.gui.widgets import style
from tests.gui.growth.drawn_charts import (
    STATE_COLORS,
    accepted,
    edited,
    examination,
    graded,
    pixels_of,
    under,
)


@pytest.mark.gui
@pytest.mark.parametrize(
    ("hc_mm", "age_text"), [(174.8, "20w0d"), (310.0, "37w3d"), (100.0, "14w0d"), (333.0, "40w0d")]
)
def test_that_the_point_lies_at_its_age_and_circumference(drawn, hc_mm, age_text):
    chart = drawn(edited(examination(hc_mm, age_text)))

    x, y = pixels_of(chart, style.EDITED).mean(axis=0)
    weeks, seen_mm = under(chart, x, y)

    assert weeks == pytest.approx(read_age(age_text).weeks, abs=0.25)
    assert seen_mm == pytest.approx(hc_mm, abs=3.0)


@pytest.mark.gui
def test_that_the_point_follows_the_outline(drawn):
    chart = drawn(edited(examination(160.0)))
    first = pixels_of(chart, style.EDITED).mean(axis=0)

    chart.show_content(chart_content(edited(examination(190.0))))
    second = pixels_of(chart, style.EDITED).mean(axis=0)

    assert second[0] == pytest.approx(first[0], abs=1)
    assert second[1] < first[1] - 5


@pytest.mark.gui
@pytest.mark.parametrize(
    ("make", "color"),
    [
        (lambda exam: exam, style.PROPOSAL),
        (edited, style.EDITED),
        (accepted, style.ACCEPTED),
        (lambda exam: accepted(edited(exam)), style.ACCEPTED),
        (lambda exam: accepted(exam, None), style.WARNING),
    ],
)
def test_that_the_point_has_the_colour_of_the_state_and_no_other(drawn, make, color):
    chart = drawn(make(examination()))

    assert len(pixels_of(chart, color)) > 5
    for other in STATE_COLORS:
        assert other == color or len(pixels_of(chart, other)) == 0


@pytest.mark.gui
@pytest.mark.parametrize(
    ("exam", "word"),
    [
        (examination(calibrated=False), "calibration"),
        (examination(age_text=None), "dating"),
        (examination(100.0, "12w3d"), "12w3d"),
        (examination(330.0, "40w1d"), "40w1d"),
        (examination().with_outline(None), "outline"),
    ],
)
def test_that_without_a_percentile_there_is_a_reason_and_no_point(drawn, exam, word):
    chart = drawn(exam)

    assert word in chart.reason
    assert word in chart.accessibleDescription()
    assert all(len(pixels_of(chart, color)) == 0 for color in STATE_COLORS)
    assert len(pixels_of(chart, style.TEXT)) > 50, "the curves and the reason are drawn"


@pytest.mark.gui
def test_that_the_reason_goes_when_the_dating_comes(drawn):
    chart = drawn(examination(age_text=None))

    chart.show_content(chart_content(examination()))

    assert chart.reason == ""
    assert len(pixels_of(chart, style.PROPOSAL)) > 5


@pytest.mark.gui
def test_that_the_chart_says_in_words_what_it_shows(drawn):
    chart = drawn(examination())

    assert chart.accessibleDescription().startswith("HC 174.8 mm at 20w0d: 62nd percentile")
    assert INTERGROWTH_21ST.name in chart.accessibleDescription()


@pytest.mark.gui
def test_that_the_wheel_and_the_mouse_leave_the_chart_as_it_is(drawn, qtbot):
    chart = drawn(examination())
    before = chart.grab().toImage()

    centre = chart.rect().center()
    target = chart.childAt(centre) or chart
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(chart, centre))
    qtbot.mouseMove(target, target.mapFrom(chart, centre) * 0.5)
    qtbot.mouseRelease(target, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(target, Qt.MouseButton.RightButton)

    assert target is chart, "nothing inside the chart takes the mouse"
    assert chart.grab().toImage() == before


@pytest.mark.gui
def test_that_a_picture_can_be_taken_without_waiting(qtbot):
    chart = GrowthChart()
    qtbot.addWidget(chart)
    chart.show_content(chart_content(edited(examination())))
    chart.resize(300, 220)
    chart.draw_now()

    assert len(pixels_of(chart, style.EDITED)) > 5


def test_that_pyqtgraph_is_not_imported_before_the_chart_of_an_image_has_been_painted():
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from fhc_desktop.gui.growth.chart_content import chart_content\n"
        "from fhc_desktop.gui.growth.growth_chart import GrowthChart\n"
        "from tests.reporting.examinations import proposed\n"
        "app = QApplication([])\n"
        "chart = GrowthChart()\n"
        "chart.grab()\n"
        "for _ in range(100):\n"
        "    app.processEvents()\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "chart.show_content(chart_content(proposed()))\n"
        "chart.grab()\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "while 'pyqtgraph' not in sys.modules:\n"
        "    app.processEvents()\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.gui
def test_that_the_bar_goes_with_the_edit(drawn):
    chart = drawn(graded())
    with_bar = len(pixels_of(chart, style.TEXT))

    chart.show_content(chart_content(edited(graded())))
    assert len(pixels_of(chart, style.TEXT)) < with_bar - 10
    chart.show_content(chart_content(graded()))
    assert len(pixels_of(chart, style.TEXT)) == with_bar


def test_that_a_head_beyond_whos_percentiles_is_still_on_its_chart(drawn):
    chart = drawn(edited(examination(150.0).with_standard(WHO_2017)))

    assert chart.reason == ""
    assert "150.0 mm at 20w0d: below the 1st percentile, WHO 2017" in chart.accessibleDescription()


@pytest.mark.gui
def test_that_without_an_image_nothing_is_drawn_and_the_place_is_kept(drawn):
    chart = drawn(examination())
    height = chart.height()

    chart.show_content(None)

    for color in (style.PROPOSAL, style.SECONDARY_TEXT, style.LINE):
        assert len(pixels_of(chart, color)) == 0
    assert chart.height() == height
    chart.show_content(chart_content(examination()))
    assert len(pixels_of(chart, style.PROPOSAL)) > 5
