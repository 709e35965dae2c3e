"""The lens of the growth standards in the window, and the dialog behind it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.growth.standards import NICHD_2015
from fhc_desktop.storage.preferences.settings import load_settings
from tests.gui.hand import do


def lens(window):
    return window.side_panel.growth


def row_of(window, name):
    return next(row for row in lens(window).rows if row.words.startswith(name))


def in_force(window):
    return [row.words for row in lens(window).rows if row.isChecked()]


def click(qtbot, window, name):
    qtbot.mouseClick(row_of(window, name), Qt.MouseButton.LeftButton)


def saved(folders):
    return load_settings(folders.settings_file).settings


def answer_standards(window, answer):
    """Do what ``answer`` does to the dialog of standards, and press OK."""

    def act():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, act)
            return
        answer(dialog)
        dialog.accept()

    QTimer.singleShot(0, act)
    do(window, "standards")


GROUPS = tuple(standard.key for standard in NICHD_2015)
OURS = "Our heads (local chart)"
