"""LogWindows: the windows that read the log; each is made when it is first asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.storage.preferences.settings import Settings
from fhc_desktop.workflow.logged_picture import logged_picture

if TYPE_CHECKING:
    from fhc_desktop.gui.course.window import CourseWindow
    from fhc_desktop.gui.log.window import Change, LogWindow


class LogWindows(QObject):
    """The measurement log, and the course of a pregnancy."""

    open_again = Signal(object)
    """A LogEntry whose image and outline are wanted on the screen again."""
    open_scan = Signal()

    def __init__(
        self,
        questions: LogQuestions,
        owner: QWidget,
        *,
        choice: Callable[[], StandardChoice],
        readers: Readers,
        settings: Callable[[], Settings],
        change_settings: "Callable[[Change], None]",
    ) -> None:
        super().__init__(owner)
        self._questions = questions
        self._owner = owner
        self._choice = choice
        self._readers = readers
        self._settings, self._change_settings = settings, change_settings
        self._is_deidentified = False
        self.log_window: LogWindow | None = None
        self.course_window: CourseWindow | None = None

    def show_log(self) -> None:
        if self.log_window is None:
            # Imported after the main window is there, or here if somebody is quicker.
            from fhc_desktop.gui.log.window import LogWindow  # noqa: PLC0415

            self.log_window = LogWindow(
                self._questions,
                self._owner,
                read_picture=lambda entry: logged_picture(entry, self._readers),
                settings=self._settings,
                change_settings=self._change_settings,
            )
            self.log_window.open_again.connect(self._open)
            self.log_window.open_scan.connect(self.open_scan)
            self.log_window.course_wanted.connect(self._show_course_of)
            self.log_window.set_deidentified(self._is_deidentified)
        if self.log_window.isVisible():
            self.log_window.refresh()
        self.log_window.show()
        self.log_window.raise_()

    def show_course(self, exam: Examination) -> None:
        """Show the pregnancy of the patient on the screen, as the log has it."""
        entry_id = None if exam.acceptance is None else exam.acceptance.entry_id
        self._show_course(exam.patient.identifier, entry_id, exam=exam)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        self._is_deidentified = hidden
        for window in (self.log_window, self.course_window):
            if window is not None:
                window.set_deidentified(hidden)

    @Slot()
    def refresh(self) -> None:
        """Read the log again for whatever is open."""
        for window in (self.log_window, self.course_window):
            if window is not None and window.isVisible():
                window.refresh()

    @Slot(object)
    def _show_course_of(self, entry: LogEntry) -> None:
        self._show_course(entry.facts.patient.identifier, entry.entry_id)

    def _show_course(
        self, identifier: str, entry_id: str | None, *, exam: Examination | None = None
    ) -> None:
        if self.course_window is None:
            from fhc_desktop.gui.course.window import CourseWindow  # noqa: PLC0415 - as above

            self.course_window = CourseWindow(self._questions, self._owner, choice=self._choice)
            self.course_window.open_again.connect(self._open)
            self.course_window.set_deidentified(self._is_deidentified)
        in_use = None if exam is None else exam.standard
        self.course_window.show_patient(identifier, entry_id, in_use=in_use, exam=exam)
        self.course_window.show()
        self.course_window.raise_()
        self.course_window.activateWindow()

    @Slot(object)
    def _open(self, entry: LogEntry) -> None:
        # They lie over the main window and would hide what comes, or why it does not.
        for window in (self.log_window, self.course_window):
            if window is not None:
                window.hide()
        self.open_again.emit(entry)
