"""The window of a pregnancy's course: who, which pregnancy, which standard, and what changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.course.content import CourseView
from fhc_desktop.gui.course.model import COLUMNS
from fhc_desktop.gui.course.window import SMALLEST_SIZE
from fhc_desktop.gui.course.words import closer_look
from fhc_desktop.gui.widgets import style
from fhc_desktop.storage.log.measurement_log import LogUnavailable
from tests.gui.course.hand import choose, pick
from tests.gui.course_examples import CRL, FIVE, REDATED, fill, seen
from tests.gui.hand import PATIENCE_MS, button, choose_path, visible_words

pytestmark = pytest.mark.gui


def test_that_it_shows_the_examinations_of_exactly_this_identifier(log, opened_course):
    fill(log, FIVE)
    fill(log, [seen(150, patient=Patient("47110", "Zoë Müller"))])
    fill(log, [seen(150, patient=Patient("", "Zoë Müller"))])

    window = opened_course()

    assert len(window.page.model.rows) == 5
    assert "4711 · Zoë Müller" in visible_words(window)


def test_that_without_an_identifier_it_says_why_nothing_is_joined(log, opened_course):
    fill(log, [seen(150, patient=Patient("", "Zoë Müller"))])

    said = visible_words(opened_course(""))

    assert "Examinations join one patient only on an equal identifier" in said
    assert "enter the identifier" in said


def test_that_a_patient_without_examinations_is_told_the_next_step(opened_course):
    said = visible_words(opened_course("nobody"))

    assert "No examinations of this patient yet" in said
    assert "press Enter to accept" in said


def test_that_without_a_log_the_reason_stands_there(opened_course):
    said = visible_words(opened_course(log=LogUnavailable("The log is damaged.", "Restore it.")))

    assert "The log is damaged." in said
    assert "Restore it." in said


def test_that_a_log_that_has_gone_is_told_and_can_be_tried_again(log, opened_course, qtbot):
    fill(log, FIVE)
    database = next((log.folder / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    window = opened_course()
    database.rename(aside)

    window.refresh()
    qtbot.waitUntil(
        lambda: "was renamed or moved while it was open" in visible_words(window),
        timeout=PATIENCE_MS,
    )

    aside.rename(database)
    qtbot.mouseClick(button(window, "Try again"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.note.isHidden, timeout=PATIENCE_MS)
    assert len(window.page.model.rows) == 5


def test_that_one_examination_promises_the_change(log, opened_course):
    fill(log, FIVE[:1])

    assert "the next one will show the change" in visible_words(opened_course())


def test_that_looking_at_it_changes_nothing_in_the_log(log, opened_course):
    fill(log, REDATED)
    before = log.entries()

    window = opened_course()
    window.page.selection.z_switch.click()
    pick(window.page.selection.standards, "WHO")
    window.refresh()

    assert log.entries() == before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_enter_opens_the_image_of_the_chosen_row_again(log, opened_course, qtbot, key):
    entries = fill(log, FIVE)
    window = opened_course()
    choose(window, 3)
    window.page.table.setFocus()

    with qtbot.waitSignal(window.open_again) as wanted:
        qtbot.keyClick(window.page.table, key)

    assert wanted.args == [entries[3]]


def test_that_keys_count_while_the_table_has_the_focus(log, opened_course, qtbot):
    fill(log, FIVE)
    window = opened_course()
    assert window.page.table.hasFocus()

    qtbot.keyClick(window.page.table, Qt.Key.Key_Z)

    assert window.page.view is CourseView.Z


def test_that_keys_zoom_and_show_all_again(log, opened_course, qtbot):
    fill(log, FIVE)
    window = opened_course()
    window.page.chart.draw_now()
    qtbot.waitUntil(lambda: window.page.chart.shown.right > 39)
    before = window.page.chart.shown

    qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert window.page.chart.shown != pytest.approx(before)
    qtbot.keyClick(window, Qt.Key.Key_0)
    assert window.page.chart.shown == pytest.approx(before)


def test_that_escape_closes_the_window(log, opened_course, qtbot):
    fill(log, FIVE)
    window = opened_course()

    qtbot.keyClick(window, Qt.Key.Key_Escape)

    assert not window.isVisible()


def test_that_the_key_exports_the_chart(log, opened_course, qtbot, tmp_path):
    fill(log, FIVE)
    window = opened_course()
    target = tmp_path / "Kurve.svg"
    choose_path(target)

    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    said = target.read_text(encoding="utf-8")
    assert "4711 · Zoë Müller" in said
    assert "INTERGROWTH-21st 2014" in said
    assert "The chart was written to" in visible_words(window)
    assert "It names the patient" in visible_words(window)


def test_that_an_export_that_fails_says_so_in_place(log, opened_course, tmp_path):
    fill(log, FIVE)
    window = opened_course()

    window.export_to(tmp_path / "no such folder" / "a.png")

    assert style.ERROR_SIGN in visible_words(window)
    assert "Choose another folder" in visible_words(window)


def test_that_the_deidentified_view_hides_who_she_is_also_in_pictures(log, opened_course, tmp_path):
    fill(log, FIVE)
    window = opened_course()
    window.set_deidentified(True)

    window.export_to(tmp_path / "a.svg")
    window.export_to(tmp_path / "a.png")

    for text in (
        visible_words(window),
        window.windowTitle(),
        (tmp_path / "a.svg").read_text("utf-8"),
    ):
        assert "4711" not in text
        assert "Zoë" not in text
    assert "Patient hidden" in visible_words(window)
    assert "hidden" in window.windowTitle()
    assert not QImage(str(tmp_path / "a.png")).isNull()
    window.set_deidentified(False)
    assert "4711 · Zoë Müller" in visible_words(window)


def test_that_the_deidentified_view_hides_dating_and_own_words(log, opened_course, tmp_path):
    named = Fetus("A", "beside Zoë’s scar")
    fill(
        log, [seen(140, fetus=named), seen(168, fetus=named, dating=CRL, dating_reason="Zoë said")]
    )
    window = opened_course()
    window.set_deidentified(True)

    window.export_to(tmp_path / "Zoë.svg")

    rows = window.page.model.rows
    looked = " ".join(line for row in rows for line in closer_look(row))
    cells = " ".join(column.text(row) for row in rows for column in COLUMNS)
    svg = (tmp_path / "Zoë.svg").read_text("utf-8")
    for text in (
        visible_words(window),
        looked,
        cells,
        window.page.chart.accessibleDescription(),
        svg,
    ):
        assert "Zoë" not in text
        # The standard's own population is "confirmed by CRL".
        assert "CRL" not in text.replace("confirmed by CRL", "")
        assert "2026-" not in text
        assert "A. Operator" not in text
    assert "Examination 1" in cells
    assert "Operator 1" in cells
    assert "Pregnancy 1 · 2 examinations" in visible_words(window)
    assert "without the patient" in visible_words(window)
    assert "Zoë" not in (tmp_path / "Zoë.svg").read_text("utf-8")


def test_that_an_export_that_fails_names_no_file_in_the_deidentified_view(
    log, opened_course, tmp_path
):
    fill(log, FIVE)
    window = opened_course()
    window.set_deidentified(True)

    window.export_to(tmp_path / "nowhere" / "Zoë.png")

    assert "The chart was not written" in visible_words(window)
    assert "Zoë" not in visible_words(window)


def test_that_nothing_is_clipped_in_the_smallest_window(log, opened_course, qtbot):
    fill(log, REDATED)
    window = opened_course()
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
