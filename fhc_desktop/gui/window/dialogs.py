"""Dialogs: only where a decision or a number is needed, and for what concerns the whole program.

All words are shown as plain text: a patient's name or a file's path is never taken for markup.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from fhc_desktop import __version__
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import ModelIdentity
from fhc_desktop.domain.growth.standards import NICHD_2015, STANDARDS
from fhc_desktop.domain.growth.ultrasound_age import (
    HADLOCK_1984,
    HADLOCK_1984_CITATION,
    INTERGROWTH_2016,
    INTERGROWTH_2016_CITATION,
)
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.plain_dialog import (
    PROGRAM,
    TEXT_WIDTH_PX,
    PlainDialog,
    wrapped,
)

NOT_A_DEVICE = "For research use only; not a medical device."

_OUR_FAULT = "our_fault"


def about_lines(model: ModelIdentity | None) -> list[tuple[str, str]]:
    """Return what the program says of itself: pairs of a heading and its text."""
    return [
        ("Version", f"{PROGRAM} {__version__}"),
        ("Model", "No model has been used yet." if model is None else _model_words(model)),
        (
            "Growth standards and ultrasound age",
            _lines(
                *(f"{one.name}: {one.citation}" for one in STANDARDS if not one.is_opt_in),
                f"NICHD 2015: {NICHD_2015[0].citation}",
                f"Age by HC, {HADLOCK_1984}: {HADLOCK_1984_CITATION}",
                f"Age by HC, {INTERGROWTH_2016}: {INTERGROWTH_2016_CITATION}",
            ),
        ),
        ("Licence", "MIT licence. The libraries it uses keep their own; Qt's is the LGPL 3."),
    ]


def show_problem(parent: QWidget | None, error: FhcError) -> None:
    """Say what is wrong and what to do. Returns at once where there is a window to stay over."""
    dialog = PlainDialog(parent)
    dialog.add_problem(error.problem, error.remedy)
    dialog.add_buttons(QDialogButtonBox.StandardButton.Ok)
    dialog.present()


def show_our_fault(parent: QWidget | None, log_file: Path) -> None:
    """Admit a fault of the program itself; one that is already on the screen is not repeated."""
    if parent is not None and parent.findChild(QDialog, _OUR_FAULT) is not None:
        return
    dialog = PlainDialog(parent)
    dialog.setObjectName(_OUR_FAULT)
    dialog.add_problem(
        "Something went wrong inside the program.",
        "This is our fault, not that of your file. The examination on the screen is kept. "
        "Check the last thing you did. The details are in this file:",
    )
    path = QLineEdit(str(log_file))
    path.setReadOnly(True)
    path.setCursorPosition(0)
    dialog.column.addWidget(path)
    buttons = dialog.add_buttons(QDialogButtonBox.StandardButton.Close)
    copy = buttons.addButton("Copy path", QDialogButtonBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(log_file)))
    buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
    dialog.present()


class AboutDialog(PlainDialog):
    """What the program is, which model it used, and whose work it rests on."""

    def __init__(self, parent: QWidget | None, model: ModelIdentity | None) -> None:
        super().__init__(parent)
        self.add_title(PROGRAM)
        self.column.addWidget(wrapped(f"{style.WARNING_SIGN} {NOT_A_DEVICE}", color=style.WARNING))
        for title, text in about_lines(model):
            self.column.addSpacing(style.GRID)
            self.column.addWidget(style.heading(title))
            self.column.addWidget(wrapped(text))
        self.add_buttons(QDialogButtonBox.StandardButton.Close)


class KeyboardDialog(PlainDialog):
    """Every action with its key, given as pairs of (action, key)."""

    def __init__(self, parent: QWidget | None, shortcuts: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.add_title("Keyboard")
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, style.MARGIN, 0)
        grid.setHorizontalSpacing(2 * style.MARGIN)
        grid.setVerticalSpacing(style.GAP)
        for row, (action, key) in enumerate(shortcuts):
            grid.addWidget(style.label(action), row, 0)
            name = style.label(key)
            name.setFont(style.font(style.BODY_PX, QFont.Weight.DemiBold))
            grid.addWidget(name, row, 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(shortcuts), 1)
        self.column.addWidget(_FittingScrollArea(table))
        self.add_buttons(QDialogButtonBox.StandardButton.Close)


class _FittingScrollArea(QScrollArea):
    """As tall as its content while the screen allows it; Qt's own stops at 24 lines of text."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        wanted = self._content.sizeHint()
        room = self.screen().availableSize().height() * 3 // 5
        return QSize(max(wanted.width(), TEXT_WIDTH_PX), min(wanted.height(), room))


def _model_words(model: ModelIdentity) -> str:
    # In four groups: a name of 64 letters would not wrap.
    digest = " ".join(re.findall(".{1,16}", model.sha256))
    return _lines(f"{model.name} {model.version}", f"SHA-256 {digest}")


def _lines(*lines: str) -> str:
    return "\n".join(lines)
