"""LogExports: what is asked before a table of the log is written, and said meanwhile and after."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.log.content import LogContent
from fhc_desktop.gui.log.export_run import ExportRun
from fhc_desktop.gui.log.parts import LogParts
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.file_dialog import ask_target
from fhc_desktop.storage.log.log_query import LogQuery
from fhc_desktop.workflow.log_desk import LogDesk

_NOT_EXPORTED = (
    "The log was not written. Why may name a file or a patient: leave the de-identified view "
    "(Ctrl+Shift+H) and try again to read it."
)
_KINDS = "Table (*.csv);;Excel workbook (*.xlsx);;Parquet (*.parquet)"


class LogExports(QObject):
    """Runs an export in the background and shows in the window's lower edge how it goes."""

    def __init__(
        self,
        desk: LogDesk,
        parts: LogParts,
        *,
        hides_patients: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._hides_patients = hides_patients
        self._content: LogContent | None = None
        self._run = ExportRun(desk, self)
        self._run.told.connect(self._tell_progress)
        self._run.written.connect(self._tell_written)
        self._run.failed.connect(self._tell_failed)
        self._run.cancelled.connect(self._tell_cancelled)
        parts.cancel.clicked.connect(self._run.cancel)

    def start(self, query: LogQuery, target: Path) -> None:
        self._parts.say("Writing the log …")
        self._run.start(query, target)
        self._show()

    def close(self, timeout_s: float) -> bool:
        """End what runs; return whether nothing of it was left in time."""
        return self._run.close(timeout_s)

    def show_content(self, content: LogContent) -> None:
        """Offer to write what there is."""
        self._content = content
        self._show()

    def _show(self) -> None:
        is_running, content = self._run.is_running, self._content
        self._parts.cancel.setVisible(is_running)
        if content is None:
            return
        self._parts.export_all.setEnabled(bool(content.found.total) and not is_running)
        self._parts.export_found.setEnabled(bool(content.found.numbers) and not is_running)
        self._parts.export_found.setVisible(content.is_narrowed)

    @Slot(int, int)
    def _tell_progress(self, read: int, total: int) -> None:
        if self._run.is_running:
            self._parts.say(f"Writing the log: {read:,} of {total:,} …")

    @Slot(int, object)
    def _tell_written(self, count: int, target: Path) -> None:
        where = "" if self._hides_patients() else f" to {target}"
        noun = "measurement was" if count == 1 else "measurements were"
        self._parts.say(
            f"{style.ACCEPTED_SIGN} {count:,} {noun} written{where}. "
            "They name patients: keep the file accordingly.",
            style.ACCEPTED,
        )
        self._show()

    @Slot(object)
    def _tell_failed(self, fault: FhcError) -> None:
        said = _NOT_EXPORTED if self._hides_patients() else f"{fault.problem} {fault.remedy}"
        self._parts.say(f"{style.ERROR_SIGN} {said}", style.ERROR)
        self._show()

    @Slot()
    def _tell_cancelled(self) -> None:
        self._parts.say("The export was cancelled; nothing was written.")
        self._show()


def ask_for_table(parent: QWidget, title: str) -> Path | None:
    """Return where a table is to be written, in the format that its name says."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    suggested = Path(QStandardPaths.writableLocation(documents)) / "measurements.csv"
    return ask_target(parent, title, suggested=suggested, kinds=_KINDS)
