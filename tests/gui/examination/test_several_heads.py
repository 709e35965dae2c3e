"""Of two heads in one picture each is measured, accepted and corrected by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.fetus import Fetus
from tests.gui.hand import PATIENCE_MS, do, enter, exam, open_and_wait, settle
from tests.several_heads import LEFT, RIGHT, TwoHeads

pytestmark = pytest.mark.gui
KEYS = Qt.Key


@pytest.fixture
def twins(qtbot, start, calibrated):
    """A window with a picture in which the model finds two heads."""
    window = start(segmenter=TwoHeads())
    open_and_wait(qtbot, window, calibrated)
    return window


def press(qtbot, window, key):
    """Press a key at the picture, and wait for what the log has to say."""
    window.image_view.setFocus()
    qtbot.keyClick(window.image_view, key)
    settle(window)


def name_fetus(qtbot, window, letter):
    """Choose a fetus by keys alone, in the box of letters."""
    box = window.side_panel.patient.fetus.label
    box.setFocus()
    qtbot.keyClick(box, KEYS.Key_Home)
    for _ in range(list(box.short_texts).index(letter)):
        qtbot.keyClick(box, KEYS.Key_Down)
    settle(window)


def accept_both(qtbot, window):
    for letter in "AB":
        press(qtbot, window, KEYS.Key_N)
        name_fetus(qtbot, window, letter)
        press(qtbot, window, KEYS.Key_Return)


def in_force(entries):
    """Letter and outline of what holds, oldest first."""
    return [
        (one.facts.fetus.label, one.facts.outline_px)
        for one in reversed(entries)
        if one.superseded_by is None
    ]


def shown_beside(window):
    content = window.controller.screen.heads_beside
    return [(row.facts.fetus.label, row.facts.outline_px) for row in content]


def test_that_by_keys_alone_two_heads_of_one_picture_become_two_rows(qtbot, twins, logged):
    accept_both(qtbot, twins)

    assert [one.supersedes for one in logged()] == [None, None]
    assert in_force(logged()) == [("A", LEFT), ("B", RIGHT)]
    assert exam(twins).is_accepted
    assert shown_beside(twins) == [("A", LEFT)]


def test_that_after_a_restart_both_are_shown_and_a_correction_corrects_its_own(
    qtbot, twins, start, calibrated, logged
):
    accept_both(qtbot, twins)
    twins.close()
    later = start(segmenter=TwoHeads())
    with qtbot.waitSignal(later.controller.opened, timeout=PATIENCE_MS):
        later.open(calibrated)
    settle(later)
    assert (exam(later).fetus, exam(later).outline_px) == (Fetus("B"), RIGHT)
    assert shown_beside(later) == [("A", LEFT)]

    press(qtbot, later, KEYS.Key_N)
    assert (exam(later).fetus, exam(later).is_accepted) == (Fetus("A"), True)
    assert shown_beside(later) == [("B", RIGHT)]
    press(qtbot, later, KEYS.Key_Right)
    press(qtbot, later, KEYS.Key_Return)

    assert in_force(logged()) == [("B", RIGHT), ("A", LEFT.moved(1, 0))]
    assert logged()[0].supersedes == logged()[2].entry_id


def test_that_the_second_head_is_not_accepted_before_its_fetus_is_named(qtbot, twins, logged):
    press(qtbot, twins, KEYS.Key_N)
    name_fetus(qtbot, twins, "A")
    press(qtbot, twins, KEYS.Key_Return)
    press(qtbot, twins, KEYS.Key_N)
    assert exam(twins).fetus == Fetus()

    press(qtbot, twins, KEYS.Key_Return)

    patient = twins.side_panel.patient
    assert len(logged()) == 1
    assert "of which fetus each is" in twins.message_bar.text
    assert "say which fetus this one is" in patient.fetus.sentence.text()
    assert twins.focusWidget() is patient.fetus.label


def test_that_one_fetus_has_no_two_heads_and_a_wrong_choice_can_be_corrected(qtbot, twins, logged):
    press(qtbot, twins, KEYS.Key_N)
    press(qtbot, twins, KEYS.Key_Return)
    press(qtbot, twins, KEYS.Key_N)
    name_fetus(qtbot, twins, "B")
    assert "without a letter" in twins.side_panel.patient.fetus.sentence.text()
    press(qtbot, twins, KEYS.Key_Return)
    assert len(logged()) == 1

    assert twins.side_panel.repeat.choice.text() == "Correct that one"
    twins.side_panel.repeat.choice.click()
    settle(twins)
    assert (exam(twins).fetus, exam(twins).outline_px) == (Fetus(), RIGHT)
    press(qtbot, twins, KEYS.Key_Return)

    newest, first = logged()
    assert newest.supersedes == first.entry_id
    assert in_force(logged()) == [("", RIGHT)]
    assert twins.controller.screen.unfinished == ()


def test_that_each_head_keeps_its_own_draft(qtbot, twins):
    press(qtbot, twins, KEYS.Key_N)
    name_fetus(qtbot, twins, "A")
    press(qtbot, twins, KEYS.Key_Return)
    press(qtbot, twins, KEYS.Key_Right)
    moved = exam(twins).outline_px
    press(qtbot, twins, KEYS.Key_N)
    name_fetus(qtbot, twins, "B")
    press(qtbot, twins, KEYS.Key_Down)

    press(qtbot, twins, KEYS.Key_N)
    assert (exam(twins).fetus, exam(twins).outline_px) == (Fetus("A"), moved)
    do(twins, "undo")
    assert exam(twins).is_accepted
    press(qtbot, twins, KEYS.Key_N)

    assert (exam(twins).fetus, exam(twins).outline_px) == (Fetus("B"), RIGHT.moved(0, 1))


def test_that_a_drawn_outline_round_the_other_head_of_another_fetus_is_no_correction(
    qtbot, twins, logged
):
    """What the keys do by N, the hand may do by dragging."""
    press(qtbot, twins, KEYS.Key_N)
    name_fetus(qtbot, twins, "A")
    press(qtbot, twins, KEYS.Key_Return)
    twins.controller.set_outline(RIGHT.grown(2))
    assert "Accepting corrects that measurement." in twins.side_panel.repeat.text
    name_fetus(qtbot, twins, "B")
    assert "corrects" not in twins.side_panel.repeat.text

    press(qtbot, twins, KEYS.Key_Return)

    assert in_force(logged()) == [("A", LEFT), ("B", RIGHT.grown(2))]


def test_that_next_head_waits_until_the_row_is_written(qtbot, twins):
    press(qtbot, twins, KEYS.Key_N)
    twins.accept()
    assert not twins.actions_by_name["next_head"].isEnabled()

    settle(twins)
    QApplication.processEvents()

    assert twins.actions_by_name["next_head"].isEnabled()


def test_that_a_patients_pregnancy_is_multiple_from_then_on(qtbot, twins, logged):
    enter(qtbot, twins.side_panel.patient.identifier, "17")
    accept_both(qtbot, twins)

    (pregnancy,) = twins.controller.known.found
    assert pregnancy.fetus_labels == ("A", "B")
    assert len(logged()) == 2
