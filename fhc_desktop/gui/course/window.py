"""The window "Course of the pregnancy": one patient's examinations, as the log has them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.pregnancy.identity_standing import asked_again
from fhc_desktop.gui.course.page import CoursePage
from fhc_desktop.gui.course.patient_course import (
    OF_THE_NEWEST,
    PatientCourse,
    Whose,
    read_patient_course,
)
from fhc_desktop.gui.course.picture import PictureNotWritten, write_picture
from fhc_desktop.gui.course.shown_course import ShownCourse, deidentified, shown_course
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.file_dialog import ask_target
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.gui.widgets.note_page import Note, NotePage

TITLE = "Course of the pregnancy"
_HIDDEN = "de-identified view: patients hidden"
_NOT_WRITTEN = (
    "The chart was not written. Why may name a file or a patient: leave the de-identified view "
    "(Ctrl+Shift+H) and try again to read it."
)
_USUAL_SIZE = QSize(1360, 740)
SMALLEST_SIZE = QSize(800, 600)
_ROOM_BESIDE = QSize(2 * style.GRID, 10 * style.GRID)
_PICTURES = "PNG (*.png);;SVG (*.svg)"


class CourseWindow(QWidget):
    """The pregnancies of one woman, as the log's thread answers.

    ``choice`` gives the standards that the user has and sees.
    """

    open_again = Signal(object)
    """A LogEntry whose image and outline are wanted on the screen again."""

    def __init__(
        self,
        questions: LogQuestions,
        parent: QWidget | None = None,
        *,
        choice: Callable[[], StandardChoice] = StandardChoice,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._questions = questions
        self._identifier = ""
        self._whose = OF_THE_NEWEST
        self._course: PatientCourse | None = None
        self._hides_patient = False
        self.page = CoursePage(choice)
        self.note = NotePage()
        self._lay_out()
        self._connect()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(SMALLEST_SIZE)
        self.resize(_USUAL_SIZE.boundedTo(self.screen().availableSize() - _ROOM_BESIDE))

    def show_patient(
        self,
        identifier: str,
        entry_id: str | None = None,
        *,
        in_use: GrowthStandard | None = None,
        exam: Examination | None = None,
    ) -> None:
        """Show her newest pregnancy, or the one of an entry of the log with that row chosen.

        ``exam`` is what is on the screen, where the course is that of its patient, and ``in_use``
        its standard; otherwise the entry says which woman of this identifier it is.
        """
        self._identifier, self._whose = identifier, Whose(exam, entry_id)
        self.page.say("")
        before = self._course

        def show(course: PatientCourse | None) -> None:
            if before is None or course is None or before.entries.keys().isdisjoint(course.entries):
                self.page.forget_choices()
            if course is not None:
                self.page.show_course(self._seen(course), entry_id, in_use=in_use)

        self._ask(show)

    @Slot()
    def refresh(self) -> None:
        """Read the log again; the pregnancy and the rows that are chosen stay so.

        What was answered on the screen counts from now on where it was accepted: it may have been
        taken back since.
        """
        if self._whose.exam is not None:
            self._whose = replace(self._whose, exam=asked_again(self._whose.exam))

        def show(course: PatientCourse | None) -> None:
            if course is not None:
                self.page.update_course(self._seen(course))

        self._ask(show)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Hide who the patient is, here and in the pictures that are exported."""
        self._hides_patient = hidden
        self.setWindowTitle(f"{TITLE} – {_HIDDEN}" if hidden else TITLE)
        self.page.say("")  # it may name a file
        if self._course is not None:
            self.page.update_course(self._seen(self._course))

    def export_to(self, target: Path) -> None:
        """Write the chart as a picture and say in the window how it went."""
        content, course, shown = self.page.chart.content, self.page.course, self.page.shown
        if content is None or course is None or shown is None:
            return
        hint = "".join(shown.dating_lines[:1])
        try:
            written = write_picture(
                target, content, self.page.view, title=course.picture_title, hint=hint
            )
        except PictureNotWritten as fault:
            why = f"{fault.problem} {fault.remedy}" if course.names_patient else _NOT_WRITTEN
            self.page.say(f"{style.ERROR_SIGN} {why}", style.ERROR)
            return
        # The name of a file is often the patient's.
        said = (
            f"The chart was written to {written}. It names the patient: keep it accordingly."
            if course.names_patient
            else "The chart was written, without the patient."
        )
        self.page.say(f"{style.ACCEPTED_SIGN} {said}", style.ACCEPTED)

    def sizeHint(self) -> QSize:
        return _USUAL_SIZE

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page.table.setFocus()

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * [style.MARGIN]))
        column.addWidget(self._pages)

    def _connect(self) -> None:
        header, chart = self.page.selection, self.page.chart
        self.page.open_wanted.connect(self._open)
        self.note.step_taken.connect(self.refresh)
        header.export.clicked.connect(self._ask_and_export)
        for keys, intent in (
            ("Ctrl+E", header.export.click),
            ("Z", header.z_switch.click),
            ("0", header.show_all.click),
            ("+", chart.zoom_in),
            ("=", chart.zoom_in),
            ("-", chart.zoom_out),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(intent)

    def _seen(self, course: PatientCourse) -> ShownCourse:
        shown = shown_course(course.patient, course.pregnancies, course.not_drawn)
        return deidentified(shown) if self._hides_patient else shown

    def _ask(self, show: Callable[[PatientCourse | None], None]) -> None:
        """Ask the log; then turn to the page, or to the note that says why there is nothing."""
        identifier, whose = self._identifier, self._whose

        def answered(found: PatientCourse | Note) -> None:
            self._course = found if isinstance(found, PatientCourse) else None
            if isinstance(found, Note):
                self.note.show_note(found)
            self._pages.setCurrentWidget(self.page if self._course is not None else self.note)
            show(self._course)

        self._questions.ask_anyway(
            self,
            lambda log: read_patient_course(log, identifier, whose=whose),
            answered,
            self._questions.unexpected,
        )

    @Slot(str)
    def _open(self, entry_id: str) -> None:
        if self._course is not None:
            self.open_again.emit(self._course.entries[entry_id])

    @Slot()
    def _ask_and_export(self) -> None:
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        # No patient in the name of a file.
        suggested = Path(QStandardPaths.writableLocation(pictures)) / "course.png"
        chosen = ask_target(self, "Export the chart", suggested=suggested, kinds=_PICTURES)
        if chosen is not None:
            self.export_to(chosen)
