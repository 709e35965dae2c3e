"""The windows of the log are opened by one look into it, and hold what the program holds."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.gui.window.log_windows import LogWindows
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from tests.gui.course_examples import PATIENT, seen

pytestmark = pytest.mark.gui


class CountingLog(MeasurementLog):
    """A log that counts how often somebody reads it."""

    reads = 0

    def entries(self, search=""):
        self.reads += 1
        return super().entries(search)

    def entries_of(self, patient_id):
        self.reads += 1
        return super().entries_of(patient_id)


@pytest.fixture
def log(tmp_path):
    made = CountingLog.open(tmp_path / "data")
    made.append(LogEntry.of(seen(140), operator="Dr A", now=datetime(2026, 6, 1, tzinfo=UTC)))
    yield made
    made.close()


@pytest.fixture
def windows(qtbot, log):
    owner = QWidget()
    qtbot.addWidget(owner)
    return LogWindows(log, owner, choice=StandardChoice, objection=None)


@pytest.mark.parametrize("hidden", [False, True])
def test_that_the_log_is_read_once_for_its_window(windows, log, hidden):
    windows.set_deidentified(hidden)

    windows.show_log()

    assert log.reads == 1
    assert windows.log_window.chosen_entry().facts.patient == PATIENT


def test_that_the_log_is_read_once_more_for_each_look_at_its_window(windows, log):
    windows.show_log()
    windows.show_log()
    assert log.reads == 2

    windows.log_window.close()
    windows.show_log()
    assert log.reads == 3


@pytest.mark.parametrize("hidden", [False, True])
def test_that_the_log_is_read_once_for_a_course(windows, log, hidden):
    windows.set_deidentified(hidden)

    windows.show_course(seen(140))

    assert log.reads == 1
    assert len(windows.course_window.page.model.rows) == 1
