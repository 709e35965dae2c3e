"""ReportsFinder: looks for the reports of an image's study beside it, behind the picture's back."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.imaging.readers import Readers


class ReportsFinder(QObject):
    """Knows what lies beside one image; it begins when the picture is there, and holds up none."""

    changed = Signal()

    def __init__(self, readers: Readers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = readers
        self._path: Path | None = None
        self._found = ReportsBeside()
        self._go_on = Event()
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)
        self._background.failed.connect(self._failed)

    def look(self, exam: Examination, *, afresh: bool) -> None:
        """Look beside an image; of the one that was looked at last only ``afresh``."""
        path, study, readers = exam.image.source.path, exam.study, self._readers
        if path == self._path and not afresh:
            return
        self._go_on.clear()  # whoever still looks beside another image may stop
        go_on = self._go_on = Event()
        go_on.set()
        self._path, self._found = path, ReportsBeside()
        self._background.forget()
        if study.study_uid:
            self._background.start(lambda: readers.reports.beside(path, study, go_on=go_on.is_set))

    def beside(self, exam: Examination | None) -> ReportsBeside:
        """Return what was found beside the image of an examination so far."""
        is_its = exam is not None and exam.image.source.path == self._path
        return self._found if is_its else ReportsBeside()

    def close(self, timeout_s: float) -> bool:
        """Stop for good; return whether the search ended in time."""
        self._go_on.clear()
        return self._background.close(timeout_s)

    @Slot(object)
    def _arrived(self, found: ReportsBeside) -> None:
        self._found = found
        if found != ReportsBeside(found.instance_uid):
            self.changed.emit()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        # A place that cannot be looked through any more has no report to tell of.
        if not isinstance(error, FhcError):
            raise error  # our own fault: the excepthook's matter
