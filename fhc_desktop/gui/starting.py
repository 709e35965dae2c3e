"""Starting: a window at once, and the program in it as soon as it is there."""

from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from fhc_desktop.gui.entrance.entrance import Entrance
from fhc_desktop.gui.entrance.first_image import FirstImage
from fhc_desktop.gui.entrance.turns import InTurns
from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.gui.widgets.style import dressed_at_once
from fhc_desktop.heap import look_for_garbage
from fhc_desktop.own_process import begin_looker
from fhc_desktop.storage.preferences.folders import Folders

if TYPE_CHECKING:
    from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
    from fhc_desktop.gui.window.main_window import MainWindow
    from fhc_desktop.imaging.read_ahead import ReadAhead
    from fhc_desktop.imaging.readers import Readers
    from fhc_desktop.own_process import Child
    from fhc_desktop.workflow.preparing import Prepared


_LOOKS_EVERY_MS = 5
# For so long the picture goes before what the program imports, and before its networks.
PICTURE_FIRST_S, LOOKER_LATEST_S = 0.2, 0.5
# Floors below the window name nothing of Qt's; the window itself comes room by room.
BESIDE = (
    "fhc_desktop.workflow.accepting",
    "fhc_desktop.workflow.browsing",
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
    "fhc_desktop.gui.window.reports",
    "fhc_desktop.gui.window.menus",
    "fhc_desktop.gui.window.main_window",
    "fhc_desktop.gui.application",
)
# Windows and dialogs of their own, which nobody opens in the first second.
LATER_MS = 1000
AFTERWARDS = (
    "fhc_desktop.gui.filing.filing",
    "fhc_desktop.gui.filing.previewing",
    "fhc_desktop.gui.filing.study_filing",
    "fhc_desktop.gui.filing.institution_dialog",
    "fhc_desktop.gui.log.window",
    "fhc_desktop.gui.course.window",
    "fhc_desktop.gui.deidentify.deidentify_dialog",
    "fhc_desktop.gui.growth.standards_dialog",
    "fhc_desktop.gui.log.restore_dialog",
    "fhc_desktop.gui.reported.window",
)


def run(
    file: Path | None, folders: Folders, model: Path | None, readers: "Readers | None" = None
) -> int:
    """Open the window, on a file if one is given; return the exit status.

    ``readers`` are those that read the file already, if any do.
    """
    app = make_application()
    entrance = Entrance("" if file is None else f"Opening {file.name} …")
    start = Start(entrance, file, folders, model, readers)
    AfterFirstPaint(entrance, start.begin)
    entrance.show()
    status = app.exec()
    start.end()
    return status


