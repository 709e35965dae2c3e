"""The growth chart shows the standard always, and the head exactly where it belongs or not."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from math import pi
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.dating.typed import read_age
from fhc_desktop.domain.examination.examination import (
    Acceptance,
    Examination,
    ModelIdentity,
    Proposal,
)
from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.measurement_panel import MeasurementPanel
from fhc_desktop.gui.growth.chart_content import ChartPoint, chart_content
from fhc_desktop.gui.growth.growth_chart import GrowthChart
from fhc_desktop.gui.growth.growth_plot import MARKS, GrowthPlot
from fhc_desktop.gui.widgets import style
from tests.local_charts import NARROW

MM_PER_PIXEL = 0.25
STATE_COLORS = [style.PROPOSAL, style.EDITED, style.ACCEPTED]


def examination(hc_mm=174.8, age_text="20w0d", *, calibrated=True) -> Examination:
    """A round head of a known circumference that the model has just proposed."""
    radius_px = hc_mm / MM_PER_PIXEL / (2 * pi)
    outline = Ellipse(400.0, 270.0, radius_px, radius_px, 0.0)
    gray = np.zeros((540, 800), np.uint8)
    scale = Calibration(MM_PER_PIXEL, MM_PER_PIXEL, CalibrationSource.TYPED)
    exam = Examination(
        UltrasoundImage(gray, ImageSource(Path("scan.png"), "0" * 64)),
        manual_calibration=scale if calibrated else None,
    ).with_proposal(Proposal(outline, ModelIdentity("net", "1.0", "0" * 64), "CPU"))
    age = None if age_text is None else read_age(age_text)
    return exam if age is None else exam.with_dating(Dating.from_age(age))


def graded(hc_mm=174.8, half_mm=25.0) -> Examination:
    """A head whose model says how far it is to be trusted."""
    rule = IntervalRule(0.9, (200.0,), (1.0,), half_mm, 0.0, 0.0, heads=161)
    exam = examination(hc_mm)
    confidence = Confidence(Grade.LOOK_AGAIN, rule=rule)
    return exam.with_proposal(replace(exam.proposal, confidence=confidence))


def edited(exam: Examination) -> Examination:
    return exam.with_outline(replace(exam.outline_px, center_x=401.0))


def accepted(exam: Examination) -> Examination:
    return exam.with_acceptance(
        Acceptance(exam.facts, "A. Operator", datetime(2026, 5, 1, tzinfo=UTC), None)
    )


@pytest.fixture
def drawn(qtbot):
    """Draw an examination's chart in the size it has in the side panel."""
    kept = []  # a chart that nobody holds may be collected in the middle of being painted

    def draw(exam: Examination, width_px: int = 300, height_px: int = 220) -> GrowthChart:
        chart = GrowthChart()
        kept.append(chart)
        qtbot.addWidget(chart)
        chart.resize(width_px, height_px)
        chart.show_content(chart_content(exam))
        chart.show()
        # The plot has its size only in the turn of the event loop after it was drawn.
        qtbot.waitUntil(lambda: plot_width_px(chart) > width_px / 2, timeout=20_000)
        return chart

    return draw


def plot_width_px(chart: GrowthChart) -> float:
    import pyqtgraph

    plot = chart.findChild(pyqtgraph.PlotWidget)
    return 0.0 if plot is None else plot.getViewBox().width()


def pixels_of(chart: GrowthChart, color: str) -> np.ndarray:
    """Where, as rows of x and y, the picture of the chart has nearly this colour."""
    picture = chart.grab().toImage()
    seen = [
        (x, y)
        for y in range(picture.height())
        for x in range(picture.width())
        if _is_near(picture.pixelColor(x, y), QColor(color))
    ]
    return np.array(seen, dtype=float).reshape(-1, 2)


def _is_near(one: QColor, other: QColor) -> bool:
    return (
        max(
            abs(one.red() - other.red()),
            abs(one.green() - other.green()),
            abs(one.blue() - other.blue()),
        )
        <= 8
    )


def under(chart: GrowthChart, x: float, y: float) -> tuple[float, float]:
    """The age in weeks and the HC in mm that a place in the picture stands for."""
    import pyqtgraph

    plot = chart.findChild(pyqtgraph.PlotWidget)
    inside = plot.mapFrom(chart, QPointF(x, y))
    at = plot.getViewBox().mapSceneToView(plot.mapToScene(inside.toPoint()))
    return at.x(), at.y()


