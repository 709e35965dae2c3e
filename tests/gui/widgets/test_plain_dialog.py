"""Dialogs show data as plain text."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.gui.calibration.number_dialogs import PixelSizeDialog
from fhc_desktop.gui.window.about import AboutDialog
from fhc_desktop.gui.window.keyboard_dialog import KeyboardDialog
from fhc_desktop.gui.window.our_fault import show_our_fault
from tests.gui.hand import open_dialogs

MARKUP = "<b>Møller</b> & <img src='x'>"


@pytest.mark.gui
def test_that_no_dialog_takes_data_for_markup(owner, present):
    show_our_fault(owner, Path("/tmp") / "log")  # noqa: S108 - only a name
    dialogs = [
        *open_dialogs(owner),
        present(AboutDialog(owner, ModelIdentity(MARKUP, MARKUP, "0" * 64))),
        present(KeyboardDialog(owner, [(MARKUP, MARKUP)])),
        present(PixelSizeDialog(owner, None)),
    ]

    for dialog in dialogs:
        labels = dialog.findChildren(QLabel)
        assert labels
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
