"""The course's page shows one pregnancy, and tells the change between what is chosen in it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.course.content import CourseView
from fhc_desktop.gui.course.model import FETUS_COLUMN
from tests.gui.course.hand import choose, dates, pick
from tests.gui.course_examples import FIVE, REDATED, TWINS, fill, seen
from tests.gui.hand import PATIENCE_MS, button, visible_words
from tests.local_charts import NARROW

pytestmark = pytest.mark.gui


def test_that_an_entry_of_the_log_leads_to_its_own_pregnancy(log, opened_course):
    first, *_ = fill(log, [seen(140), seen(150, lmp=date(2027, 6, 1))])

    window = opened_course(entry_id=first.entry_id)

    assert dates(window) == ["2026-05-30"]
    assert [row.entry_id for row in window.page.chosen_rows()] == [first.entry_id]


def test_that_the_dating_in_force_and_each_change_are_told(log, opened_course):
    fill(log, REDATED)

    said = visible_words(opened_course())

    assert "Dating in force: CRL 55.0 mm on 2026-04-15" in said
    assert "Changed: LMP 2026-01-10 → CRL 55.0 mm" in said
    assert "EDD 2026-10-17 → 2026-10-28, 11 days later; A. Operator" in said
    assert "CRL found in her papers" in said


def test_that_undated_examinations_are_shown_and_said_to_be(log, opened_course):
    fill(log, [seen(140, dating=None), seen(150, dating=None)])

    window = opened_course()

    assert len(window.page.model.rows) == 2
    assert "No examination of this pregnancy was dated" in visible_words(window)
    assert "not dated · 2 examinations" in visible_words(window)


def test_that_the_chart_begins_with_the_standard_of_the_newest_examination(log, opened_course):
    fill(log, [seen(140, standard=HADLOCK_1984_GROWTH), seen(168, standard=WHO_2017)])

    window = opened_course()

    assert window.page.chart.content.standard is WHO_2017
    pick(window.page.selection.standards, "INTERGROWTH")
    assert window.page.chart.content.standard is INTERGROWTH_21ST
    assert [row.standard_name for row in window.page.model.rows] == ["Hadlock 1984", "WHO 2017"]


def test_that_a_standard_that_is_gone_is_told_and_the_chart_shows_the_usual_one(log, opened_course):
    fill(log, [seen(140, standard=NARROW)])

    window = opened_course()

    assert window.page.chart.content.standard is INTERGROWTH_21ST
    assert window.page.model.rows[0].standard_name == "narrow (local chart)"
    assert "not at hand" in window.page.model.rows[0].point.now.reason


def test_that_another_patient_begins_with_her_own_standard(log, opened_course, qtbot):
    fill(log, FIVE)
    fill(log, [seen(140, patient=Patient("8"))])
    window = opened_course()
    pick(window.page.selection.standards, "WHO")

    window.show_patient("8")
    qtbot.waitUntil(lambda: len(window.page.model.rows) == 1, timeout=PATIENCE_MS)

    assert window.page.chart.content.standard is INTERGROWTH_21ST


def test_that_two_chosen_rows_tell_their_change(log, opened_course):
    fill(log, [seen(133, hc_mm=160.0), seen(147), seen(161, hc_mm=205.0)])
    window = opened_course()

    choose(window, 0, 2)

    assert "HC +45.0 mm in 28 days" in window.page.words.text()
    assert "Within measurement variability" in window.page.words.text()


def test_that_two_fetuses_are_told_never_to_be_compared(log, opened_course):
    fill(log, TWINS)
    window = opened_course()

    choose(window, 0, 1)

    assert "never compared" in window.page.words.text()


def test_that_fetuses_have_a_column_only_where_there_are_several(log, opened_course):
    fill(log, TWINS)
    fill(log, [seen(140, patient=Patient("8"))])

    assert not opened_course().page.table.isColumnHidden(FETUS_COLUMN)
    assert opened_course("8").page.table.isColumnHidden(FETUS_COLUMN)


def test_that_an_examination_clicked_on_the_chart_is_chosen_in_the_table(log, opened_course):
    entries = fill(log, FIVE)
    window = opened_course()

    window.page.chart.dot_chosen.emit(entries[2].entry_id)

    assert [row.entry_id for row in window.page.chosen_rows()] == [entries[2].entry_id]
    assert button(window, "Open again").isEnabled()


def test_that_an_examination_accepted_meanwhile_joins_and_the_choice_stays(
    log, opened_course, qtbot
):
    entries = fill(log, FIVE[:2])
    window = opened_course()
    choose(window, 1)

    fill(log, FIVE[2:3])
    window.refresh()

    qtbot.waitUntil(lambda: len(window.page.model.rows) == 3, timeout=PATIENCE_MS)
    assert [row.entry_id for row in window.page.chosen_rows()] == [entries[1].entry_id]


def test_that_z_over_time_comes_and_goes_by_its_key(log, opened_course, qtbot):
    fill(log, FIVE)
    window = opened_course()

    qtbot.keyClick(window, Qt.Key.Key_Z)
    assert window.page.view is CourseView.Z
    assert "z-score" in visible_words(window)
    qtbot.keyClick(window, Qt.Key.Key_Z)
    assert window.page.view is CourseView.HC
    assert "HC (mm)" in visible_words(window)


def test_that_the_newest_examination_is_chosen_and_its_change_told_at_once(log, opened_course):
    entries = fill(log, FIVE)

    window = opened_course()

    assert [row.entry_id for row in window.page.chosen_rows()] == [entries[-1].entry_id]
    assert "From 2026-08-08 (30w0d) to 2026-09-17 (35w5d)" in visible_words(window)
    assert "Choose two rows" in visible_words(window)
