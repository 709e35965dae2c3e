"""From the window: the report of what is on the screen, and none while the patient is hidden."""

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.gui.filing.preview_window import PreviewWindow
from tests.gui.hand import PATIENCE_MS, do, filing_dialog, open_dialogs

pytestmark = pytest.mark.gui
CTRL = Qt.KeyboardModifier.ControlModifier


def previewed(qtbot, window, show):
    with qtbot.waitSignal(window.reports.previewing.shown, timeout=PATIENCE_MS) as found:
        show()
    return found.args[0]


def previews(window):
    return [one for one in open_dialogs(window) if isinstance(one, PreviewWindow)]


def test_that_what_is_not_accepted_is_previewed_as_not_reviewed(qtbot, dated):
    shown = previewed(qtbot, dated, lambda: qtbot.keyClick(dated, Qt.Key.Key_P, CTRL))

    assert "Not reviewed" in shown.words.text()
    assert not shown.file.isEnabled()


def test_that_a_preview_leads_to_the_dialog_that_files(qtbot, dated):
    do(dated, "accept")
    shown = previewed(qtbot, dated, lambda: do(dated, "preview"))
    assert shown.words.text() == ""

    shown.file.click()

    assert previews(dated) == []
    assert len(open_dialogs(dated)) == 1


def test_that_the_dialog_leads_to_a_preview_and_waits_behind_it(qtbot, dated):
    do(dated, "accept")
    dialog = filing_dialog(dated)

    shown = previewed(qtbot, dated, dialog.preview.click)
    shown.file.click()

    assert previews(dated) == []
    assert dialog.isVisible()


def test_that_a_second_preview_takes_the_place_of_the_first(qtbot, dated):
    first = previewed(qtbot, dated, lambda: do(dated, "preview"))
    second = previewed(qtbot, dated, lambda: do(dated, "preview"))

    assert previews(dated) == [second]
    assert first is not second


def test_that_the_deidentified_view_has_no_preview_and_puts_one_away(qtbot, dated):
    previewed(qtbot, dated, lambda: do(dated, "preview"))

    do(dated, "deidentified_view")
    assert previews(dated) == []
    do(dated, "preview")

    assert previews(dated) == []
    assert "leave the de-identified view" in dated.message_bar.text


def test_that_a_preview_that_was_asked_for_before_the_view_is_not_shown_in_it(qtbot, dated):
    do(dated, "preview")
    do(dated, "deidentified_view")

    qtbot.wait(200)

    assert previews(dated) == []
