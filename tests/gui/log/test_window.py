"""The log's window shows what is in the log, finds it, hands it back and exports it."""

import csv
import threading
from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QInputDialog, QLineEdit, QMenu

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.log.details import Details
from fhc_desktop.gui.widgets import style
from fhc_desktop.storage.log.measurement_log import LogUnavailable
from fhc_desktop.workflow.examining import examine
from tests.gui.hand import button, choose_path, visible_words
from tests.gui.log.logged import cells, examination, graded, table, titles
from tests.reading import READERS

pytestmark = pytest.mark.gui


def named(window, kind, name):
    (found,) = [one for one in window.findChildren(kind) if one.accessibleName() == name]
    return found


def search_field(window) -> QLineEdit:
    return named(window, QLineEdit, "Search by patient")


def menu(window, title) -> QMenu:
    return button(window, title).menu()


def take(menu, words) -> None:
    """Choose from a menu, or from one inside it, as a hand would."""
    *way, last = words.split("/")
    for step in way:
        (action,) = [one for one in menu.actions() if one.text() == step]
        menu = action.menu()
    (action,) = [one for one in menu.actions() if one.text() == last]
    assert action.isEnabled()
    action.trigger()


def sort_by_mouse(qtbot, window, title) -> None:
    header = table(window).horizontalHeader()
    section = titles(table(window).model()).index(title)
    table(window).scrollTo(table(window).model().index(0, section))
    place = QPoint(header.sectionViewportPosition(section) + 8, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_the_newest_measurement_stands_first(log, record, opened_log):
    for identifier in ("first", "second", "third"):
        record(identifier=identifier)

    assert cells(opened_log(log), "Patient ID") == ["third", "second", "first"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("łucja", ["A1"]), ("WIŚ", ["A1"]), ("παππ", ["B2"]), ("b2", ["B2"]), ("2", ["B2"])],
)
def test_that_typing_finds_patients_in_any_alphabet(log, record, opened_log, qtbot, typed, found):
    record(identifier="A1", name="Łucja Wiśniewska")
    record(identifier="B2", name="Ἀθηνᾶ Παππᾶ")
    window = opened_log(log)

    search_field(window).insert(typed)

    qtbot.waitUntil(lambda: cells(window, "Patient ID") == found)
    assert "1 measurement found of 2" in visible_words(window)


def test_that_a_search_without_a_hit_offers_to_show_all(log, record, opened_log, qtbot):
    record(identifier="A1")
    window = opened_log(log)
    search_field(window).insert("nobody")
    qtbot.waitUntil(lambda: "No patient matches “nobody”" in visible_words(window))

    qtbot.mouseClick(button(window, "Show all"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: table(window).isVisible())
    assert cells(window, "Patient ID") == ["A1"]


def test_that_escape_clears_the_search_before_it_closes_the_window(log, record, opened_log, qtbot):
    record(identifier="A1")
    window = opened_log(log)
    search_field(window).insert("nobody")
    qtbot.waitUntil(lambda: "No patient matches “nobody”" in visible_words(window))

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["A1"])
    assert window.isVisible()

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_that_a_double_click_opens_the_entry_again(log, record, opened_log, qtbot):
    older = record(identifier="older")
    record(identifier="newer")
    window = opened_log(log)
    view = table(window)
    place = view.visualRect(view.model().index(1, 0)).center()

    with qtbot.waitSignal(window.open_again) as emitted:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert emitted.args == [older]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_enter_opens_the_chosen_entry_again(log, record, opened_log, qtbot, key):
    record(identifier="older")
    newer = record(identifier="newer")
    window = opened_log(log)
    table(window).setFocus()

    with qtbot.waitSignal(window.open_again) as emitted:
        qtbot.keyClick(table(window), key)

    assert emitted.args == [newer]


def test_that_the_button_opens_the_chosen_entry_again(log, record, opened_log, qtbot):
    older = record(identifier="older")
    record(identifier="newer")
    window = opened_log(log)
    table(window).selectRow(1)

    with qtbot.waitSignal(window.open_again) as emitted:
        qtbot.mouseClick(button(window, "Open again"), Qt.MouseButton.LeftButton)

    assert emitted.args == [older]


def test_that_the_chosen_entry_stays_chosen_when_another_arrives(log, record, opened_log, answered):
    chosen = record(identifier="older")
    record(identifier="newer")
    window = opened_log(log)
    table(window).selectRow(1)

    record(identifier="newest")
    window.refresh()
    answered(window)

    assert cells(window, "Patient ID") == ["newest", "newer", "older"]
    assert window.chosen_entry() == chosen


