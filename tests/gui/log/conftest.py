"""A log with what a test records in it, and its window."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.log.window import LogWindow
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.storage.preferences.settings import Settings
from fhc_desktop.workflow.logged_picture import logged_picture
from tests.gui.hand import hear_out
from tests.gui.log.logged import START, examination
from tests.reading import READERS


class Kept:
    """Settings as a window changes them."""

    def __init__(self) -> None:
        self.settings = Settings()

    def present(self) -> Settings:
        return self.settings

    def change(self, change) -> None:
        self.settings = change(self.settings)


@pytest.fixture
def log(tmp_path):
    made = MeasurementLog.open(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def record(log):
    """Record an examination; each is an hour later than the one before."""
    hours = iter(range(1000))

    def append(exam=None, *, identifier="", name="", operator="A. Operator", **changes) -> LogEntry:
        shown = (exam or examination()).with_patient(Patient(identifier, name))
        entry = LogEntry.of(shown, operator=operator, now=START + timedelta(hours=next(hours)))
        entry = replace(entry, **changes)
        log.append(entry)
        return entry

    return append


@pytest.fixture
def opened_log(qtbot, asking, kept):
    """Open the window of a log, or of why there is none, and wait for what it shows."""

    def show(log) -> LogWindow:
        window = LogWindow(
            asking(log),
            read_picture=lambda entry: logged_picture(entry, READERS),
            settings=kept.present,
            change_settings=kept.change,
        )
        qtbot.addWidget(window, before_close_func=LogWindow.end)
        with qtbot.waitActive(window):  # keys reach the active window only
            window.show()
            window.activateWindow()
        hear_out(window.questions)
        return window

    return show


@pytest.fixture
def answered():
    """Wait until a window has what it asked for."""

    def wait(window) -> None:
        hear_out(window.questions)

    return wait
