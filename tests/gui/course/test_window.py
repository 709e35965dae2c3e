"""The window of a pregnancy's course: who, which pregnancy, which standard, and what changed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import (
    HADLOCK_1984_GROWTH,
    INTERGROWTH_21ST,
    NICHD_2015,
    WHO_2017,
)
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.course.content import CourseView
from fhc_desktop.gui.course.model import COLUMNS, FETUS_COLUMN
from fhc_desktop.gui.course.window import SMALLEST_SIZE, CourseWindow
from fhc_desktop.gui.course.words import closer_look
from fhc_desktop.gui.widgets import style
from fhc_desktop.storage.log.measurement_log import LogUnavailable, MeasurementLog
from tests.gui.course_examples import CRL, FIVE, PATIENT, REDATED, TWINS, fill, seen
from tests.gui.hand import do, open_and_wait
from tests.local_charts import NARROW

pytestmark = pytest.mark.gui


@pytest.fixture
def log(tmp_path):
    made = MeasurementLog.open(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def opened(qtbot, log):
    def show(identifier=PATIENT.identifier, entry_id=None, in_use=None, **more) -> CourseWindow:
        window = CourseWindow(more.pop("log", log), **more)
        qtbot.addWidget(window)
        window.show_patient(identifier, entry_id, in_use=in_use)
        with qtbot.waitActive(window):  # keys reach the active window only
            window.show()
            window.activateWindow()
        return window

    return show


def words(window):
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def button(window, text) -> QPushButton:
    return next(b for b in window.findChildren(QPushButton) if b.text() == text)


def dates(window):
    return [f"{row.point.recorded.facts.exam_date}" for row in window.page.model.rows]


def choose(window, *rows):
    selection, model = window.page.table.selectionModel(), window.page.table.model()
    selection.clear()
    flags = selection.SelectionFlag
    for row in rows:
        selection.select(model.index(row, 0), flags.Select | flags.Rows)


def pick(box, text):
    """Choose from a list as a hand does: the words, and the signal of a choice by the user."""
    box.setCurrentIndex(box.findText(text, Qt.MatchFlag.MatchContains))
    box.activated.emit(box.currentIndex())


def offered(window):
    box = window.page.selection.standards
    return [box.itemText(index) for index in range(box.count())]


# Whose ------------------------------------------------------------------------------------------


def test_that_it_shows_the_examinations_of_exactly_this_identifier(log, opened):
    fill(log, FIVE)
    fill(log, [seen(150, patient=Patient("47110", "Zoë Müller"))])
    fill(log, [seen(150, patient=Patient("", "Zoë Müller"))])

    window = opened()

    assert len(window.page.model.rows) == 5
    assert "4711 · Zoë Müller" in words(window)


def test_that_without_an_identifier_it_says_why_nothing_is_joined(log, opened):
    fill(log, [seen(150, patient=Patient("", "Zoë Müller"))])

    said = words(opened(""))

    assert "Examinations join one patient only on an equal identifier" in said
    assert "enter the identifier" in said


def test_that_a_patient_without_examinations_is_told_the_next_step(opened):
    said = words(opened("nobody"))

    assert "No examinations of this patient yet" in said
    assert "press Enter to accept" in said


def test_that_without_a_log_the_reason_stands_there(opened):
    said = words(opened(log=None, objection=LogUnavailable("The log is damaged.", "Restore it.")))

    assert "The log is damaged." in said
    assert "Restore it." in said


def test_that_a_log_that_has_gone_is_told_and_can_be_tried_again(log, opened, qtbot):
    fill(log, FIVE)
    database = next((log.folder / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)

    window = opened()
    assert "has gone" in words(window)

    aside.rename(database)
    qtbot.mouseClick(button(window, "Try again"), Qt.MouseButton.LeftButton)
    assert len(window.page.model.rows) == 5


def test_that_one_examination_promises_the_change(log, opened):
    fill(log, FIVE[:1])

    assert "the next one will show the change" in words(opened())


# Which pregnancy --------------------------------------------------------------------------------


def test_that_the_newest_pregnancy_comes_first_and_others_can_be_chosen(log, opened):
    fill(log, [seen(140), seen(170), seen(150, lmp=date(2027, 6, 1))])
    window = opened()

    assert dates(window) == ["2027-10-29"]
    pick(window.page.selection.pregnancies, "from 2026-01-10, EDD 2026-10-17 · 2 examinations")
    assert dates(window) == ["2026-05-30", "2026-06-29"]
    assert "LMP 2026-01-10" in words(window)


def test_that_an_entry_of_the_log_leads_to_its_own_pregnancy(log, opened):
    first, *_ = fill(log, [seen(140), seen(150, lmp=date(2027, 6, 1))])

    window = opened(entry_id=first.entry_id)

    assert dates(window) == ["2026-05-30"]
    assert [row.entry_id for row in window.page.chosen_rows()] == [first.entry_id]


def test_that_the_dating_in_force_and_each_change_are_told(log, opened):
    fill(log, REDATED)

    said = words(opened())

    assert "Dating in force: CRL 55.0 mm on 2026-04-15" in said
    assert "Changed: LMP 2026-01-10 → CRL 55.0 mm" in said
    assert "EDD 2026-10-17 → 2026-10-28, 11 days later; A. Operator" in said
    assert "CRL found in her papers" in said


def test_that_undated_examinations_are_shown_and_said_to_be(log, opened):
    fill(log, [seen(140, dating=None), seen(150, dating=None)])

    window = opened()

    assert len(window.page.model.rows) == 2
    assert "No examination of this pregnancy was dated" in words(window)
    assert "not dated · 2 examinations" in words(window)


def test_that_looking_at_it_changes_nothing_in_the_log(log, opened):
    fill(log, REDATED)
    before = log.entries()

    window = opened()
    window.page.selection.z_switch.click()
    pick(window.page.selection.standards, "WHO")
    window.refresh()

    assert log.entries() == before


# Which standard ---------------------------------------------------------------------------------


def test_that_the_chart_begins_with_the_standard_of_the_newest_examination(log, opened):
    fill(log, [seen(140, standard=HADLOCK_1984_GROWTH), seen(168, standard=WHO_2017)])

    window = opened()

    assert window.page.chart.content.standard is WHO_2017
    pick(window.page.selection.standards, "INTERGROWTH")
    assert window.page.chart.content.standard is INTERGROWTH_21ST
    assert [row.standard_name for row in window.page.model.rows] == ["Hadlock 1984", "WHO 2017"]


def test_that_the_groups_of_nichd_are_offered_only_where_one_was_chosen(log, opened):
    fill(log, FIVE)
    assert not any("NICHD" in name for name in offered(opened()))

    in_use = opened(in_use=NICHD_2015[1])
    assert [name for name in offered(in_use) if "NICHD" in name] == [NICHD_2015[1].name]

    fill(log, [seen(200, patient=Patient("8"), standard=NICHD_2015[2])])
    named = opened("8")
    assert [name for name in offered(named) if "NICHD" in name] == [NICHD_2015[2].name]
    assert named.page.chart.content.standard is NICHD_2015[2]


def test_that_groups_of_nichd_that_were_asked_for_are_offered_too(log, opened):
    fill(log, FIVE)
    asked = opened(choice=lambda: StandardChoice(opted_in=frozenset({NICHD_2015[1].key})))

    assert [name for name in offered(asked) if "NICHD" in name] == [NICHD_2015[1].name]


def test_that_a_local_chart_is_offered_and_judges_what_was_measured_on_it(log, opened):
    fill(log, [seen(140, standard=NARROW)])

    window = opened(choice=lambda: StandardChoice(local=(NARROW,)))

    assert NARROW.name in offered(window)
    assert window.page.chart.content.standard is NARROW
    assert window.page.model.rows[0].standard_name == NARROW.name


def test_that_a_standard_that_is_gone_is_told_and_the_chart_shows_the_usual_one(log, opened):
    fill(log, [seen(140, standard=NARROW)])

    window = opened()

    assert window.page.chart.content.standard is INTERGROWTH_21ST
    assert window.page.model.rows[0].standard_name == "narrow (local chart)"
    assert "not at hand" in window.page.model.rows[0].point.now.reason


def test_that_another_patient_begins_with_her_own_standard(log, opened):
    fill(log, FIVE)
    fill(log, [seen(140, patient=Patient("8"))])
    window = opened()
    pick(window.page.selection.standards, "WHO")

    window.show_patient("8")

    assert window.page.chart.content.standard is INTERGROWTH_21ST


# Choosing and opening ---------------------------------------------------------------------------


def test_that_two_chosen_rows_tell_their_change(log, opened):
    fill(log, [seen(133, hc_mm=160.0), seen(147), seen(161, hc_mm=205.0)])
    window = opened()

    choose(window, 0, 2)

    assert "HC +45.0 mm in 28 days" in window.page.words.text()
    assert "Within measurement variability" in window.page.words.text()


def test_that_two_fetuses_are_told_never_to_be_compared(log, opened):
    fill(log, TWINS)
    window = opened()

    choose(window, 0, 1)

    assert "never compared" in window.page.words.text()


def test_that_fetuses_have_a_column_only_where_there_are_several(log, opened):
    fill(log, TWINS)
    fill(log, [seen(140, patient=Patient("8"))])

    assert not opened().page.table.isColumnHidden(FETUS_COLUMN)
    assert opened("8").page.table.isColumnHidden(FETUS_COLUMN)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_enter_opens_the_image_of_the_chosen_row_again(log, opened, qtbot, key):
    entries = fill(log, FIVE)
    window = opened()
    choose(window, 3)
    window.page.table.setFocus()

    with qtbot.waitSignal(window.open_again) as wanted:
        qtbot.keyClick(window.page.table, key)

    assert wanted.args == [entries[3]]


def test_that_an_examination_clicked_on_the_chart_is_chosen_in_the_table(log, opened):
    entries = fill(log, FIVE)
    window = opened()

    window.page.chart.dot_chosen.emit(entries[2].entry_id)

    assert [row.entry_id for row in window.page.chosen_rows()] == [entries[2].entry_id]
    assert button(window, "Open again").isEnabled()


def test_that_an_examination_accepted_meanwhile_joins_and_the_choice_stays(log, opened):
    entries = fill(log, FIVE[:2])
    window = opened()
    choose(window, 1)

    fill(log, FIVE[2:3])
    window.refresh()

    assert len(window.page.model.rows) == 3
    assert [row.entry_id for row in window.page.chosen_rows()] == [entries[1].entry_id]


# Keys -------------------------------------------------------------------------------------------


def test_that_z_over_time_comes_and_goes_by_its_key(log, opened, qtbot):
    fill(log, FIVE)
    window = opened()

    qtbot.keyClick(window, Qt.Key.Key_Z)
    assert window.page.view is CourseView.Z
    assert "z-score" in words(window)
    qtbot.keyClick(window, Qt.Key.Key_Z)
    assert window.page.view is CourseView.HC
    assert "HC (mm)" in words(window)


def test_that_keys_count_while_the_table_has_the_focus(log, opened, qtbot):
    fill(log, FIVE)
    window = opened()
    assert window.page.table.hasFocus()

    qtbot.keyClick(window.page.table, Qt.Key.Key_Z)

    assert window.page.view is CourseView.Z


def test_that_the_newest_examination_is_chosen_and_its_change_told_at_once(log, opened):
    entries = fill(log, FIVE)

    window = opened()

    assert [row.entry_id for row in window.page.chosen_rows()] == [entries[-1].entry_id]
    assert "From 2026-08-08 (30w0d) to 2026-09-17 (35w5d)" in words(window)
    assert "Choose two rows" in words(window)


def test_that_keys_zoom_and_show_all_again(log, opened, qtbot):
    fill(log, FIVE)
    window = opened()
    window.page.chart.draw_now()
    qtbot.waitUntil(lambda: window.page.chart.shown.right > 39)
    before = window.page.chart.shown

    qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert window.page.chart.shown != pytest.approx(before)
    qtbot.keyClick(window, Qt.Key.Key_0)
    assert window.page.chart.shown == pytest.approx(before)


def test_that_escape_closes_the_window(log, opened, qtbot):
    fill(log, FIVE)
    window = opened()

    qtbot.keyClick(window, Qt.Key.Key_Escape)

    assert not window.isVisible()


# Export and the de-identified view ---------------------------------------------------------------


def test_that_the_key_exports_the_chart(log, opened, qtbot, tmp_path, monkeypatch):
    fill(log, FIVE)
    window = opened()
    target = tmp_path / "Kurve.svg"
    # The system's own file dialog, which no test can reach.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    said = target.read_text(encoding="utf-8")
    assert "4711 · Zoë Müller" in said
    assert "INTERGROWTH-21st 2014" in said
    assert "The chart was written to" in words(window)
    assert "It names the patient" in words(window)


def test_that_an_export_that_fails_says_so_in_place(log, opened, tmp_path):
    fill(log, FIVE)
    window = opened()

    window.export_to(tmp_path / "no such folder" / "a.png")

    assert style.ERROR_SIGN in words(window)
    assert "Choose another folder" in words(window)


def test_that_the_deidentified_view_hides_who_she_is_also_in_pictures(log, opened, tmp_path):
    fill(log, FIVE)
    window = opened()
    window.set_deidentified(True)

    window.export_to(tmp_path / "a.svg")
    window.export_to(tmp_path / "a.png")

    for text in (words(window), window.windowTitle(), (tmp_path / "a.svg").read_text("utf-8")):
        assert "4711" not in text
        assert "Zoë" not in text
    assert "Patient hidden" in words(window)
    assert "hidden" in window.windowTitle()
    assert not QImage(str(tmp_path / "a.png")).isNull()
    window.set_deidentified(False)
    assert "4711 · Zoë Müller" in words(window)


def test_that_the_deidentified_view_hides_dating_and_own_words(log, opened, tmp_path):
    named = Fetus("A", "beside Zoë’s scar")
    fill(
        log, [seen(140, fetus=named), seen(168, fetus=named, dating=CRL, dating_reason="Zoë said")]
    )
    window = opened()
    window.set_deidentified(True)

    window.export_to(tmp_path / "Zoë.svg")

    rows = window.page.model.rows
    looked = " ".join(line for row in rows for line in closer_look(row))
    cells = " ".join(column.text(row) for row in rows for column in COLUMNS)
    svg = (tmp_path / "Zoë.svg").read_text("utf-8")
    for text in (words(window), looked, cells, window.page.chart.accessibleDescription(), svg):
        assert "Zoë" not in text
        # The standard's own population is "confirmed by CRL".
        assert "CRL" not in text.replace("confirmed by CRL", "")
        assert "2026-" not in text
        assert "A. Operator" not in text
    assert "Examination 1" in cells
    assert "Operator 1" in cells
    assert "Pregnancy 1 · 2 examinations" in words(window)
    assert "without the patient" in words(window)
    assert "Zoë" not in (tmp_path / "Zoë.svg").read_text("utf-8")


def test_that_an_export_that_fails_names_no_file_in_the_deidentified_view(log, opened, tmp_path):
    fill(log, FIVE)
    window = opened()
    window.set_deidentified(True)

    window.export_to(tmp_path / "nowhere" / "Zoë.png")

    assert "The chart was not written" in words(window)
    assert "Zoë" not in words(window)


def test_that_nothing_is_clipped_in_the_smallest_window(log, opened, qtbot):
    fill(log, REDATED)
    window = opened()
    window.resize(SMALLEST_SIZE)
    window.page.chart.draw_now()
    choose(window, 0, 2)
    qtbot.waitUntil(lambda: clipped(window) == [])
    assert window.size() == SMALLEST_SIZE
    assert window.page.chart.height() >= window.page.chart.minimumSizeHint().height()


def clipped(window):
    """The words of buttons and sentences that have less room than they need."""
    narrow = [
        b.text() for b in window.findChildren(QPushButton) if b.width() < b.sizeHint().width()
    ]
    low = [
        label.text()
        for label in window.page.findChildren(QLabel)
        if label.isVisible()
        and label.wordWrap()
        and label.height() < label.heightForWidth(label.width())
    ]
    return narrow + low


# In the whole program ----------------------------------------------------------------------------


@pytest.fixture
def accepted(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    window.controller.set_patient(PATIENT)
    window.controller.set_exam_date(date(2026, 5, 30))
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 10)))
    do(window, "accept")
    return window


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

    assert NICHD_2015[1].name not in offered(course)


def test_that_from_the_log_a_row_without_an_identifier_is_explained(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    do(window, "accept")
    do(window, "log")

    qtbot.mouseClick(button(window.log_windows.log_window, "Course"), Qt.MouseButton.LeftButton)

    assert "only on an equal identifier" in words(window.log_windows.course_window)


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

    assert "Patient hidden" in words(accepted.log_windows.course_window)
    do(accepted, "deidentified_view")
    assert "4711" in words(accepted.log_windows.course_window)