def test_that_an_empty_log_teaches_the_next_step(log, opened_log, qtbot):
    window = opened_log(log)

    assert "No measurements yet" in visible_words(window)
    assert not button(window, "Export all…").isEnabled()
    assert not button(window, "Open again").isEnabled()
    with qtbot.waitSignal(window.open_scan):
        qtbot.mouseClick(button(window, "Open a scan"), Qt.MouseButton.LeftButton)


def test_that_without_a_log_the_window_says_why(opened_log):
    why = LogUnavailable("The log is damaged.", "Restore it from a backup.")

    window = opened_log(why)

    assert "Not logging: The log is damaged." in visible_words(window)
    assert "Restore it from a backup." in visible_words(window)
    assert not button(window, "Export all…").isEnabled()


def test_that_a_log_that_has_gone_is_told_in_place(log, record, opened_log, qtbot, answered):
    record(identifier="A1")
    window = opened_log(log)
    database = next((log.folder / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)

    window.refresh()
    answered(window)
    assert "was renamed or moved while it was open" in visible_words(window)
    assert not button(window, "Open again").isEnabled()

    aside.rename(database)
    qtbot.mouseClick(button(window, "Try again"), Qt.MouseButton.LeftButton)
    answered(window)
    assert cells(window, "Patient ID") == ["A1"]


# Sorting and filtering -----------------------------------------------------------------------


def test_that_a_heading_sorts_and_turns_round_by_the_mouse(
    log, record, opened_log, qtbot, answered
):
    for identifier, day in (("A", 3), ("B", 1), ("C", 2)):
        record(examination().with_exam_date(date(2026, 4, day)), identifier=identifier)
    window = opened_log(log)

    sort_by_mouse(qtbot, window, "Examined")
    answered(window)
    assert cells(window, "Patient ID") == ["B", "C", "A"]

    sort_by_mouse(qtbot, window, "Examined")
    answered(window)
    assert cells(window, "Patient ID") == ["A", "C", "B"]
    header = table(window).horizontalHeader()
    assert header.isSortIndicatorShown()
    assert header.sortIndicatorSection() == titles(table(window).model()).index("Examined")


def test_that_the_chosen_entry_stays_chosen_in_another_order(log, record, opened_log, answered):
    first = record(identifier="A")
    record(identifier="B")
    window = opened_log(log)
    table(window).selectRow(1)

    take(menu(window, "Col&umns"), "Sort by/Patient ID")
    answered(window)

    assert cells(window, "Patient ID") == ["A", "B"]
    assert window.chosen_entry() == first


def test_that_the_log_is_narrowed_down_and_opened_by_keys_alone(
    log, record, opened_log, qtbot, answered
):
    wanted = record(graded(Grade.LOOK_AGAIN), identifier="A1")
    record(graded(Grade.GOOD), identifier="A2")
    record(identifier="B1")
    window = opened_log(log)

    qtbot.keyClicks(window.focusWidget(), "a")
    grade = named(window, QComboBox, "Grade")
    for _ in range(20):
        if window.focusWidget() is grade:
            break
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is grade
    qtbot.keyClick(grade, Qt.Key.Key_L)  # Look again
    answered(window)
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["A1"])
    assert "1 measurement found of 3" in visible_words(window)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    answered(window)
    with qtbot.waitSignal(window.open_again) as opened:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert opened.args == [wanted]


