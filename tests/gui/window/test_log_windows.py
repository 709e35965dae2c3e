"""The windows of the log are opened by one look into it, and hold what the program holds."""

from datetime import UTC, date, datetime
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, NICHD_2015
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.window.log_windows import LogWindows
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.storage.preferences.settings import Settings
from tests.gui.course.hand import choose, dates, offered
from tests.gui.course_examples import PATIENT, seen
from tests.gui.hand import (
    PATIENCE_MS,
    button,
    do,
    drag_handle,
    exam,
    hear_out,
    open_and_wait,
    reopen_newest,
    settle,
    visible_words,
)
from tests.reading import READERS

pytestmark = pytest.mark.gui


class CountingLog(MeasurementLog):
    """A log that counts how often somebody reads it, whosoever opened it."""

    reads: ClassVar[list[str]] = []

    def found(self, query):
        self.reads.append("all")
        return super().found(query)

    def entries_of(self, patient_id):
        self.reads.append(patient_id)
        return super().entries_of(patient_id)


@pytest.fixture
def log(tmp_path):
    made = CountingLog.open(tmp_path / "data")
    made.append(LogEntry.of(seen(140), operator="Dr A", now=datetime(2026, 6, 1, tzinfo=UTC)))
    CountingLog.reads.clear()
    yield made
    made.close()


@pytest.fixture
def questions(log, asking):
    return asking(log)


@pytest.fixture
def windows(qtbot, questions):
    owner = QWidget()
    qtbot.addWidget(owner)
    made = LogWindows(
        questions,
        owner,
        choice=StandardChoice,
        readers=READERS,
        settings=Settings,
        change_settings=lambda _: None,
    )
    yield made
    if made.log_window is not None:
        made.log_window.end()


@pytest.fixture
def accepted(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    window.controller.set_patient(PATIENT)
    window.controller.set_exam_date(date(2026, 5, 30))
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 10)))
    do(window, "accept")
    return window


@pytest.mark.parametrize("hidden", [False, True])
def test_that_the_log_is_read_once_for_its_window(windows, questions, log, hidden):
    windows.set_deidentified(hidden)

    windows.show_log()
    hear_out(questions)

    assert len(log.reads) == 1
    assert windows.log_window.chosen_entry().facts.patient == PATIENT


def test_that_the_log_is_read_once_more_for_each_look_at_its_window(windows, questions, log):
    for looks in (1, 2):
        windows.show_log()
        hear_out(questions)
        assert len(log.reads) == looks

    windows.log_window.close()
    windows.show_log()
    hear_out(questions)
    assert len(log.reads) == 3


@pytest.mark.parametrize("hidden", [False, True])
def test_that_the_log_is_read_once_for_a_course(windows, questions, log, hidden):
    windows.set_deidentified(hidden)

    windows.show_course(seen(140))
    hear_out(questions)

    assert len(log.reads) == 1
    assert len(windows.course_window.page.model.rows) == 1


def test_that_the_log_brings_back_image_outline_and_all_that_was_accepted(
    qtbot, filled, uncalibrated
):
    drag_handle(filled.image_view, Handle.A_END, 25, 0)
    do(filled, "accept")
    accepted = exam(filled)
    shown = filled.side_panel.measurement.hc_text
    open_and_wait(qtbot, filled, uncalibrated)

    with qtbot.waitSignal(filled.controller.opened, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)

    again = exam(filled)
    assert again.image.source == accepted.image.source
    assert again.outline_px == accepted.outline_px
    assert again.proposal.outline_px == accepted.proposal.outline_px
    assert (again.patient, again.exam_date, again.dating) == (
        accepted.patient,
        accepted.exam_date,
        accepted.dating,
    )
    assert again.is_accepted
    assert filled.side_panel.measurement.hc_text == shown
    assert not filled.log_windows.log_window.isVisible()


