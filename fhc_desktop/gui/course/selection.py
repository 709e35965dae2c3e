"""CourseSelection: whose pregnancy it is, which one, how it is dated, and what the chart shows."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.gui.course.shown_course import ShownCourse
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel


class CourseSelection(QWidget):
    """Two rows and the lines of the dating; choosing changes what is shown and nothing else."""

    pregnancy_chosen = Signal(int)
    standard_chosen = Signal(str)
    """The standard's key."""

    def __init__(self) -> None:
        super().__init__()
        self._patient = ElidedLabel(style.font(style.HEADING_PX))
        self.pregnancies = _chooser("Pregnancy")
        self._only = style.label(color=style.SECONDARY_TEXT)
        self.standards = _chooser("Growth standard of the chart")
        self.z_switch = QPushButton("z over time")
        self.z_switch.setCheckable(True)
        self.z_switch.setToolTip("Show z-scores instead of millimetres, and back  (Z)")
        self.show_all = QPushButton("Show all")
        self.show_all.setToolTip("Show the whole chart again  (0, or a double click)")
        self.export = QPushButton("Export picture…")
        self.export.setToolTip("Write the chart as PNG or SVG  (Ctrl+E)")
        self._dating = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._dating.setWordWrap(True)
        self._lay_out()
        self.pregnancies.activated.connect(self.pregnancy_chosen)
        self.standards.activated.connect(self._choose_standard)

    def show_course(self, course: ShownCourse, chosen: int) -> None:
        """Say whose course it is, offer its pregnancies and tell how the chosen one is dated."""
        self._patient.show_text(course.patient)
        titles = [shown.title for shown in course.pregnancies]
        _fill(self.pregnancies, [(title, None) for title in titles], chosen)
        self._only.setText(titles[chosen])
        self._only.setVisible(len(titles) == 1)
        self.pregnancies.setVisible(len(titles) > 1)
        lines = [*course.pregnancies[chosen].dating_lines, course.not_drawn]
        lines = [line for line in lines if line]
        self._dating.setText("\n".join(lines))
        self._dating.setVisible(bool(lines))

    def show_standards(self, offered: Sequence[GrowthStandard], chosen: GrowthStandard) -> None:
        index = next(i for i, one in enumerate(offered) if one.key == chosen.key)
        _fill(self.standards, [(one.name, one.key) for one in offered], index)
        self.standards.setToolTip(f"{chosen.citation}\n{chosen.population}\n{chosen.remark}")

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        for layout in (first, second, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GAP)
        first.addWidget(self._patient, stretch=1)
        first.addWidget(self._only)
        first.addWidget(self.pregnancies)
        second.addWidget(self.standards)
        second.addStretch(1)
        for button in (self.z_switch, self.show_all, self.export):
            second.addWidget(button)
        column.addLayout(first)
        column.addWidget(self._dating)
        column.addLayout(second)

    @Slot(int)
    def _choose_standard(self, index: int) -> None:
        self.standard_chosen.emit(self.standards.itemData(index))


def _chooser(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    # A long name gives way where the window is narrow.
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.setMinimumWidth(40 * style.GRID)
    return made


def _fill(chooser: QComboBox, items: Sequence[tuple[str, str | None]], chosen: int) -> None:
    chooser.clear()
    for words, data in items:
        chooser.addItem(words, data)
    chooser.setCurrentIndex(chosen)
