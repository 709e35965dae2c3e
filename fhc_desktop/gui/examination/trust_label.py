"""TrustLabel: how far the figure can be trusted, as an interval and a grade in words."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fhc_desktop.domain.confidence import Confidence, Grade
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class _Look:
    """The sign says the same as the colour, to those who cannot tell colours apart."""

    color: str
    sign: str


# The model's word has the proposal's colour; green is the clinician's and never the model's.
_LOOKS = {
    Grade.GOOD: _Look(style.PROPOSAL, style.GOOD_SIGN),
    Grade.LOOK_AGAIN: _Look(style.WARNING, style.WARNING_SIGN),
    Grade.NOT_MEASURABLE: _Look(style.ERROR, style.ERROR_SIGN),
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

    def show_examination(self, exam: Examination | None) -> None:
        said = None if exam is None or exam.proposal is None else exam.proposal.confidence
        self._show_interval(exam)
        if exam is None or said is None:
            self._show_chip(None)
            self._show_reasons("", style.TEXT)
        elif exam.is_edited:
            why = f": {said.reasons_text}" if said.reasons else ""
            self._show_chip(None)
            self._show_reasons(
                f"The model graded its own proposal “{said.grade}”{why}", style.SECONDARY_TEXT
            )
        else:
            self._show_chip(said)
            self._show_reasons(_capitalised(said.reasons_text), style.TEXT)
        self.setVisible(bool(self.grade_text or self.interval_text))

    def _show_interval(self, exam: Examination | None) -> None:
        interval = None if exam is None else exam.hc_interval
        text = "" if interval is None else f"{interval.coverage_text}: {interval.text} mm"
        self._interval.setText(text)
        self._interval.setVisible(bool(text))

    def _show_chip(self, said: Confidence | None) -> None:
        self._chip.setVisible(said is not None)
        look = None if said is None else _LOOKS[said.grade]
        text = "" if said is None or look is None else f"{look.sign} {_capitalised(said.grade)}"
        # A style sheet is slow, and a hand at the outline comes by here sixty times a second.
        if text == self._chip.text():
            return
        self._chip.setText(text)
        self._chip.setAccessibleName("" if said is None else f"Model’s grade: {said.grade}")
        if look is not None:
            self._chip.setStyleSheet(
                f"background: {style.RAISED}; color: {look.color}; border-radius: {style.GRID}px;"
                f"padding: {style.GRID // 2}px {style.GAP}px;"
            )

    def _show_reasons(self, text: str, color: str) -> None:
        self._reasons.setText(style.breakable(text))
        self._reasons.setVisible(bool(text))
        style.set_color(self._reasons, color)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
