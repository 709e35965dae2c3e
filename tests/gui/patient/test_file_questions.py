"""What was typed against the file stays, and is asked about before it is accepted."""

from datetime import date

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.patient import Patient
from tests.gui.hand import PATIENCE_MS, do, enter, reopen_newest
from tests.gui.patient.panel import panel_of

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
    from_file.accept()
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

    assert from_file.controller.exam.patient == Patient("DEMO-001", "Demonstration, Phantom")
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
