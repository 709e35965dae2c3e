"""StudyReports: a Structured Report that is opened is shown, and from it the way to its image.

One of this program is checked first: it leads back to its measurement where its image is found.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.structured_report import StructuredReport
from fhc_desktop.gui.filing.report_check import ReportCheck
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.workflow.browsing import is_structured_report

if TYPE_CHECKING:
    from fhc_desktop.gui.reported.window import ReportedWindow

_SECONDS_FOR_THE_WORKER = 10.0
_NO_IMAGE = FhcError(
    "The image that this report was measured on does not lie beside it.",
    "Open the folder, disc or archive that has the whole study.",
)


class StudyReports(QObject):
    """Reads reports behind the window's back; one window shows the last of them."""

    def __init__(
        self,
        readers: Readers,
        message_bar: MessageBar,
        check: ReportCheck,
        *,
        open_image: Callable[[Path], None],
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._readers = readers
        self._message_bar = message_bar
        self._open_image, self._check = open_image, check
        self._owner = owner
        self._path: Path | None = None
        self._own: StructuredReport | None = None
        self._is_deidentified = False
        self.window: ReportedWindow | None = None
        check.unshown.connect(self._show_unshown)
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._failed)

    def shows(self, path: Path) -> bool:
        """Begin to show a report; return whether the file is one."""
        if not is_structured_report(path):
            return False
        readers, self._path, self._own = self._readers, path, None
        self._background.start(lambda: readers.reports.read(path))
        return True

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        self._is_deidentified = hidden
        if self.window is not None:
            self.window.set_deidentified(hidden)

    def close(self) -> None:
        self._background.close(_SECONDS_FOR_THE_WORKER)

    @Slot(object)
    def _arrived(self, answer: StructuredReport | Path | None) -> None:
        if isinstance(answer, StructuredReport):
            is_checked = answer.own is not None and answer.own.is_whole
            if is_checked and self._path is not None:
                self._own = answer
                self._check.check(self._path)
            else:
                self._show(answer)
        elif answer is None:
            self._message_bar.show_problem(_NO_IMAGE)
        else:
            self._open_image(answer)

    @Slot(Path)
    def _show_unshown(self, path: Path) -> None:
        """Show the numbers of a report of ours of which no picture could be shown."""
        if path == self._path and self._own is not None:
            self._show(self._own)

    def _show(self, report: StructuredReport) -> None:
        if self.window is None:
            # A window of its own: the program's is there sooner without it.
            from fhc_desktop.gui.reported.window import ReportedWindow  # noqa: PLC0415

            self.window = ReportedWindow(self._owner)
            self.window.image_wanted.connect(self._find_image)
        self.window.set_deidentified(self._is_deidentified)
        self.window.show_report(report)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    @Slot()
    def _find_image(self) -> None:
        report = None if self.window is None else self.window.report
        if report is None or self._path is None:
            return
        path, readers = self._path, self._readers
        uids = frozenset(image.instance_uid for one in report.measurements for image in one.images)
        self._background.start(lambda: readers.reports.image_of(path, uids))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
        self._message_bar.show_problem(error)
