"""A fault of our own is admitted once, with the file that tells of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from fhc_desktop.gui.window.our_fault import show_our_fault
from tests.gui.hand import button, open_dialogs


@pytest.mark.gui
def test_that_our_fault_names_the_log_file_and_copies_its_path(owner, qtbot, tmp_path):
    log_file = tmp_path / "Üntersuchung" / "fhc.log"

    show_our_fault(owner, log_file)

    (dialog,) = open_dialogs(owner)
    assert dialog.findChild(QLineEdit).text() == str(log_file)
    qtbot.mouseClick(button(dialog, "Copy path"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == str(log_file)


@pytest.mark.gui
def test_that_our_fault_is_not_stacked_upon_itself(owner, tmp_path):
    show_our_fault(owner, tmp_path / "fhc.log")
    show_our_fault(owner, tmp_path / "fhc.log")

    assert len(open_dialogs(owner)) == 1


@pytest.mark.gui
def test_that_our_fault_is_shown_again_after_it_was_closed(owner, qtbot, tmp_path):
    show_our_fault(owner, tmp_path / "fhc.log")
    (first,) = open_dialogs(owner)
    with qtbot.waitSignal(first.destroyed):
        qtbot.mouseClick(button(first, "Close"), Qt.MouseButton.LeftButton)

    show_our_fault(owner, tmp_path / "fhc.log")

    assert len(open_dialogs(owner)) == 1
