"""The log's window shows what is in the log, finds it, hands it back and exports it."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import pi
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.examination.examination import Examination, ModelIdentity, Proposal
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.log.table_model import COLUMNS, LogModel
from fhc_desktop.gui.log.window import LogWindow, with_csv_suffix
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import MISSING
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable, MeasurementLog

pytestmark = pytest.mark.gui

START = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
MM_PER_PIXEL = 0.25


def examination(hc_mm=174.8, *, calibrated=True, file_name="scan.png") -> Examination:
    radius_px = hc_mm / MM_PER_PIXEL / (2 * pi)
    outline = Ellipse(400.0, 270.0, radius_px, radius_px, 0.0)
    source = ImageSource(Path("/scans") / file_name, "0" * 64)
    scale = Calibration(MM_PER_PIXEL, MM_PER_PIXEL, CalibrationSource.TYPED)
    return Examination(
        UltrasoundImage(np.zeros((540, 800), np.uint8), source),
        manual_calibration=scale if calibrated else None,
        exam_date=date(2026, 5, 1),
    ).with_proposal(Proposal(outline, ModelIdentity("net", "1.0", "0" * 64), "CPU"))


def graded(grade, *, reasons=("skull visible on 48 %",), **more) -> Examination:
    exam = examination(**more)
    rule = IntervalRule(0.9, (200.0,), (1.0,), 3.0, 0.0, 0.0, heads=161)
    confidence = Confidence(grade, reasons, rule=rule)
    return replace(exam, proposal=replace(exam.proposal, confidence=confidence))


@pytest.fixture
def log(tmp_path):
    made = MeasurementLog.open(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def record(log):
    """Record an examination; each is an hour later than the one before."""
    hours = iter(range(1000))

    def append(exam=None, *, identifier="", name="", supersedes=None) -> LogEntry:
        shown = (exam or examination()).with_patient(Patient(identifier, name))
        entry = LogEntry.of(
            shown,
            operator="A. Operator",
            now=START + timedelta(hours=next(hours)),
            supersedes=supersedes,
        )
        log.append(entry)
        return entry

    return append


@pytest.fixture
def opened(qtbot):
    def show(log, **more) -> LogWindow:
        window = LogWindow(log, **more)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):  # keys reach the active window only
            window.show()
            window.activateWindow()
        return window

    return show


def table(window) -> QTableView:
    return window.findChild(QTableView)


def titles(model) -> list[str]:
    return [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]


def cells(window, title) -> list[str]:
    model = table(window).model()
    column = titles(model).index(title)
    return [model.index(row, column).data() for row in range(model.rowCount())]


def seen_words(window) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def button(window, text) -> QPushButton:
    return next(b for b in window.findChildren(QPushButton) if b.text() == text)


def search_field(window) -> QLineEdit:
    return window.findChild(QLineEdit)


def test_that_the_newest_measurement_stands_first(log, record, opened):
    for identifier in ("first", "second", "third"):
        record(identifier=identifier)

    assert cells(opened(log), "Patient ID") == ["third", "second", "first"]


def test_that_a_row_tells_what_was_accepted(log, record, opened):
    dated = examination(file_name="Ultraschall ä.png").with_dating(
        Dating.from_lmp(date(2025, 12, 12))
    )
    entry = record(dated, identifier="4711", name="Łucja Wiśniewska")

    window = opened(log)
    row = {title: cells(window, title)[0] for title in titles(table(window).model())}

    assert row == {
        "Time": f"{entry.created_at.astimezone():%Y-%m-%d %H:%M}",
        "Patient ID": "4711",
        "Name": "Łucja Wiśniewska",
        "HC": "174.8 mm",
        "Percentile": "62nd",
        "Standard": "INTERGROWTH-21st 2014",
        "Age, dating": "20w0d · LMP",
        "Outline": "As proposed",
        "Grade": MISSING,
        "State": "Current",
        "Operator": "A. Operator",
        "Image": "Ultraschall ä.png",
    }


def test_that_without_calibration_and_dating_nothing_is_invented(log, record, opened):
    record(examination(calibrated=False))

    window = opened(log)

    assert cells(window, "HC") == ["699.2 px"]
    for title in ("Percentile", "Standard", "Age, dating", "Patient ID", "Name"):
        assert cells(window, title) == [MISSING]


@pytest.mark.parametrize(
    ("exam", "words"),
    [
        (examination(), "As proposed"),
        (replace(examination(), outline_px=Ellipse(1, 1, 2, 2, 0)), "Edited"),
        (replace(examination(), proposal=None), "Drawn by hand"),
        (graded(Grade.NOT_MEASURABLE), "Drawn by hand"),
    ],
)
def test_that_a_row_says_whose_the_outline_is(log, record, opened, exam, words):
    record(exam)

    assert cells(opened(log), "Outline") == [words]


def test_that_an_entered_age_is_shown_as_entered(log, record, opened):
    record(examination().with_dating(Dating.from_age(GestationalAge(143))))

    assert cells(opened(log), "Age, dating") == ["20w3d · entered"]


def test_that_a_corrected_entry_says_so_and_steps_back(log, record, opened):
    wrong = record(identifier="4711")
    record(identifier="4711", supersedes=wrong.entry_id)

    window = opened(log)
    model = table(window).model()
    corrected = model.index(1, 0)

    assert cells(window, "State") == ["Correction", "Superseded"]
    assert corrected.data(Qt.ItemDataRole.FontRole).italic()
    assert corrected.data(Qt.ItemDataRole.ForegroundRole) == QColor(style.SECONDARY_TEXT)
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None


def test_that_numbers_and_their_titles_are_aligned_on_the_right(log, record, opened):
    record()
    window = opened(log)
    model = table(window).model()

    for title in ("HC", "Percentile"):
        column = titles(model).index(title)
        role = Qt.ItemDataRole.TextAlignmentRole
        for alignment in (
            model.index(0, column).data(role),
            model.headerData(column, Qt.Orientation.Horizontal, role),
        ):
            assert alignment & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize(
    ("typed", "found"),
    [("łucja", ["A1"]), ("WIŚ", ["A1"]), ("παππ", ["B2"]), ("b2", ["B2"]), ("2", ["B2"])],
)
def test_that_typing_finds_patients_in_any_alphabet(log, record, opened, qtbot, typed, found):
    record(identifier="A1", name="Łucja Wiśniewska")
    record(identifier="B2", name="Ἀθηνᾶ Παππᾶ")
    window = opened(log)

    search_field(window).insert(typed)

    qtbot.waitUntil(lambda: cells(window, "Patient ID") == found)
    assert "1 measurement found" in seen_words(window)


def test_that_a_search_without_a_hit_offers_to_show_all(log, record, opened, qtbot):
    record(identifier="A1")
    window = opened(log)
    search_field(window).insert("nobody")
    qtbot.waitUntil(lambda: "No patient matches “nobody”" in seen_words(window))

    qtbot.mouseClick(button(window, "Show all"), Qt.MouseButton.LeftButton)

    assert cells(window, "Patient ID") == ["A1"]
    assert table(window).isVisible()


def test_that_escape_clears_the_search_before_it_closes_the_window(log, record, opened, qtbot):
    record(identifier="A1")
    window = opened(log)
    search_field(window).insert("nobody")

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert cells(window, "Patient ID") == ["A1"]

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_that_a_double_click_opens_the_entry_again(log, record, opened, qtbot):
    older = record(identifier="older")
    record(identifier="newer")
    window = opened(log)
    view = table(window)
    place = view.visualRect(view.model().index(1, 0)).center()

    with qtbot.waitSignal(window.open_again) as emitted:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert emitted.args == [older]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_enter_opens_the_chosen_entry_again(log, record, opened, qtbot, key):
    record(identifier="older")
    newer = record(identifier="newer")
    window = opened(log)
    table(window).setFocus()

    with qtbot.waitSignal(window.open_again) as emitted:
        qtbot.keyClick(table(window), key)

    assert emitted.args == [newer]


def test_that_the_button_opens_the_chosen_entry_again(log, record, opened, qtbot):
    older = record(identifier="older")
    record(identifier="newer")
    window = opened(log)
    table(window).selectRow(1)

    with qtbot.waitSignal(window.open_again) as emitted:
        qtbot.mouseClick(button(window, "Open again"), Qt.MouseButton.LeftButton)

    assert emitted.args == [older]


def test_that_the_chosen_entry_stays_chosen_when_another_arrives(log, record, opened):
    chosen = record(identifier="older")
    record(identifier="newer")
    window = opened(log)
    table(window).selectRow(1)

    record(identifier="newest")
    window.refresh()

    assert cells(window, "Patient ID") == ["newest", "newer", "older"]
    assert window.chosen_entry() == chosen


def test_that_an_empty_log_teaches_the_next_step(log, opened, qtbot):
    window = opened(log)

    assert "No measurements yet" in seen_words(window)
    assert not button(window, "Export CSV…").isEnabled()
    assert not button(window, "Open again").isEnabled()
    with qtbot.waitSignal(window.open_scan):
        qtbot.mouseClick(button(window, "Open a scan"), Qt.MouseButton.LeftButton)


def test_that_without_a_log_the_window_says_that_nothing_is_recorded(opened):
    window = opened(None)

    assert "Not logging" in seen_words(window)
    assert not search_field(window).isEnabled()
    assert not button(window, "Export CSV…").isEnabled()


def test_that_without_a_log_the_window_says_why(opened):
    why = LogUnavailable("The log is damaged.", "Restore it from a backup.")

    words = seen_words(opened(None, objection=why))

    assert "The log is damaged." in words
    assert "Restore it from a backup." in words


def test_that_a_log_that_has_gone_is_told_in_place(log, record, opened, qtbot):
    record(identifier="A1")
    window = opened(log)
    database = next((log.folder / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)

    window.refresh()
    assert "has gone" in seen_words(window)
    assert not button(window, "Open again").isEnabled()

    aside.rename(database)
    qtbot.mouseClick(button(window, "Try again"), Qt.MouseButton.LeftButton)
    assert cells(window, "Patient ID") == ["A1"]


def test_that_the_whole_log_is_exported_whatever_is_searched_for(
    log, record, opened, qtbot, tmp_path
):
    record(identifier="A1", name="Łucja")
    record(identifier="B2")
    window = opened(log)
    search_field(window).insert("B2")
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["B2"])
    target = tmp_path / "Protokół.csv"

    window.export_to(target)

    with target.open(encoding="utf-8-sig", newline="") as file:
        assert [row["patient_name"] for row in csv.DictReader(file)] == ["Łucja", ""]
    assert str(target) in seen_words(window)


def test_that_an_export_that_fails_says_so_in_place(log, record, opened, tmp_path):
    record()
    window = opened(log)

    window.export_to(tmp_path / "no such folder" / "log.csv")

    assert style.ERROR_SIGN in seen_words(window)
    assert "could not be written" in seen_words(window)


def test_that_an_export_has_a_suffix_that_spreadsheets_open():
    assert with_csv_suffix(Path("a/log")) == Path("a/log.csv")
    assert with_csv_suffix(Path("a/log.CSV")) == Path("a/log.CSV")


def test_that_a_name_is_never_taken_for_markup_and_stays_on_one_line(record):
    entry = record(name="<b>Bobby</b>\nTables")
    model = LogModel()
    model.show(COLUMNS, [entry])
    cell = model.index(0, titles(model).index("Name"))

    assert cell.data() == "<b>Bobby</b> Tables"
    assert "<b>" not in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_that_a_file_name_that_is_not_utf8_can_be_shown(log, record, opened):
    record(examination(file_name="scan\udcff.png"))

    window = opened(log)

    assert cells(window, "Image")[0].startswith("scan")
    assert not window.grab().isNull()


def test_that_every_cell_has_words_and_a_tip(log, record, opened):
    record(examination(calibrated=False))
    record(replace(examination(), proposal=None), identifier="A1", name="Łucja")
    window = opened(log)
    model = table(window).model()

    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            cell = model.index(row, column)
            assert cell.data()
            assert cell.data(Qt.ItemDataRole.ToolTipRole).startswith("<span>")


def test_that_a_row_says_how_the_model_graded_its_proposal_and_why(log, record, opened):
    record(graded(Grade.GOOD, reasons=(), calibrated=False))
    record(graded(Grade.LOOK_AGAIN))
    window = opened(log)
    model = table(window).model()
    column = titles(model).index("Grade")
    tips = [model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]

    assert cells(window, "Grade") == ["Look again", "Good"]
    assert "skull visible on 48 %. 90 % interval of the proposal 171.8–177.8 mm." in tips[0]
    assert "named no reasons." in tips[1]


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
    log, record, opened, qtbot
):
    older = record(identifier="A1", name="Łucja")
    record(identifier="B2")
    window = opened(log)
    search_field(window).insert("A1")
    qtbot.waitUntil(lambda: cells(window, "Patient ID") == ["A1"])

    window.set_deidentified(True)

    assert not search_field(window).isVisible()
    assert len(cells(window, "HC")) == 2
    assert window.chosen_entry() == older
    assert not {"Patient ID", "Name", "Image"} & set(titles(table(window).model()))
    window.set_deidentified(False)
    assert cells(window, "Patient ID") == ["B2", "A1"]