def test_that_a_correction_of_a_reopened_entry_names_the_one_it_replaces(qtbot, filled, logged):
    (first,) = logged()
    with qtbot.waitSignal(filled.controller.opened, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)
    drag_handle(filled.image_view, Handle.CENTER, 10, 0)
    do(filled, "accept")

    newest, oldest = logged()
    assert newest.supersedes == first.entry_id
    assert oldest.superseded_by == newest.entry_id


def test_that_a_logged_image_that_has_gone_is_told(qtbot, filled, calibrated, logged):
    calibrated.unlink()

    with qtbot.waitSignal(filled.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)

    assert "head.png" in filled.message_bar.text
    assert filled.message_bar.isVisible()
    assert not filled.log_windows.log_window.isVisible()
    assert len(logged()) == 1


def test_that_a_logged_image_that_has_changed_is_told_and_not_measured(
    qtbot, filled, calibrated, uncalibrated
):
    open_and_wait(qtbot, filled, uncalibrated)
    calibrated.write_bytes(calibrated.read_bytes() + b"\0")

    with qtbot.waitSignal(filled.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)

    assert "has changed since" in filled.message_bar.text
    assert exam(filled).image.source.path == uncalibrated


def test_that_the_course_needs_an_identifier_on_the_screen(qtbot, window, calibrated):
    action = window.actions_by_name["course"]
    assert not action.isEnabled()

    open_and_wait(qtbot, window, calibrated)
    assert not action.isEnabled()
    window.controller.set_patient(PATIENT)
    assert action.isEnabled()
    window.controller.set_patient(Patient("", "Zoë Müller"))
    assert not action.isEnabled()


def test_that_it_opens_from_the_menu_and_follows_each_acceptance(accepted):
    do(accepted, "course")
    course = accepted.log_windows.course_window

    assert course.isVisible()
    assert dates(course) == ["2026-05-30"]
    accepted.controller.set_exam_date(date(2026, 6, 27))
    do(accepted, "accept")
    # It was the same image: the later acceptance corrects the earlier.
    assert dates(course) == ["2026-06-27"]


def test_that_it_opens_from_the_log_for_the_chosen_row(accepted, qtbot):
    do(accepted, "log")
    log_window = accepted.log_windows.log_window

    qtbot.mouseClick(button(log_window, "Course"), Qt.MouseButton.LeftButton)
    settle(accepted)

    course = accepted.log_windows.course_window
    assert course.isVisible()
    assert len(course.page.chosen_rows()) == 1


def test_that_from_the_log_no_standard_of_an_earlier_image_is_offered(accepted, qtbot):
    accepted.controller.set_standard(NICHD_2015[1])
    do(accepted, "course")
    course = accepted.log_windows.course_window
    assert NICHD_2015[1].name in offered(course)
    accepted.controller.set_standard(INTERGROWTH_21ST)

    do(accepted, "log")
    qtbot.mouseClick(button(accepted.log_windows.log_window, "Course"), Qt.MouseButton.LeftButton)
    settle(accepted)

    assert NICHD_2015[1].name not in offered(course)


def test_that_from_the_log_a_row_without_an_identifier_is_explained(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    do(window, "accept")
    do(window, "log")

    qtbot.mouseClick(button(window.log_windows.log_window, "Course"), Qt.MouseButton.LeftButton)
    settle(window)

    assert "only on an equal identifier" in visible_words(window.log_windows.course_window)


def test_that_a_row_brings_its_image_back_and_the_window_steps_aside(accepted, qtbot):
    do(accepted, "course")
    course = accepted.log_windows.course_window
    choose(course, 0)

    with qtbot.waitSignal(accepted.controller.opened, timeout=20_000):
        qtbot.mouseClick(button(course, "Open again"), Qt.MouseButton.LeftButton)

    assert not course.isVisible()
    assert accepted.controller.exam.is_accepted


def test_that_the_deidentified_view_of_the_program_holds_here_too(accepted):
    do(accepted, "deidentified_view")
    do(accepted, "course")

    assert "Patient hidden" in visible_words(accepted.log_windows.course_window)
    do(accepted, "deidentified_view")
    assert "4711" in visible_words(accepted.log_windows.course_window)
