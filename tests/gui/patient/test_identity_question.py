"""Whose examinations they are is asked in the panel; the answer is kept, and can be taken back."""

from dataclasses import replace

import pydicom
import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from tests.gui.hand import accept, do, enter, open_and_wait, settle
from tests.heads import small_phantom, write_dicom, write_png

pytestmark = pytest.mark.gui


@pytest.fixture
def asked(qtbot, window, tmp_path):
    """The window with an image of Anna, whose number the log has for Erika."""
    for seed, name in ((1, "Muster, Erika"), (2, "Alpha, Anna")):
        open_and_wait(qtbot, window, write_png(small_phantom(seed), tmp_path / f"{seed}.png"))
        window.controller.set_patient(Patient("4711", name))
        if seed == 1:
            do(window, "accept")
    settle(window)
    return window


@pytest.fixture
def logged(folders):
    def entries():
        log = MeasurementLog.open(folders.data)
        found = log.entries()
        log.close()
        return found

    return entries


def question(window):
    return window.side_panel.patient.identity


def test_that_it_is_asked_in_sight_and_nothing_is_accepted_until_it_is_answered(asked, logged):
    assert question(asked).isVisible()
    assert "under another name: Muster, Erika. Is it the same woman?" in question(asked).text

    do(asked, "accept")
    assert len(logged()) == 1
    question(asked).same.click()
    assert question(asked).text == ""
    assert "Same woman in the log: Muster, Erika" in question(asked).said_text
    do(asked, "accept")

    (answer,) = logged()[0].facts.answers
    assert (answer.logged.name, answer.is_same) == ("Muster, Erika", True)


def test_that_undo_asks_again_and_redo_answers_as_before(asked):
    question(asked).another.click()
    assert "Another woman in the log with this identifier" in question(asked).said_text

    do(asked, "undo")
    assert question(asked).is_open
    do(asked, "redo")
    assert not question(asked).is_open


def test_that_an_answer_survives_what_is_undone_after_it(qtbot, asked):
    question(asked).same.click()
    enter(qtbot, asked.side_panel.patient.exam_date, "2026-05-20")

    do(asked, "undo")

    assert not question(asked).is_open
    assert "Same woman" in question(asked).said_text


def test_that_an_accepted_answer_that_was_taken_back_is_asked_again_and_given_anew(asked, logged):
    question(asked).same.click()
    do(asked, "accept")

    question(asked).again.click()
    assert question(asked).is_open
    assert not asked.controller.exam.is_accepted
    question(asked).another.click()
    do(asked, "accept")

    newest, before, _ = logged()
    assert newest.supersedes == before.entry_id
    assert [one.is_same for one in newest.facts.answers] == [False]


def test_that_the_answer_is_remembered_for_her_next_image(qtbot, asked, tmp_path):
    question(asked).another.click()
    do(asked, "accept")

    open_and_wait(qtbot, asked, write_png(small_phantom(3), tmp_path / "3.png"))
    asked.controller.set_patient(Patient("4711", "ALPHA Anna"))
    settle(asked)

    assert not question(asked).is_open
    assert "Muster, Erika" in question(asked).said_text


def test_that_spelling_is_no_question(asked):
    for name in ("muster erika", "Dr. Erika Muster", "Muster, Erika Maria"):
        asked.controller.set_patient(Patient("4711", name))
        assert not question(asked).is_open, name


def test_that_the_deidentified_view_asks_nothing_aloud(asked):
    do(asked, "deidentified_view")

    assert not question(asked).isVisible()
    do(asked, "accept")
    assert not asked.controller.exam.is_accepted
    assert "Muster" not in asked.message_bar.text
    do(asked, "deidentified_view")
    assert question(asked).isVisible()


def test_that_the_keys_lead_to_the_question_and_answer_none(asked):
    accept(asked)

    assert question(asked).is_open
    assert not question(asked).same.hasFocus()
    assert not question(asked).another.hasFocus()


def test_that_what_a_file_says_of_issuer_and_birth_is_logged(qtbot, window, tmp_path, logged):
    path = write_dicom(small_phantom(), tmp_path / "a.dcm")
    dataset = pydicom.dcmread(path)
    dataset.IssuerOfPatientID, dataset.PatientBirthDate = "NORTH", "19900203"
    dataset.save_as(path)

    open_and_wait(qtbot, window, path)
    do(window, "accept")

    (entry,) = logged()
    assert replace(entry.facts.patient, name="").words == (
        "without a name, born 1990-02-03, issued by NORTH"
    )
    assert "issued by NORTH" in window.side_panel.patient.file_text
