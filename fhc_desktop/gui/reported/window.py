"""ReportedWindow: what one Structured Report tells, in a table, and the way to its image."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.structured_report import ReportedMeasurement, StructuredReport
from fhc_desktop.gui.reported.columns import COLUMNS
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.column_table import ColumnModel, fit_columns, table_over, telling
from fhc_desktop.gui.widgets.note_page import Note, NotePage
from fhc_desktop.reporting.content.reported_words import report_line, report_title

TITLE = "Structured Report"
_SIZE = (880, 520)
_HIDDEN = Note(
    "Hidden in the de-identified view",
    "What a report tells is in its sender’s own words, which may name the patient.",
)
_NOTHING = Note("No measurements", "This report tells no number.")
_OURS_OR_NOT = "As the report has it. Nothing here was measured by this program."


class ReportedWindow(QWidget):
    """Stands beside the main window; what is in it is to be read and never changed."""

    image_wanted = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setWindowTitle(TITLE)
        self.resize(*_SIZE)
        self._is_hidden = False
        self._report: StructuredReport | None = None
        self.title = style.label(size_px=style.HEADING_PX)
        self.title.setFont(style.font(style.HEADING_PX, QFont.Weight.DemiBold))
        self.line = style.label(color=style.SECONDARY_TEXT)
        self.unread = style.label(color=style.WARNING)
        for label in (self.title, self.line, self.unread):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._model: ColumnModel[ReportedMeasurement] = ColumnModel(self)
        self.table = table_over(self._model)
        self.table.setAccessibleName("Measurements of the report")
        self.note = NotePage()
        self.open_image = QPushButton("Open its image")
        self.open_image.clicked.connect(self.image_wanted)
        self._middle = QStackedWidget()
        self._build()

    @property
    def report(self) -> StructuredReport | None:
        return self._report

    def show_report(self, report: StructuredReport) -> None:
        self._report = report
        self._show()

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Take away all of it: every word in it is somebody's own."""
        self._is_hidden = hidden
        self._show()

    def _show(self) -> None:
        report = self._report
        if report is None:
            return
        hidden = self._is_hidden
        self.title.setText("" if hidden else report_title(report))
        self.line.setText("" if hidden else report_line(report))
        self.unread.setText("" if hidden else _unread_words(report))
        self.unread.setVisible(bool(self.unread.text()))
        rows = () if hidden else report.measurements
        self._model.show(telling(COLUMNS, rows), rows)
        fit_columns(self.table)
        self.note.show_note(_HIDDEN if hidden else _NOTHING)
        self._middle.setCurrentWidget(self.table if rows else self.note)
        self.open_image.setEnabled(any(one.images for one in rows))

    def _build(self) -> None:
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.note)
        foot = QHBoxLayout()
        foot.addWidget(style.label(_OURS_OR_NOT, size_px=style.SMALL_PX), stretch=1)
        foot.addWidget(self.open_image)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * [style.MARGIN]))
        column.setSpacing(style.GAP)
        for part in (self.title, self.line, self.unread):
            column.addWidget(part)
        column.addWidget(self._middle, stretch=1)
        column.addLayout(foot)


def _unread_words(report: StructuredReport) -> str:
    if not report.unread:
        return ""
    return f"{style.WARNING_SIGN} {' '.join(report.unread)}"
