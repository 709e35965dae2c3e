"""What a user does with a patient's file in the running program, with her own home.

``test_traces.py`` starts this by itself, since Qt learns only once where a user's settings lie.
"""

import logging
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QInputDialog, QLineEdit

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.gui.application import build_program
from fhc_desktop.gui.deidentify.deidentify_dialog import DeidentifyDialog
from fhc_desktop.gui.log.details import Details
from fhc_desktop.gui.log.menus import KEEP
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.preferences.folders import default_folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    button,
    choose_path,
    do,
    file_by_hand,
    open_dialogs,
    proposal_awaited,
    settle,
)
from tests.heads import small_phantom

# The day of her examination, as her file has it.
DAY = date(1987, 6, 5)
LEFT = Qt.MouseButton.LeftButton


@pytest.mark.qt_no_exception_capture
def test_that_a_day_goes_by(qtbot, monkeypatch):
    file, is_kept = Path(os.environ["SCAN"]), "KEEP_RECENT" in os.environ
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    app = make_application()
    with Readers() as readers:
        segmenter = FakeSegmenter(small_phantom(seed=1).outline_px)
        window = build_program(default_folders(), segmenter, readers)
        window.show()
        if not is_kept:
            do(window, "keep_recent")
        open_it(qtbot, window, file)
        accept_and_export(qtbot, window, file)
        accept_without_a_log(window)
        look_for_her(qtbot, window, file)
        leave_work_unfinished(qtbot, window, file)
        copy_without_her(qtbot, window, file.parent)
        stumble_over(qtbot, window, file)
        window.close()
        app.processEvents()


def open_it(qtbot, window, file):
    """Open it by all dialogs: as a file, in its folder, and for the same patient."""
    choose_path(file)
    with proposal_awaited(qtbot, window):
        do(window, "open")
    choose_path(file.parent)
    with qtbot.waitSignal(window.browsing.listed, timeout=PATIENCE_MS):
        do(window, "open_folder")
    with proposal_awaited(qtbot, window):
        window.open(file)
    choose_path(file)
    with proposal_awaited(qtbot, window):
        do(window, "open_same")


def accept_and_export(qtbot, window, file):
    window.controller.set_dating(Dating.from_lmp(DAY - timedelta(weeks=20)))
    do(window, "accept")
    assert window.controller.exam.is_accepted
    file_by_hand(qtbot, window, file.with_suffix(".pdf"))
    do(window, "log")
    choose_path(file.with_suffix(".csv"))
    qtbot.mouseClick(button(window.log_windows.log_window, "Export all…"), LEFT)
    qtbot.waitUntil(file.with_suffix(".csv").exists, timeout=PATIENCE_MS)
    do(window, "course")
    choose_path(file.with_suffix(".svg"))
    window.log_windows.course_window.page.selection.export.click()


def accept_without_a_log(window):
    """Have a correction wait for a log that has gone and comes back."""
    database = next((default_folders().data / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)
    window.controller.set_outline(window.controller.exam.outline_px.grown(2))
    do(window, "accept")
    assert window.controller.exam.acceptance.waits
    aside.rename(database)
    do(window, "log_again")
    assert window.controller.exam.acceptance.is_logged


def look_for_her(qtbot, window, file):
    """Search the log for her name, look closer, export her rows and keep the filter."""
    do(window, "log")
    log_window = window.log_windows.log_window
    qtbot.keyClicks(log_window.findChild(QLineEdit), window.controller.exam.patient.name)
    qtbot.wait(200)  # the hand rests
    qtbot.mouseClick(log_window.findChild(QCheckBox), LEFT)
    settle(window)
    qtbot.mouseClick(button(log_window, "Details"), LEFT)
    qtbot.waitUntil(log_window.findChild(Details).picture.isVisible, timeout=PATIENCE_MS)
    choose_path(file.with_suffix(".xlsx"))
    qtbot.mouseClick(button(log_window, "Export found…"), LEFT)
    qtbot.waitUntil(file.with_suffix(".xlsx").exists, timeout=PATIENCE_MS)
    keep_the_filter(button(log_window, "&Filters").menu())
    settle(window)


def keep_the_filter(menu):
    """Take the name that is offered: what was searched for is not in it."""

    def take_name():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QInputDialog):
            dialog.accept()
        else:
            QTimer.singleShot(10, take_name)

    QTimer.singleShot(0, take_name)
    (keep,) = [action for action in menu.actions() if action.text() == KEEP]
    keep.trigger()
    assert default_folders().settings_file.read_text().count("in force only") == 1


def leave_work_unfinished(qtbot, window, file):
    """Measure her picture afresh, leave it, and come back to it."""
    window.controller.set_second_reading(is_wanted=True)
    window.controller.set_dating_reason(f"because of {file.stem}")
    window.controller.leave()
    assert window.controller.desk.flush()
    with proposal_awaited(qtbot, window):
        window.open(file)


def copy_without_her(qtbot, window, folder):
    def look_and_save():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, DeidentifyDialog):
            QTimer.singleShot(10, look_and_save)
            return
        choose_path(folder)
        dialog.promise.setChecked(True)
        dialog.save_button.click()

    QTimer.singleShot(0, look_and_save)
    do(window, "export_deidentified")
    qtbot.waitUntil(lambda: "was saved" in window.message_bar.text, timeout=PATIENCE_MS)


def stumble_over(qtbot, window, file):
    """Have a fault of our own that quotes her."""

    def stumble():
        raise RuntimeError(str(file))

    QTimer.singleShot(0, stumble)
    qtbot.waitUntil(lambda: bool(open_dialogs(window)), timeout=PATIENCE_MS)
    for dialog in open_dialogs(window):
        dialog.close()
    for handler in logging.getLogger("fhc_desktop").handlers:
        handler.flush()
