import pytest
from PySide6.QtWidgets import QDialogButtonBox

from fhc_desktop.gui.window.keyboard_dialog import KeyboardDialog
from tests.gui.hand import visible_words


@pytest.mark.gui
def test_that_every_key_is_listed_however_many_there_are(present):
    shortcuts = [(f"Action {number}", f"Ctrl+{number}") for number in range(80)]
    dialog = present(KeyboardDialog(None, shortcuts))

    listed = visible_words(dialog)
    assert all(text in listed for pair in shortcuts for text in pair)
    assert dialog.height() <= dialog.screen().availableSize().height()
    assert dialog.findChild(QDialogButtonBox).isVisible()
