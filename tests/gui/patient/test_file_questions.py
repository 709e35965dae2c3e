"""A file that gives two days for one picture is asked about, and either answer can be undone."""

from datetime import date

import pydicom
import pytest

from fhc_desktop.domain.examination.file_data import FileItem
from tests.gui.hand import do, open_and_wait
from tests.heads import write_dicom

pytestmark = pytest.mark.gui


@pytest.fixture
def asked(qtbot, window, phantom, tmp_path):
    """Return the question about a study that was opened again a fortnight later."""
    path = write_dicom(phantom, tmp_path / "reopened.dcm")
    dataset = pydicom.dcmread(path)
    dataset.StudyDate, dataset.LastMenstrualDate = "20260101", "20250828"
    dataset.AcquisitionDate = dataset.ContentDate = dataset.SeriesDate = "20260115"
    dataset.save_as(path)
    open_and_wait(qtbot, window, path)
    return window.side_panel.patient.questions.by_item[FileItem.EXAM_DATE]


def warned(window):
    return any("14 days apart" in text for text in window.side_panel.measurement.warning_texts)


def test_that_the_day_of_the_picture_is_offered_and_the_other_asked_about(asked, window):
    panel = window.side_panel.patient

    assert panel.exam_date.line.text() == "2026-01-15"
    assert panel.exam_date.is_marked_from_file
    assert panel.age_text == "20w0d on the day of the examination"
    assert (asked.keep.text(), asked.take.text()) == ("Keep 2026-01-15", "Take 2026-01-01")
    assert asked.keep.accessibleName() == "Keep 2026-01-15: Exam date"
    assert warned(window)


def test_that_keeping_the_day_of_the_picture_ends_question_and_warning(asked, window):
    asked.keep.click()

    assert window.side_panel.patient.questions.isHidden()
    assert not warned(window)
    do(window, "undo")
    assert asked.text
    assert warned(window)


def test_that_the_studys_day_can_be_taken_instead(asked, window):
    asked.take.click()

    assert window.controller.exam.exam_date == date(2026, 1, 1)
    assert window.side_panel.patient.age_text.startswith("18w0d")
    assert window.side_panel.patient.questions.isHidden()
    assert not warned(window)


def test_that_a_study_that_is_still_to_come_is_no_day_and_is_named(
    qtbot, window, phantom, tmp_path
):
    path = write_dicom(phantom, tmp_path / "2099.dcm")
    dataset = pydicom.dcmread(path)
    dataset.StudyDate, dataset.LastMenstrualDate = "20990101", "20980815"
    dataset.save_as(path)
    open_and_wait(qtbot, window, path)

    assert window.controller.exam.exam_date is None
    assert window.controller.exam.dating is None
    warnings = window.side_panel.measurement.warning_texts
    assert any("(StudyDate) is a day to come and is left out" in text for text in warnings)
    assert any("(LastMenstrualDate) is a day to come and is left out" in text for text in warnings)
