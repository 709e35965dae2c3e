"""Two women of one number stay two, and a picture accepted twice stays one examination."""

from datetime import date

import pydicom
import pytest
from PySide6.QtCore import QSettings

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.gui.application import build_window
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, accept, do, open_and_wait, proposal_awaited
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom
from tests.reading import READERS

pytestmark = pytest.mark.gui

ANNA = {
    "PatientID": "12345",
    "PatientName": "Alpha^Anna",
    "PatientBirthDate": "19900101",
    "StudyDate": "20240720",
    "LastMenstrualDate": "20240301",
}
BERTA = {
    "PatientID": "12345",
    "PatientName": "Beta^Berta",
    "PatientBirthDate": "19850505",
    "StudyDate": "20240803",
}
NORTH, SOUTH = {"IssuerOfPatientID": "NORTH"}, {"IssuerOfPatientID": "SOUTH"}


@pytest.fixture
def window(qtbot, tmp_path):
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    folders = Folders(tmp_path / "data", tmp_path / "config")
    made = build_window(folders, FakeSegmenter(SMALL_OUTLINE_PX), READERS)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def scan(tmp_path):
    """Write a scan of a woman; two of one seed have the same pixels."""

    def write(name, seed=1, **header):
        path = write_dicom(small_phantom(seed), tmp_path / name)
        dataset = pydicom.dcmread(path)
        for keyword, value in header.items():
            setattr(dataset, keyword, value)
        dataset.save_as(path)
        return path

    return write


def course_of(window):
    do(window, "course")
    return window.log_windows.course_window


def days_on(course):
    return [one.facts.exam_date for one in course.page.shown.pregnancy.examinations]


def test_that_two_women_of_two_clinics_are_never_one_pregnancy(qtbot, window, scan):
    open_and_wait(qtbot, window, scan("a.dcm", **ANNA, **NORTH))
    do(window, "accept")
    open_and_wait(qtbot, window, scan("b.dcm", seed=2, **BERTA, **SOUTH))
    panel = window.side_panel.patient

    assert not panel.notes.use_in_force.isVisible()
    assert "Alpha, Anna, born 1990-01-01, issued by NORTH" in panel.identity.said_text
    window.controller.use_dating_in_force()
    assert window.controller.exam.dating is None
    do(window, "accept")

    course = course_of(window)
    assert days_on(course) == [date(2024, 8, 3)]
    assert course.page.course.patient == "12345 · Beta, Berta · issued by SOUTH"
    assert "Alpha, Anna" in course.page.course.not_drawn


def test_that_without_an_issuer_it_is_asked_before_anything_is_offered_or_accepted(
    qtbot, window, scan
):
    open_and_wait(qtbot, window, scan("a.dcm", **ANNA))
    do(window, "accept")
    open_and_wait(qtbot, window, scan("b.dcm", seed=2, **BERTA, **SOUTH))
    panel = window.side_panel.patient

    assert panel.identity.text.endswith(
        "The log has this identifier under another name: Alpha, Anna, born 1990-01-01. "
        "Is it the same woman?"
    )
    assert not panel.notes.use_in_force.isVisible()
    window.controller.use_dating_in_force()
    do(window, "accept")
    assert window.controller.exam.dating is None
    assert not window.controller.exam.is_accepted
    assert "Not accepted: the log has this identifier" in window.message_bar.text
    assert course_of(window).note.isVisible()


def test_that_a_woman_who_married_goes_on_with_her_pregnancy_once_somebody_said_so(
    qtbot, window, scan
):
    married = BERTA | {"PatientName": "Gamma^Anna", "PatientBirthDate": "19900101"}
    open_and_wait(qtbot, window, scan("a.dcm", **ANNA))
    do(window, "accept")
    open_and_wait(qtbot, window, scan("b.dcm", seed=2, **married))
    panel = window.side_panel.patient
    assert "under another name" in panel.identity.text

    panel.identity.same.click()
    panel.notes.use_in_force.click()
    do(window, "accept")

    assert window.controller.exam.dating == Dating.from_lmp(date(2024, 3, 1))
    assert days_on(course_of(window)) == [date(2024, 7, 20), date(2024, 8, 3)]
    open_and_wait(qtbot, window, scan("c.dcm", seed=3, **married))
    assert panel.identity.text == ""
    assert panel.notes.use_in_force.isVisible()


@pytest.mark.parametrize("again", ["a.dcm", "copy.dcm"])
def test_that_a_picture_accepted_twice_is_told_and_one_examination(qtbot, window, scan, again):
    open_and_wait(qtbot, window, scan("a.dcm", **ANNA, **NORTH))
    do(window, "accept")
    renamed = scan(again, AccessionNumber="" if again == "a.dcm" else "anew", **ANNA, **NORTH)
    open_and_wait(qtbot, window, renamed)
    assert window.side_panel.repeat.text.endswith("and logged.")

    assert window.controller.exam.is_accepted
    assert not window.actions_by_name["accept"].isEnabled()
    assert days_on(course_of(window)) == [date(2024, 7, 20)]


def test_that_one_picture_under_two_names_of_one_number_is_nobodys_correction(qtbot, window, scan):
    open_and_wait(qtbot, window, scan("a.dcm", **ANNA, **NORTH))
    do(window, "accept")
    open_and_wait(qtbot, window, scan("b.dcm", **BERTA, **SOUTH))
    assert "for another patient: one of the two is wrong" in window.side_panel.repeat.text

    do(window, "accept")

    assert days_on(course_of(window)) == [date(2024, 8, 3)]
    do(window, "log")
    listed = window.log_windows.log_window
    assert listed.chosen_entry().supersedes is None


def test_that_a_file_of_somebody_else_is_asked_about_where_it_was_opened_for_the_same(
    qtbot, window, scan
):
    open_and_wait(qtbot, window, scan("a.dcm", **ANNA, **NORTH))
    with proposal_awaited(qtbot, window):
        window.controller.open_for_same_patient(scan("b.dcm", seed=2, **BERTA, **SOUTH))

    accept(window)

    asked = [one.text for one in window.side_panel.patient.questions.by_item.values() if one.text]
    assert len(asked) == 1
    assert "“Alpha, Anna” entered, “Beta, Berta” in the file" in asked[0]
    assert not window.controller.exam.is_accepted
    assert "names another patient" in window.message_bar.text


@pytest.mark.parametrize(
    ("case", "files"),
    [
        ("same_id_two_clinics", ("a.dcm", "b.dcm")),
        ("same_image_accepted_twice", ("a.dcm", "a.dcm")),
    ],
)
def test_that_the_real_files_become_one_examination_of_one_woman(
    qtbot, window, shared, case, files
):
    folder = shared / "field" / case
    for name in files:
        with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
            open_and_wait(qtbot, window, folder / name)
        window.controller.use_dating_in_force()
        accept(window)
        assert window.controller.exam.is_accepted

    assert len(days_on(course_of(window))) == 1
