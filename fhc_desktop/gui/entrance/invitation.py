"""Invitation: the one next step, where the image will be."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.icons import pixmap

_KINDS = "DICOM, PNG, JPEG, TIFF, BMP or video; or a folder, DICOMDIR or ZIP archive of them"


class Invitation(QWidget):
    """Invites to open an image, or says which one is being opened."""

    open_wanted = Signal()
    folder_wanted = Signal()
    demonstration_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture = style.label()
        self._picture.setPixmap(pixmap("window", 72, color=style.SECONDARY_TEXT))
        self._title = ElidedLabel(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self._words = style.label(color=style.SECONDARY_TEXT)
        self.open = QPushButton("Open an image …")
        self.folder = QPushButton("Open a folder or disc …")
        self.demonstration = QPushButton("or look at the demonstration scan")
        self.demonstration.setFlat(True)
        self.demonstration.setCursor(Qt.CursorShape.PointingHandCursor)
        self.open.clicked.connect(self.open_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.demonstration.clicked.connect(self.demonstration_wanted)
        self._build()
        self.show_activity("")

    @property
    def title(self) -> str:
        return self._title.full_text

    def show_activity(self, activity: str) -> None:
        """Say what is being done; with nothing to say, invite."""
        self._title.show_text(activity or "Drop an ultrasound image here")
        self._words.setText("" if activity else _KINDS)
        for button in (self.open, self.folder, self.demonstration):
            button.setVisible(not activity)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        for widget in (self._picture, self._title, self._words):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(style.MARGIN)
        for button in (self.open, self.folder, self.demonstration):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
