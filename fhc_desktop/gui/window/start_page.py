"""StartPage: what stands where the image will be; it says the one next step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.icons import pixmap
from fhc_desktop.gui.window.start_content import StartContent
from fhc_desktop.gui.window.unfinished_list import UnfinishedList

_KINDS = "DICOM, PNG, JPEG, TIFF, BMP or video; or a folder, DICOMDIR or ZIP archive of them"


class StartPage(QWidget):
    """Invites to open an image, or says which one is being opened."""

    open_wanted = Signal()
    folder_wanted = Signal()
    demonstration_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, style.CANVAS)
        self.setPalette(palette)
        self.unfinished = UnfinishedList()
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

    def show_content(self, content: StartContent, activity: str) -> None:
        """Offer what is unfinished; with something being opened, say that and nothing else."""
        self.show_activity(activity)
        self.unfinished.show_content(StartContent() if activity else content)

    def show_activity(self, activity: str) -> None:
        """Say what is being opened; with nothing to say, invite."""
        self._title.show_text(activity or "Drop an ultrasound image here")
        self._words.setText("" if activity else _KINDS)
        self.open.setVisible(not activity)
        self.folder.setVisible(not activity)
        self.demonstration.setVisible(not activity)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(style.GAP)
        column.addStretch()
        column.addWidget(self.unfinished, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(style.MARGIN)
        for widget in (self._picture, self._title, self._words):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(style.MARGIN)
        for button in (self.open, self.folder, self.demonstration):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
