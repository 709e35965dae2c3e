"""Heads of a known size and age, and what the picture of their chart shows."""

from dataclasses import replace
from datetime import UTC, datetime
from math import pi
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.dating.typed_dates import read_age
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.gui.growth.growth_chart import GrowthChart
from fhc_desktop.gui.widgets import style

MM_PER_PIXEL = 0.25
STATE_COLORS = [style.PROPOSAL, style.EDITED, style.ACCEPTED, style.WARNING]


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


def accepted(exam: Examination, entry_id: str | None = "row") -> Examination:
    return exam.with_acceptance(
        Acceptance(exam.facts, "A. Operator", datetime(2026, 5, 1, tzinfo=UTC), entry_id)
    )


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
