"""What a user does with a patient's file in the running program, with her own home.

``test_traces.py`` starts this by itself, since Qt learns only once where a user's settings lie.
"""

import logging
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.gui.application import build_program, make_application
from fhc_desktop.gui.deidentify.deidentify_dialog import DeidentifyDialog
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.storage.preferences.folders import default_folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    button,
    choose_path,
    do,
    open_dialogs,
    proposal_awaited,
)
from tests.heads import small_phantom

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
    window.controller.set_exam_date(date(2026, 5, 20))
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    do(window, "accept")
    choose_path(file.with_suffix(".pdf"))
    with qtbot.waitSignal(window.controller.exported, timeout=PATIENCE_MS):
        do(window, "export")
    do(window, "log")
    choose_path(file.with_suffix(".csv"))
    qtbot.mouseClick(button(window.log_windows.log_window, "Export CSV…"), LEFT)
    do(window, "course")
    choose_path(file.with_suffix(".svg"))
    window.log_windows.course_window.page.selection.export.click()


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
