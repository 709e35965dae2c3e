"""MessageBar: what happened and what to do, in the place where it happened."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.icons import icon

_WITHHELD = (
    "Something needs your attention. What it is may name a file or a patient: "
    "leave the de-identified view (Ctrl+Shift+H) to read it."
)


class MessageBar(QWidget):
    """One message above the image; it stays until it is closed or another image is opened.

    In the de-identified view it names neither file nor patient: whatever a problem says comes
    when that view is left.
    """

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
        self._is_deidentified = False
        self._withheld: FhcError | None = None
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

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Hide what stands here, or tell what was withheld and not closed meanwhile."""
        withheld = None if self.isHidden() else self._withheld
        self._is_deidentified = hidden
        self.hide()
        if withheld is not None and not hidden:
            self.show_problem(withheld)

    def show_problem(self, error: FhcError, *, is_nameless: bool = False) -> None:
        """Tell a problem; ``is_nameless`` where its words are the same for every file."""
        if self._is_deidentified and not is_nameless:
            self._show(style.ERROR_SIGN, style.ERROR, _WITHHELD)
            self._withheld = error
        else:
            self._show(style.ERROR_SIGN, style.ERROR, f"{error.problem} {error.remedy}")

    def show_saved(self, what: str, path: Path) -> None:
        name = "" if self._is_deidentified else f" as {path.name}"
        self._show(style.ACCEPTED_SIGN, style.ACCEPTED, f"{what} was saved{name}.")

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
        self._withheld = None
        self.step.hide()
        self.show()

    def _take_step(self) -> None:
        if self._step is not None:
            self._step.trigger()
