"""A window of its own for each test: nothing of the user's is read or written."""

import pytest
from PySide6.QtCore import QSettings

from fhc_desktop.gui.application import build_window
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.heads import small_phantom, write_pixel_size_table, write_png
from tests.reading import READERS


@pytest.fixture(autouse=True)
def isolated_settings(tmp_path):
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))


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
def uncalibrated(tmp_path, phantom):
    folder = tmp_path / "elsewhere" / "deeper"
    folder.mkdir(parents=True)
    write_png(phantom, folder / "bare.png")
    return folder / "bare.png"


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path / "data", tmp_path / "config")


@pytest.fixture
def window(qtbot, folders, phantom):
    made = build_window(folders, FakeSegmenter(phantom.outline_px), READERS)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made
