"""The window of the measurement log: find, look closer, open again, export."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.log.content import (
    EMPTY,
    NEWEST_FIRST,
    Findings,
    LogContent,
    deidentified,
    log_content,
    without_entries,
)
from fhc_desktop.gui.log.details import Reads
from fhc_desktop.gui.log.details_content import deidentified as deidentified_details
from fhc_desktop.gui.log.details_content import details_content
from fhc_desktop.gui.log.exports import LogExports, ask_for_table
from fhc_desktop.gui.log.log_filter import (
    ALL,
    KeptFilter,
    LogFilter,
    kept_filters,
    with_filter,
    without_filter,
)
from fhc_desktop.gui.log.looking import look_up
from fhc_desktop.gui.log.parts import LogParts
from fhc_desktop.gui.log.table_model import ROWS_OF_A_PAGE, LogModel, numbers_of
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.column_table import fit_columns, open_rows_with
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.storage.log.log_query import SortBy
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.storage.preferences.settings import Settings

_USUAL_SIZE = QSize(1360, 640)
_ROOM_BESIDE = QSize(16 * style.GRID, 16 * style.GRID)
# Each letter asks the log again: wait until the hand rests.
_SEARCH_PAUSE_MS = 120
_SECONDS_TO_END = 5.0

Change = Callable[[Settings], Settings]


class LogWindow(QWidget):
    """All measurements that were accepted on this machine, newest first.

    The log is asked whenever the window comes into sight, and answers when it can: the window waits
    for nothing. ``read_picture`` gives an entry's picture, on another thread.
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
        *,
        read_picture: Reads,
        settings: Callable[[], Settings],
        change_settings: Callable[[Change], None],
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.questions = questions
        self._settings, self._change_settings = settings, change_settings
        self._hides_patients = False
        self._wanted, self._order = ALL, NEWEST_FIRST
        self._content = log_content(Findings())
        self._model = LogModel(self)
        self._told: LogEntry | None = None  # by the details
        self._pages_in_sight = range(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._parts = LogParts(self, self._model, read_picture)
        self._exports = LogExports(
            questions.desk, self._parts, hides_patients=lambda: self._hides_patients, parent=self
        )
        self._connect()
        # Qt's own first size stops at two thirds of the screen, which hides half of the columns.
        self.resize(_USUAL_SIZE.boundedTo(self.screen().availableSize() - _ROOM_BESIDE))

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Hide what names patients, and forget what was wanted; the log itself is as it was."""
        self._hides_patients = hidden
        # It may say where a file was written to.
        self._parts.say("")
        if self._wanted == ALL:
            self._show()
        else:
            self._want(ALL)

    @Slot()
    def refresh(self) -> None:
        """Ask the log again; the chosen entry stays chosen while it is shown."""
        self._pause.stop()
        # What is being typed counts, though the hand does not rest yet.
        self._wanted = replace(self._wanted, text=self._parts.search.text().strip())
        wanted, order, chosen = self._wanted, self._order, self._chosen_number()

        def look(log: MeasurementLog | FhcError) -> LogContent | Findings:
            if isinstance(log, FhcError):
                return without_entries(log, is_open=False)
            return look_up(log, wanted, order, chosen)

        self.questions.ask_anyway(self, look, self._take_found, self._take_fault, subject="found")

    def chosen_entry(self) -> LogEntry | None:
        row = self._chosen_row()
        return None if row is None else self._model.entry_at(row)

    def export_to(self, target: Path, *, all_of_it: bool = True) -> None:
        """Write the log, or what is found, in the background and say in the window how it goes."""
        wanted = ALL if all_of_it else self._wanted
        order = replace(NEWEST_FIRST, descending=False) if all_of_it else self._order
        self._exports.start(wanted.query(order.sort_by, descending=order.descending), target)

    @Slot()
    def end(self) -> None:
        """End what runs in the background, before the program does.

        What an export has written so far names patients, and would stay where it is.
        """
        self._exports.close(_SECONDS_TO_END)
        self._parts.details.close_reading(_SECONDS_TO_END)

    # What the hand does ----------------------------------------------------------------------

    def _connect(self) -> None:
        parts = self._parts
        QGuiApplication.instance().aboutToQuit.connect(self.end)  # type: ignore[union-attr]
        parts.search.textChanged.connect(self._pause.start)
        parts.search.returnPressed.connect(self._enter_table)
        parts.filters.changed.connect(self._narrow)
        parts.filter_menu.wanted.connect(self._want)
        parts.filter_menu.kept.connect(self._keep_filter)
        parts.filter_menu.forgotten.connect(self._forget_filter)
        parts.column_menu.sorted_by.connect(self._sort_by)
        parts.column_menu.hidden.connect(self._hide_columns)
        parts.table.horizontalHeader().sectionClicked.connect(self._sort_by_section)
        parts.table.verticalScrollBar().valueChanged.connect(self._see)
        parts.table.selectionModel().selectionChanged.connect(self._choice_changed)
        open_rows_with(parts.table, self._open_chosen)
        parts.open.clicked.connect(self._open_chosen)
        parts.course.clicked.connect(self._show_course)
        parts.details_button.toggled.connect(self._show_details)
        parts.export_all.clicked.connect(lambda: self._ask_and_export(all_of_it=True))
        parts.export_found.clicked.connect(lambda: self._ask_and_export(all_of_it=False))
        parts.note.step_taken.connect(self._take_step)
        self._model.page_wanted.connect(self._ask_page)
        self._model.dataChanged.connect(self._choice_changed)
        for keys, deed in (
            (QKeySequence("Ctrl+E"), parts.export_all.click),
            (QKeySequence("Ctrl+Shift+E"), parts.export_found.click),
            (QKeySequence("Ctrl+Shift+L"), parts.course.click),
            (QKeySequence("Ctrl+I"), parts.details_button.click),
            (QKeySequence(QKeySequence.StandardKey.Find), parts.search.setFocus),
            (QKeySequence(Qt.Key.Key_Escape), self._leave),
        ):
            QShortcut(keys, self).activated.connect(deed)

    def _want(self, wanted: LogFilter) -> None:
        """Narrow the log down to what is wanted from now on."""
        self._wanted = wanted
        if self._parts.search.text().strip() != wanted.text:
            self._parts.search.setText(wanted.text)
        self._parts.filters.show_filter(wanted)
        self.refresh()

    @Slot(object)
    def _narrow(self, wanted: LogFilter) -> None:
        self._wanted = wanted
        self.refresh()

    def _sort_by_section(self, section: int) -> None:
        self._sort_by(list(self._seen.columns)[section])

    @Slot(object)
    def _sort_by(self, key: SortBy) -> None:
        self._order = self._order.chosen(key)
        self.refresh()

    @Slot(object)
    def _hide_columns(self, hidden: frozenset[SortBy]) -> None:
        names = tuple(sorted(key.value for key in hidden))
        self._change_settings(lambda settings: replace(settings, hidden_log_columns=names))
        self._content = log_content(self._content.found, self._hidden)
        self._show()

    @Slot(object)
    def _keep_filter(self, kept: KeptFilter) -> None:
        self._change_settings(
            lambda settings: replace(settings, log_filters=with_filter(settings.log_filters, kept))
        )
        lost = " Not what was searched for: it may name a patient." if self._wanted.text else ""
        self._parts.say(f"The filter “{kept.name}” is kept.{lost}")
        self._show()

    @Slot(str)
    def _forget_filter(self, name: str) -> None:
        self._change_settings(
            lambda settings: replace(
                settings, log_filters=without_filter(settings.log_filters, name)
            )
        )
        self._show()

    def _enter_table(self) -> None:
        self.refresh()
        self._parts.table.setFocus()

    @Slot(str)
    def _take_step(self, step: str) -> None:
        if step == EMPTY.step:
            self.open_scan.emit()
        else:
            self._want(ALL)

    def _leave(self) -> None:
        if self._wanted != ALL or self._parts.search.text():
            self._want(ALL)
        else:
            self.close()

    def _open_chosen(self) -> None:
        entry = self.chosen_entry()
        if entry is not None:
            self.open_again.emit(entry)

    def _show_course(self) -> None:
        entry = self.chosen_entry()
        if entry is not None:
            self.course_wanted.emit(entry)

    def _ask_and_export(self, *, all_of_it: bool) -> None:
        title = "Export the measurement log" if all_of_it else "Export the measurements found"
        target = ask_for_table(self, title)
        if target is not None:
            self.export_to(target, all_of_it=all_of_it)

    # What the log answers --------------------------------------------------------------------

    def _take_found(self, answer: LogContent | Findings) -> None:
        if isinstance(answer, Findings):
            answer = log_content(answer, self._hidden)
        self._content = answer
        self._show()
        found = self._content.found
        if found.numbers:
            self._parts.table.selectRow(found.chosen_row or 0)
            fit_columns(self._parts.table)

    def _take_fault(self, fault: FhcError) -> None:
        self._content = without_entries(fault, is_open=True)
        self._show()

    @Slot(int)
    def _ask_page(self, page: int) -> None:
        numbers, model = self._model.numbers, self._model
        some = numbers_of(page, numbers)

        def read(log: MeasurementLog) -> list[LogEntry] | None:
            # Whoever scrolls on does not wait for what has gone by.
            return log.entries_at(some) if page in self._pages_in_sight else None

        def take(entries: list[LogEntry] | None) -> None:
            if model.numbers is numbers:
                model.give_up(page) if entries is None else model.take_page(page, entries)

        self._see()
        self.questions.ask(self, read, take, self._take_fault, subject=("page", page))

    @Slot()
    def _see(self) -> None:
        """Note which pages are in sight, for the log's thread to look at."""
        table = self._parts.table
        last = table.rowAt(table.viewport().height() - 1)
        last = self._model.rowCount() - 1 if last < 0 else last
        pages = [max(0, row) // ROWS_OF_A_PAGE for row in (table.rowAt(0), last)]
        self._pages_in_sight = range(pages[0], pages[1] + 1)

    @property
    def _hidden(self) -> frozenset[SortBy]:
        known = {key.value: key for key in SortBy}
        names = self._settings().hidden_log_columns
        return frozenset(known[name] for name in names if name in known)

    # What is shown ---------------------------------------------------------------------------

    @property
    def _seen(self) -> LogContent:
        return deidentified(self._content) if self._hides_patients else self._content

    def _show(self) -> None:
        content, chosen = self._seen, self._chosen_row()
        self._told = None
        is_same = self._model.numbers is content.found.numbers
        self.setWindowTitle(content.title)
        if is_same:
            self._model.show_columns(list(content.columns.values()))
        else:
            found = content.found
            self._model.show(list(content.columns.values()), found.numbers, found.pages)
        if is_same and chosen is not None:
            self._parts.table.selectRow(chosen)
        self._parts.show_content(content)
        self._parts.filter_menu.offer(kept_filters(self._settings().log_filters), self._wanted)
        self._parts.column_menu.offer(content, self._hidden)
        self._exports.show_content(content)
        self._choice_changed()

    def _chosen_row(self) -> int | None:
        rows: list[QModelIndex] = self._parts.table.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def _chosen_number(self) -> int | None:
        row = self._chosen_row()
        return None if row is None else self._model.numbers[row]

    @Slot()
    def _choice_changed(self) -> None:
        entry = self.chosen_entry()
        self._parts.open.setEnabled(entry is not None)
        self._parts.course.setEnabled(entry is not None)
        if self._parts.details.isVisibleTo(self) and entry != self._told:
            self._told = entry
            self._tell_details(entry, [])
            if entry is not None:
                self._ask_history(entry)

    def _ask_history(self, entry: LogEntry) -> None:
        self.questions.ask(
            self,
            lambda log: log.history_of(entry.entry_id),
            lambda history: self._tell_details(entry, history),
            self._take_fault,
            subject="history",
        )

    def _tell_details(self, entry: LogEntry | None, history: list[LogEntry]) -> None:
        content = None if entry is None else details_content(entry, history)
        if content is not None and self._hides_patients:
            content = deidentified_details(content)
        self._parts.details.show_content(content)

    @Slot(bool)
    def _show_details(self, is_wanted: bool) -> None:  # noqa: FBT001 - a signal's
        self._parts.details.setVisible(is_wanted)
        self._told = None
        self._choice_changed()

    # Qt --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return _USUAL_SIZE

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._parts.search.setFocus()
