"""TrustLabel: how far the figure can be trusted, in one line."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.gui.examination.measurement_content import TrustContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel

HEIGHT_PX = 6 * style.GRID


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
    """Interval and grade of an outline as proposed; once it was edited, how far it is from that.

    One line of a height that never changes; without a word it is blank.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT_PX)
        self._content = TrustContent()
        self._interval = style.label(size_px=style.HEADING_PX)
        self._chip = QLabel()
        self._chip.setFont(style.font())
        self._chip.setTextFormat(Qt.TextFormat.PlainText)
        self._chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chip.hide()
        self._difference = ElidedLabel(style.font(), style.EDITED)
        self._difference.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP + style.GRID)
        row.addWidget(self._interval)
        row.addWidget(self._chip)
        row.addWidget(self._difference, stretch=1)
        row.addStretch()

    @property
    def interval_text(self) -> str:
        """The interval round the figure; empty where it has none."""
        return self._interval.text()

    @property
    def difference_text(self) -> str:
        """How far an edited outline is from the proposal; empty where it is the proposal."""
        return self._difference.full_text

    @property
    def grade_text(self) -> str:
        """The grade with its sign and the reasons; empty where the model said nothing."""
        return f"{self._chip.text()} {self._content.reasons}".strip()

    def show_content(self, content: TrustContent) -> None:
        self._content = content
        self._interval.setText(content.interval)
        self._interval.setVisible(bool(content.interval))
        self._show_grade(content.grade)
        self._chip.setToolTip(content.reasons)
        self._show_difference(content.difference)

    def _show_difference(self, words: str) -> None:
        sign = f"{style.EDITED_SIGN} {words}" if words else ""
        self._difference.show_text(sign)
        self._difference.setVisible(bool(words))

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
