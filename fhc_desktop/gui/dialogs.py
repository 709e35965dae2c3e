"""Dialogs: only where a decision or a number is needed, and for what concerns the whole program.

All words are shown as plain text: a patient's name or a file's path is never taken for markup.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from fhc_desktop import __version__
from fhc_desktop.domain.calibration import Calibration, Uncalibrated, typed_calibration
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination import ModelIdentity
from fhc_desktop.domain.standards import NICHD_2015, STANDARDS
from fhc_desktop.domain.ultrasound_age import (
    HADLOCK_1984,
    HADLOCK_1984_CITATION,
    INTERGROWTH_2016,
    INTERGROWTH_2016_CITATION,
)
from fhc_desktop.gui import style
from fhc_desktop.gui.plain_dialog import (
    PROGRAM,
    TEXT_WIDTH_PX,
    NumberDialog,
    PlainDialog,
    check_box,
    number_field,
    wrapped,
)

NOT_A_DEVICE = "For research use only; not a medical device."

# A hand's error of one pixel at each end is 10 % of a shorter ruler; no image shows a longer one.
SHORTEST_RULER_MM = 5.0
LONGEST_RULER_MM = 400.0
_MM_PER_CM = 10
_NUMBER = re.compile(r"(?P<number>\d+(?:[.,]\d*)?|[.,]\d+)\s*(?P<unit>mm|cm|mm/px)?", re.IGNORECASE)
# Two sides written to four digits are the same pixel side.
_SQUARE_WITHIN_MM = 0.5e-6
_OUR_FAULT = "our_fault"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why what was typed cannot be used, in a sentence that says what can."""

    sentence: str


def parse_mm(text: str) -> float | None:
    """Return a length in mm written with a comma or a point, in mm or cm; None if it is none."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    number = float(found["number"].replace(",", "."))
    return number * _MM_PER_CM if (found["unit"] or "").lower() == "cm" else number


def ruler_length(text: str) -> float | Refusal:
    """Return the typed length of a ruler in mm, or why it cannot be one."""
    length_mm = parse_mm(text)
    if length_mm is None:
        return Refusal("Type the length as a number of millimetres, for example 50.")
    if length_mm < SHORTEST_RULER_MM:
        return Refusal(
            f"{length_mm:g} mm is too short to calibrate by: "
            f"draw the ruler over at least {SHORTEST_RULER_MM:g} mm."
        )
    if length_mm > LONGEST_RULER_MM:
        return Refusal(
            f"No scan shows {length_mm:g} mm: the length must be at most {LONGEST_RULER_MM:g} mm."
        )
    return length_mm


def pixel_size(across: str, down: str) -> tuple[float, float] | Refusal:
    """Return the typed sides of a pixel in mm, or why they cannot be ones."""
    sides = parse_mm(across), parse_mm(down)
    if sides[0] is None or sides[1] is None:
        return Refusal("Type the size of a pixel in millimetres, for example 0.154.")
    scale = typed_calibration(sides[0], sides[1])
    if isinstance(scale, Uncalibrated):
        return Refusal(f"{scale.reason} {scale.remedy}")
    return scale.mm_per_column, scale.mm_per_row


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


def ask_ruler_length(parent: QWidget | None) -> float | None:
    """Ask how long the drawn ruler is, in mm; None when the question is dismissed."""
    dialog = RulerLengthDialog(parent)
    dialog.exec()
    return dialog.length_mm


def ask_pixel_size(
    parent: QWidget | None, current: Calibration | None
) -> tuple[float, float] | None:
    """Ask for mm per pixel across and down; None when the question is dismissed."""
    dialog = PixelSizeDialog(parent, current)
    dialog.exec()
    return dialog.mm_per_pixel


class RulerLengthDialog(NumberDialog):
    """The length of the ruler that was drawn; ``length_mm`` is None until it is accepted."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            "How long is the ruler?",
            explanation="Give the true distance between its two ends, as the scanner's marks say.",
        )
        self.length_mm: float | None = None
        self.field = number_field("Length in millimetres", "for example 50")
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addWidget(style.label("mm", color=style.SECONDARY_TEXT))
        row.addStretch(1)
        self.column.addLayout(row)
        self.add_refusal_and_buttons("Use this length")
        self.field.textEdited.connect(self.refusal.clear)

    def accept(self) -> None:
        answer = ruler_length(self.field.text())
        if isinstance(answer, Refusal):
            self.refuse(self.field, answer.sentence)
            return
        self.length_mm = answer
        super().accept()


class PixelSizeDialog(NumberDialog):
    """The sides of a pixel; ``mm_per_pixel`` (across, down) is None until it is accepted."""

    def __init__(self, parent: QWidget | None, current: Calibration | None) -> None:
        super().__init__(
            parent,
            "How large is a pixel?",
            explanation="The scanner's export or its manual names it, in millimetres per pixel.",
        )
        self.mm_per_pixel: tuple[float, float] | None = None
        self.across = number_field("Millimetres per pixel across", "for example 0.154")
        self.down = number_field("Millimetres per pixel down", "for example 0.154")
        self.square = check_box("Square pixels")
        self._fill(current)
        self._lay_out()
        self.add_refusal_and_buttons("Use this size")
        self.across.textEdited.connect(self._follow)
        self.down.textEdited.connect(self._follow)
        self.square.toggled.connect(self._follow)

    def accept(self) -> None:
        answer = pixel_size(self.across.text(), self.down.text())
        if isinstance(answer, Refusal):
            wrong = self.across if self.square.isChecked() else self._first_wrong()
            self.refuse(wrong, answer.sentence)
            return
        self.mm_per_pixel = answer
        super().accept()

    def _fill(self, current: Calibration | None) -> None:
        is_square = True
        if current is not None:
            is_square = abs(current.mm_per_column - current.mm_per_row) < _SQUARE_WITHIN_MM
            self.across.setText(f"{current.mm_per_column:.6g}")
            self.down.setText(f"{current.mm_per_row:.6g}")
            self.across.selectAll()
        self.square.setChecked(is_square)
        self.down.setEnabled(not is_square)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.GAP)
        grid.setVerticalSpacing(style.GAP)
        for row, (name, field) in enumerate((("Across", self.across), ("Down", self.down))):
            grid.addWidget(style.label(name), row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(style.label("mm per pixel", color=style.SECONDARY_TEXT), row, 2)
        grid.addWidget(self.square, 2, 1, 1, 2)
        grid.setColumnStretch(3, 1)
        self.column.addLayout(grid)

    def _follow(self) -> None:
        self.refusal.clear()
        self.down.setEnabled(not self.square.isChecked())
        if self.square.isChecked():
            self.down.setText(self.across.text())

    def _first_wrong(self) -> QLineEdit:
        across = self.across.text()
        return self.across if isinstance(pixel_size(across, across), Refusal) else self.down


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
