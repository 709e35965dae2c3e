"""SidePanel: numbers on top, always in sight; below them what can be typed, and the chart."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fhc_desktop.domain.examination import Examination
from fhc_desktop.domain.pregnancy import Pregnancy
from fhc_desktop.gui import style
from fhc_desktop.gui.calibration_panel import CalibrationPanel
from fhc_desktop.gui.growth_chart import GrowthChart
from fhc_desktop.gui.measurement_panel import MeasurementPanel
from fhc_desktop.gui.patient_panel import PatientPanel

_WIDTH_PX = 352


class SidePanel(QWidget):
    """Hands one examination to each of its panels."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH_PX)
        self.measurement = MeasurementPanel()
        self.patient = PatientPanel(QLocale())
        self.calibration = CalibrationPanel()
        self.chart = GrowthChart()
        self._scroll: QScrollArea
        self._build()

    def show_examination(self, exam: Examination | None, known: Sequence[Pregnancy] = ()) -> None:
        """Show an examination; ``known`` is what the log knows of its patient's pregnancies."""
        self.measurement.show_examination(exam)
        self.patient.show_examination(exam, known)
        self.calibration.show_examination(exam)
        self.chart.setVisible(exam is not None)
        if exam is not None:
            self.chart.show_examination(exam)

    def lead_to_wanted_entry(self) -> None:
        """Put the hand where an answer is wanted before anything can be accepted."""
        wanted = self.patient.wanted_entry
        if wanted is not None:
            self.show()
            self._scroll.ensureWidgetVisible(wanted)
            wanted.setFocus()

    def _build(self) -> None:
        content = QWidget()
        below = QVBoxLayout(content)
        below.setContentsMargins(style.MARGIN, style.GAP, style.MARGIN, style.GAP)
        below.setSpacing(style.MARGIN)
        for panel in (self.patient, self.calibration, self.chart):
            below.addWidget(panel)
        below.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        scroll.setWidget(content)
        top = QWidget()
        margins = QVBoxLayout(top)
        margins.setContentsMargins(style.MARGIN, style.GAP, style.MARGIN, style.GAP)
        margins.addWidget(self.measurement)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(scroll, stretch=1)
