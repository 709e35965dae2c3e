"""A window of its own for each test: nothing of the user's is read or written."""

from contextlib import closing
from datetime import date

import pydicom
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.application import build_window
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.storage.preferences.settings import save_settings
from fhc_desktop.workflow.log_desk import LogDesk
from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, TALL, open_and_wait, settle
from tests.heads import small_phantom, write_dicom, write_pixel_size_table, write_png
from tests.reading import READERS


@pytest.fixture(autouse=True)
def isolated_settings(tmp_path):
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))


@pytest.fixture
def dressed(qapp):
    """The program's own look, taken off again: other tests measure without it."""
    before = (qapp.styleSheet(), qapp.font(), qapp.palette())
    style.apply_dark_theme(qapp)
    yield
    qapp.setStyleSheet(before[0])
    qapp.setFont(before[1])
    qapp.setPalette(before[2])


@pytest.fixture(scope="session")
def phantom():
    return small_phantom(seed=1)


@pytest.fixture
def calibrated(tmp_path, phantom):
    path = tmp_path / "head.png"
    write_png(phantom, path)
    write_pixel_size_table(tmp_path, {"head.png": phantom.mm_per_pixel})
    return path


@pytest.fixture
def calibrated_too(tmp_path, phantom):
    """Another picture of the same head, with a scale."""
    folder = tmp_path / "too"
    folder.mkdir()
    write_pixel_size_table(folder, {"head.png": phantom.mm_per_pixel})
    return write_png(small_phantom(seed=3), folder / "head.png")


@pytest.fixture
def uncalibrated(tmp_path):
    """Another picture, in a folder without a scale."""
    folder = tmp_path / "elsewhere" / "deeper"
    folder.mkdir(parents=True)
    return write_png(small_phantom(seed=2), folder / "bare.png")


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def logged(folders):
    """Read what stands in the log on the disk, the newest first."""

    def entries():
        with closing(MeasurementLog.open(folders.data)) as log:
            return log.entries()

    return entries


@pytest.fixture
def asking(qapp):
    """Ask a log that lies open already, or hear why there is none, as the window does."""
    made = []

    def ask(log):
        questions = LogQuestions(LogDesk(lambda: opened(log)))
        made.append(questions)
        return questions

    def opened(log):
        if isinstance(log, FhcError):
            raise log
        return type(log).open(log.folder)

    yield ask
    for questions in made:
        assert questions.close(PATIENCE_MS / 1000)


@pytest.fixture
def start(qtbot, folders, phantom):
    """Start the program by what the settings say, with a model that says what it is told to."""

    def start(settings=None, segmenter=None):
        if settings is not None:
            save_settings(settings, folders.settings_file)
        made = build_window(folders, segmenter or FakeSegmenter(phantom.outline_px), READERS)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        settle(made)
        return made

    return start


@pytest.fixture
def window(start):
    return start()


@pytest.fixture
def opened(qtbot, window, calibrated):
    """A window with a head in it that has a scale, and nothing else."""
    open_and_wait(qtbot, window, calibrated)
    return window


@pytest.fixture
def dated(opened):
    """The same, with the day of the examination and a dating: nothing is left to be entered."""
    opened.controller.set_exam_date(date(2026, 5, 20))
    opened.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    return opened


@pytest.fixture
def named(qtbot, window, phantom, tmp_path):
    """A window with a scan whose file names its patient."""
    path = write_dicom(phantom, tmp_path / "Demonstration_Phantom.dcm")
    open_and_wait(qtbot, window, path)
    return window


@pytest.fixture
def logless(qtbot, tmp_path, phantom):
    """A window whose log cannot be opened."""
    (tmp_path / "blocked").write_text("a file where the folder should be")
    made = build_window(
        Folders(tmp_path / "blocked", tmp_path / "config"),
        FakeSegmenter(phantom.outline_px),
        READERS,
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    settle(made)
    return made


@pytest.fixture
def tall_pixels(tmp_path, phantom):
    """A scan whose pixels are higher than wide."""
    path = tmp_path / "tall.dcm"
    write_dicom(phantom, path)
    dataset = pydicom.dcmread(path)
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.PhysicalDeltaY = TALL * region.PhysicalDeltaX
    dataset.save_as(path)
    return path


@pytest.fixture
def owner(qtbot):
    """A bare window for dialogs to stand over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def present(qtbot):
    """Show a dialog that stops nothing."""

    def show(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show
