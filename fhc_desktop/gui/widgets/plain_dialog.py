"""The dialog that all others are: a sentence, what follows from it, room for fields, buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.widgets import style

PROGRAM = "FHC Desktop"
TEXT_WIDTH_PX = 400
_FIELD_WIDTH_PX = 160


class PlainDialog(QDialog):
    """A column of texts and fields that takes no data for markup."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(PROGRAM)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(4 * [style.MARGIN + style.GAP]))
        self.column.setSpacing(style.GAP)

    def add_title(self, text: str) -> None:
        title = wrapped(text)
        title.setFont(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self.column.addWidget(title)

    def add_problem(self, problem: str, remedy: str) -> None:
        """Add what is wrong, with the sign of an error, and under it what to do."""
        mark = style.label(style.ERROR_SIGN, size_px=style.HEADING_PX, color=style.ERROR)
        words = wrapped(problem)
        words.setFont(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, stretch=1)
        self.column.addLayout(row)
        self.add_explanation(remedy)

    def add_explanation(self, text: str) -> None:
        self.column.addWidget(wrapped(text, color=style.SECONDARY_TEXT))
        self.column.addSpacing(style.GRID)

    def add_buttons(self, which: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
        """Add the buttons below everything else; they accept or dismiss the dialog."""
        buttons = QDialogButtonBox(which)
        for button in buttons.buttons():
            button.setIcon(QIcon())  # the words are enough, and each desktop has other icons
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addStretch(1)
        self.column.addWidget(buttons)
        return buttons

    def present(self) -> None:
        """Stand over the window without stopping it; wait only where there is no window."""
        if self.parentWidget() is None:
            self.exec()
            return
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()


class NumberDialog(PlainDialog):
    """A question for numbers that refuses what cannot be, in place, and stays."""

    def __init__(self, parent: QWidget | None, question: str, *, explanation: str) -> None:
        super().__init__(parent)
        self.add_title(question)
        self.add_explanation(explanation)
        self.refusal = wrapped("", color=style.ERROR)
        # Room for two lines, so that nothing jumps when a sentence comes or goes.
        self.refusal.setMinimumHeight(2 * self.refusal.fontMetrics().lineSpacing())
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignTop)

    def add_refusal_and_buttons(self, ok_text: str) -> None:
        self.column.addWidget(self.refusal)
        standard = QDialogButtonBox.StandardButton
        buttons = self.add_buttons(standard.Ok | standard.Cancel)
        buttons.button(standard.Ok).setText(ok_text)

    def refuse(self, field: QLineEdit, sentence: str) -> None:
        self.refusal.setText(f"{style.ERROR_SIGN} {sentence}")
        field.setFocus()
        field.selectAll()


def wrapped(text: str, *, color: str = style.TEXT) -> QLabel:
    """Return a text that wraps and can be marked and copied."""
    label = style.label(text, color=color)
    label.setWordWrap(True)
    label.setMinimumWidth(TEXT_WIDTH_PX)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return label


def number_field(name: str, example: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(example)
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    field.setFixedWidth(_FIELD_WIDTH_PX)
    return field


def check_box(text: str) -> QCheckBox:
    box = QCheckBox(text)
    palette = box.palette()
    # The style draws the frame in a darker shade of the window's colour: black on black here.
    palette.setColor(palette.ColorRole.Window, style.SECONDARY_TEXT)
    box.setPalette(palette)
    return box
