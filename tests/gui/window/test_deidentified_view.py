"""The story of the de-identified view: whoever looks on learns nothing, and the log everything."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.window.patient_banner import DEIDENTIFIED
from tests.gui.hand import (
    button,
    do,
    enter,
    file_report,
    open_and_fail,
    proposal_awaited,
    settle,
    visible_words,
)

pytestmark = pytest.mark.gui
NAME, NUMBER = "Demonstration, Phantom", "DEMO-001"


def words_in(window):
    lines = [line.displayText() for line in window.findChildren(QLineEdit)]
    labels = [label.text() for label in window.findChildren(QLabel)]
    return " ".join([*lines, *labels, window.top_row.banner_text, window.status_line.text])


def test_that_the_patient_is_nowhere_in_the_window(named):
    assert NUMBER in words_in(named)
    assert "Demonstration" in words_in(named)

    do(named, "deidentified_view")

    assert NUMBER not in words_in(named)
    assert "Demonstration" not in words_in(named)
    assert named.top_row.banner_text == DEIDENTIFIED


def test_that_the_list_of_patients_is_taken_away_and_comes_back(named):
    tree = named.browsing.tree

    do(named, "deidentified_view")
    assert tree.isHidden()
    do(named, "deidentified_view")
    assert not tree.isHidden()


def test_that_what_is_logged_is_the_patient_as_she_is(named, logged):
    do(named, "deidentified_view")
    do(named, "accept")

    exam = named.controller.exam
    assert exam.is_accepted
    assert (exam.patient.identifier, exam.patient.name) == (NUMBER, NAME)
    (entry,) = logged()
    assert entry.facts.patient == Patient(NUMBER, NAME)


def table_of(log_window):
    return log_window.findChild(QTableView).model()


def titles_of(log_window):
    model = table_of(log_window)
    return {
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    }


def test_that_the_log_hides_who_and_shows_her_again(named):
    do(named, "accept")
    do(named, "deidentified_view")
    do(named, "log")
    log_window = named.log_windows.log_window

    assert not {"Patient ID", "Name", "Image", "Operator"} & titles_of(log_window)
    assert "hidden" in log_window.windowTitle()
    do(named, "deidentified_view")
    assert {"Patient ID", "Name", "Image", "Operator"} <= titles_of(log_window)
    assert NUMBER in words_in(named)


def tips_of(log_window):
    model = table_of(log_window)
    cells = [model.index(0, column) for column in range(model.columnCount())]
    return " ".join(str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells)


def test_that_no_closer_look_at_the_log_tells_dates_files_or_people(named):
    named.controller.set_dating(Dating.from_lmp(date(2026, 1, 10)))
    named.controller.set_exam_date(date(2026, 6, 1))
    named.controller.keep_entered(FileItem.DATING)
    do(named, "accept")
    do(named, "log")
    log_window = named.log_windows.log_window
    told = tips_of(log_window)
    assert "LMP 2026-01-10" in told
    assert "Demonstration_Phantom.dcm" in told
    assert "region" in told

    do(named, "deidentified_view")

    told = tips_of(log_window)
    assert not any(word in told for word in ("2026-01-10", "Demonstration", NUMBER, "region"))
    assert "INTERGROWTH" in told


def test_that_the_exported_log_is_not_named_in_the_view(qtbot, named, tmp_path):
    do(named, "accept")
    do(named, "log")
    log_window = named.log_windows.log_window
    log_window.export_to(tmp_path / "Mrs_Jones.csv")
    qtbot.waitUntil(lambda: "Jones" in visible_words(log_window))

    do(named, "deidentified_view")
    assert "written" not in visible_words(log_window)
    log_window.export_to(tmp_path / "Mrs_Jones.csv")
    qtbot.waitUntil(lambda: "1 measurement was written." in visible_words(log_window))
    log_window.export_to(tmp_path / "nowhere" / "Mrs_Jones.csv")
    qtbot.waitUntil(lambda: "was not written" in visible_words(log_window))
    assert "Jones" not in visible_words(log_window)


def test_that_neither_conflicts_nor_the_files_data_tell_the_patient(named):
    named.controller.set_patient(Patient("OTHER-2", "Someone Else"))
    told = visible_words(named)
    assert "Someone Else" in told
    assert "From file" in told

    do(named, "deidentified_view")
    told = visible_words(named)
    assert not any(word in told for word in ("Someone", "OTHER-2", "Demonstration", "From file"))
    answers = named.side_panel.patient.questions.findChildren(QPushButton)
    assert not any(button.isVisible() for button in answers)

    do(named, "deidentified_view")
    assert "Someone Else" in visible_words(named)


def test_that_a_scale_does_not_tell_the_file_it_was_taken_from(named):
    name = "Mrs_Jones_scan.png"
    named.scales.set_pixel_size(0.2, 0.2)
    scale = named.controller.exam.manual_calibration
    told = replace(scale, detail=f"taken over from {name}")
    named.controller.record(lambda exam: exam.with_manual_calibration(told))
    assert name in visible_words(named).replace("\u200b", "")
    assert name in named.status_line.text

    do(named, "deidentified_view")

    assert name not in visible_words(named).replace("\u200b", "")
    assert name not in named.status_line.text
    assert "0.2000 mm/px" in named.side_panel.calibration.text


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "Mrs_Jones.png"
    path.write_bytes(b"no picture")
    return path


def test_that_a_file_that_cannot_be_opened_is_named_when_the_view_is_left(qtbot, named, broken):
    do(named, "deidentified_view")
    open_and_fail(qtbot, named, broken)

    assert "needs your attention" in named.message_bar.text
    assert named.message_bar.isVisible()
    assert "Jones" not in visible_words(named).replace("\u200b", "")

    do(named, "deidentified_view")

    assert "Mrs_Jones.png is not an image" in named.message_bar.text


def test_that_a_message_that_was_closed_in_the_view_does_not_come_back(qtbot, named, broken):
    do(named, "deidentified_view")
    open_and_fail(qtbot, named, broken)
    named.message_bar.findChild(QToolButton).click()
    do(named, "deidentified_view")

    assert named.message_bar.text == ""


def test_that_a_place_that_cannot_be_listed_is_not_named_in_the_view(qtbot, named, tmp_path):
    folder = tmp_path / "Mrs_Jones"
    folder.mkdir()
    do(named, "deidentified_view")

    with qtbot.waitSignal(named.browsing.failed):
        named.open(folder)

    assert named.message_bar.text
    assert "Jones" not in named.message_bar.text
    assert "Jones" not in visible_words(named).replace("\u200b", "")


def test_that_a_file_of_another_patient_is_told_without_saying_whose(qtbot, named):
    path = named.controller.exam.image.source.path
    named.controller.set_patient(Patient("OTHER-2", "Someone Else"))
    do(named, "deidentified_view")

    with proposal_awaited(qtbot, named):
        named.controller.open_for_same_patient(path)

    assert "needs your attention" in named.message_bar.text
    do(named, "deidentified_view")
    assert "names another patient" in named.message_bar.text


def test_that_a_saved_report_is_not_named_in_the_view(qtbot, named, tmp_path):
    do(named, "deidentified_view")

    do(named, "accept")
    file_report(qtbot, named, tmp_path / "Mrs_Jones.pdf")

    assert named.message_bar.text == "The report was saved."


def test_that_what_names_nobody_is_still_said_in_the_view(qtbot, named):
    enter(qtbot, named.side_panel.patient.dating, "soon")
    do(named, "deidentified_view")
    do(named, "accept")

    assert "Not accepted" in named.message_bar.text


def test_that_no_part_of_the_logs_window_tells_the_patient_in_the_view(qtbot, named, logged):
    do(named, "accept")
    (entry,) = logged()
    named.settings.change(
        lambda settings: replace(
            settings, log_filters=('{"name": "All of Jones", "in_force_only": true}',)
        )
    )
    do(named, "log")
    log_window = named.log_windows.log_window
    qtbot.mouseClick(button(log_window, "Details"), Qt.MouseButton.LeftButton)
    settle(named)
    secrets = (NUMBER, "Demonstration", entry.operator, str(entry.facts.exam_date), "All of Jones")
    assert all(secret in everything_in(log_window) for secret in secrets)

    do(named, "deidentified_view")
    settle(named)

    assert not any(secret in everything_in(log_window) for secret in secrets)


def everything_in(window):
    """All that can be seen, opened or pointed at in a window."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    words = [visible_words(window), window.windowTitle(), tips_of(window)]
    for widget in seen:
        words.append(widget.toolTip())
        match widget:
            case QLineEdit():
                words += [widget.text(), widget.placeholderText()]
            case QComboBox():
                words += [widget.itemText(at) for at in range(widget.count())]
            case QPushButton() if widget.menu() is not None:
                words += [action.text() for action in widget.menu().actions()]
            case _:
                pass
    return "\n".join(words)