def test_that_days_operator_and_what_is_in_force_narrow_it_down(
    log, record, opened_log, qtbot, answered
):
    first = record(examination().with_exam_date(date(2026, 4, 1)), identifier="A")
    record(examination().with_exam_date(date(2026, 4, 2)), identifier="B", operator="Zoë")
    record(identifier="C", supersedes=first.entry_id)
    window = opened_log(log)

    def type_day(name, day):
        field = named(window, QLineEdit, name)
        field.clear()
        qtbot.keyClicks(field, day)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        answered(window)

    type_day("Examined to", "2026-04-02")
    assert cells(window, "Patient ID") == ["B", "A"]
    named(window, QComboBox, "Operator").setCurrentText("Zoë")
    answered(window)
    assert cells(window, "Patient ID") == ["B"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    answered(window)
    assert named(window, QLineEdit, "Examined to").text() == ""
    qtbot.mouseClick(window.findChild(QCheckBox), Qt.MouseButton.LeftButton)
    answered(window)
    assert cells(window, "Patient ID") == ["C", "B"]

    type_day("Accepted from", "someday")
    assert "is not a date" in visible_words(window)
    assert cells(window, "Patient ID") == ["C", "B"]


def test_that_a_filter_is_kept_found_again_and_forgotten(
    log, record, opened_log, answered, kept, monkeypatch
):
    record(graded(Grade.GOOD), identifier="A1")
    record(graded(Grade.LOOK_AGAIN), identifier="A2")
    window = opened_log(log)
    search_field(window).insert("a")
    named(window, QComboBox, "Grade").setCurrentText("Good")
    answered(window)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Good ones", True))

    take(menu(window, "&Filters"), "Keep this filter …")

    assert "may name a patient" in visible_words(window)
    assert kept.settings.log_filters == ('{"name": "Good ones", "grade": "good"}',)
    take(menu(window, "&Filters"), "Everything")
    answered(window)
    assert len(cells(window, "Patient ID")) == 2
    take(menu(window, "&Filters"), "Good ones")
    answered(window)
    assert cells(window, "Patient ID") == ["A1"]
    assert named(window, QComboBox, "Grade").currentText() == "Good"
    take(menu(window, "&Filters"), "Forget/Good ones")
    assert kept.settings.log_filters == ()


def test_that_columns_are_chosen_and_stay_so(log, record, opened_log, answered, kept):
    chosen = record(identifier="A1")
    record(identifier="B2")
    window = opened_log(log)
    table(window).selectRow(1)

    take(menu(window, "Col&umns"), "Grade")

    assert "Grade" not in titles(table(window).model())
    assert window.chosen_entry() == chosen
    assert kept.settings.hidden_log_columns == ("grade",)
    assert "Grade" not in titles(table(opened_log(log)).model())
    take(menu(window, "Col&umns"), "Grade")
    assert "Grade" in titles(table(window).model())


def test_that_rows_far_down_are_read_when_they_come_into_sight(
    log, record, opened_log, qtbot, answered
):
    for at in range(70):
        record(identifier=f"{at}")
    window = opened_log(log)
    model = table(window).model()
    assert model.rowCount() == 70

    qtbot.keyClick(table(window), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    answered(window)

    last = model.index(69, titles(model).index("Patient ID"))
    assert last.data() == "0"
    assert window.chosen_entry().facts.patient.identifier == "0"
    assert button(window, "Open again").isEnabled()


# A closer look -------------------------------------------------------------------------------


def test_that_details_tell_of_the_chosen_entry_with_its_picture_and_corrections(
    log, record, opened_log, qtbot, answered, calibrated
):
    read = examine(calibrated, READERS)
    exam = read.with_outline(Ellipse(200, 150, 90, 70, 0))
    first = record(exam, identifier="A1")
    second = record(
        exam.with_dating(Dating.from_lmp(date(2026, 1, 1))).with_dating_reason("typing error"),
        identifier="A1",
        supersedes=first.entry_id,
    )
    window = opened_log(log)

    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    answered(window)

    assert window.chosen_entry() == second
    details = window.findChild(Details)
    qtbot.waitUntil(details.picture.isVisible)
    qtbot.waitUntil(lambda: "“typing error”" in visible_words(window))
    assert "superseded" in visible_words(window)


def test_that_the_picture_of_a_file_that_has_changed_is_not_shown(
    log, record, opened_log, qtbot, calibrated
):
    record(examine(calibrated, READERS).with_outline(Ellipse(200, 150, 90, 70, 0)))
    calibrated.write_bytes(calibrated.read_bytes() + b"\0")
    window = opened_log(log)

    qtbot.mouseClick(button(window, "Details"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "has changed since" in visible_words(window))
    assert not window.findChild(Details).picture.isVisible()


def test_that_details_of_a_picture_that_has_gone_say_so(log, record, opened_log, qtbot):
    record(identifier="A1")
    window = opened_log(log)

    qtbot.mouseClick(button(window, "Details"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: style.WARNING_SIGN in visible_words(window))
    qtbot.waitUntil(lambda: "174.8 mm" in visible_words(window))


def test_that_details_show_no_picture_to_whoever_looks_on(
    log, record, opened_log, qtbot, answered, calibrated
):
    record(examine(calibrated, READERS).with_outline(Ellipse(200, 150, 90, 70, 0)), name="Vera")
    window = opened_log(log)
    qtbot.mouseClick(button(window, "Details"), Qt.MouseButton.LeftButton)
    details = window.findChild(Details)
    qtbot.waitUntil(details.picture.isVisible)

    window.set_deidentified(True)
    answered(window)

    assert not details.picture.isVisible()
    assert "not shown in the de-identified view" in visible_words(window)
    assert "Vera" not in visible_words(window)


# Exports -------------------------------------------------------------------------------------


def test_that_the_whole_log_is_exported_whatever_is_searched_for(
    log, record, opened_log, qtbot, tmp_path
):
    record(identifier="A1", name="Łucja")
    record(identifier="B2")
    window = opened_log(log)
    search_field(window).insert("B2")
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["B2"])
    target = tmp_path / "Protokół.csv"

    window.export_to(target)

    qtbot.waitUntil(lambda: str(target) in visible_words(window).replace("\u200b", ""))
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert [row["patient_name"] for row in csv.DictReader(file)] == ["Łucja", ""]


def test_that_what_is_found_is_exported_in_the_order_on_the_screen(
    log, record, opened_log, qtbot, answered, tmp_path
):
    for identifier in ("A1", "B2", "A3"):
        record(identifier=identifier)
    window = opened_log(log)
    assert not button(window, "Export found…").isVisible()
    search_field(window).insert("a")
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["A3", "A1"])
    choose_path(tmp_path / "found.xlsx")

    qtbot.keyClick(
        window,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )

    qtbot.waitUntil(lambda: "2 measurements were written" in visible_words(window))
    heading, *rows = load_workbook(tmp_path / "found.xlsx").active.iter_rows(values_only=True)
    at = heading.index("patient_id")
    assert [row[at] for row in rows] == ["A3", "A1"]


def test_that_an_export_that_fails_says_so_in_place(log, record, opened_log, qtbot, tmp_path):
    record()
    window = opened_log(log)

    window.export_to(tmp_path / "no such folder" / "log.csv")

    qtbot.waitUntil(lambda: style.ERROR_SIGN in visible_words(window))
    assert "could not be written" in visible_words(window)


@pytest.mark.parametrize(("typed", "written"), [("log", "log.csv"), ("log.CSV", "log.CSV")])
def test_that_an_export_has_a_suffix_that_spreadsheets_open(
    log, record, opened_log, qtbot, tmp_path, typed, written
):
    record(identifier="A1")
    window = opened_log(log)
    choose_path(tmp_path / typed)

    qtbot.mouseClick(button(window, "Export all…"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "1 measurement was written" in visible_words(window))
    assert "A1" in (tmp_path / written).read_text(encoding="utf-8-sig")


def test_that_an_export_can_be_cancelled_and_leaves_nothing(
    log, record, opened_log, qtbot, tmp_path
):
    record(identifier="A1")
    window = opened_log(log)
    target = tmp_path / "exports" / "log.csv"
    target.parent.mkdir()
    held = threading.Event()
    window.questions.desk.ask(lambda _: held.wait())

    window.export_to(target)
    assert button(window, "Cancel").isVisible()
    assert not button(window, "Export all…").isEnabled()
    qtbot.mouseClick(button(window, "Cancel"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "cancelled; nothing was written" in visible_words(window))
    held.set()
    assert list(target.parent.iterdir()) == []
    assert not button(window, "Cancel").isVisible()


def test_that_in_the_deidentified_view_an_export_names_no_file(
    log, record, opened_log, qtbot, tmp_path
):
    record(identifier="A1")
    window = opened_log(log)
    window.set_deidentified(True)

    window.export_to(tmp_path / "Vera.csv")
    qtbot.waitUntil(lambda: "1 measurement was written" in visible_words(window))
    assert "Vera" not in visible_words(window)

    window.export_to(tmp_path / "no such folder" / "Vera.csv")
    qtbot.waitUntil(lambda: style.ERROR_SIGN in visible_words(window))
    assert "Vera" not in visible_words(window)


@pytest.mark.parametrize("hidden", [False, True])
def test_that_the_rows_reach_the_right_edge_whatever_is_hidden(
    qtbot, log, record, opened_log, hidden
):
    record()
    window = opened_log(log)
    window.resize(1360, 500)
    window.set_deidentified(hidden)
    header, viewport = table(window).horizontalHeader(), table(window).viewport()

    qtbot.waitUntil(lambda: header.length() == viewport.width())


def test_that_the_deidentified_view_forgets_what_was_wanted_and_keeps_the_choice(
    log, record, opened_log, qtbot, answered
):
    older = record(identifier="A1", name="Łucja")
    record(identifier="B2")
    window = opened_log(log)
    search_field(window).insert("A1")
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["A1"])

    window.set_deidentified(True)
    answered(window)

    assert not search_field(window).isVisible()
    assert not named(window, QComboBox, "Operator").isVisible()
    assert not button(window, "&Filters").isVisible()
    offered = [action.text() for action in menu(window, "Col&umns").actions()]
    assert not {"Patient ID", "Name", "Examined", "Operator", "Image"} & set(offered)
    assert len(cells(window, "HC")) == 2
    assert window.chosen_entry() == older
    assert not {"Patient ID", "Name", "Image"} & set(titles(table(window).model()))
    window.set_deidentified(False)
    assert cells(window, "Patient ID") == ["B2", "A1"]
