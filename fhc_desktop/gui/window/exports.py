"""Exports: the copy of a file without the patient, the questions before it and the word after."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.widgets.message_bar import MessageBar

_COPY = "The de-identified copy"


class Exports(QObject):
    """Where the last copy went is known as long as the window is open, and stands in no file."""

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        is_deidentified: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._message_bar = message_bar
        self._window = parent
        self._is_deidentified = is_deidentified
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents))

    def export_deidentified(self) -> None:
        # A dialog that no start waits for.
        from fhc_desktop.gui.deidentify.deidentify_dialog import DeidentifyDialog  # noqa: PLC0415

        exam = self._controller.exam
        if exam is None:
            return
        dialog = DeidentifyDialog(
            self._window,
            exam,
            self._controller.readers,
            is_deidentified=self._is_deidentified(),
            start=self._folder,
        )
        dialog.exec()
        if dialog.written is not None:
            copy = dialog.written
            self._folder = copy.path.parent
            what = "The de-identified copy, without its scale," if copy.has_lost_scale else _COPY
            self._message_bar.show_saved(what, copy.path)
        dialog.deleteLater()
