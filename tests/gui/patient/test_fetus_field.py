"""Which fetus: said by the user, in sight everywhere, and carried to no other image."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from fhc_desktop.domain.fetus import Fetus
from tests.gui.hand import accept, do, enter, open_and_wait, proposal_awaited

pytestmark = pytest.mark.gui
HORIZONTAL = Qt.Orientation.Horizontal


@pytest.fixture
def opened(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    identify(qtbot, window)
    return window


def identify(qtbot, window):
    panel = window.side_panel.patient
    enter(qtbot, panel.identifier, "4711")
    enter(qtbot, panel.exam_date, "2026-05-30")
    enter(qtbot, panel.dating, "2026-01-10")


def choose(window, letter):
    box = window.side_panel.patient.fetus.label
    index = list(box.short_texts).index(letter)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def fetus_of(window):
    return window.controller.exam.fetus


def test_that_letter_and_position_are_in_sight_and_logged(qtbot, opened, logged):
    field = opened.side_panel.patient.fetus
    choose(opened, "A")
    enter(qtbot, field.position, "left")

    assert fetus_of(opened) == Fetus("A", "left")
    assert "4711  ·  Fetus A, left  ·  2026-05-30" in opened.top_row.banner_text
    assert "Fetus A, left" in opened.status_line.text
    accept(opened)
    (entry,) = logged()
    assert entry.facts.fetus == Fetus("A", "left")
    do(opened, "undo")
    do(opened, "undo")
    assert fetus_of(opened) == Fetus()
    assert field.position.line.text() == ""


def test_that_one_fetus_alone_is_nowhere_named(opened):
    assert "Fetus" not in opened.top_row.banner_text
    assert "Fetus" not in opened.status_line.text
    assert not opened.side_panel.patient.fetus.is_wanted


def test_that_in_a_multiple_pregnancy_the_fetus_is_named_before_accepting(
    qtbot, opened, calibrated_too, logged
):
    choose(opened, "A")
    accept(opened)
    open_and_wait(qtbot, opened, calibrated_too)
    identify(qtbot, opened)
    field = opened.side_panel.patient.fetus

    assert "more than one fetus" in field.sentence.text()
    assert field.sentence.isVisible()
    accept(opened)
    assert len(logged()) == 1
    assert opened.focusWidget() is field.label

    choose(opened, "B")
    assert not field.sentence.isVisible()
    accept(opened)
    assert [entry.facts.fetus.label for entry in logged()] == ["B", "A"]


def test_that_the_next_image_of_the_same_patient_must_be_asked_anew(qtbot, opened, calibrated_too):
    choose(opened, "A")
    accept(opened)

    with proposal_awaited(qtbot, opened):
        opened.controller.open_for_same_patient(calibrated_too)

    assert fetus_of(opened) == Fetus()
    assert opened.controller.exam.dating.on == date(2026, 1, 10)
    assert opened.side_panel.patient.fetus.is_wanted


def test_that_an_entry_of_the_log_opens_with_its_fetus(qtbot, opened, logged):
    choose(opened, "C")
    enter(qtbot, opened.side_panel.patient.fetus.position, "right")
    accept(opened)
    (entry,) = logged()

    with qtbot.waitSignal(opened.controller.opened):
        opened.controller.open_entry(entry)

    assert fetus_of(opened) == Fetus("C", "right")
    assert opened.side_panel.patient.fetus.label.chosen == "C"
    assert opened.controller.exam.is_accepted


def test_that_the_log_has_a_column_for_it_only_where_one_was_named(qtbot, opened):
    accept(opened)
    do(opened, "log")
    model = opened.log_windows.log_window.findChild(QTableView).model()

    def titles():
        return [model.headerData(column, HORIZONTAL) for column in range(model.columnCount())]

    assert "Fetus" not in titles()

    choose(opened, "A")
    enter(qtbot, opened.side_panel.patient.fetus.position, "left")
    accept(opened)
    assert model.index(0, titles().index("Fetus")).data() == "A, left"

    do(opened, "deidentified_view")
    assert "Fetus" not in titles()


def test_that_the_de_identified_view_hides_where_it_lies(qtbot, opened):
    choose(opened, "A")
    enter(qtbot, opened.side_panel.patient.fetus.position, "left, see Miller")
    do(opened, "deidentified_view")

    assert opened.side_panel.patient.fetus.position.line.displayText() == ""
    assert "Miller" not in opened.status_line.text
    assert "Miller" not in opened.top_row.banner_text
    assert not opened.side_panel.patient.fetus.label.isEnabled()
