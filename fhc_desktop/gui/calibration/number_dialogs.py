"""The dialog that asks for a pixel size, and how a typed size or length is read."""

import math
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated, typed_calibration
from fhc_desktop.domain.typed_length import typed_mm
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.plain_dialog import (
    NumberDialog,
    check_box,
    number_field,
)

# A hand's error of one pixel at each end is 10 % of a shorter ruler; no image shows a longer one.
SHORTEST_RULER_MM = 5.0
LONGEST_RULER_MM = 400.0
_UNITS = ("mm", "cm", "mm/px")
# Sides written to six digits have the file's shape if they differ from it by no more.
_SHAPED_WITHIN = 1e-5


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why what was typed cannot be used, in a sentence that says what can."""

    sentence: str


def ruler_length(text: str) -> float | Refusal:
    """Return the typed length of a ruler in mm, or why it cannot be one."""
    length_mm = typed_mm(text, _UNITS)
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
    sides = typed_mm(across, _UNITS), typed_mm(down, _UNITS)
    if sides[0] is None or sides[1] is None:
        return Refusal("Type the size of a pixel in millimetres, for example 0.154.")
    scale = typed_calibration(sides[0], sides[1])
    if isinstance(scale, Uncalibrated):
        return Refusal(f"{scale.reason} {scale.remedy}")
    return scale.mm_per_column, scale.mm_per_row


def ask_pixel_size(
    parent: QWidget | None, current: Calibration | None, *, pixel_aspect: float = 1.0
) -> tuple[float, float] | None:
    """Ask for mm per pixel across and down; None when the question is dismissed.

    ``pixel_aspect`` is height divided by width as the file has it, for one side to follow from
    the other.
    """
    dialog = PixelSizeDialog(parent, current, pixel_aspect=pixel_aspect)
    dialog.exec()
    return dialog.mm_per_pixel


class PixelSizeDialog(NumberDialog):
    """The sides of a pixel; ``mm_per_pixel`` (across, down) is None until it is accepted.

    ``square`` lets the height follow from the width, by the shape that the file gives its pixels.
    """

    def __init__(
        self, parent: QWidget | None, current: Calibration | None, *, pixel_aspect: float = 1.0
    ) -> None:
        super().__init__(
            parent,
            "How large is a pixel?",
            explanation="The scanner's export or its manual names it, in millimetres per pixel.",
        )
        self.mm_per_pixel: tuple[float, float] | None = None
        self.across = number_field("Millimetres per pixel across", "for example 0.154")
        self.down = number_field("Millimetres per pixel down", "for example 0.154")
        self._aspect = pixel_aspect
        is_square = pixel_aspect == 1
        self.square = check_box(
            "Square pixels"
            if is_square
            else f"Pixels {pixel_aspect:.4g} times as high as wide, as the file says"
        )
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
        is_shaped = True
        if current is not None:
            height_mm = current.mm_per_column * self._aspect
            is_shaped = math.isclose(current.mm_per_row, height_mm, rel_tol=_SHAPED_WITHIN)
            self.across.setText(f"{current.mm_per_column:.6g}")
            self.down.setText(f"{current.mm_per_row:.6g}")
            self.across.selectAll()
        self.square.setChecked(is_shaped)
        self.down.setEnabled(not is_shaped)

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
            self.down.setText(self._height())

    def _height(self) -> str:
        """Return the height that follows from the width that was typed, as it was typed."""
        width_mm = typed_mm(self.across.text(), _UNITS)
        if width_mm is None or self._aspect == 1:
            return self.across.text()
        return f"{width_mm * self._aspect:.8g}"

    def _first_wrong(self) -> QLineEdit:
        across = self.across.text()
        return self.across if isinstance(pixel_size(across, across), Refusal) else self.down
