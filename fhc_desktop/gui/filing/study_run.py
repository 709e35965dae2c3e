"""StudyRun: the examinations of a study are gathered and written in the background."""

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.examination.draft import Draft
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.gui.filing.study_content import StudyWish
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.workflow.filing_folder import Destination, Filed, file_study
from fhc_desktop.workflow.study_reports import StudyReports, StudyRows, study_reports
from fhc_desktop.workflow.told import Told


class StudyRun(QObject):
    """One thing at a time, each told of and cancelled in between."""

    told = Signal(int, int)
    """How many steps of how many are done."""
    gathered = Signal(object)  # StudyReports
    filed = Signal(object)  # Filed

    def __init__(self, readers: Readers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = readers
        self._cancelled = threading.Event()
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(_raise)

    @property
    def is_running(self) -> bool:
        return self._background.is_busy

    def gather(
        self, exam: DossierPart, rows: StudyRows, drafts: Sequence[Draft], choice: StandardChoice
    ) -> None:
        """Restore what was accepted of the study."""
        readers = self._readers
        self._cancelled.clear()
        self._background.start(
            lambda: study_reports(
                exam,
                rows,
                drafts,
                readers,
                choice=choice,
                told=self.told.emit,
                is_cancelled=self._cancelled.is_set,
            )
        )

    def file(self, reports: StudyReports, wish: StudyWish, told: Told, to: Destination) -> None:
        """Write them as it is wished for."""
        of = wish.steps(len(reports.parts))
        self._cancelled.clear()
        self._background.start(
            lambda: file_study(
                reports.parts,
                to,
                told,
                as_one=wish.as_one,
                done=lambda count: self.told.emit(count, of),
                is_cancelled=self._cancelled.is_set,
            )
        )

    @Slot()
    def cancel(self) -> None:
        """Go no further than the step that runs."""
        self._cancelled.set()

    def close(self, timeout_s: float) -> bool:
        """Cancel for good; return whether nothing was left in time."""
        self.cancel()
        return self._background.close(timeout_s)

    @Slot(object)
    def _arrived(self, found: object) -> None:
        match found:
            case StudyReports():
                self.gathered.emit(found)
            case Filed():
                self.filed.emit(found)


def _raise(fault: Exception) -> None:
    raise fault  # our own: the excepthook's matter
