"""What was typed against the file stays, and is asked about before it is accepted."""

from datetime import date

import pydicom
import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.patient import Patient
from tests.gui.hand import PATIENCE_MS, accept, do, enter, open_and_wait, reopen_newest
from tests.gui.patient.panel import panel_of
from tests.heads import write_dicom

pytestmark = pytest.mark.gui


def test_that_what_is_typed_stays_and_is_asked_about(qtbot, from_file, logged):
    panel = panel_of(from_file)
    enter(qtbot, panel.identifier, "4711")

    question = panel.questions.by_item[FileItem.IDENTIFIER]
    assert from_file.controller.exam.patient.identifier == "4711"
    assert not panel.identifier.is_marked_from_file
    assert "4711" in question.text
    assert "DEMO-001" in question.text
    assert "born" not in panel.file_text
    accept(from_file)
    assert not from_file.controller.exam.is_accepted
    assert logged() == []
    assert "another patient" in from_file.message_bar.text


def test_that_keeping_the_entry_ends_the_question_and_lets_it_be_accepted(qtbot, from_file, logged):
    panel = panel_of(from_file)
    enter(qtbot, panel.identifier, "4711")

    panel.questions.by_item[FileItem.IDENTIFIER].keep.click()

    assert panel.questions.isHidden()
    do(from_file, "accept")
    (entry,) = logged()
    assert entry.facts.patient.identifier == "4711"
    do(from_file, "undo")
    assert panel.questions.by_item[FileItem.IDENTIFIER].text


def test_that_the_files_word_can_be_taken_back_in(qtbot, from_file):
    panel = panel_of(from_file)
    enter(qtbot, panel.name, "Somebody Else")

    panel.questions.by_item[FileItem.NAME].take.click()

    assert from_file.controller.exam.patient == Patient(
        "DEMO-001", "Demonstration, Phantom", birth_date=date(1996, 5, 4)
    )
    assert panel.name.line.text() == "Demonstration, Phantom"
    assert panel.name.is_marked_from_file
    assert panel.questions.isHidden()


def test_that_a_typed_dating_holds_while_the_question_is_open(qtbot, from_file):
    panel = panel_of(from_file)
    enter(qtbot, panel.dating, "2025-09-04")

    assert from_file.controller.exam.dating == Dating.from_lmp(date(2025, 9, 4))
    assert panel.age_text.startswith("19w0d")
    assert panel.questions.by_item[FileItem.DATING].text
    do(from_file, "accept")
    assert from_file.controller.exam.is_accepted


def test_that_what_was_accepted_against_the_file_is_not_asked_again(qtbot, from_file):
    panel = panel_of(from_file)
    enter(qtbot, panel.identifier, "4711")
    panel.questions.by_item[FileItem.IDENTIFIER].keep.click()
    do(from_file, "accept")

    with qtbot.waitSignal(from_file.controller.opened, timeout=PATIENCE_MS):
        reopen_newest(qtbot, from_file)

    assert panel.identifier.line.text() == "4711"
    assert panel.questions.isHidden()
    assert from_file.controller.exam.is_accepted


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
    return any("14 days apart" in text for text in window.side_panel.remarks.texts)


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
    warnings = window.side_panel.remarks.texts
    assert any("(StudyDate) is a day to come and is left out" in text for text in warnings)
    assert any("(LastMenstrualDate) is a day to come and is left out" in text for text in warnings)
