"""What the help menu leads to, from a window at work."""

import pytest

from fhc_desktop.gui.window.installation_dialog import InstallationDialog
from fhc_desktop.gui.window.licences_dialog import LicencesDialog
from tests.gui.hand import visible_words

pytestmark = pytest.mark.gui
SECONDS = 180


def test_that_the_licences_open_over_the_window(start):
    window = start()
    window.actions_by_name["licences"].trigger()

    (dialog,) = window.findChildren(LicencesDialog)
    assert dialog.list.count() > 10
    dialog.close()


@pytest.mark.slow
@pytest.mark.model
def test_that_the_installation_is_checked_beside_a_window_with_a_log(qtbot, start, logged):
    window = start()
    before = logged()
    window.actions_by_name["check_installation"].trigger()

    (dialog,) = window.findChildren(InstallationDialog)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=SECONDS * 1000)

    assert "measures as it should" in dialog.title.text(), visible_words(dialog)
    dialog.close()
    assert logged() == before
