"""SidePanel: numbers on top, always in sight; below them what can be typed, and the chart."""

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fhc_desktop.gui.calibration.calibration_panel import CalibrationPanel
from fhc_desktop.gui.examination.measurement_panel import MeasurementPanel
from fhc_desktop.gui.examination.repeat_note import RepeatNote
from fhc_desktop.gui.growth.growth_chart import GrowthChart
from fhc_desktop.gui.growth.growth_panel import GrowthPanel
from fhc_desktop.gui.patient.patient_panel import PatientPanel
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.window.side_content import SideContent

_WIDTH_PX = 352


class SidePanel(QWidget):
    """Hands each of its panels what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH_PX)
        self.measurement = MeasurementPanel()
        self.repeat = RepeatNote()
        self.patient = PatientPanel(QLocale())
        self.calibration = CalibrationPanel()
        self.growth = GrowthPanel()
        self.chart = GrowthChart()
        self._scroll = QScrollArea()
        self._build()

    def show_lens(self) -> None:
        """Unfold the lens, bring it into sight and give it the keys; fold it if it has them."""
        is_open = not self.growth.has_focus
        self.growth.set_open(is_open=is_open)
        self.growth.folded.emit(is_open)
        if is_open:
            self._bring_into_sight(self.growth.lens)
            self.growth.focus_row_in_force()

    def show_content(self, content: SideContent) -> None:
        self.measurement.show_content(content.measurement)
        self.repeat.show_content(content.repeat)
        self.patient.show_content(content.patient)
        self.calibration.show_content(content.calibration)
        self.growth.show_content(content.growth)
        self.measurement.show_remark_count(content.remark_count)
        self.chart.setVisible(content.chart is not None)
        if content.chart is not None:
            self.chart.show_content(content.chart)

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
        for panel in (self.repeat, self.patient, self.calibration, self.growth, self.chart):
            below.addWidget(panel)
        below.addStretch(1)
        scroll = self._scroll
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
        self.measurement.remarks.clicked.connect(self._show_remarks)

    @Slot()
    def _show_remarks(self) -> None:
        self._bring_into_sight(self.growth.remarks)

    def _bring_into_sight(self, part: QWidget) -> None:
        # What was just unfolded has no place before the layout has been made.
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part))
