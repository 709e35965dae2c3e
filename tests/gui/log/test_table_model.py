"""A row of the log tells what was accepted, and invents nothing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.log.columns import COLUMNS
from fhc_desktop.gui.log.table_model import AWAITED, ROWS_OF_A_PAGE, LogModel
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import MISSING
from fhc_desktop.storage.log.log_query import SortBy
from tests.gui.log.logged import cells, examination, graded, table, titles

pytestmark = pytest.mark.gui


def test_that_a_row_tells_what_was_accepted(log, record, opened_log):
    dated = examination(file_name="Ultraschall ä.png").with_dating(
        Dating.from_lmp(date(2025, 12, 12))
    )
    entry = record(dated, identifier="4711", name="Łucja Wiśniewska")

    window = opened_log(log)
    row = {title: cells(window, title)[0] for title in titles(table(window).model())}

    assert row == {
        "Time": f"{entry.created_at.astimezone():%Y-%m-%d %H:%M}",
        "Examined": "2026-05-01",
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


def test_that_without_calibration_and_dating_nothing_is_invented(log, record, opened_log):
    record(examination(calibrated=False))

    window = opened_log(log)

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
def test_that_a_row_says_whose_the_outline_is(log, record, opened_log, exam, words):
    record(exam)

    assert cells(opened_log(log), "Outline") == [words]


def test_that_an_entered_age_is_shown_as_entered(log, record, opened_log):
    record(examination().with_dating(Dating.from_age(GestationalAge(143))))

    assert cells(opened_log(log), "Age, dating") == ["20w3d · entered"]


def test_that_a_corrected_entry_says_so_and_steps_back(log, record, opened_log):
    wrong = record(identifier="4711")
    record(identifier="4711", supersedes=wrong.entry_id)

    window = opened_log(log)
    model = table(window).model()
    corrected = model.index(1, 0)

    assert cells(window, "State") == ["Correction", "Superseded"]
    assert corrected.data(Qt.ItemDataRole.FontRole).italic()
    assert corrected.data(Qt.ItemDataRole.ForegroundRole) == QColor(style.SECONDARY_TEXT)
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None


def test_that_numbers_and_their_titles_are_aligned_on_the_right(log, record, opened_log):
    record()
    window = opened_log(log)
    model = table(window).model()

    for title in ("HC", "Percentile"):
        column = titles(model).index(title)
        role = Qt.ItemDataRole.TextAlignmentRole
        for alignment in (
            model.index(0, column).data(role),
            model.headerData(column, Qt.Orientation.Horizontal, role),
        ):
            assert alignment & Qt.AlignmentFlag.AlignRight


def test_that_a_name_is_never_taken_for_markup_and_stays_on_one_line(record):
    entry = record(name="<b>Bobby</b>\nTables")
    model = LogModel()
    model.show(list(COLUMNS.values()), [1], {0: [entry]})
    cell = model.index(0, titles(model).index("Name"))

    assert cell.data() == "<b>Bobby</b> Tables"
    assert "<b>" not in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_that_a_file_name_that_is_not_utf8_can_be_shown(log, record, opened_log):
    record(examination(file_name="scan\udcff.png"))

    window = opened_log(log)

    assert cells(window, "Image")[0].startswith("scan")
    assert not window.grab().isNull()


def test_that_every_cell_has_words_and_a_tip(log, record, opened_log):
    record(examination(calibrated=False))
    record(replace(examination(), proposal=None), identifier="A1", name="Łucja")
    window = opened_log(log)
    model = table(window).model()

    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            cell = model.index(row, column)
            assert cell.data()
            assert cell.data(Qt.ItemDataRole.ToolTipRole).startswith("<span>")


def test_that_a_row_says_how_the_model_graded_its_proposal_and_why(log, record, opened_log):
    record(graded(Grade.GOOD, reasons=(), calibrated=False))
    record(graded(Grade.LOOK_AGAIN))
    window = opened_log(log)
    model = table(window).model()
    column = titles(model).index("Grade")
    tips = [model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]

    assert cells(window, "Grade") == ["Look again", "Good"]
    assert "skull visible on 48 %. 90 % interval of the proposal 171.8–177.8 mm." in tips[0]
    assert "named no reasons." in tips[1]


def test_that_a_row_that_was_not_read_is_awaited_and_wanted_once(qtbot, record):
    entry = record(identifier="A1")
    model = LogModel()
    half = ROWS_OF_A_PAGE // 2
    model.show(
        [COLUMNS[SortBy.IDENTIFIER]],
        range(2 * ROWS_OF_A_PAGE + half),
        {0: [entry] * ROWS_OF_A_PAGE},
    )
    wanted = []
    model.page_wanted.connect(wanted.append)
    rows = (0, ROWS_OF_A_PAGE - 1, ROWS_OF_A_PAGE, ROWS_OF_A_PAGE + 1, 2 * ROWS_OF_A_PAGE)

    assert [model.index(row, 0).data() for row in rows] == ["A1", "A1", AWAITED, AWAITED, AWAITED]
    assert wanted == [1, 2]
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.take_page(2, [entry] * half)
    first, last = changed.args[:2]
    assert (first.row(), last.row()) == (2 * ROWS_OF_A_PAGE, 2 * ROWS_OF_A_PAGE + half - 1)
    assert model.index(2 * ROWS_OF_A_PAGE, 0).data() == "A1"
    assert model.entry_at(ROWS_OF_A_PAGE) is None
    assert wanted == [1, 2]
    model.give_up(1)
    assert model.entry_at(ROWS_OF_A_PAGE) is None
    assert wanted == [1, 2, 1]


def test_that_pages_that_were_left_behind_are_read_again_where_they_are_wanted(record):
    entry = record()
    model = LogModel()
    model.show([COLUMNS[SortBy.HC]], range(100 * ROWS_OF_A_PAGE), {})
    for page in range(100):
        model.take_page(page, [entry] * ROWS_OF_A_PAGE)
    wanted = []
    model.page_wanted.connect(wanted.append)

    assert model.entry_at(99 * ROWS_OF_A_PAGE) == entry
    assert model.entry_at(0) is None
    assert wanted == [0]
