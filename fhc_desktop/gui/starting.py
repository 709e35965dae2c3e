"""Starting: a window at once, and the program in it as soon as it is there."""

import linecache
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from fhc_desktop.gui.entrance.entrance import Entrance
from fhc_desktop.gui.entrance.turns import InTurns
from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.storage.preferences.folders import Folders

if TYPE_CHECKING:
    from fhc_desktop.workflow.preparing import Prepared

# Floors below the window name nothing of Qt's; the window itself comes room by room.
BESIDE = (
    "fhc_desktop.workflow.accepting",
    "fhc_desktop.workflow.browsing",
    "fhc_desktop.workflow.exporting",
    "fhc_desktop.workflow.keeping",
    "fhc_desktop.workflow.known_pregnancies",
    "fhc_desktop.workflow.log_desk",
    "fhc_desktop.workflow.measuring_frames",
    "fhc_desktop.workflow.logged_picture",
    "fhc_desktop.workflow.logging_again",
)
IN_TURNS = (
    "fhc_desktop.gui.image.image_view",
    "fhc_desktop.gui.examination.controller",
    "fhc_desktop.gui.examination.measurement_panel",
    "fhc_desktop.gui.patient.patient_panel",
    "fhc_desktop.gui.growth.growth_panel",
    "fhc_desktop.gui.calibration.calibrating",
    "fhc_desktop.gui.browsing.browsing",
    "fhc_desktop.gui.cine.clip",
    "fhc_desktop.gui.averaging.averaging",
    "fhc_desktop.gui.window.side_panel",
    "fhc_desktop.gui.window.exports",
    "fhc_desktop.gui.filing.filing",
    "fhc_desktop.gui.window.reports",
    "fhc_desktop.gui.window.menus",
    "fhc_desktop.gui.window.main_window",
    "fhc_desktop.gui.application",
)
# Windows of their own, which nobody opens in the first second.
AFTERWARDS = (
    "fhc_desktop.gui.log.window",
    "fhc_desktop.gui.course.window",
    "fhc_desktop.gui.deidentify.deidentify_dialog",
)


def run(file: Path | None, folders: Folders, model: Path | None) -> int:
    """Open the window, on a file if one is given; return the exit status."""
    app = make_application()
    entrance = Entrance("" if file is None else f"Opening {file.name} …")
    start = Start(entrance, file, folders, model)
    AfterFirstPaint(entrance, start.begin)
    entrance.show()
    status = app.exec()
    start.end()
    return status


class Start(QObject):
    """The way from the entrance's first painting to the program in it, while the window goes on."""

    def __init__(
        self, entrance: Entrance, file: Path | None, folders: Folders, model: Path | None
    ) -> None:
        super().__init__(entrance)
        self._entrance = entrance
        self._file, self._folders, self._model = file, folders, model
        self._prepared: Prepared | None = None
        self._loading: Thread | None = None
        self._open = ExitStack()
        self._turns = InTurns(self._prepare, IN_TURNS, self)
        self._turns.done.connect(self._build)
        self._turns.failed.connect(self._give_up)
        self._later = InTurns(None, AFTERWARDS, self)
        # The binding reads the source of every module that is imported, and megabytes of it stay.
        self._later.done.connect(linecache.clearcache)

    @Slot()
    def begin(self) -> None:
        self._turns.begin()

    def end(self) -> None:
        """Leave all that was opened, as far as it had come; the event loop has ended."""
        self._turns.end()
        self._later.end()
        self._open.close()
        if self._prepared is not None:
            self._prepared.readers.close()

    def _prepare(self) -> None:
        from fhc_desktop.workflow.preparing import prepare  # noqa: PLC0415 - beside the window

        self._prepared = prepare(self._folders, self._model)
        if self._file is not None:
            self._load()
        for name in BESIDE:
            import_module(name)

    def _load(self) -> None:
        """Load the network on a thread of its own, once."""
        if self._loading is None and self._prepared is not None:
            # Not a daemon: a library that is being loaded must not be cut short by the end.
            self._loading = Thread(target=self._prepared.segmenter.warm_up, name="loading")
            self._loading.start()

    @Slot()
    def _build(self) -> None:
        from fhc_desktop.gui.application import program  # noqa: PLC0415 - it has come in turns

        if self._prepared is None:
            raise RuntimeError("nothing was prepared")
        try:
            window = self._open.enter_context(program(self._folders, self._prepared))
        except Exception as fault:  # noqa: BLE001 - an entrance that leads nowhere
            self._give_up(fault)
            return
        self._entrance.put_up(window)
        AfterFirstPaint(window, self._load)
        AfterFirstPaint(window, self._later.begin)
        file, wish = self._file, self._entrance.wish
        # What the window says of settings and log stays, with the file it was started for.
        if wish is not None:
            QTimer.singleShot(0, window, lambda: wish(window))
        elif file is not None:
            QTimer.singleShot(0, window, lambda: window.open(file, keeps_message=True))

    @Slot(object)
    def _give_up(self, fault: Exception) -> None:
        QApplication.exit(1)
        raise fault
