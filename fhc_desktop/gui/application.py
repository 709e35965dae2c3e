"""The composition root: everything is built here, once, and handed down."""

import getpass
import logging
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fhc_desktop.atomic_file import make_private_folder
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.examination.acceptances import Acceptances
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.log.daily_backup import DailyBackup, back_up_at_the_end
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.first_paint import AfterFirstPaint
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.gui.window.main_window import MainWindow
from fhc_desktop.gui.window.our_fault import show_our_fault
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.resources import resource
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import LoadedSettings, load_settings
from fhc_desktop.storage.preferences.standards import load_standards
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.log_desk import LogDesk
from fhc_desktop.workflow.proposing import LazySegmenter, Proposer

_TURN_S = 0.001
_LOG_BYTES, _LOG_FILES = 1_000_000, 3
_log = logging.getLogger(__name__)


class DraftTrouble(QObject):
    """Brings from another thread what keeps drafts from the disk."""

    told = Signal(object)  # Exception, or None as soon as they are written again


def run(file: Path | None, folders: Folders, model: Path | None) -> int:
    """Open the window, on a file if one is given; return the exit status."""
    app = make_application()
    loaded = load_settings(folders.settings_file)
    segmenter = LazySegmenter(model, loaded.settings.device)
    with Readers() as readers:
        window = build_program(folders, segmenter, readers, loaded)
        # Not a daemon: a library that is being loaded must not be cut short by the program's end.
        loading = Thread(target=segmenter.warm_up, name="loading")
        AfterFirstPaint(window, loading.start)
        window.show()
        if file is not None:
            # After the first paint: the window is there before the work begins, and what it says
            # of settings and log stays.
            QTimer.singleShot(0, window, lambda: window.open(file, keeps_message=True))
        backups = DailyBackup(folders.data, lambda: datetime.now(UTC), window)
        backups.failed.connect(lambda why: window.message_bar.show_problem(why, is_nameless=True))
        status = app.exec()
    back_up_at_the_end(folders.data, datetime.now(UTC))
    return status


def make_application() -> QApplication:
    """Return the one application, in its dark theme."""
    # While a library is imported beside it, the window waits this long for each of its turns.
    sys.setswitchinterval(_TURN_S)
    QCoreApplication.setOrganizationName("fhc-desktop")
    QCoreApplication.setApplicationName("fhc-desktop")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a Qt application without windows is already running")
    app.setDesktopFileName("fhc-desktop")  # what a desktop knows the installed program by
    app.setWindowIcon(QIcon(str(resource("icons/program.png"))))
    style.apply_dark_theme(app)
    return app


def build_program(
    folders: Folders, proposer: Proposer, readers: Readers, loaded: LoadedSettings | None = None
) -> MainWindow:
    """Build the window so that each fault of our own is written down and admitted in it."""
    _make_private(folders)
    fault_log = _start_fault_log(folders)
    window = build_window(folders, proposer, readers, loaded)
    _catch_our_faults(window, fault_log)
    return window


def build_window(
    folders: Folders, proposer: Proposer, readers: Readers, loaded: LoadedSettings | None = None
) -> MainWindow:
    """Build the window with its log and settings; it works without a log and says so.

    ``loaded`` are the settings if they have been read already: a damaged file is set aside and
    told of only once.
    """
    loaded = loaded or load_settings(folders.settings_file)
    standards = load_standards(loaded.settings)
    questions = LogQuestions(LogDesk(lambda: MeasurementLog.open(folders.data)))
    trouble = DraftTrouble()
    desk = Desk(folders.data, trouble.told.emit)
    controller = ExaminationController(
        proposer,
        Acceptances(questions, folders.data),
        readers=readers,
        desk=desk,
        operator=loaded.settings.operator or _user(),
        now=lambda: datetime.now(UTC),
        standards=standards.choice,
    )
    window = MainWindow(
        controller,
        settings=loaded.settings,
        settings_file=folders.settings_file,
        identity=lambda: getattr(proposer, "identity", None),
        chart_files=standards.files,
    )
    controller.setParent(window)
    trouble.setParent(window)
    trouble.told.connect(window.unfinished.tell_trouble, Qt.ConnectionType.QueuedConnection)
    notices = [*([loaded.notice] if loaded.notice else []), *standards.notices]
    if desk.problem is not None:
        notices.append(f"{desk.problem.problem} {desk.problem.remedy}")
    if notices:
        window.message_bar.show_hint(" ".join(notices))
    controller.acceptances.first_tried.connect(
        lambda problem, of_log: _tell_start(window, problem, (*notices, *of_log))
    )
    return window


def _tell_start(window: MainWindow, problem: FhcError | None, notices: tuple[str, ...]) -> None:
    """Say how the log was found, with what there was to say before: one message, not two."""
    if problem is not None:
        words = f"Measurements are not logged: {problem.problem}"
        window.message_bar.show_problem(FhcError(words, " ".join([problem.remedy, *notices])))
    elif notices:
        window.message_bar.show_hint(" ".join(notices))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _make_private(folders: Folders) -> None:
    """Make the folders before Qt, which keeps the window's place in one and lets all others in."""
    for folder in (folders.data, folders.config):
        # Where that fails, the window says so when it opens the log or saves the settings.
        with suppress(OSError):
            make_private_folder(folder)


def _start_fault_log(folders: Folders) -> Path:
    """Write our own faults to a file; it never holds values, which could be a patient's."""
    target = folders.data / "faults.log"
    try:
        handler = RotatingFileHandler(target, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES)
    except OSError:
        return target  # the window says that the folder cannot be written, when it opens the log
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("fhc_desktop").addHandler(handler)
    return target


def _catch_our_faults(window: MainWindow, fault_log: Path) -> None:
    def hook(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value, trace)
            return
        _log.error("Our fault\n%s", fault_text(value.with_traceback(trace)))
        show_our_fault(window, fault_log)

    sys.excepthook = hook


def fault_text(fault: BaseException) -> str:
    """Return a traceback with its causes, the first fault first, without any message.

    The message of an exception may quote a patient's data; its type and its place cannot.
    """
    lines: list[str] = []
    link: BaseException | None = fault
    while link is not None:
        places = [
            f'  File "{place.filename}", line {place.lineno}, in {place.name}'
            for place in traceback.extract_tb(link.__traceback__)
        ]
        lines = [*places, type(link).__name__, *lines]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines)
