"""A patient's image, with as much entered as a test begins with."""

from datetime import date

import pydicom
import pytest

from fhc_desktop.storage.preferences.settings import Settings
from tests.gui.hand import accept, enter, exam, open_and_wait
from tests.gui.patient.panel import panel_of
from tests.heads import write_dicom

EXAM = date(2026, 1, 15)
FIRST, SECOND = date(2026, 5, 30), date(2026, 6, 13)


@pytest.fixture
def write(phantom, tmp_path):
    """Write a scan that names its patient and her last period; what is given replaces that."""

    def written(**changes):
        path = write_dicom(phantom, tmp_path / "head.dcm")
        dataset = pydicom.dcmread(path)
        dataset.PatientBirthDate = "19960504"
        dataset.AccessionNumber = "A-1"
        dataset.LastMenstrualDate = "20250828"
        for keyword, value in changes.items():
            setattr(dataset, keyword, value)
        dataset.save_as(path)
        return path

    return written


@pytest.fixture
def from_file(qtbot, window, write):
    """A window that its file has filled."""
    open_and_wait(qtbot, window, write())
    return window


@pytest.fixture
def examined(qtbot, window, calibrated):
    """A window with a head in it and the day of its examination."""
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, window.side_panel.patient.exam_date, EXAM.isoformat())
    return window


@pytest.fixture
def identified(qtbot, start, calibrated):
    """A window with an image of a patient who has an identifier."""
    window = start(Settings(operator="Dr A"))
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, panel_of(window).identifier, "4711")
    enter(qtbot, panel_of(window).exam_date, FIRST.isoformat())
    return window


@pytest.fixture
def known(qtbot, start, identified, calibrated):
    """Two weeks later, under another operator: the dated first examination is in the log."""
    enter(qtbot, panel_of(identified).dating, "2026-01-10")
    accept(identified)
    assert exam(identified).is_accepted
    assert identified.controller.desk.flush()  # nothing of it is unfinished any more
    window = start(Settings(operator="Dr B"))
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, panel_of(window).exam_date, SECOND.isoformat())
    enter(qtbot, panel_of(window).identifier, "4711")
    return window
