"""One section at a time opens in place: by its key, by a click, or because something is missing."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.storage.preferences.settings import Settings
from tests.gui.hand import PATIENCE_MS, do, enter, exam, open_and_wait
from tests.heads import write_dicom

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton
KEYS = {Section.PATIENT: Qt.Key.Key_F4, Section.CALIBRATION: Qt.Key.Key_F6}
KEYS[Section.STANDARDS] = Qt.Key.Key_F7


def is_in_sight(widget):
    return not widget.visibleRegion().isEmpty()


def bodies(window):
    panel = window.side_panel
    return {
        Section.PATIENT: panel.patient,
        Section.CALIBRATION: panel.calibration,
        Section.STANDARDS: panel.growth,
    }


def is_open(window, section):
    """Whether a section, and no other one, can be looked into."""
    shown = [one for one, body in bodies(window).items() if body.isVisible()]
    lit = [one for one, line in window.side_panel.summaries.items() if line.isChecked()]
    return shown == lit == [section]


def has_keys(window, section):
    return bodies(window)[section].isAncestorOf(QApplication.focusWidget())


def is_all_folded(window):
    return not any(body.isVisible() for body in bodies(window).values())


@pytest.fixture
def begun(qtbot, start, calibrated):
    """A window that keeps no section open, with a head and all that is known of it."""
    window = start(Settings(lens_open=False))
    open_and_wait(qtbot, window, calibrated)
    controller = window.controller
    controller.set_patient(Patient("17", "Erika"))
    controller.set_exam_date(date(2026, 5, 20))
    controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    window.side_panel.fold()
    return window


@pytest.mark.parametrize("section", Section)
def test_that_a_key_opens_its_section_with_the_keys_in_it_and_folds_it(qtbot, begun, section):
    view = begun.image_view
    view.setFocus()
    qtbot.keyClick(view, KEYS[section])
    assert is_open(begun, section)
    assert has_keys(begun, section)

    qtbot.keyClick(QApplication.focusWidget(), KEYS[section])

    assert is_all_folded(begun)
    assert view.hasFocus()


@pytest.mark.parametrize("section", Section)
def test_that_a_click_opens_a_section_and_another_one_folds_it(qtbot, begun, section):
    line = begun.side_panel.summaries[section]
    qtbot.mouseClick(line, LEFT)
    assert is_open(begun, section)

    qtbot.mouseClick(line, LEFT)

    assert is_all_folded(begun)


def test_that_one_section_at_a_time_is_open(qtbot, begun):
    for section in (*Section, *reversed(Section)):
        if begun.side_panel.open_section is not section:
            qtbot.mouseClick(begun.side_panel.summaries[section], LEFT)
        assert is_open(begun, section)


def test_that_escape_folds_a_section_and_gives_the_keys_to_the_image(qtbot, begun):
    begun.show_section(Section.PATIENT)
    line = begun.side_panel.patient.identifier.line
    assert line.hasFocus()

    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert is_all_folded(begun)
    assert begun.image_view.hasFocus()


def test_that_what_is_typed_when_a_section_is_folded_holds(qtbot, begun):
    begun.show_section(Section.PATIENT)
    line = begun.side_panel.patient.identifier.line
    line.selectAll()
    qtbot.keyClicks(line, "4711")

    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert exam(begun).patient.identifier == "4711"
    assert begun.side_panel.summaries[Section.PATIENT].full_text == "4711 · 19w6d"


def test_that_every_line_is_reached_by_tab_and_opened_by_space(qtbot, begun):
    lines = begun.side_panel.summaries
    lines[Section.PATIENT].setFocus()
    for section in (Section.CALIBRATION, Section.STANDARDS):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is lines[section]
    qtbot.keyClick(lines[Section.STANDARDS], Qt.Key.Key_Space)
    assert is_open(begun, Section.STANDARDS)

    qtbot.keyClick(lines[Section.STANDARDS], Qt.Key.Key_Tab)
    assert has_keys(begun, Section.STANDARDS)


def test_that_a_key_brings_back_a_panel_that_is_folded_away(begun):
    do(begun, "panel")
    do(begun, "patient")

    assert is_open(begun, Section.PATIENT)


def test_that_a_missing_scale_opens_its_section_with_the_ruler_as_the_next_step(
    qtbot, begun, uncalibrated
):
    open_and_wait(qtbot, begun, uncalibrated)
    assert is_open(begun, Section.CALIBRATION)
    assert begun.side_panel.summaries[Section.CALIBRATION].full_text == "▲ No scale · pixels only"

    qtbot.mouseClick(begun.side_panel.calibration.draw_ruler, LEFT)

    assert "Draw a line" in begun.message_bar.text


def test_that_the_missing_dating_comes_next_once_there_is_a_scale(qtbot, begun, uncalibrated):
    open_and_wait(qtbot, begun, uncalibrated)
    begun.scales.set_pixel_size(0.3, 0.3)

    assert is_open(begun, Section.PATIENT)
    step = begun.side_panel.patient.dating_entry.step
    qtbot.mouseClick(step, LEFT)
    assert begun.side_panel.patient.dating.line.hasFocus()


def test_that_a_missing_day_is_the_next_step_of_a_dated_image(qtbot, begun):
    begun.show_section(Section.PATIENT)
    begun.controller.set_exam_date(None)
    step = begun.side_panel.patient.dating_entry.step
    assert step.text() == "Enter the day ▸"

    qtbot.mouseClick(step, LEFT)

    assert begun.side_panel.patient.exam_date.line.hasFocus()
    enter(qtbot, begun.side_panel.patient.exam_date, "2026-05-20")
    assert not step.isVisible()


def test_that_a_dating_against_the_file_is_asked_in_its_section(qtbot, begun, phantom, tmp_path):
    open_and_wait(qtbot, begun, write_dicom(phantom, tmp_path / "named.dcm"))
    begun.side_panel.fold()

    begun.controller.set_patient(Patient("4712", "Other"))

    assert is_open(begun, Section.PATIENT)
    assert "please answer" in begun.side_panel.summaries[Section.PATIENT].full_text
    question = begun.side_panel.patient.questions.by_item[FileItem.IDENTIFIER]
    qtbot.waitUntil(lambda: is_in_sight(question.keep))


def test_that_no_section_is_taken_from_a_hand_that_types(qtbot, begun):
    begun.show_section(Section.PATIENT)
    line = begun.side_panel.patient.name.line
    line.setFocus()
    qtbot.keyClicks(line, "Zo")

    begun.controller.record(lambda exam: exam.with_dating(None))

    assert is_open(begun, Section.PATIENT)
    assert line.hasFocus()
    begun.show_section(Section.STANDARDS)
    assert is_open(begun, Section.STANDARDS), "her own key is hers"


def test_that_what_she_folded_stays_folded_however_the_outline_moves(qtbot, opened):
    assert is_open(opened, Section.PATIENT)  # there is no dating
    opened.side_panel.fold()

    do(opened, "grow")
    do(opened, "undo")

    assert is_all_folded(opened)


def test_that_the_standards_come_back_with_the_next_image_where_she_keeps_them(
    qtbot, start, calibrated, folders, logged
):
    window = start()
    open_and_wait(qtbot, window, calibrated)
    assert is_open(window, Section.PATIENT)
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    window.controller.set_exam_date(date(2026, 5, 20))
    do(window, "accept")
    again = start()

    with qtbot.waitSignal(again.controller.opened, timeout=PATIENCE_MS):
        again.open(calibrated)

    assert is_open(again, Section.STANDARDS)


def test_that_a_refused_entry_leads_to_the_section_that_it_stands_in(qtbot, begun, logged):
    enter(qtbot, begun.side_panel.patient.exam_date, "rubbish")
    begun.image_view.setFocus()
    begun.side_panel.fold()

    begun.accept()

    assert is_open(begun, Section.PATIENT)
    assert logged() == []


def test_that_a_click_on_the_chart_opens_the_course(qtbot, begun):
    do(begun, "accept")
    qtbot.mouseClick(begun.side_panel.chart, LEFT)

    assert begun.log_windows.course_window.isVisible()


def test_that_a_click_on_the_chart_of_nobody_opens_nothing(qtbot, begun):
    begun.controller.set_patient(Patient())
    qtbot.mouseClick(begun.side_panel.chart, LEFT)

    assert begun.log_windows.course_window is None


def test_that_the_remarks_are_read_over_the_panel_by_mouse_and_by_keys(qtbot, begun):
    begun.controller.set_dating(Dating.from_lmp(date(2025, 11, 1)))
    rows = begun.side_panel.remarks
    assert rows.more.isVisible()

    qtbot.mouseClick(rows, LEFT)
    assert rows.sheet.text.split("\n") == rows.texts
    qtbot.keyClick(rows.sheet, Qt.Key.Key_Escape)

    rows.more.setFocus()
    qtbot.keyClick(rows.more, Qt.Key.Key_Space)
    assert rows.sheet.isVisible()


def test_that_in_a_low_window_all_of_the_panel_can_be_scrolled_to(qtbot, begun):
    begun.resize(1366, 500)
    begun.show_section(Section.PATIENT)
    panel = begun.side_panel
    qtbot.waitUntil(lambda: is_in_sight(panel.patient.identifier))

    bar = panel.low.verticalScrollBar()
    bar.setValue(0)

    qtbot.waitUntil(lambda: is_in_sight(panel.measurement.figure))
    assert bar.maximum() > 0
