"""A picture that is in the log shows its row; a second reading is a click of its own."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding, Repeat
from fhc_desktop.gui.examination.repeat_content import (
    Choice,
    RepeatContent,
    local_text,
    repeated_words,
)
from fhc_desktop.storage.preferences.settings import Settings
from tests.domain.recorded_examples import on_day
from tests.gui.hand import (
    choose_path,
    do,
    drag_handle,
    enter,
    open_and_wait,
    proposal_awaited,
    settle,
)
from tests.reporting.examinations import accepted, proposed

pytestmark = pytest.mark.gui

AT = datetime(2026, 7, 20, 12, 2, tzinfo=UTC)


@pytest.fixture
def again(qtbot, window, calibrated, start):
    """A window that has opened a picture that was accepted before the program began."""
    open_and_wait(qtbot, window, calibrated)
    do(window, "accept")
    window.close()
    later = start()
    with qtbot.waitSignal(later.controller.opened):
        later.open(calibrated)
    return later


def changed(exam):
    return exam.with_outline(exam.outline_px.grown(3.0))


def note(window):
    return window.side_panel.repeat


def test_that_the_same_picture_shows_its_acceptance_as_the_log_has_it(again, logged):
    (entry,) = logged()

    assert note(again).text == f"Accepted {local_text(entry.created_at)} and logged."
    assert again.side_panel.measurement.state_text == "✓ Accepted, logged"
    assert again.controller.exam.facts == entry.facts
    assert again.actions_by_name["export"].isEnabled()


def test_that_enter_on_it_writes_no_second_row(qtbot, again, logged):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(again.image_view, key)

    assert len(logged()) == 1
    assert not again.actions_by_name["accept"].isEnabled()


def test_that_other_facts_correct_the_row_and_that_is_said_before(qtbot, again, logged):
    enter(qtbot, again.side_panel.patient.exam_date, "2026-05-20")
    assert "Accepting corrects that measurement." in note(again).text

    do(again, "accept")

    newest, first = logged()
    assert newest.supersedes == first.entry_id
    assert newest.facts.exam_date == date(2026, 5, 20)


def second_reading(qtbot, window):
    with proposal_awaited(qtbot, window):
        note(window).choice.click()


def test_that_a_second_reading_is_measured_afresh_and_shows_nothing_of_the_first(qtbot, again):
    drag_handle(again.image_view, Handle.A_END, 25, 0)
    enter(qtbot, again.side_panel.patient.identifier, "17")
    do(again, "accept")
    first = again.controller.exam

    second_reading(qtbot, again)

    exam = again.controller.exam
    assert exam.outline_px == exam.proposal.outline_px != first.outline_px
    assert exam.patient.identifier == "17"
    assert not again.actions_by_name["undo"].isEnabled()
    assert "Accepting adds a second reading." in note(again).text
    assert "mm" not in note(again).text


def test_that_a_second_reading_is_a_row_of_its_own(qtbot, again, logged):
    second_reading(qtbot, again)
    do(again, "accept")

    second, first = logged()
    assert second.supersedes is first.superseded_by is None
    again.controller.set_exam_date(date(2026, 5, 20))
    do(again, "accept")
    assert logged()[0].supersedes == second.entry_id


def test_that_one_goes_back_from_a_second_reading_and_finds_it_again(qtbot, again, logged):
    drag_handle(again.image_view, Handle.A_END, 25, 0)
    do(again, "accept")
    first = again.controller.exam
    second_reading(qtbot, again)
    again.controller.set_exam_date(date(2026, 5, 20))
    second = again.controller.exam

    assert note(again).choice.text() == "Correct that one"
    note(again).choice.click()

    assert again.controller.exam == first
    assert again.controller.screen.can_undo
    note(again).choice.click()
    assert again.controller.exam == second
    assert len(logged()) == 2


def test_that_after_a_restart_one_goes_back_to_the_row_itself(qtbot, again, start, calibrated):
    first = again.controller.exam
    second_reading(qtbot, again)
    again.controller.set_exam_date(date(2026, 5, 20))
    second = again.controller.exam
    again.close()
    later = start()
    with qtbot.waitSignal(later.controller.opened):
        later.open(calibrated)
    assert later.controller.exam.exam_date == second.exam_date
    settle(later)

    note(later).choice.click()

    assert later.controller.exam.acceptance == first.acceptance
    assert later.controller.exam.facts == first.facts


def test_that_an_image_is_opened_for_a_second_reading_without_a_look_at_the_first(
    qtbot, again, start, calibrated
):
    drag_handle(again.image_view, Handle.A_END, 25, 0)
    do(again, "accept")
    again.close()
    later = start()
    seen = []
    later.controller.changed.connect(lambda exam: exam and seen.append(exam.outline_px))
    choose_path(calibrated)

    with proposal_awaited(qtbot, later):
        do(later, "open_second_reading")
    settle(later)

    assert {None, later.controller.exam.proposal.outline_px} >= set(seen)
    assert "Accepting adds a second reading." in note(later).text


def test_that_no_key_makes_a_second_reading(qtbot, again, logged):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(again.image_view, key)

    assert len(logged()) == 1
    assert not again.controller.exam.is_second_reading


def test_that_another_operators_picture_is_her_own_row(qtbot, again, calibrated, start, logged):
    again.close()
    later = start(Settings(operator="somebody else"))
    open_and_wait(qtbot, later, calibrated)
    assert note(later).text == ""

    do(later, "accept")

    assert len(logged()) == 2
    assert logged()[0].supersedes is None


def test_that_the_deidentified_view_does_not_tell_the_day(again):
    do(again, "deidentified_view")

    assert note(again).text == "Accepted before and logged."
    words = repeated_words(AT, is_deidentified=True)
    assert words.startswith("Accepted before and logged.")


@pytest.mark.parametrize("repeat", Repeat)
def test_that_every_repeat_has_its_sentence_and_a_choice_where_there_is_one(repeat):
    content = RepeatContent.of(proposed(), PictureStanding(on_day(140, accepted_at=AT), repeat))

    assert content.sentence.startswith(f"Accepted {local_text(AT)} ")
    assert (content.choice is not Choice.NONE) is (
        repeat not in {Repeat.OTHER_PATIENT, Repeat.UNIDENTIFIED}
    )
    assert content.is_warning is (repeat is Repeat.OTHER_PATIENT)
    assert local_text(AT) not in content.deidentified.sentence


@pytest.mark.parametrize(
    ("exam", "choice", "words"),
    [
        (accepted(), Choice.SECOND_READING, "and logged."),
        (changed(accepted()), Choice.SECOND_READING, "Accepting corrects that measurement."),
        (accepted(entry_id=None), Choice.LOG_AGAIN, "and NOT LOGGED"),
        (changed(accepted(entry_id=None)), Choice.NONE, "changed since. Accept it again."),
    ],
)
def test_that_what_was_accepted_says_when_and_whether_it_is_logged(exam, choice, words):
    content = RepeatContent.of(exam)

    assert content.sentence.startswith(f"Accepted {local_text(exam.acceptance.at)} ")
    assert words in content.sentence
    assert content.choice is choice
    assert content.is_warning is ("NOT LOGGED" in words or "changed since" in words)


def test_that_what_nobody_accepted_says_nothing():
    assert RepeatContent.of(proposed()) == RepeatContent()
    assert RepeatContent().deidentified.sentence == ""
