"""The check of the installation in the window: a line a check, and a PDF."""

from threading import Event

import pypdf
import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.window import installation_dialog
from fhc_desktop.gui.window.installation_dialog import CHECKING, InstallationDialog
from tests.gui.hand import PATIENCE_MS, visible_words
from tests.reporting.content.test_installation import FAULT, FINE, installation

pytestmark = pytest.mark.gui


@pytest.fixture
def checked(qtbot, present):
    """The dialog as soon as it has its answer."""

    def show(*findings):
        dialog = present(InstallationDialog(lambda: installation(*findings), None))
        qtbot.waitUntil(dialog.save.isEnabled, timeout=PATIENCE_MS)
        return dialog

    return show


def test_that_the_window_says_that_it_is_checking_and_can_be_closed_meanwhile(qtbot, present):
    gate = Event()
    dialog = present(InstallationDialog(lambda: gate.wait(10) and installation(FINE), None))

    assert dialog.title.text() == CHECKING
    assert not dialog.save.isEnabled()
    dialog.reject()
    gate.set()
    qtbot.wait(20)

    assert dialog.title.text() == CHECKING


def test_that_each_finding_has_its_line_and_the_verdict_stands_first(qtbot, checked):
    dialog = checked(FINE, FAULT)

    assert "not sound" in dialog.title.text()
    qtbot.waitUntil(lambda: "as shipped" in visible_words(dialog), timeout=PATIENCE_MS)
    assert "The disk is full." in visible_words(dialog)


def test_that_the_findings_are_saved_as_pdf(checked, tmp_path, monkeypatch):
    target = tmp_path / "check.pdf"
    monkeypatch.setattr(installation_dialog, "ask_target", lambda *_, **__: target)
    dialog = checked(FINE)

    dialog.save.click()

    assert "as shipped" in pypdf.PdfReader(target).pages[0].extract_text()
    assert str(target) in dialog.words.text()


def test_that_a_disk_that_takes_no_pdf_is_told_in_the_dialog(checked, tmp_path, monkeypatch):
    target = tmp_path / "none" / "check.pdf"
    monkeypatch.setattr(installation_dialog, "ask_target", lambda *_, **__: target)
    dialog = checked(FINE)

    dialog.save.click()

    assert "its folder does not exist" in dialog.words.text()


def test_that_what_keeps_the_check_from_being_made_is_told(qtbot, present):
    def refuse():
        raise FhcError("No check.", "Try again.")

    dialog = present(InstallationDialog(refuse, None))

    qtbot.waitUntil(lambda: "Try again." in dialog.words.text(), timeout=PATIENCE_MS)
