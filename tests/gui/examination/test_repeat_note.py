"""A picture that is in the log says so; a second reading is a click of its own."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding, Repeat
from fhc_desktop.gui.examination.repeat_content import RepeatContent, local_text, repeated_words
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from tests.domain.recorded_examples import on_day
from tests.gui.hand import do, enter, open_and_wait
from tests.reporting.examinations import accepted, proposed

pytestmark = pytest.mark.gui

AT = datetime(2026, 7, 20, 12, 2, tzinfo=UTC)


@pytest.fixture
def logged(folders):
    def entries():
        log = MeasurementLog.open(folders.data)
        found = log.entries()
        log.close()
        return found

    return entries


@pytest.fixture
def again(qtbot, window, calibrated):
    """The window with a picture that was accepted before, and nothing of it entered anew."""
    open_and_wait(qtbot, window, calibrated)
    do(window, "accept")
    open_and_wait(qtbot, window, calibrated)
    return window


def note(window):
    return window.side_panel.repeat


def test_that_the_same_picture_says_when_it_was_accepted_by_the_clock_on_the_wall(again, logged):
    (entry,) = logged()

    assert note(again).text.startswith(f"Accepted {local_text(entry.created_at)} and logged.")
    assert "mm" not in note(again).text


def test_that_accepting_the_same_again_adds_nothing_and_can_be_exported(again, logged):
    do(again, "accept")

    assert len(logged()) == 1
    assert "nothing was added" in again.message_bar.text
    assert note(again).text == ""
    assert again.actions_by_name["export"].isEnabled()
    assert again.controller.exam.acceptance.entry_id == logged()[0].entry_id


def test_that_other_facts_correct_the_row_and_that_is_said_before(qtbot, again, logged):
    enter(qtbot, again.side_panel.patient.exam_date, "2026-05-20")
    assert "Accepting corrects that measurement." in note(again).text

    do(again, "accept")

    newest, first = logged()
    assert newest.supersedes == first.entry_id
    assert newest.facts.exam_date == date(2026, 5, 20)


def test_that_a_second_reading_is_a_row_of_its_own_and_can_be_changed_back(again, logged):
    note(again).choice.click()
    assert "Accepting adds a second reading." in note(again).text
    assert note(again).choice.text() == "Correct that one"
    do(again, "undo")
    assert "Accepting adds nothing." in note(again).text
    do(again, "redo")

    do(again, "accept")

    second, first = logged()
    assert second.supersedes is first.superseded_by is None
    again.controller.set_exam_date(date(2026, 5, 20))
    do(again, "accept")
    assert logged()[0].supersedes == second.entry_id


def test_that_no_key_makes_a_second_reading(qtbot, again, logged):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(again.image_view, key)

    assert len(logged()) == 1


def test_that_another_operators_picture_is_her_own_row(qtbot, again, calibrated, logged):
    again.controller._operator = "somebody else"
    open_and_wait(qtbot, again, calibrated)
    assert note(again).text == ""

    do(again, "accept")

    assert len(logged()) == 2
    assert logged()[0].supersedes is None


def test_that_the_deidentified_view_does_not_tell_the_day(again):
    do(again, "deidentified_view")
    assert note(again).text == "Accepted before and logged. Accepting adds nothing."

    do(again, "accept")

    assert again.message_bar.text == repeated_words(AT, is_deidentified=True)


@pytest.mark.parametrize("repeat", Repeat)
def test_that_every_repeat_has_its_sentence_and_a_choice_where_there_is_one(repeat):
    content = RepeatContent.of(proposed(), PictureStanding(on_day(140, accepted_at=AT), repeat))

    assert content.sentence.startswith(f"Accepted {local_text(AT)} ")
    assert bool(content.choice) is (
        repeat in {Repeat.UNCHANGED, Repeat.CORRECTION, Repeat.SECOND_READING}
    )
    assert content.is_warning is (repeat is Repeat.OTHER_PATIENT)
    assert local_text(AT) not in content.deidentified.sentence


def test_that_what_is_accepted_on_the_screen_is_no_repeat():
    standing = PictureStanding(on_day(140, accepted_at=AT), Repeat.UNCHANGED)

    assert RepeatContent.of(accepted(), standing) == RepeatContent.of(proposed()) == RepeatContent()
    assert RepeatContent().deidentified.sentence == ""
