"""MessageBar: what happened and what to do, in the place where it happened."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui import style
from fhc_desktop.gui.icons import icon


class MessageBar(QWidget):
    """One message above the image; it stays until it is closed or another image is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, style.RAISED)
        self.setPalette(palette)
        self._sign = style.label(size_px=style.HEADING_PX)
        self._words = style.label()
        self._words.setWordWrap(True)
        self._full_text = ""
        self._step: QAction | None = None
        self.step = QPushButton()
        self.step.clicked.connect(self._take_step)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setToolTip("Close this message")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.MARGIN, style.GAP, style.GAP, style.GAP)
        row.setSpacing(style.GAP + style.GRID)
        row.addWidget(self._sign)
        row.addWidget(self._words, stretch=1)
        row.addWidget(self.step)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._full_text

    def show_problem(self, error: FhcError) -> None:
        self._show(style.ERROR_SIGN, style.ERROR, f"{error.problem} {error.remedy}")

    def show_done(self, sentence: str) -> None:
        self._show(style.ACCEPTED_SIGN, style.ACCEPTED, sentence)

    def show_hint(self, sentence: str) -> None:
        self._show("●", style.ACCENT, sentence)

    def show_step(self, sentence: str, step: QAction) -> None:
        """Say what is missing and offer the one next step as a button."""
        self._show(style.WARNING_SIGN, style.WARNING, sentence)
        self._step = step
        self.step.setText(step.text().replace("&", ""))
        self.step.setToolTip(step.toolTip())
        self.step.show()

    def _show(self, sign: str, color: str, words: str) -> None:
        self._sign.setText(sign)
        style.set_color(self._sign, color)
        self._full_text = words
        self._words.setText(style.breakable(words))
        self.step.hide()
        self.show()

    def _take_step(self) -> None:
        if self._step is not None:
            self._step.trigger()
