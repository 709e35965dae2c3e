"""From one picture all accepted ones of its study are filed; the window goes on meanwhile."""

import pydicom
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from fhc_desktop.gui.filing.study_dialog import StudyDialog
from fhc_desktop.reporting.content.report_form import ReportForm
from tests.gui.hand import (
    PATIENCE_MS,
    accept,
    choose_path,
    do,
    open_and_wait,
    open_dialogs,
    visible_words,
)
from tests.heads import small_phantom, write_dicom

pytestmark = pytest.mark.gui
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def study(qtbot, window, tmp_path):
    """A window in which three pictures of one study were accepted; the last is on the screen."""
    folder = tmp_path / "Secret_scans"
    folder.mkdir()
    for number in (1, 2, 3):
        path = write_dicom(small_phantom(seed=number), folder / f"{number}.dcm")
        dataset = pydicom.dcmread(path)
        dataset.StudyInstanceUID = "1.2.3.4"
        dataset.save_as(path)
        open_and_wait(qtbot, window, path)
        accept(window)
        assert window.controller.exam.is_accepted
    return folder


def asked(qtbot, window):
    with qtbot.waitSignal(window.reports.study.gathered, timeout=PATIENCE_MS):
        do(window, "export_study")
    (dialog,) = [one for one in open_dialogs(window) if isinstance(one, StudyDialog)]
    return dialog


def file_to(qtbot, window, dialog, folder):
    folder.mkdir(exist_ok=True)
    choose_path(folder)
    dialog.where.button.click()
    with qtbot.waitSignal(window.reports.study.filed, timeout=PATIENCE_MS) as filed:
        dialog.save.click()
    return filed.args[0]


def test_that_all_three_are_named_and_filed_as_one_report(qtbot, window, study, tmp_path):
    dialog = asked(qtbot, window)
    assert all(f"{number}.dcm" in visible_words(dialog) for number in (1, 2, 3))

    filed = file_to(qtbot, window, dialog, tmp_path / "reports")

    (written,) = filed.written
    words = PdfReader(written.path).pages[0].extract_text()
    assert all(f"{number}.dcm" in words for number in (1, 2, 3))
    assert "One report of the study was saved" in window.message_bar.text
    assert not dialog.isVisible()


def test_that_they_are_filed_one_by_one_and_the_missing_one_is_named(
    qtbot, window, study, tmp_path
):
    (study / "2.dcm").unlink()
    dialog = asked(qtbot, window)
    assert "▲ 2.dcm" in visible_words(dialog)
    dialog.as_one.setChecked(False)
    assert not dialog.save.isEnabled()
    dialog.boxes[ReportForm.PDF].setChecked(True)

    filed = file_to(qtbot, window, dialog, tmp_path / "reports")

    assert len(filed.written) == 2
    assert "1 could not be reported" in window.message_bar.text


def test_that_closing_the_dialog_cancels_and_leaves_the_window_as_it_was(
    qtbot, window, study, tmp_path
):
    before = window.controller.exam
    dialog = asked(qtbot, window)
    (tmp_path / "reports").mkdir()
    choose_path(tmp_path / "reports")
    dialog.where.button.click()

    with qtbot.waitSignal(window.reports.study.filed, timeout=PATIENCE_MS) as filed:
        dialog.save.click()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert filed.args[0].is_cancelled
    assert list((tmp_path / "reports").iterdir()) == []
    assert "cancelled" in window.message_bar.text
    assert window.controller.exam == before


def test_that_a_place_that_refuses_is_told_and_nothing_is_lost(qtbot, window, study, tmp_path):
    dialog = asked(qtbot, window)
    dialog.where.folder = tmp_path / "gone"

    with qtbot.waitSignal(window.reports.study.filed, timeout=PATIENCE_MS) as filed:
        dialog.save.click()

    assert filed.args[0].problem is not None
    assert "its folder does not exist" in window.message_bar.text
    assert window.controller.exam.is_accepted


def test_that_nothing_accepted_is_said_to_be_nothing(qtbot, dated):
    dialog = asked(qtbot, dated)

    assert "Nothing of this study is accepted" in visible_words(dialog)
    assert not dialog.save.isEnabled()


def test_that_the_view_hides_the_names_in_a_dialog_that_is_open(qtbot, window, study):
    (study / "2.dcm").unlink()
    dialog = asked(qtbot, window)
    assert "Secret" in visible_words(dialog) or "1.dcm" in visible_words(dialog)

    do(window, "deidentified_view")

    words = visible_words(dialog)
    assert not any(told in words for told in ("Secret", ".dcm", "2026", "2025"))
    assert "1 is left out" in words
    dialog.save.click()
    assert "filed under its patient" in window.message_bar.text
    dialog.reject()
    do(window, "export_study")
    assert open_dialogs(window) == []


def test_that_its_key_opens_it_once(qtbot, window, study):
    with qtbot.waitSignal(window.reports.study.gathered, timeout=PATIENCE_MS):
        qtbot.keyClick(window, Qt.Key.Key_S, CTRL_SHIFT)

    do(window, "export_study")

    assert len(open_dialogs(window)) == 1
