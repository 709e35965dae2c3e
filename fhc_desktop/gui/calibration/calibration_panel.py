"""CalibrationPanel: how long a pixel is, who says so, and how to say it oneself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.passport import passport
from fhc_desktop.domain.image.calibration import Uncalibrated
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
        self._scale.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._source = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._source.setWordWrap(True)
        self._sentence = ""
        self._is_deidentified = False
        self.choice = ScaleChoice()
        self.offer = ScaleOffer()
        self.draw_ruler = QPushButton("Draw ruler")
        self.type_size = QPushButton("Type size")
        self.use_file = QPushButton("Use file’s")
        self.depth_marks = DepthMarksPanel()
        self._build()

    @property
    def text(self) -> str:
        """The scale in force and who says so, or why there is none."""
        return f"{self._scale.text()} {self._sentence}".strip()

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Leave out what may name a file or a person: where a scale was taken from, and by whom."""
        self._is_deidentified = hidden

    def show_examination(self, exam: Examination | None) -> None:
        self.setEnabled(exam is not None)
        self.depth_marks.show_examination(exam)
        self.use_file.setVisible(exam is not None and exam.has_users_scale)
        self.choice.show_examination(exam)
        if exam is None:
            self._show("", "", style.SECONDARY_TEXT)
            return
        found = passport(exam)
        if isinstance(found, Uncalibrated):
            sentence = f"{found.reason} {found.remedy}"
            self._show(f"{style.WARNING_SIGN} none: pixels only", sentence, style.WARNING)
            return
        if self._is_deidentified:
            self._show(found.short_scale, "source hidden", style.TEXT)
            return
        words = f"{found.source}; {found.read_from}; confirmed by {found.confirmed_by}"
        self._show(found.short_scale, words, style.TEXT, tip=found.line)

    def _show(self, scale: str, source: str, color: str, *, tip: str = "") -> None:
        self._scale.setText(scale)
        style.set_color(self._scale, color)
        self._source.setText(style.breakable(source))
        self._source.setVisible(bool(source))
        self._source.setToolTip(tip)
        self._sentence = source

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
        head = QHBoxLayout()
        head.addWidget(style.heading("Calibration"))
        head.addWidget(self._scale, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addLayout(head)
        column.addWidget(self._source)
        column.addWidget(self.depth_marks)
        column.addWidget(self.choice)
        column.addWidget(self.offer)
        column.addSpacing(style.GRID)
        column.addLayout(row)
