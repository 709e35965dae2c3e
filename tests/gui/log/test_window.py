"""The log's window shows what is in the log, finds it, hands it back and exports it."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from fhc_desktop.gui.log.window import LogWindow
from fhc_desktop.gui.widgets import style
from fhc_desktop.storage.log.measurement_log import LogUnavailable
from tests.gui.hand import button, choose_path, visible_words
from tests.gui.log.logged import cells, table, titles

pytestmark = pytest.mark.gui


def search_field(window) -> QLineEdit:
    return window.findChild(QLineEdit)


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
    assert "1 measurement found" in visible_words(window)


def test_that_a_search_without_a_hit_offers_to_show_all(log, record, opened_log, qtbot):
    record(identifier="A1")
    window = opened_log(log)
    search_field(window).insert("nobody")
    qtbot.waitUntil(lambda: "No patient matches “nobody”" in visible_words(window))

    qtbot.mouseClick(button(window, "Show all"), Qt.MouseButton.LeftButton)

    assert cells(window, "Patient ID") == ["A1"]
    assert table(window).isVisible()


def test_that_escape_clears_the_search_before_it_closes_the_window(log, record, opened_log, qtbot):
    record(identifier="A1")
    window = opened_log(log)
    search_field(window).insert("nobody")

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert cells(window, "Patient ID") == ["A1"]

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


def test_that_the_chosen_entry_stays_chosen_when_another_arrives(log, record, opened_log):
    chosen = record(identifier="older")
    record(identifier="newer")
    window = opened_log(log)
    table(window).selectRow(1)

    record(identifier="newest")
    window.refresh()

    assert cells(window, "Patient ID") == ["newest", "newer", "older"]
    assert window.chosen_entry() == chosen


def test_that_an_empty_log_teaches_the_next_step(log, opened_log, qtbot):
    window = opened_log(log)

    assert "No measurements yet" in visible_words(window)
    assert not button(window, "Export CSV…").isEnabled()
    assert not button(window, "Open again").isEnabled()
    with qtbot.waitSignal(window.open_scan):
        qtbot.mouseClick(button(window, "Open a scan"), Qt.MouseButton.LeftButton)


def test_that_without_a_log_the_window_says_that_nothing_is_recorded(opened_log):
    window = opened_log(None)

    assert "Not logging" in visible_words(window)
    assert not search_field(window).isEnabled()
    assert not button(window, "Export CSV…").isEnabled()


def test_that_without_a_log_the_window_says_why(opened_log):
    why = LogUnavailable("The log is damaged.", "Restore it from a backup.")

    words = visible_words(opened_log(None, objection=why))

    assert "The log is damaged." in words
    assert "Restore it from a backup." in words


def test_that_a_log_that_has_gone_is_told_in_place(log, record, opened_log, qtbot):
    record(identifier="A1")
    window = opened_log(log)
    database = next((log.folder / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)

    window.refresh()
    assert "was renamed or moved while it was open" in visible_words(window)
    assert not button(window, "Open again").isEnabled()

    aside.rename(database)
    qtbot.mouseClick(button(window, "Try again"), Qt.MouseButton.LeftButton)
    assert cells(window, "Patient ID") == ["A1"]


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

    with target.open(encoding="utf-8-sig", newline="") as file:
        assert [row["patient_name"] for row in csv.DictReader(file)] == ["Łucja", ""]
    assert str(target) in visible_words(window)


def test_that_an_export_that_fails_says_so_in_place(log, record, opened_log, tmp_path):
    record()
    window = opened_log(log)

    window.export_to(tmp_path / "no such folder" / "log.csv")

    assert style.ERROR_SIGN in visible_words(window)
    assert "could not be written" in visible_words(window)


@pytest.mark.parametrize(("typed", "written"), [("log", "log.csv"), ("log.CSV", "log.CSV")])
def test_that_an_export_has_a_suffix_that_spreadsheets_open(
    log, record, opened_log, qtbot, tmp_path, typed, written
):
    record(identifier="A1")
    window = opened_log(log)
    choose_path(tmp_path / typed)

    qtbot.mouseClick(button(window, "Export CSV…"), Qt.MouseButton.LeftButton)

    assert "A1" in (tmp_path / written).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("hidden", [False, True])
def test_that_the_rows_reach_the_right_edge_whatever_is_hidden(qtbot, log, record, hidden):
    record()
    window = LogWindow(log)
    qtbot.addWidget(window)
    window.resize(1360, 500)
    window.show()
    window.set_deidentified(hidden)
    header, viewport = table(window).horizontalHeader(), table(window).viewport()

    qtbot.waitUntil(lambda: header.length() == viewport.width())


def test_that_the_deidentified_view_forgets_the_search_and_keeps_the_choice(
    log, record, opened_log, qtbot
):
    older = record(identifier="A1", name="Łucja")
    record(identifier="B2")
    window = opened_log(log)
    search_field(window).insert("A1")
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["A1"])

    window.set_deidentified(True)

    assert not search_field(window).isVisible()
    assert len(cells(window, "HC")) == 2
    assert window.chosen_entry() == older
    assert not {"Patient ID", "Name", "Image"} & set(titles(table(window).model()))
    window.set_deidentified(False)
    assert cells(window, "Patient ID") == ["B2", "A1"]
