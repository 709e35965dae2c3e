"""StartPage: what stands where the image will be; it says the one next step."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fhc_desktop.gui.entrance.invitation import Invitation
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.window.start_content import StartContent
from fhc_desktop.gui.window.unfinished_list import UnfinishedList


class StartPage(QWidget):
    """Offers what is unfinished, and invites to open an image or says which one is being opened."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, style.CANVAS)
        self.setPalette(palette)
        self.unfinished = UnfinishedList()
        self.invitation = Invitation()
        self._build()

    def show_content(self, content: StartContent, activity: str) -> None:
        """Offer what is unfinished; with something being opened, say that and nothing else."""
        self.invitation.show_activity(activity)
        self.unfinished.show_content(StartContent() if activity else content)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(style.GAP)
        column.addStretch()
        column.addWidget(self.unfinished, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(style.MARGIN)
        column.addWidget(self.invitation)
        column.addStretch()
