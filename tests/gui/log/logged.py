"""Examinations for the log, and what is read in its window."""

from dataclasses import replace
from datetime import UTC, date, datetime
from math import pi
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from fhc_desktop.domain.confidence import Confidence, IntervalRule
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage

START = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
MM_PER_PIXEL = 0.25


def examination(hc_mm=174.8, *, calibrated=True, file_name="scan.png") -> Examination:
    radius_px = hc_mm / MM_PER_PIXEL / (2 * pi)
    outline = Ellipse(400.0, 270.0, radius_px, radius_px, 0.0)
    source = ImageSource(Path("/scans") / file_name, "0" * 64)
    scale = Calibration(MM_PER_PIXEL, MM_PER_PIXEL, CalibrationSource.TYPED)
    return Examination(
        UltrasoundImage(np.zeros((540, 800), np.uint8), source),
        manual_calibration=scale if calibrated else None,
        exam_date=date(2026, 5, 1),
    ).with_proposal(Proposal(outline, ModelIdentity("net", "1.0", "0" * 64), "CPU"))


def graded(grade, *, reasons=("skull visible on 48 %",), **more) -> Examination:
    exam = examination(**more)
    rule = IntervalRule(0.9, (200.0,), (1.0,), 3.0, 0.0, 0.0, heads=161)
    confidence = Confidence(grade, reasons, rule=rule)
    return replace(exam, proposal=replace(exam.proposal, confidence=confidence))


def table(window) -> QTableView:
    return window.findChild(QTableView)


def titles(model) -> list[str]:
    return [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]


def cells(window, title) -> list[str]:
    model = table(window).model()
    column = titles(model).index(title)
    return [model.index(row, column).data() for row in range(model.rowCount())]
