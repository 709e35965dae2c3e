"""CalibrationPanel: how long a pixel is, who says so, and how to say it oneself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from fhc_desktop.gui.calibration.depth_marks_panel import DepthMarksPanel
from fhc_desktop.gui.calibration.scale_choice import ScaleChoice
from fhc_desktop.gui.calibration.scale_offer import ScaleOffer
from fhc_desktop.gui.widgets import style


class CalibrationPanel(QWidget):
    """Shows the scale in force with its passport, or why there is none."""

    ruler_wanted = Signal()
    pixel_size_wanted = Signal()
    file_calibration_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scale = style.label()
        self._source = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._source.setWordWrap(True)
        self._content = CalibrationContent()
        self.choice = ScaleChoice()
        self.offer = ScaleOffer()
        self.draw_ruler = QPushButton("Draw ruler")
        self.type_size = QPushButton("Type size")
        self.use_file = QPushButton("Use file’s")
        self.depth_marks = DepthMarksPanel()
        self._build()
        self.setEnabled(False)
        for part in (self._source, self.use_file, self.choice, self.offer):
            part.hide()

    @property
    def text(self) -> str:
        """The scale in force and who says so, or why there is none."""
        return f"{self._scale.text()} {self._content.sentence}".strip()

    def show_content(self, content: CalibrationContent) -> None:
        if content == self._content:
            return
        self._content = content
        self.setEnabled(content.is_open)
        self.depth_marks.show_sentence(content.depth_marks)
        self.use_file.setVisible(content.has_users_scale)
        self.choice.show_alternatives(content.alternatives)
        self.offer.show_content(content.offer)
        sign = f"{style.WARNING_SIGN} " if content.is_missing else ""
        self._scale.setText(f"{sign}{content.scale}")
        style.set_color(self._scale, style.WARNING if content.is_missing else style.TEXT)
        self._source.setText(style.breakable(content.sentence))
        self._source.setVisible(bool(content.sentence))
        self._source.setToolTip(content.passport_line)

    def _build(self) -> None:
        self.draw_ruler.clicked.connect(self.ruler_wanted)
        self.type_size.clicked.connect(self.pixel_size_wanted)
        self.use_file.clicked.connect(self.file_calibration_wanted)
        self.draw_ruler.setToolTip("Draw a line over a known distance in the image  (R)")
        self.type_size.setToolTip("Type the size of a pixel in millimetres  (P)")
        self.use_file.setToolTip("Go back to what the file says of its pixels")
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        for button in (self.draw_ruler, self.type_size, self.use_file):
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(self._scale)
        column.addWidget(self._source)
        column.addWidget(self.depth_marks)
        column.addWidget(self.choice)
        column.addWidget(self.offer)
        column.addSpacing(style.GRID)
        column.addLayout(row)