class Start(QObject):
    """The way from the entrance's first painting to the program in it, while the window goes on."""

    def __init__(
        self,
        entrance: Entrance,
        file: Path | None,
        folders: Folders,
        model: Path | None,
        readers: "Readers | None" = None,
    ) -> None:
        super().__init__(entrance)
        self._entrance = entrance
        self._file, self._folders, self._model = file, folders, model
        self._readers = readers
        self._prepared: Prepared | None = None
        self._loading: Thread | None = None
        self._begun: Child | None = None
        self._open = ExitStack()
        self._first = FirstImage(entrance, self._ahead)
        self._first.read.connect(self._look_ahead)
        self._turns = InTurns(self._prepare, IN_TURNS, self)
        self._turns.done.connect(self._build)
        self._turns.failed.connect(self._give_up)
        self._later = InTurns(None, AFTERWARDS, self)
        self._later.done.connect(look_for_garbage)
        self._later.failed.connect(lambda _: look_for_garbage())

    @Slot()
    def begin(self) -> None:
        if self._file is not None:
            self._first.begin()
        self._turns.begin()

    def end(self) -> None:
        """Leave all that was opened, as far as it had come; the event loop has ended."""
        self._first.end()
        self._turns.end()
        if self._readers is not None:
            self._readers.images.forget_ahead()
        self._later.end()
        if self._prepared is not None:
            self._prepared.looker.close()
        elif self._begun is not None:
            self._begun.kill()
            self._begun.wait()
        self._open.close()
        if self._readers is not None:
            self._readers.close()

    def _prepare(self) -> None:
        from fhc_desktop.imaging.readers import Readers, reading  # noqa: PLC0415 - beside

        readers = self._readers
        if readers is None:
            readers = Readers() if self._file is None else reading(self._file)
            self._readers = readers
        if readers.images.ahead is None:
            readers.start()
        else:
            # Whatever is imported meanwhile would hold the picture up; once it has been decoded a
            # processor is free for whoever looks at it.
            if readers.images.ahead.wait_until_there(PICTURE_FIRST_S):
                self._begun = begin_looker()
            readers.images.ahead.wait_until_seen(PICTURE_FIRST_S)
        from fhc_desktop.workflow.preparing import prepare  # noqa: PLC0415 - as above

        self._prepared = prepare(self._folders, self._model, readers, self._begun)
        if self._file is not None:
            self._load()
        for name in BESIDE:
            import_module(name)

    def _ahead(self) -> "ReadAhead[Any] | None":
        return None if self._readers is None else self._readers.images.ahead

    def _load(self) -> None:
        """Load the networks, once, and wait for it on a thread."""
        if self._loading is None and self._prepared is not None:
            self._loading = Thread(target=self._warm_up, name="loading", daemon=True)
            self._loading.start()

    def _warm_up(self) -> None:
        if self._prepared is None:
            return
        ahead = self._ahead()
        if ahead is not None:
            # The decoder needs the other core: a DICOM file's takes half a second to begin.
            ahead.wait_until_seen(LOOKER_LATEST_S)
        self._prepared.looker.warm_up()

    @Slot(object)
    def _look_ahead(self, image: "UltrasoundImage") -> None:
        """Have the model look at the first image while the program is still being loaded."""
        if self._entrance.program is not None or self._entrance.wish is not None:
            return  # the program asks for what it shows
        if self._prepared is None:
            QTimer.singleShot(_LOOKS_EVERY_MS, self, lambda: self._look_ahead(image))
            return
        self._prepared.looker.propose_ahead(image)

    @Slot()
    def _build(self) -> None:
        from fhc_desktop.gui.application import program  # noqa: PLC0415 - it has come in turns

        if self._prepared is None:
            raise RuntimeError("nothing was prepared")
        self._first.look()  # it may paint, and so before the entrance is undressed
        with dressed_at_once():
            try:
                window = self._open.enter_context(program(self._folders, self._prepared))
            except Exception as fault:  # noqa: BLE001 - an entrance that leads nowhere
                self._give_up(fault)
                return
            self._put_up(window, self._prepared)
        AfterFirstPaint(window, self._load)
        AfterFirstPaint(window, self._bring_the_rest)

    def _put_up(self, window: "MainWindow", prepared: "Prepared") -> None:
        """Put the program into the entrance, with the picture that is seen there, and its wish."""
        file, wish, seen = self._file, self._entrance.wish, self._first.picture
        if wish is not None or file is None:
            prepared.readers.images.forget_ahead()
        elif seen is not None:
            # Before the program is there to be seen: the picture must not go and come again.
            window.open(file, keeps_message=True, glimpse=seen)
        self._entrance.put_up(window)
        # Whatever it looks at: who closes the window does not wait for its word.
        self._entrance.ending.connect(prepared.looker.close)
        # What the window says of settings and log stays, with the file it was started for.
        if wish is not None:
            QTimer.singleShot(0, window, lambda: wish(window))
        elif file is not None and seen is None:
            QTimer.singleShot(0, window, lambda: window.open(file, keeps_message=True))

    def _bring_the_rest(self) -> None:
        """Import what no first picture and no word on it should wait for."""
        QTimer.singleShot(0 if self._file is None else LATER_MS, self, self._later.begin)

    @Slot(object)
    def _give_up(self, fault: Exception) -> None:
        QApplication.exit(1)
        raise fault
