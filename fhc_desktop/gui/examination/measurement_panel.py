"""MeasurementPanel: the head circumference, its place on the chart and its companions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    percentile_words,
)
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge
from fhc_desktop.gui.examination.trust_label import TrustLabel
from fhc_desktop.gui.image.outline_state import LOOKS, OutlineState, outline_state, state_words
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import format_z

_MOST_WARNINGS = 8


class MeasurementPanel(QWidget):
    """Says what was measured, in which state it is and how far to believe it."""

    def __init__(self) -> None:
        super().__init__()
        self._exam: Examination | None = None
        self._activity = ""
        self._figure = style.label(style.MISSING)
        self._unit = style.label(size_px=style.HEADING_PX, color=style.SECONDARY_TEXT)
        self._state = style.label()
        self._trust = TrustLabel()
        self._place = style.label(size_px=style.HEADING_PX)
        self._source = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self.remarks = QPushButton()
        self._rows = _Rows()
        self._warnings = [style.label(color=style.WARNING) for _ in range(_MOST_WARNINGS)]
        self._build()

    @property
    def hc_text(self) -> str:
        """The figure with its unit, as it stands there."""
        return f"{self._figure.text()} {self._unit.text()}".strip()

    @property
    def interval_text(self) -> str:
        """The interval round the figure; empty where it has none."""
        return self._trust.interval_text

    @property
    def grade_text(self) -> str:
        """What the model said of its own proposal, with the reasons."""
        return self._trust.grade_text

    @property
    def state_text(self) -> str:
        return self._state.text()

    @property
    def place_text(self) -> str:
        """Percentile and z-score, or why there are none."""
        return f"{self._place.text()} {self._source.text()}".strip()

    @property
    def warning_texts(self) -> list[str]:
        return [label.text() for label in self._warnings if label.text()]

    def show_examination(self, exam: Examination | None) -> None:
        self._exam = exam
        self._show_figure(exam)
        self._trust.show_examination(exam)
        self._show_state(exam)
        self._show_place(exam)
        self._rows.show_examination(exam)
        found = () if exam is None else exam.warnings
        for index, label in enumerate(self._warnings):
            text = f"{style.WARNING_SIGN} {found[index]}" if index < len(found) else ""
            label.setText(text)
            label.setVisible(bool(text))

    def show_activity(self, activity: str) -> None:
        """Say what is being waited for, while there is no outline to speak of."""
        self._activity = activity
        self._show_state(self._exam)

    def show_remark_count(self, count: int) -> None:
        """Say how many flags and remarks there are further down; nothing where there is none."""
        self.remarks.setText(f"{count} remark{'' if count == 1 else 's'} below")
        self.remarks.setVisible(count > 0)

    def _show_figure(self, exam: Examination | None) -> None:
        measured = None if exam is None else exam.measurement
        if measured is not None:
            self._figure.setText(f"{measured.hc_mm:.1f}")
            self._unit.setText("mm")
        elif exam is not None and exam.outline_px is not None:
            self._figure.setText(f"{exam.outline_px.perimeter:.1f}")
            self._unit.setText("px")
        else:
            self._figure.setText(style.MISSING)
            self._unit.setText("")
        self._figure.setAccessibleName(f"Head circumference {self.hc_text}")

    def _show_state(self, exam: Examination | None) -> None:
        state = OutlineState.NONE if exam is None else outline_state(exam)
        sign = style.ACCEPTED_SIGN if state is OutlineState.ACCEPTED else "●"
        words = "No image open" if exam is None else state_words(exam)
        waits = self._activity or words
        self._state.setText(waits if state is OutlineState.NONE else f"{sign} {words}")
        style.set_color(self._state, LOOKS[state].color)

    def _show_place(self, exam: Examination | None) -> None:
        self._place.setText("")
        self._source.setText("")
        if exam is not None:
            found = exam.assessment
            if isinstance(found, GrowthAssessment):
                self._place.setText(percentile_words(found.percentile, exam.percentile_interval))
                self._source.setText(f"z {format_z(found.z)}  ·  {found.standard.name}")
            elif isinstance(found, BeyondPercentiles):
                self._place.setText(found.words)
                self._source.setText(found.standard.name)
            elif exam.outline_px is not None:
                self._source.setText(found.reason)
        self._place.setVisible(bool(self._place.text()))
        self._source.setVisible(bool(self._source.text()))

    def _build(self) -> None:
        self._figure.setFont(style.font(style.FIGURE_PX, QFont.Weight.DemiBold))
        self._place.setWordWrap(True)
        self._source.setWordWrap(True)
        self._state.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(style.GAP)
        row.addWidget(self._figure, alignment=Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._unit, alignment=Qt.AlignmentFlag.AlignBaseline)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(style.heading("Head circumference"))
        column.addLayout(row)
        column.addWidget(self._trust)
        column.addWidget(self._state)
        column.addSpacing(style.GRID)
        column.addWidget(self._place)
        column.addWidget(self._source)
        self.remarks.setFlat(True)
        self.remarks.setFont(style.font(style.SMALL_PX))
        self.remarks.setStyleSheet("border: none; padding: 0; min-height: 0;")
        self.remarks.setToolTip("Show what standards and dating rules ask to look at again")
        self.remarks.hide()
        column.addWidget(self.remarks)
        for label in self._warnings:
            label.setWordWrap(True)
            label.hide()
            column.addWidget(label)
        column.addSpacing(style.GAP)
        column.addWidget(self._rows)


class _Rows(QWidget):
    """Names on the left, numbers aligned by their decimal point, units beside them."""

    _NAMES = ("BPD outer–outer", "OFD outer–outer", "Cephalic index", "Ultrasound age by HC")

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.GRID)
        grid.setVerticalSpacing(style.GRID)
        grid.setColumnStretch(0, 1)
        self._numbers: list[QLabel] = []
        self._units: list[QLabel] = []
        for row, name in enumerate(self._NAMES):
            number = style.label(style.MISSING)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            unit = style.label(color=style.SECONDARY_TEXT)
            unit.setMinimumWidth(13 * style.GRID)
            grid.addWidget(style.label(name, color=style.SECONDARY_TEXT), row, 0)
            grid.addWidget(number, row, 1)
            grid.addWidget(unit, row, 2)
            self._numbers.append(number)
            self._units.append(unit)

    def show_examination(self, exam: Examination | None) -> None:
        for index, (number, unit) in enumerate(_numbers(exam)):
            self._numbers[index].setText(number)
            self._units[index].setText(unit)


def _numbers(exam: Examination | None) -> list[tuple[str, str]]:
    nothing = (style.MISSING, "")
    if exam is None or exam.outline_px is None:
        return [nothing] * 4
    measured = exam.measurement
    if measured is None:
        outline = exam.outline_px
        return [
            (f"{2 * outline.semi_minor:.1f}", "px"),
            (f"{2 * outline.semi_major:.1f}", "px"),
            nothing,
            nothing,
        ]
    by_hc = exam.ultrasound_age
    return [
        (f"{measured.bpd_mm:.1f}", "mm"),
        (f"{measured.ofd_mm:.1f}", "mm"),
        (f"{measured.cephalic_index:.1f}", "%"),
        _age_columns(by_hc) if isinstance(by_hc, UltrasoundAge) else nothing,
    ]


def _age_columns(found: UltrasoundAge) -> tuple[str, str]:
    """Return the age and its two standard deviations in the columns of numbers and units."""
    age, _, spread = str(found).partition(" ")
    return age, spread
