"""A changed setting holds at once and stands in its file, or is told not to."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from fhc_desktop.gui.window.settings_in_use import (
    KEPT_AGAIN,
    SettingsInUse,
    cleared_words,
    no_longer_kept_words,
)
from fhc_desktop.storage.preferences.settings import Settings, load_settings

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]


def folded(settings):
    return replace(settings, lens_open=False)


@pytest.fixture
def owner_object(qapp):
    owner = QObject()
    yield owner
    for used in owner.findChildren(SettingsInUse):
        used.close()


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
    used.close()
    assert load_settings(tmp_path / "settings.json").settings.recent_files == newest_first


def test_that_what_was_opened_is_in_the_file_before_the_window_has_gone(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)
    for number in range(5):
        used.remember_opened(Path(f"/scans/{number}.png"))
    used.close()

    assert load_settings(file).settings == used.present


def test_that_what_is_forgotten_is_not_written_again_by_what_was_remembered(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)
    for number in range(20):
        used.remember_opened(Path(f"/scans/{number}.png"))
    used.forget_recent()
    used.close()

    assert load_settings(file).settings.recent_files == ()


def test_that_the_fold_of_the_lens_is_remembered(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)

    used.remember_fold(False)  # noqa: FBT003 - a signal's argument

    assert not load_settings(file).settings.lens_open


def test_that_recent_files_are_cleared_here_and_in_the_file(qtbot, owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)
    used.remember_opened(Path("/scans/a.png"))
    used.remember_opened(Path("/scans/b.png"))

    with qtbot.waitSignal(used.recent_changed) as left, qtbot.waitSignal(used.recent_said) as told:
        used.forget_recent()

    assert left.args == [()]
    assert told.args == [cleared_words(2)]
    assert used.present == load_settings(file).settings == Settings()
    assert b"scans" not in file.read_bytes()


def test_that_switched_off_nothing_is_kept_until_it_is_switched_on(qtbot, owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)
    used.remember_opened(Path("/scans/a.png"))

    with qtbot.waitSignal(used.recent_said) as off:
        used.switch_recent()
    used.remember_opened(Path("/scans/b.png"))

    assert off.args == [no_longer_kept_words(1)]
    assert used.present == load_settings(file).settings == Settings(recent_files_kept=False)
    with qtbot.waitSignal(used.recent_said) as on:
        used.switch_recent()
    used.remember_opened(Path("/scans/c.png"))
    used.close()
    assert on.args == [KEPT_AGAIN]
    assert load_settings(file).settings.recent_files == (str(Path("/scans/c.png")),)


def test_that_clearing_takes_the_damaged_file_that_was_set_aside_with_it(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    file.write_text('{"recent_files": ["/scans/a.png"')
    used = SettingsInUse(load_settings(file).settings, file, parent=owner_object)

    used.forget_recent()

    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


def test_that_clearing_reaches_what_another_window_wrote(owner_object, tmp_path):
    file = tmp_path / "settings.json"
    used = SettingsInUse(Settings(), file, parent=owner_object)
    other = SettingsInUse(Settings(), file, parent=owner_object)
    other.remember_opened(Path("/scans/a.png"))
    other.close()

    used.forget_recent()

    assert load_settings(file).settings == Settings()


@pytest.mark.parametrize("deed", [SettingsInUse.forget_recent, SettingsInUse.switch_recent])
def test_that_what_could_not_be_cleared_is_not_said_to_be(qtbot, owner_object, tmp_path, deed):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    used = SettingsInUse(Settings(), tmp_path / "blocked" / "settings.json", parent=owner_object)

    with qtbot.assertNotEmitted(used.recent_said), qtbot.waitSignal(used.failed):
        deed(used)

    assert used.present.recent_files == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (cleared_words(0), "There are no recent files left."),
        (cleared_words(1), "1 recent file was cleared. The images stay where they are."),
        (no_longer_kept_words(0), "Recent files are no longer kept."),
        (
            no_longer_kept_words(2),
            (
                "Recent files are no longer kept. 2 recent files were cleared; "
                "the images stay where they are."
            ),
        ),
    ],
)
def test_that_what_was_done_is_counted(words, said):
    assert words == said
