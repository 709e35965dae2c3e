"""TrustLabel: how far the figure can be trusted, as an interval and a grade in words."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.gui.examination.measurement_content import TrustContent
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class GradeStyle:
    """The sign says the same as the colour, to those who cannot tell colours apart."""

    color: str
    sign: str


# The model's word has the proposal's colour; green is the clinician's and never the model's.
GRADE_STYLES = {
    Grade.GOOD: GradeStyle(style.PROPOSAL, style.GOOD_SIGN),
    Grade.LOOK_AGAIN: GradeStyle(style.WARNING, style.WARNING_SIGN),
    Grade.NOT_MEASURABLE: GradeStyle(style.ERROR, style.ERROR_SIGN),
}


class TrustLabel(QWidget):
    """Interval, chip and reasons of an outline as proposed; a quiet line once it was edited."""

    def __init__(self) -> None:
        super().__init__()
        self._interval = style.label(size_px=style.HEADING_PX)
        self._chip = QLabel()
        self._chip.setFont(style.font())
        self._chip.setTextFormat(Qt.TextFormat.PlainText)
        self._chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._reasons = style.label(size_px=style.SMALL_PX)
        self._reasons.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(style.GAP + style.GRID)
        row.addWidget(self._interval)
        row.addWidget(self._chip)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addLayout(row)
        column.addWidget(self._reasons)
        self.hide()

    @property
    def interval_text(self) -> str:
        """The interval round the figure; empty where it has none."""
        return self._interval.text()

    @property
    def grade_text(self) -> str:
        """The grade with its sign and the reasons; empty where the model said nothing."""
        return f"{self._chip.text()} {self._reasons.text()}".strip()

    def show_content(self, content: TrustContent) -> None:
        self._interval.setText(content.interval)
        self._interval.setVisible(bool(content.interval))
        self._show_grade(content.grade)
        self._reasons.setText(style.breakable(content.reasons))
        self._reasons.setVisible(bool(content.reasons))
        is_quiet = content.grade is None
        style.set_color(self._reasons, style.SECONDARY_TEXT if is_quiet else style.TEXT)
        self.setVisible(content != TrustContent())

    def _show_grade(self, grade: Grade | None) -> None:
        self._chip.setVisible(grade is not None)
        text = "" if grade is None else f"{GRADE_STYLES[grade].sign} {grade.capitalize()}"
        # A style sheet is slow, and a hand at the outline comes by here sixty times a second.
        if text == self._chip.text():
            return
        self._chip.setText(text)
        self._chip.setAccessibleName("" if grade is None else f"Model’s grade: {grade}")
        if grade is not None:
            self._chip.setStyleSheet(
                f"background: {style.RAISED}; color: {GRADE_STYLES[grade].color};"
                f"border-radius: {style.GRID}px;"
                f"padding: {style.GRID // 2}px {style.GAP}px;"
            )