def text_boxes(chart: GrowthChart):
    """The boxes in the scene of the labels at the curves' ends, and the plot's own box."""
    import pyqtgraph

    chart.grab()  # text items find their places when they are painted
    plot = chart.findChild(pyqtgraph.PlotWidget)
    names = {"3rd", "10th", "50th", "90th", "97th"}
    labels = [
        item
        for item in plot.scene().items()
        if isinstance(item, pyqtgraph.TextItem) and item.toPlainText() in names
    ]
    boxes = [label.mapRectToScene(label.boundingRect()) for label in labels]
    return boxes, plot.getViewBox().sceneBoundingRect()


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
    ],
)
def test_that_the_point_has_the_colour_of_the_state_and_no_other(drawn, make, color):
    chart = drawn(make(examination()))

    assert len(pixels_of(chart, color)) > 5
    for other in STATE_COLORS:
        assert other == color or len(pixels_of(chart, other)) == 0


def test_that_states_differ_in_shape_as_well_as_in_colour():
    shapes = {(mark.is_diamond, mark.is_filled) for mark in MARKS.values()}

    assert len(shapes) == 3


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
@pytest.mark.parametrize("size", [(240, 180), (300, 220), (900, 700)])
@pytest.mark.parametrize("hc_mm", [60.0, 174.8, 420.0])
def test_that_labels_neither_overlap_nor_leave_the_plot(drawn, size, hc_mm):
    chart = drawn(examination(hc_mm), *size)

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


def test_that_pyqtgraph_is_not_imported_before_the_chart_has_been_painted():
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from fhc_desktop.gui.growth.growth_chart import GrowthChart\n"
        "app = QApplication([])\n"
        "chart = GrowthChart()\n"
        "assert 'pyqtgraph' not in sys.modules\n"
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


def test_that_the_content_names_the_head_or_the_reason():
    assert isinstance(chart_content(examination()).head, ChartPoint)
    assert chart_content(examination(age_text=None)).head == NotAssessed(
        "No dating: enter LMP, EDD or the gestational age."
    )


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
def test_that_the_interval_is_an_upright_bar_from_end_to_end(drawn):
    plain, barred = drawn(edited(graded())), drawn(graded())
    narrow = drawn(graded(half_mm=0.5))

    more = len(pixels_of(barred, style.TEXT)) - len(pixels_of(narrow, style.TEXT))

    assert more > 20
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
def test_that_the_bar_goes_with_the_edit(drawn):
    chart = drawn(graded())
    with_bar = len(pixels_of(chart, style.TEXT))

    chart.show_content(chart_content(edited(graded())))
    assert len(pixels_of(chart, style.TEXT)) < with_bar - 20
    chart.show_content(chart_content(graded()))
    assert len(pixels_of(chart, style.TEXT)) == with_bar


def test_that_a_point_knows_its_interval_only_while_the_outline_is_the_models():
    assert chart_content(graded()).head.heights_mm == pytest.approx((149.8, 174.8, 199.8))
    assert chart_content(edited(graded())).head.interval_mm is None


def test_that_a_head_beyond_whos_percentiles_is_still_on_its_chart(drawn):
    chart = drawn(edited(examination(150.0).with_standard(WHO_2017)))

    assert chart.reason == ""
    assert "150.0 mm at 20w0d: below the 1st percentile, WHO 2017" in chart.accessibleDescription()


def test_that_the_panel_says_on_which_side_of_whos_percentiles_a_head_lies(qtbot):
    panel = MeasurementPanel()
    qtbot.addWidget(panel)
    exam = examination(150.0).with_standard(WHO_2017)
    panel.show_content(MeasurementContent.of(exam, activity=""))

    assert panel.place_text == "below the 1st percentile WHO 2017"


@pytest.mark.gui
def test_that_a_local_chart_shows_the_curves_it_has_and_its_whole_weeks(drawn):
    chart = drawn(examination().with_standard(NARROW))
    plot = chart.findChild(GrowthPlot)

    assert plot.curve_labels == ["10th", "50th", "90th"]
    assert plot.named_weeks == [18, 19, 20, 21, 22]
    assert "Narrow (local chart)" in chart.caption
    chart.show_content(chart_content(examination()))
    assert plot.curve_labels == ["3rd", "10th", "50th", "90th", "97th"]
