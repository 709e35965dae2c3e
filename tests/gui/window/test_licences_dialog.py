"""The licences in the window: each part with its version and its whole text."""

import pytest

from fhc_desktop.components import components
from fhc_desktop.gui.window.licences_dialog import LicencesDialog

pytestmark = pytest.mark.gui


def test_that_each_part_can_be_chosen_and_shows_its_licence(present):
    dialog = present(LicencesDialog(None))
    lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]

    assert any(line.startswith("PySide6_Essentials 6.") for line in lines)
    for row, part in enumerate(components()):
        dialog.list.setCurrentRow(row)
        assert part.licence in dialog.text.toPlainText()
        assert part.text.strip() in dialog.text.toPlainText()
