"""The window of the measurement log: find, open again, export."""

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.log.content import (
    EMPTY,
    LogContent,
    deidentified,
    log_content,
    without_entries,
)
from fhc_desktop.gui.log.table_model import LogModel
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.column_table import fit_columns, open_rows_with, table_over
from fhc_desktop.gui.widgets.file_dialog import ask_target
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.gui.widgets.note_page import Note, NotePage, not_logging
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable, MeasurementLog

_NOT_EXPORTED = (
    "The log was not written. Why may name a file or a patient: leave the de-identified view "
    "(Ctrl+Shift+H) and try again to read it."
)
_USUAL_SIZE = QSize(1360, 600)
_ROOM_BESIDE = QSize(16 * style.GRID, 16 * style.GRID)
# Each letter reads the whole log again: wait until the hand rests.
_SEARCH_PAUSE_MS = 120


class LogWindow(QWidget):
    """All measurements that were accepted on this machine, newest first.

    The log is asked whenever the window comes into sight.
    """

    open_again = Signal(object)
    """A LogEntry whose image and outline are wanted on the screen again."""
    course_wanted = Signal(object)
    """A LogEntry whose pregnancy is wanted."""
    open_scan = Signal()
    """The log is empty and the user wants to begin."""

    def __init__(
        self,
        questions: LogQuestions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._questions = questions
        self._hides_patients = False
        self._content = log_content(())
        self._model = LogModel(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._make_parts()
        self._lay_out()
        self._connect()
        # Qt's own first size stops at two thirds of the screen, which hides half of the columns.
        self.resize(_USUAL_SIZE.boundedTo(self.screen().availableSize() - _ROOM_BESIDE))

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Hide the columns and the search that name patients; the log itself is as it was."""
        self._hides_patients = hidden
        is_searched = bool(self._wanted)
        self._search.clear()
        # It may say where a file was written to.
        self._say("", style.SECONDARY_TEXT)
        if is_searched:
            self.refresh()
        else:
            self._show()

    def refresh(self) -> None:
        """Read the log again; the chosen entry stays chosen while it is shown."""
        self._pause.stop()
        wanted = self._wanted
        self._questions.ask_anyway(
            self, lambda log: _read(log, wanted), self._take, self._questions.unexpected
        )

    def chosen_entry(self) -> LogEntry | None:
        rows = self._table.selectionModel().selectedRows()
        return self._model.row_at(rows[0].row()) if rows else None

    def export_to(self, target: Path) -> None:
        """Write the whole log as CSV and say in the window how it went."""
        self._questions.ask(
            self,
            lambda log: log.export(target),
            lambda _: self._tell_exported(target),
            self._tell_not_exported,
            subject="export",
        )

    def _tell_not_exported(self, fault: FhcError) -> None:
        said = _NOT_EXPORTED if self._hides_patients else f"{fault.problem} {fault.remedy}"
        self._say(f"{style.ERROR_SIGN} {said}", style.ERROR)

    def _tell_exported(self, target: Path) -> None:
        where = "" if self._hides_patients else f" to {target}"
        self._say(
            f"{style.ACCEPTED_SIGN} The whole log was written{where}. "
            "It names patients: keep it accordingly.",
            style.ACCEPTED,
        )

    def sizeHint(self) -> QSize:
        return _USUAL_SIZE

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._search.setFocus()

    @property
    def _wanted(self) -> str:
        return self._search.text().strip()

    def _make_parts(self) -> None:
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search by patient: name or identifier")
        self._search.setAccessibleName("Search by patient")
        self._search.setClearButtonEnabled(True)
        self._search.setMaximumWidth(80 * style.GRID)
        self._count = style.label(color=style.SECONDARY_TEXT)
        self._table = table_over(self._model)
        self._note = NotePage()
        self._message = style.label(color=style.SECONDARY_TEXT)
        self._message.setWordWrap(True)
        self._open = QPushButton("Open again")
        self._open.setToolTip("Open the image with this outline  (Enter)")
        self._course = QPushButton("Course")
        self._course.setToolTip("Show the pregnancy that this entry belongs to  (Ctrl+Shift+L)")
        self._export = QPushButton("Export CSV…")
        self._export.setToolTip("Write the whole log as a table  (Ctrl+E)")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._search, stretch=1)
        top.addStretch(1)
        top.addWidget(self._count)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._note)
        bottom = QHBoxLayout()
        bottom.setSpacing(style.GAP)
        bottom.addWidget(self._message, stretch=1)
        bottom.addWidget(self._export)
        bottom.addWidget(self._course)
        bottom.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * [style.MARGIN]))
        column.setSpacing(style.GAP + style.GRID)
        column.addLayout(top)
        column.addWidget(self._pages, stretch=1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._pause.start)
        self._search.returnPressed.connect(self._enter_table)
        self._table.selectionModel().selectionChanged.connect(self._choice_changed)
        open_rows_with(self._table, self._open_chosen)
        self._open.clicked.connect(self._open_chosen)
        self._course.clicked.connect(self._show_course)
        self._export.clicked.connect(self._ask_and_export)
        self._note.step_taken.connect(self._take_step)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self._export.click)
        QShortcut(QKeySequence("Ctrl+Shift+L"), self).activated.connect(self._course.click)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._search.setFocus)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._leave)

    def _take(self, content: LogContent) -> None:
        self._content = content
        self._show()

    @property
    def _seen(self) -> LogContent:
        return deidentified(self._content) if self._hides_patients else self._content

    def _show(self) -> None:
        content, chosen = self._seen, self.chosen_entry()
        self.setWindowTitle(content.title)
        self._search.setVisible(content.names_patients)
        self._model.show(content.columns, content.entries)
        self._count.setText(content.count_text)
        self._count.setVisible(bool(content.entries))
        self._export.setEnabled(bool(content.entries or content.wanted))
        if content.entries:
            row = None if chosen is None else self._model.row_of(chosen.entry_id)
            self._table.selectRow(0 if row is None else row)
            fit_columns(self._table)
        if content.note is not None:
            self._note.show_note(content.note)
        self._pages.setCurrentWidget(self._table if content.note is None else self._note)
        self._choice_changed()

    def _say(self, text: str, color: str) -> None:
        self._message.setText(text)
        style.set_color(self._message, color)

    def _choice_changed(self) -> None:
        is_chosen = self.chosen_entry() is not None
        self._open.setEnabled(is_chosen)
        self._course.setEnabled(is_chosen)

    def _open_chosen(self) -> None:
        entry = self.chosen_entry()
        if entry is not None:
            self.open_again.emit(entry)

    def _show_course(self) -> None:
        entry = self.chosen_entry()
        if entry is not None:
            self.course_wanted.emit(entry)

    def _enter_table(self) -> None:
        self.refresh()
        if self._model.rowCount():
            self._table.setFocus()

    @Slot(str)
    def _take_step(self, step: str) -> None:
        if step == EMPTY.step:
            self.open_scan.emit()
            return
        self._search.clear()
        self.refresh()

    def _leave(self) -> None:
        if self._search.text():
            self._search.clear()
            self.refresh()
            return
        self.close()

    def _ask_and_export(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        suggested = Path(QStandardPaths.writableLocation(documents)) / "measurements.csv"
        chosen = ask_target(
            self, "Export the measurement log", suggested=suggested, kinds="Table (*.csv)"
        )
        if chosen is not None:
            self.export_to(chosen)


def _read(log: MeasurementLog | FhcError, wanted: str) -> LogContent:
    if isinstance(log, FhcError):
        return without_entries(not_logging(log))
    try:
        return log_content(log.entries(wanted), wanted)
    except LogUnavailable as fault:
        return without_entries(Note(fault.problem, fault.remedy, "Try again", is_error=True))
