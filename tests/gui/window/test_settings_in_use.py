"""A changed setting holds at once and stands in its file, or is told not to."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from fhc_desktop.gui.window.settings_in_use import SettingsInUse
from fhc_desktop.storage.preferences.settings import Settings, load_settings

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]


def folded(settings):
    return replace(settings, lens_open=False)


@pytest.fixture
def owner_object(qapp):
    return QObject()


def test_that_a_change_is_in_force_and_in_the_file(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)

    used.change(folded)

    assert used.present == load_settings(file).settings == Settings(lens_open=False)


def test_that_no_change_writes_nothing(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(lens_open=False), file, parent=owner_object)

    used.change(folded)

    assert not file.exists()


def test_that_what_cannot_be_written_is_told_and_holds_all_the_same(qtbot, owner_object, tmp_path):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    used = SettingsInUse(Settings(), tmp_path / "blocked" / "settings.json", parent=owner_object)

    with qtbot.waitSignal(used.failed):
        used.change(folded)

    assert not used.present.lens_open


def test_that_what_was_opened_is_remembered_the_newest_first(qtbot, owner_object, tmp_path):
    used = SettingsInUse(Settings(), tmp_path / "settings.json", parent=owner_object)
    used.remember_opened(Path("/scans/a.png"))

    with qtbot.waitSignal(used.recent_changed) as changed:
        used.remember_opened(Path("/scans/b.png"))

    newest_first = (str(Path("/scans/b.png")), str(Path("/scans/a.png")))
    assert changed.args == [newest_first]
    assert load_settings(tmp_path / "settings.json").settings.recent_files == newest_first


def test_that_the_fold_of_the_lens_is_remembered(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)

    used.remember_fold(False)  # noqa: FBT003 - a signal's argument

    assert not load_settings(file).settings.lens_open
