"""The log is restored from the window: what is wrong, which copy, one button."""

from datetime import UTC, datetime

import pytest

from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.log.restore_content import BEGIN, LOOKING, RESTORE
from fhc_desktop.gui.log.restore_dialog import RestoreDialog
from fhc_desktop.storage.log.backups import back_up
from fhc_desktop.storage.log.open_log import NO_ANCHOR
from tests.gui.hand import PATIENCE_MS, do, drag_handle, visible_words
from tests.storage.log_folders import contents, count_of, database_of, filled_log

pytestmark = pytest.mark.gui
NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def damaged(tmp_path):
    """A damaged log of four records with a backup of three."""
    folder = filled_log(tmp_path / "data", 3)
    back_up(folder, NOW)
    filled_log(folder, 1)
    harmed = bytearray(database_of(folder).read_bytes())
    harmed[5000] ^= 1
    database_of(folder).write_bytes(harmed)
    return folder


@pytest.fixture
def shown(qtbot, present):
    """The dialog of a log, as soon as it has looked at it and for copies."""

    def show(folder):
        dialog = present(RestoreDialog(folder, None))
        qtbot.waitUntil(lambda: dialog.title.text() != LOOKING.title, timeout=PATIENCE_MS)
        return dialog

    return show


def test_that_a_damaged_log_is_restored_by_one_button(qtbot, damaged, shown):
    dialog = shown(damaged)
    assert "damaged in 1 place" in dialog.title.text()
    assert "lacks 1 measurement of this machine" in dialog.words.text()
    assert dialog.step.text() == RESTORE

    with qtbot.waitSignal(dialog.restored, timeout=PATIENCE_MS):
        dialog.step.click()

    assert "was restored" in dialog.title.text()
    assert not dialog.step.isVisible()
    assert count_of(damaged) == 3


def test_that_looking_changes_nothing(damaged, shown):
    before = contents(damaged)
    dialog = shown(damaged)
    dialog.reject()

    assert contents(damaged) == before


def test_that_an_empty_log_is_begun_where_nothing_is_sound(qtbot, tmp_path, shown):
    folder = filled_log(tmp_path, 1)
    database_of(folder).write_bytes(b"")
    dialog = shown(folder)
    assert dialog.step.text() == BEGIN

    with qtbot.waitSignal(dialog.restored, timeout=PATIENCE_MS):
        dialog.step.click()

    assert count_of(folder) == 0
    assert "kept as" in dialog.words.text()


def test_that_enter_restores_and_never_begins_an_empty_log(tmp_path, damaged, shown):
    assert shown(damaged).step.isDefault()

    lost = filled_log(tmp_path / "lost", 2)
    database_of(lost).write_bytes(b"")
    dialog = shown(lost)

    assert dialog.step.text() == BEGIN
    assert dialog.leave.isDefault()
    assert not dialog.step.isDefault()


def test_that_a_restoring_that_fails_is_told_and_can_be_tried_again(qtbot, damaged, shown):
    dialog = shown(damaged)
    (backup,) = damaged.rglob("*-n3-*.sqlite3")
    backup.rename(backup.with_suffix(".away"))

    dialog.step.click()
    qtbot.waitUntil(lambda: "was not restored" in dialog.title.text(), timeout=PATIENCE_MS)
    backup.with_suffix(".away").rename(backup)
    with qtbot.waitSignal(dialog.restored, timeout=PATIENCE_MS):
        dialog.step.click()

    assert count_of(damaged) == 3


def test_that_a_whole_log_offers_no_step(tmp_path, shown):
    dialog = shown(filled_log(tmp_path, 1))

    assert "is whole" in dialog.title.text()
    assert not dialog.step.isVisible()


def test_that_what_the_log_has_to_tell_is_told_in_the_window(tmp_path, start):
    folder = filled_log(tmp_path / "data", 1)
    (folder / "log.anchor").unlink()

    assert NO_ANCHOR in start().message_bar.text


def test_that_the_window_logs_again_after_its_log_was_restored(qtbot, damaged, start, tmp_path):
    window = start()
    assert "Measurements are not logged" in window.message_bar.text
    assert "Restore the measurement log …" in window.message_bar.text

    window.actions_by_name["restore_log"].trigger()
    (dialog,) = window.findChildren(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.step.text() == RESTORE, timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.controller.acceptances.caught_up, timeout=PATIENCE_MS):
        dialog.step.click()
    dialog.close()

    assert "NOT LOGGING" not in visible_words(window.status_line)


def test_that_a_log_swapped_while_the_window_is_open_is_restored_and_logs_on(
    qtbot, dated, folders, logged
):
    do(dated, "accept")
    back_up(folders.data, NOW)
    database_of(folders.data).write_bytes(b"another file")

    dated.actions_by_name["restore_log"].trigger()
    (dialog,) = dated.findChildren(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.step.text() == RESTORE, timeout=PATIENCE_MS)
    with qtbot.waitSignal(dated.controller.acceptances.caught_up, timeout=PATIENCE_MS):
        dialog.step.click()
    dialog.close()
    drag_handle(dated.image_view, Handle.B_END, 0, 15)
    do(dated, "accept")

    assert len(logged()) == 2
