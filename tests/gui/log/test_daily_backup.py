"""A backup of the log is written once a day, and at the end."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject

from fhc_desktop.gui.log.daily_backup import DailyBackup, back_up_at_the_end
from fhc_desktop.storage.log.backups import backups_of
from tests.gui.hand import PATIENCE_MS
from tests.storage.log_folders import filled_log

pytestmark = pytest.mark.gui
NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    return [NOW]


@pytest.fixture
def daily(qapp, tmp_path, clock):
    owner = QObject()
    yield DailyBackup(filled_log(tmp_path, 1), lambda: clock[0], owner)
    owner.deleteLater()


def look_and_wait(qtbot, daily, signal):
    with qtbot.waitSignal(signal, timeout=PATIENCE_MS):
        daily.look()


def test_that_a_day_has_one_backup(qtbot, daily, tmp_path, clock):
    look_and_wait(qtbot, daily, daily.done)
    filled_log(tmp_path, 1)
    daily.look()  # that of today is there
    clock[0] += timedelta(days=1)
    look_and_wait(qtbot, daily, daily.done)

    assert [backup.end.count for backup in backups_of(tmp_path)] == [2, 1]


def test_that_a_backup_that_fails_is_told_once_a_day(qtbot, daily, tmp_path, clock):
    (tmp_path / "log-backups").write_text("a file where the folder should be")
    told = []
    daily.failed.connect(told.append)

    look_and_wait(qtbot, daily, daily.failed)
    daily.look()
    qtbot.wait(300)
    assert len(told) == 1
    clock[0] += timedelta(days=1)
    look_and_wait(qtbot, daily, daily.failed)

    assert "not backed up" in told[0].problem


def test_that_the_last_one_is_written_when_the_window_has_gone(tmp_path):
    back_up_at_the_end(filled_log(tmp_path, 2), NOW)

    assert backups_of(tmp_path)[0].end.count == 2


def test_that_a_last_one_that_fails_ends_the_program_all_the_same(tmp_path, caplog):
    filled_log(tmp_path, 2)
    (tmp_path / "log-backups").write_text("a file where the folder should be")

    with caplog.at_level(logging.WARNING):
        back_up_at_the_end(tmp_path, NOW)

    assert "not backed up" in caplog.text
