"""What is said of an image is kept while it is typed, and goes where the image goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.examination.comment import LONGEST_COMMENT
from fhc_desktop.gui.patient.comment_field import CommentField
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.storage.preferences.settings import Settings
from tests.gui.hand import PATIENCE_MS, accept, do, exam, open_and_wait
from tests.gui.patient.panel import panel_of

pytestmark = pytest.mark.gui
Key = Qt.Key


@pytest.fixture
def field(qtbot):
    made = CommentField()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.edit.setFocus()
    return made


def reported(field):
    """Return what the field has reported, as it goes on reporting."""
    said = []
    field.entered.connect(said.append)
    return said


# The field alone ----------------------------------------------------------------------------------


def test_that_a_text_is_reported_a_moment_after_it_is_typed(qtbot, field):
    said = reported(field)
    with qtbot.waitSignal(field.entered, timeout=PATIENCE_MS):
        qtbot.keyClicks(field.edit, " Far border ")

    assert said == ["Far border"]
    field.commit()
    assert said == ["Far border"]


def test_that_what_is_being_typed_is_not_disturbed(qtbot, field):
    field.show_text("Far")
    qtbot.keyClick(field.edit, Key.Key_End)
    qtbot.keyClicks(field.edit, " border")
    qtbot.keyClick(field.edit, Key.Key_Return)

    field.show_text("Far")
    assert field.text == "Far border\n"
    field.commit()
    field.show_text("Far border")
    assert field.text == "Far border\n", "the line that was just begun stays"
    field.show_text("")
    assert field.text == ""


def test_that_what_is_shown_is_reported_to_nobody(qtbot, field):
    said = reported(field)

    field.show_text("Far border")
    field.commit()
    field.reset("")
    field.commit()

    assert said == []


def test_that_a_comment_that_is_too_long_is_not_taken_and_what_was_there_stays(qtbot, field):
    qtbot.keyClicks(field.edit, "Far border")
    QApplication.clipboard().setText("x" * LONGEST_COMMENT)

    field.edit.paste()

    assert field.text == "Far border"
    assert "Not taken. A comment has at most 2,000 characters" in field.refusal.text()
    qtbot.keyClicks(field.edit, "s")
    assert field.text == "Far borders"
    assert field.refusal.isHidden()


def test_that_a_sign_that_nobody_sees_is_not_taken(field):
    QApplication.clipboard().setText("left \u202e right")

    field.edit.paste()

    assert field.text == ""
    assert "U+202E" in field.refusal.text()


def test_that_a_comment_from_elsewhere_that_is_too_long_can_be_shortened(qtbot, field):
    field.show_text("x" * (LONGEST_COMMENT + 9))

    qtbot.keyClick(field.edit, Key.Key_Delete)

    assert len(field.text) == LONGEST_COMMENT + 8


def test_that_nothing_can_be_read_or_typed_where_the_patient_is_hidden(qtbot, field):
    said = reported(field)
    qtbot.keyClicks(field.edit, "Vera Secret")

    field.set_unread(unread=True)

    assert not field.edit.isVisible()
    assert not field.isEnabled()
    field.commit()
    assert said == ["Vera Secret"], "what was typed before is not lost"
    field.set_unread(unread=False)
    assert field.edit.isVisible()
    assert field.text == "Vera Secret"


# In the window ------------------------------------------------------------------------------------


def type_comment(qtbot, window, text):
    """Open the section and type into the field, without leaving it."""
    window.show_section(Section.PATIENT)
    edit = panel_of(window).comment.edit
    edit.setFocus()
    qtbot.keyClicks(edit, text)


def is_kept(qtbot, window, comment):
    qtbot.waitUntil(lambda: exam(window).comment == comment, timeout=PATIENCE_MS)


def test_that_enter_begins_a_line_and_tab_leaves_the_field(qtbot, dated):
    type_comment(qtbot, dated, "one")
    edit = panel_of(dated).comment.edit
    for key in (Key.Key_Return, Key.Key_N, Key.Key_A, Key.Key_Tab):
        qtbot.keyClick(edit, key)

    is_kept(qtbot, dated, "one\nna")
    assert not exam(dated).is_accepted
    assert not edit.hasFocus()


def test_that_it_is_reached_by_tab_from_the_dating(qtbot, dated):
    dated.show_section(Section.PATIENT)
    panel_of(dated).dating_entry.extra.line.setFocus()
    reached = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    assert panel_of(dated).comment.edit in reached


def test_that_no_section_is_taken_from_a_hand_that_types_a_comment(qtbot, dated):
    type_comment(qtbot, dated, "Far")

    dated.controller.record(lambda exam: exam.with_file_calibration_alone().with_dating(None))

    assert panel_of(dated).comment.edit.hasFocus()
    assert panel_of(dated).comment.text == "Far"


def test_that_undo_takes_back_what_was_typed_in_one_go(qtbot, dated):
    type_comment(qtbot, dated, "Far")
    is_kept(qtbot, dated, "Far")
    qtbot.keyClicks(panel_of(dated).comment.edit, " border")
    is_kept(qtbot, dated, "Far border")
    day = exam(dated).exam_date

    do(dated, "undo")

    assert (exam(dated).comment, panel_of(dated).comment.text) == ("", "")
    assert exam(dated).exam_date == day
    do(dated, "redo")
    assert panel_of(dated).comment.text == "Far border"


def test_that_what_is_still_being_typed_is_accepted_and_another_comment_corrects(
    qtbot, dated, logged
):
    type_comment(qtbot, dated, "Far")
    accept(dated)
    assert exam(dated).is_accepted
    type_comment(qtbot, dated, " border")
    is_kept(qtbot, dated, "Far border")
    assert not exam(dated).is_accepted
    accept(dated)

    second, first = logged()
    assert [one.facts.comment for one in (first, second)] == ["Far", "Far border"]
    assert second.supersedes == first.entry_id


def test_that_it_stays_with_its_image_and_comes_back_after_the_program_has_ended(
    qtbot, start, calibrated, uncalibrated
):
    window = start(Settings())
    open_and_wait(qtbot, window, calibrated)
    type_comment(qtbot, window, "Far border")

    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(uncalibrated)

    assert (exam(window).comment, panel_of(window).comment.text) == ("", "")
    assert window.controller.desk.flush()
    later = start()
    with qtbot.waitSignal(later.controller.opened, timeout=PATIENCE_MS):
        later.open(calibrated)
    assert exam(later).comment == panel_of(later).comment.text == "Far border"
