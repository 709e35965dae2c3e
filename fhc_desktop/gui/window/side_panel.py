"""SidePanel: rows of fixed places, and below them one section at a time to look into and type."""

from PySide6.QtCore import QLocale, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.calibration.calibration_panel import CalibrationPanel
from fhc_desktop.gui.entrance.entrance import SIDE_WIDTH_PX
from fhc_desktop.gui.examination.measurement_panel import MeasurementPanel
from fhc_desktop.gui.examination.remark_rows import RemarkRows
from fhc_desktop.gui.growth.growth_chart import GrowthChart
from fhc_desktop.gui.growth.growth_panel import GrowthPanel
from fhc_desktop.gui.patient.patient_panel import PatientPanel
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.window.sections import Need, Section, Sections
from fhc_desktop.gui.window.side_content import SideContent
from fhc_desktop.gui.window.summary_line import SummaryLine

# Less of an open section than this is not worth scrolling: then all of the panel scrolls.
_LEAST_SECTION_PX = 24 * style.GRID


class SidePanel(QWidget):
    """Hands each of its panels what it shows, and keeps one section open, or none."""

    standards_kept = Signal(bool)  # whether she keeps the standards open
    keys_left = Signal()  # nothing here has the keys any more

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(SIDE_WIDTH_PX)
        self.measurement = MeasurementPanel()
        self.repeat = self.measurement.repeat
        self.chart = GrowthChart()
        self.remarks = RemarkRows()
        self.summaries = {section: SummaryLine(section) for section in Section}
        self.patient = PatientPanel(QLocale())
        self.calibration = CalibrationPanel()
        self.growth = GrowthPanel()
        self._bodies: dict[Section, QWidget] = {
            Section.PATIENT: self.patient,
            Section.CALIBRATION: self.calibration,
            Section.STANDARDS: self.growth,
        }
        self._sections = Sections()
        self._content = SideContent()
        self._scroll = _ScrollArea()
        self.low = _ScrollArea()  # scrolls the whole panel in a window too low for it
        self._build()
        self.show_content(self._content)

    @property
    def open_section(self) -> Section | None:
        """The section that can be looked into; None where none can, or without an image."""
        return None if self._content.patient.image is None else self._sections.open

    def show_content(self, content: SideContent) -> None:
        before, self._content = self._content, content
        self.measurement.show_content(content.measurement)
        self.repeat.show_content(content.repeat)
        self.remarks.show_remarks(content.remarks)
        self.patient.show_content(content.patient)
        self.calibration.show_content(content.calibration)
        self.growth.show_content(content.growth)
        self.chart.show_content(content.chart)
        for section, summary in content.summaries.items():
            self.summaries[section].show_summary(summary)
        self._meet(content, before)

    def keep_standards_open(self, *, are_kept: bool) -> None:
        """Have the standards open where nothing else is needed, or nothing."""
        self._follow(Sections.begun(keeps_standards=are_kept))

    def take_keys(self, section: Section) -> None:
        """Open a section and give it the keys; fold it where it has them."""
        if section is self.open_section and self._has_keys:
            self.fold()
            return
        self._choose(self._sections.opened(section))
        self._give_keys(self._first_of(section))

    def fold(self) -> None:
        """Fold the open section away."""
        had_keys = self._has_keys
        self._choose(self._sections.folded())
        if had_keys:
            self.keys_left.emit()

    def fold_under_keys(self) -> None:
        """Fold the section that has the keys; nothing where none has them."""
        if self._has_keys:
            self.fold()

    def lead_to_wanted_entry(self) -> None:
        """Put the hand where an answer is wanted before anything can be accepted."""
        self.show()
        self._follow(self._sections.led_to(Section.PATIENT))
        wanted = self.patient.wanted_entry
        if wanted is not None:
            self._give_keys(wanted)

    @property
    def _has_keys(self) -> bool:
        """Whether the keys go to the open section, or to one of the lines over it."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is None:
            return False
        return self._scroll.isAncestorOf(focused) or isinstance(focused, SummaryLine)

    @property
    def _is_typed_in(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        is_entry = isinstance(focused, QLineEdit | QPlainTextEdit | QComboBox)
        return focused is not None and is_entry and self._scroll.isAncestorOf(focused)

    def _first_of(self, section: Section) -> QWidget | None:
        firsts = {
            Section.PATIENT: self.patient.first_entry,
            Section.CALIBRATION: self.calibration.draw_ruler,
            Section.STANDARDS: self.growth.row_in_force,
        }
        return firsts[section]

    def _give_keys(self, wanted: QWidget | None) -> None:
        if wanted is None:
            return
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bring_into_sight(wanted)
        # What was just unfolded has no place before the layout has been made.
        QTimer.singleShot(0, wanted, lambda: self._bring_into_sight(wanted))

    def _bring_into_sight(self, wanted: QWidget) -> None:
        for area in (self._scroll, self.low):
            area.ensureWidgetVisible(wanted)

    def _meet(self, content: SideContent, before: SideContent) -> None:
        """Open what an image needs, with the question or the place of the next step in sight."""
        opened, is_typed_in = self.open_section, self._is_typed_in
        is_another_image = _file_of(content) != _file_of(before)
        self._follow(
            self._sections.met(
                content.needs, is_another_image=is_another_image, is_typed_in=is_typed_in
            )
        )
        section = self.open_section
        is_asked = Need.QUESTION in content.needs - before.needs
        if is_typed_in or section is None or (section is opened and not is_asked):
            return
        asked = self.patient.asked if section is Section.PATIENT else None
        wanted = asked or self._first_of(section)
        if wanted is not None:
            QTimer.singleShot(0, wanted, lambda: self._bring_into_sight(wanted))

    @Slot()
    def _click(self) -> None:
        sender = self.sender()
        if isinstance(sender, SummaryLine):
            self._choose(self._sections.toggled(sender.section))

    def _choose(self, sections: Sections) -> None:
        """Take over what she opened or folded herself."""
        were_kept = self._sections.keeps_standards
        self._follow(sections)
        if sections.keeps_standards is not were_kept:
            self.standards_kept.emit(sections.keeps_standards)

    def _follow(self, sections: Sections) -> None:
        self._sections = sections
        is_image = self._content.patient.image is not None
        for section, line in self.summaries.items():
            line.setEnabled(is_image)
            line.show_open(is_open=section is self.open_section)
        for section, body in self._bodies.items():
            body.setVisible(section is self.open_section)

    def _build(self) -> None:
        inner, below = QWidget(), QVBoxLayout()
        below.setContentsMargins(style.MARGIN, style.GRID, style.GAP, style.GRID)
        below.setSpacing(0)
        for body in self._bodies.values():
            below.addWidget(body)
        below.addStretch(1)
        inner.setLayout(below)
        # Its bar has its place whether it is there or not: a field must not grow narrower.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidget(inner)
        self._scroll.setMinimumHeight(_LEAST_SECTION_PX)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._fixed_rows())
        column.addWidget(_line())
        for line in self.summaries.values():
            line.clicked.connect(self._click)
            column.addWidget(line)
        column.addWidget(self._scroll, stretch=1)
        self.low.setWidget(whole)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.low)

    def _fixed_rows(self) -> QWidget:
        made = QWidget()
        rows = QVBoxLayout(made)
        rows.setContentsMargins(style.MARGIN, style.GAP, style.MARGIN, style.GRID)
        rows.setSpacing(style.GRID)
        for row in (self.measurement, self.chart, self.remarks):
            rows.addWidget(row)
        return made


class _ScrollArea(QScrollArea):
    """Scrolls up and down where there is too little room, and is not to be seen itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.setAutoFillBackground(False)


def _line() -> QFrame:
    made = QFrame()
    made.setFixedHeight(1)
    made.setStyleSheet(f"background: {style.LINE};")
    return made


def _file_of(content: SideContent) -> object:
    """Return what tells one image from another; the frames of a loop are one."""
    image = content.patient.image
    return None if image is None else image.source.path
