"""ReportCheck: a report comes back to the window, is made anew, and its measurement is shown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.filing.check_content import CheckContent
from fhc_desktop.gui.filing.check_dialog import CheckDialog
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.continuing import Opened
from fhc_desktop.workflow.reopening import (
    CheckedReport,
    FoundPicture,
    Shown,
    as_reported,
    check_report,
    row_of_report,
)

_SECONDS_TO_END = 10.0
_CHECKING = "Checking the report …"
HIDDEN = (
    "What was found may name the patient: leave the de-identified view (Ctrl+Shift+H) to read it."
)


class ReportCheck(QObject):
    """One report at a time; where its image is not found, it can be asked for.

    ``places`` are the folders that images were opened from, ``ask_image`` asks for a file, and
    ``make_room`` takes a list or message from the screen.
    """

    checked = Signal(object)  # CheckContent
    unshown = Signal(Path)  # a report of which there is no picture to show

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        places: Callable[[], tuple[Path, ...]],
        ask_image: Callable[[str], Path | None],
        make_room: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._message_bar = message_bar
        self._places, self._ask_image, self._make_room = places, ask_image, make_room
        self._window = parent
        self._is_deidentified = False
        self._content: CheckContent | None = None
        self._report: CheckedReport | None = None
        self._asked: Path | None = None
        self._details = QAction("Details", self)
        self._details.triggered.connect(self._show_details)
        self._find = QAction("Find the image …", self)
        self._find.triggered.connect(self._ask)
        self._cancel = QAction("Cancel", self)
        self._background = Background(self)
        self._go_on = Event()
        self._cancel.triggered.connect(self._stop)
        self._background.succeeded.connect(self._open)
        self._background.failed.connect(self._fail)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        self._is_deidentified = hidden

    def check(self, path: Path, image: Path | None = None) -> None:
        """Check a report, with an image that somebody chose or with those that are found."""
        self._asked = path
        self._go_on.clear()  # whoever still looks for another report's image may stop
        go_on = self._go_on = Event()
        go_on.set()
        controller, places = self._controller, self._places()
        known = self._known
        readers, folder = controller.readers, controller.acceptances.folder
        self._message_bar.show_running(_CHECKING, self._cancel)

        def checked() -> CheckedReport:
            # Libraries of pages, fonts and keys: the window is there sooner without them.
            from fhc_desktop.reporting.proof.verdict import Signers  # noqa: PLC0415
            from fhc_desktop.storage.signing_key import known_signer  # noqa: PLC0415

            signers = Signers(known_signer(folder))
            return check_report(
                path,
                places,
                readers,
                known=known,
                signers=signers,
                chosen=image,
                go_on=go_on.is_set,
            )

        self._background.start(checked)

    def close(self) -> bool:
        """End what runs; return whether it ended in time."""
        self._controller.acceptances.questions.forget(self)
        self._go_on.clear()
        return self._background.close(_SECONDS_TO_END)

    @Slot()
    def _stop(self) -> None:
        self._go_on.clear()
        self._background.forget()

    @Slot(object)
    def _open(self, report: CheckedReport) -> None:
        """Show the first of its pictures that was found, once the log has said what it has."""
        self._report = report
        if not report.found:
            self._tell(CheckContent.of(report))
            self.unshown.emit(report.path)
            return
        found, acceptances = report.found[0], self._controller.acceptances
        operator = self._controller.operator
        acceptances.questions.ask_anyway(
            self,
            lambda log: row_of_report(found, acceptances.records(log), operator=operator),
            lambda row: self._open_found(report, found, *row),
            acceptances.questions.unexpected,
        )

    def _open_found(
        self, report: CheckedReport, found: FoundPicture, shown: Shown, row: LogEntry | None
    ) -> None:
        controller, known = self._controller, self._known
        self._make_room()
        has_work = False
        if shown is Shown.ROW and row is not None:
            controller.open_entry(row)
        else:
            # Of a report that does not agree nothing is believed.
            is_told = shown is Shown.REPORT and not report.verdict.is_contradictory
            has_work = not controller.open_picture(
                found.exam.image,
                (lambda exam: Opened(as_reported(replace(found, exam=exam), known)))
                if is_told
                else Opened,
            )
        self._tell(CheckContent.of(report, shown, has_work=has_work))

    def _tell(self, content: CheckContent) -> None:
        self._content = content
        bar, nameless = self._message_bar, content.nameless
        if content.wants_image and not content.faults:
            bar.show_step(content.words, self._find, nameless=nameless)
        elif not content.is_good:
            bar.show_problem(FhcError(content.words, ""), step=self._details)
        else:
            bar.show_answer(content.words, nameless=nameless, step=self._details)
        self.checked.emit(content)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self._message_bar.show_problem(error)
        if self._asked is not None:
            self.unshown.emit(self._asked)

    @Slot()
    def _show_details(self) -> None:
        if self._is_deidentified:
            self._message_bar.show_hint(HIDDEN)
        elif self._content is not None:
            CheckDialog(self._window, self._content).present()

    @Slot()
    def _ask(self) -> None:
        report = self._report
        if report is None:
            return
        image = self._ask_image("The image that the report was made of")
        if image is not None:
            self.check(report.path, image)

    @property
    def _known(self) -> tuple[GrowthStandard, ...]:
        return (*STANDARDS, *self._controller.standards.local)
