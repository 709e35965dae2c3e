"""ScaleChoice: the doubtful scales of a file, for the user to say which is right."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.image.calibration import CalibrationCandidate, CalibrationSource
from fhc_desktop.gui.widgets import style

_WORDS = {
    CalibrationSource.ULTRASOUND_REGION: "the region’s",
    CalibrationSource.PIXEL_SPACING: "PixelSpacing’s",
}


class ScaleChoice(QWidget):
    """A button for each scale; hidden where there is nothing to choose or a choice was made."""

    chosen = Signal(object)  # CalibrationCandidate

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._offered: tuple[CalibrationCandidate, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, style.GRID, 0, 0)
        self._column.setSpacing(style.GRID)

    def show_alternatives(self, offered: tuple[CalibrationCandidate, ...]) -> None:
        self.setVisible(bool(offered))
        if offered != self._offered:
            self._offered = offered
            self._make_buttons()

    def _make_buttons(self) -> None:
        for button in self.buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(candidate) for candidate in self._offered]

    def _button(self, candidate: CalibrationCandidate) -> QPushButton:
        scale = candidate.calibration
        alike = [c for c in self._offered if c.calibration.source is scale.source]
        place = f", {scale.detail}" if len(alike) > 1 and scale.detail else ""
        button = QPushButton(f"Take {_WORDS[scale.source]} {scale.scale_text}{place}")
        button.setToolTip("Your choice is recorded with your name beside the measurement")
        button.clicked.connect(partial(self.chosen.emit, candidate))
        self._column.addWidget(button)
        return button
