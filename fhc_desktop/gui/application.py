"""The composition root: everything is built here, once, and handed down."""

import getpass
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from fhc_desktop.atomic_file import make_private_folder
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.examination.acceptances import Acceptances
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.log.daily_backup import DailyBackup, back_up_at_the_end
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.gui.window.main_window import MainWindow
from fhc_desktop.gui.window.our_fault import show_our_fault
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import LoadedSettings, load_settings
from fhc_desktop.storage.preferences.standards import load_standards
from fhc_desktop.workflow.keeping import Desk
from fhc_desktop.workflow.log_desk import LogDesk
from fhc_desktop.workflow.looker_process import LookerProcess
from fhc_desktop.workflow.preparing import Prepared
from fhc_desktop.workflow.proposing import Proposer

if TYPE_CHECKING:
    from fhc_desktop.storage.reader_study.study_folder import StudyFolder

_LOG_BYTES, _LOG_FILES = 1_000_000, 3
_log = logging.getLogger(__name__)


class DraftTrouble(QObject):
    """Brings from another thread what keeps drafts from the disk."""

    told = Signal(object)  # Exception, or None as soon as they are written again


@contextmanager
def program(folders: Folders, prepared: Prepared) -> Iterator[MainWindow]:
    """Give the window with all that works while it is there; at the end the log is backed up."""
    window = build_program(folders, prepared.looker, prepared.readers, prepared.loaded)
    backups = DailyBackup(folders.data, lambda: datetime.now(UTC), window)
    backups.failed.connect(lambda why: window.message_bar.show_problem(why, is_nameless=True))
    yield window
    back_up_at_the_end(folders.data, datetime.now(UTC))


def run_reading(study: "StudyFolder", reader: str, folders: Folders, model: Path | None) -> int:
    """Open the window of a reader study; return the exit status. It has no log and no drafts."""
    # The program's own window does not wait for them.
    from fhc_desktop.gui.reader_study.reading import Reading  # noqa: PLC0415
    from fhc_desktop.gui.reader_study.reading_window import ReadingWindow  # noqa: PLC0415
    from fhc_desktop.workflow.reading_study import ReadingDesk  # noqa: PLC0415

    app = make_application()
    settings = load_settings(folders.settings_file).settings
    _make_private(folders)
    with Readers() as readers, LookerProcess(model, settings.device) as looker:
        desk = ReadingDesk(study, reader, looker, readers, now=lambda: datetime.now(UTC))
        window = ReadingWindow(Reading(desk))
        _catch_our_faults(window, _start_fault_log(folders))
        window.show()
        window.reading.go_on()
        return app.exec()


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


def _catch_our_faults(window: QWidget, fault_log: Path) -> None:
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
