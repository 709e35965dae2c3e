"""The file fills the panel, says so, and never overwrites what was typed."""

from datetime import date

import pydicom
import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.patient import Patient
from tests.gui.hand import do, enter, open_and_wait
from tests.heads import write_dicom

pytestmark = pytest.mark.gui


@pytest.fixture
def write(phantom, tmp_path):
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
def opened(qtbot, window, write):
    open_and_wait(qtbot, window, write())
    return window


def panel_of(window):
    return window.side_panel.patient


def test_that_the_file_fills_the_panel_and_each_entry_says_so(opened):
    panel = panel_of(opened)

    assert panel.identifier.line.text() == "DEMO-001"
    assert panel.name.line.text() == "Demonstration, Phantom"
    assert panel.dating.line.text() == "2025-08-28"
    assert panel.age_text == "20w0d on the day of the examination"
    filled = (panel.identifier, panel.name, panel.exam_date, panel.dating)
    assert all(field.is_marked_from_file for field in filled)
    assert "born 1996-05-04" in panel.file_text
    assert "accession A-1" in panel.file_text
    assert panel.questions.isHidden()


def test_that_what_is_typed_stays_and_is_asked_about(qtbot, opened):
    panel = panel_of(opened)
    enter(qtbot, panel.identifier, "4711")

    question = panel.questions.by_item[FileItem.IDENTIFIER]
    assert opened.controller.exam.patient.identifier == "4711"
    assert not panel.identifier.is_marked_from_file
    assert "4711" in question.text
    assert "DEMO-001" in question.text
    assert "born" not in panel.file_text
    opened.accept()
    assert not opened.controller.exam.is_accepted
    assert opened._log.entries() == []
    assert "another patient" in opened.message_bar.text


def test_that_keeping_the_entry_ends_the_question_and_lets_it_be_accepted(qtbot, opened):
    panel = panel_of(opened)
    enter(qtbot, panel.identifier, "4711")

    panel.questions.by_item[FileItem.IDENTIFIER].keep.click()

    assert panel.questions.isHidden()
    do(opened, "accept")
    (entry,) = opened._log.entries()
    assert entry.facts.patient.identifier == "4711"
    do(opened, "undo")
    assert panel.questions.by_item[FileItem.IDENTIFIER].text


def test_that_the_files_word_can_be_taken_back_in(qtbot, opened):
    panel = panel_of(opened)
    enter(qtbot, panel.name, "Somebody Else")

    panel.questions.by_item[FileItem.NAME].take.click()

    named = Patient("DEMO-001", "Demonstration, Phantom", birth_date=date(1996, 5, 4))
    assert opened.controller.exam.patient == named
    assert panel.name.line.text() == "Demonstration, Phantom"
    assert panel.name.is_marked_from_file
    assert panel.questions.isHidden()


def test_that_a_typed_dating_holds_while_the_question_is_open(qtbot, opened):
    panel = panel_of(opened)
    enter(qtbot, panel.dating, "2025-09-04")

    assert opened.controller.exam.dating == Dating.from_lmp(date(2025, 9, 4))
    assert panel.age_text.startswith("19w0d")
    assert panel.questions.by_item[FileItem.DATING].text
    do(opened, "accept")
    assert opened.controller.exam.is_accepted


def test_that_what_was_accepted_against_the_file_is_not_asked_again(qtbot, opened):
    panel = panel_of(opened)
    enter(qtbot, panel.identifier, "4711")
    panel.questions.by_item[FileItem.IDENTIFIER].keep.click()
    do(opened, "accept")
    (entry,) = opened._log.entries()

    with qtbot.waitSignal(opened.controller.opened, timeout=20_000):
        opened._open_entry(entry)

    assert panel.identifier.line.text() == "4711"
    assert panel.questions.isHidden()
    assert opened.controller.exam.is_accepted


def test_that_an_lmp_after_the_study_is_no_dating_but_a_warning(qtbot, window, write):
    open_and_wait(qtbot, window, write(LastMenstrualDate="20260301"))

    assert panel_of(window).dating.line.text() == ""
    assert window.controller.exam.dating is None
    assert any("LMP in the file" in said for said in window.side_panel.measurement.warning_texts)
