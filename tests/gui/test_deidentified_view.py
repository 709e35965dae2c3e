"""The de-identified view: whoever looks on learns nothing, and the log learns everything."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from fhc_desktop.gui.header import DEIDENTIFIED
from tests.gui.hand import do, open_and_wait
from tests.phantoms import write_dicom

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
    return " ".join([*lines, *labels, window.header.banner_text, window.status_line.text])


def picture_of(view):
    image = view.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).copy()


def test_that_the_patient_is_nowhere_in_the_window(opened):
    assert NUMBER in words_in(opened)
    assert "Demonstration" in words_in(opened)

    do(opened, "deidentified_view")

    assert NUMBER not in words_in(opened)
    assert "Demonstration" not in words_in(opened)
    assert opened.header.banner_text == DEIDENTIFIED


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
    assert (entry.patient_id, entry.patient_name) == (NUMBER, NAME)


def test_that_the_log_hides_who_and_shows_her_again(opened):
    do(opened, "accept")
    do(opened, "deidentified_view")
    do(opened, "log")
    table, titles = opened._log_window._table, opened._log_window._model

    def shown():
        return [
            titles.headerData(column, table.horizontalHeader().orientation())
            for column in range(titles.columnCount())
            if not table.isColumnHidden(column)
        ]

    assert not {"Patient ID", "Name", "Image"} & set(shown())
    assert "hidden" in opened._log_window.windowTitle()
    do(opened, "deidentified_view")
    assert {"Patient ID", "Name", "Image"} <= set(shown())
    assert NUMBER in words_in(opened)
