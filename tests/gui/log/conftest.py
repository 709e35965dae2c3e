"""A log with what a test records in it, and its window."""

from datetime import timedelta

import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.log.window import LogWindow
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from tests.gui.hand import hear_out
from tests.gui.log.logged import START, examination


@pytest.fixture
def log(tmp_path):
    made = MeasurementLog.open(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def record(log):
    """Record an examination; each is an hour later than the one before."""
    hours = iter(range(1000))

    def append(exam=None, *, identifier="", name="", supersedes=None) -> LogEntry:
        shown = (exam or examination()).with_patient(Patient(identifier, name))
        entry = LogEntry.of(
            shown,
            operator="A. Operator",
            now=START + timedelta(hours=next(hours)),
            supersedes=supersedes,
        )
        log.append(entry)
        return entry

    return append


@pytest.fixture
def opened_log(qtbot, asking):
    """Open the window of a log."""

    def show(log) -> LogWindow:
        questions = asking(log)
        window = LogWindow(questions)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):  # keys reach the active window only
            window.show()
            window.activateWindow()
        hear_out(questions)
        return window

    return show
