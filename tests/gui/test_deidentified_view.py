"""The de-identified view: whoever looks on learns nothing, and the log learns everything."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.window.patient_banner import DEIDENTIFIED
from tests.gui.hand import do, enter, open_and_fail, open_and_wait, proposal_awaited
from tests.heads import write_dicom

pytestmark = pytest.mark.gui
NAME, NUMBER = "Demonstration, Phantom", "DEMO-001"


@pytest.fixture
def opened(qtbot, window, phantom, tmp_path):
    path = write_dicom(phantom, tmp_path / "Demonstration_Phantom.dcm")
    open_and_wait(qtbot, window, path)
    return window


def words_in(window):
    lines = [line.displayText() for line in window.findChildren(QLineEdit)]
    labels = [label.text() for label in window.findChildren(QLabel)]
    return " ".join([*lines, *labels, window.top_row.banner_text, window.status_line.text])


def picture_of(view):
    image = view.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).copy()


def test_that_the_patient_is_nowhere_in_the_window(opened):
    assert NUMBER in words_in(opened)
    assert "Demonstration" in words_in(opened)

    do(opened, "deidentified_view")

    assert NUMBER not in words_in(opened)
    assert "Demonstration" not in words_in(opened)
    assert opened.top_row.banner_text == DEIDENTIFIED


def test_that_burnt_in_text_at_the_top_is_covered(opened):
    before = picture_of(opened.image_view)
    do(opened, "deidentified_view")
    during = picture_of(opened.image_view)
    do(opened, "deidentified_view")

    assert opened.actions_by_name["deidentified_view"].isChecked() is False
    assert np.array_equal(picture_of(opened.image_view), before)
    assert opened.controller.exam.image.gray.any()
    # The phantom's one region is the whole picture: nothing stands outside it.
    assert np.array_equal(during, before)


def test_that_a_picture_without_regions_has_its_top_covered(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    before = picture_of(window.image_view)

    do(window, "deidentified_view")

    assert not np.array_equal(picture_of(window.image_view), before)


def test_that_the_list_of_patients_is_taken_away_and_comes_back(opened):
    tree = opened.browsing.tree

    do(opened, "deidentified_view")
    assert tree.isHidden()
    do(opened, "deidentified_view")
    assert not tree.isHidden()


def test_that_what_is_logged_is_the_patient_as_she_is(opened):
    do(opened, "deidentified_view")
    do(opened, "accept")

    exam = opened.controller.exam
    assert exam.is_accepted
    assert (exam.patient.identifier, exam.patient.name) == (NUMBER, NAME)
    (entry,) = opened._log.entries()
    assert entry.facts.patient == Patient(NUMBER, NAME)


def table_of(log_window):
    return log_window.findChild(QTableView).model()


def titles_of(log_window):
    model = table_of(log_window)
    return {
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    }


def test_that_the_log_hides_who_and_shows_her_again(opened):
    do(opened, "accept")
    do(opened, "deidentified_view")
    do(opened, "log")
    log_window = opened.log_windows.log_window

    assert not {"Patient ID", "Name", "Image", "Operator"} & titles_of(log_window)
    assert "hidden" in log_window.windowTitle()
    do(opened, "deidentified_view")
    assert {"Patient ID", "Name", "Image", "Operator"} <= titles_of(log_window)
    assert NUMBER in words_in(opened)


def tips_of(log_window):
    model = table_of(log_window)
    cells = [model.index(0, column) for column in range(model.columnCount())]
    return " ".join(str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells)


def test_that_no_closer_look_at_the_log_tells_dates_files_or_people(opened):
    opened.controller.set_dating(Dating.from_lmp(date(2026, 1, 10)))
    opened.controller.set_exam_date(date(2026, 6, 1))
    opened.controller.keep_entered(FileItem.DATING)
    do(opened, "accept")
    do(opened, "log")
    log_window = opened.log_windows.log_window
    told = tips_of(log_window)
    assert "LMP 2026-01-10" in told
    assert "Demonstration_Phantom.dcm" in told
    assert "region" in told

    do(opened, "deidentified_view")

    told = tips_of(log_window)
    assert not any(word in told for word in ("2026-01-10", "Demonstration", NUMBER, "region"))
    assert "INTERGROWTH" in told


def test_that_the_exported_log_is_not_named_in_the_view(opened, tmp_path):
    do(opened, "accept")
    do(opened, "log")
    log_window = opened.log_windows.log_window
    log_window.export_to(tmp_path / "Mrs_Jones.csv")
    assert "Jones" in visible_words(log_window)

    do(opened, "deidentified_view")
    assert "written" not in visible_words(log_window)
    log_window.export_to(tmp_path / "Mrs_Jones.csv")
    assert "The whole log was written." in visible_words(log_window)
    log_window.export_to(tmp_path / "nowhere" / "Mrs_Jones.csv")
    assert "was not written" in visible_words(log_window)
    assert "Jones" not in visible_words(log_window)


def visible_words(window):
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_that_neither_conflicts_nor_the_files_data_tell_the_patient(opened):
    opened.controller.set_patient(Patient("OTHER-2", "Someone Else"))
    told = visible_words(opened)
    assert "Someone Else" in told
    assert "From file" in told

    do(opened, "deidentified_view")
    told = visible_words(opened)
    assert not any(word in told for word in ("Someone", "OTHER-2", "Demonstration", "From file"))
    answers = opened.side_panel.patient.questions.findChildren(QPushButton)
    assert not any(button.isVisible() for button in answers)

    do(opened, "deidentified_view")
    assert "Someone Else" in visible_words(opened)


def test_that_a_scale_does_not_tell_the_file_it_was_taken_from(opened):
    name = "Mrs_Jones_scan.png"
    opened.scales.set_pixel_size(0.2, 0.2)
    scale = opened.controller.exam.manual_calibration
    named = replace(scale, detail=f"taken over from {name}")
    opened.controller.record(lambda exam: exam.with_manual_calibration(named))
    assert name in visible_words(opened).replace("\u200b", "")
    assert name in opened.status_line.text

    do(opened, "deidentified_view")

    assert name not in visible_words(opened).replace("\u200b", "")
    assert name not in opened.status_line.text
    assert "0.2000 mm/px" in opened.side_panel.calibration.text


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "Mrs_Jones.png"
    path.write_bytes(b"no picture")
    return path


def test_that_a_file_that_cannot_be_opened_is_named_when_the_view_is_left(qtbot, opened, broken):
    do(opened, "deidentified_view")
    open_and_fail(qtbot, opened, broken)

    assert "needs your attention" in opened.message_bar.text
    assert opened.message_bar.isVisible()
    assert "Jones" not in visible_words(opened).replace("\u200b", "")

    do(opened, "deidentified_view")

    assert "Mrs_Jones.png is not an image" in opened.message_bar.text


def test_that_a_message_that_was_closed_in_the_view_does_not_come_back(qtbot, opened, broken):
    do(opened, "deidentified_view")
    open_and_fail(qtbot, opened, broken)
    opened.message_bar._close.click()
    do(opened, "deidentified_view")

    assert opened.message_bar.text == ""


def test_that_a_place_that_cannot_be_listed_is_not_named_in_the_view(qtbot, opened, tmp_path):
    folder = tmp_path / "Mrs_Jones"
    folder.mkdir()
    do(opened, "deidentified_view")

    with qtbot.waitSignal(opened.browsing.failed):
        opened.open(folder)

    assert opened.message_bar.text
    assert "Jones" not in opened.message_bar.text
    assert "Jones" not in visible_words(opened).replace("\u200b", "")


def test_that_a_file_of_another_patient_is_told_without_saying_whose(qtbot, opened):
    path = opened.controller.exam.image.source.path
    opened.controller.set_patient(Patient("OTHER-2", "Someone Else"))
    do(opened, "deidentified_view")

    with proposal_awaited(qtbot, opened):
        opened.controller.open_for_same_patient(path)

    assert "needs your attention" in opened.message_bar.text
    do(opened, "deidentified_view")
    assert "names another patient" in opened.message_bar.text


def test_that_a_saved_report_is_not_named_in_the_view(qtbot, opened, tmp_path):
    do(opened, "deidentified_view")

    do(opened, "accept")
    with qtbot.waitSignal(opened.controller.exported):
        opened.controller.export_pdf(tmp_path / "Mrs_Jones.pdf")

    assert opened.message_bar.text == "The report was saved."


def test_that_what_names_nobody_is_still_said_in_the_view(qtbot, opened):
    enter(qtbot, opened.side_panel.patient.dating, "soon")
    do(opened, "deidentified_view")
    do(opened, "accept")

    assert "Not accepted" in opened.message_bar.text
