"""Name, address and logo are entered once and stand in each report; a bad logo is told at once."""

import json

import pytest
from PIL import Image
from pypdf import PdfReader

from fhc_desktop.gui.filing.institution_dialog import InstitutionDialog, InstitutionWish
from fhc_desktop.storage.preferences.settings import Settings
from tests.gui.hand import choose_path, do, file_report, open_dialogs, visible_words

pytestmark = pytest.mark.gui
CLINIC = InstitutionWish("Clinic of the North", "1 Long Road\nOslo", "")


@pytest.fixture
def logo(tmp_path):
    path = tmp_path / "logo.png"
    Image.new("RGBA", (40, 20), (200, 0, 0, 128)).save(path)
    return path


@pytest.fixture
def dialog(present):
    return present(InstitutionDialog(None, CLINIC))


def test_that_what_is_entered_goes_into_the_settings_and_comes_back():
    kept = InstitutionWish(" Clinic ", "A\nB\n", "/logo.png").kept_in(Settings())

    assert InstitutionWish.of(kept) == InstitutionWish("Clinic", "A\nB", "/logo.png")


def test_that_a_logo_is_shown_and_can_be_taken_away(dialog, logo):
    choose_path(logo)
    dialog.choose.click()

    assert dialog.wish.logo == str(logo)
    assert dialog.picture.isVisible()
    dialog.remove.click()
    assert dialog.wish == CLINIC
    assert not dialog.picture.isVisible()


def test_that_a_logo_that_cannot_be_used_is_told_and_the_one_before_stays(dialog, logo, tmp_path):
    choose_path(logo)
    dialog.choose.click()
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")

    choose_path(bad)
    dialog.choose.click()

    assert "bad.png is no picture" in dialog.refusal.text()
    assert dialog.wish.logo == str(logo)
    assert dialog.picture.isVisible()


def test_that_a_logo_that_is_not_there_now_is_told_and_not_forgotten(present, tmp_path):
    gone = str(tmp_path / "gone.png")

    shown = present(InstitutionDialog(None, InstitutionWish("Clinic", "", gone)))

    assert "gone.png" in shown.refusal.text()
    assert shown.wish.logo == gone


def entered(window, wish):
    do(window, "institution")
    (dialog,) = open_dialogs(window)
    dialog.name.setText(wish.name)
    dialog.address.setPlainText(wish.address)
    dialog.accept()


def test_that_the_next_report_has_it_at_its_head(qtbot, dated, folders, tmp_path):
    entered(dated, CLINIC)
    do(dated, "accept")

    file_report(qtbot, dated, tmp_path / "report.pdf")

    words = PdfReader(tmp_path / "report.pdf").pages[0].extract_text()
    assert all(line in words for line in ("Clinic of the North", "1 Long Road", "Oslo"))
    assert json.loads(folders.settings_file.read_text())["institution_name"] == CLINIC.name


def test_that_a_report_without_its_logo_says_so(qtbot, dated, tmp_path):
    wish = InstitutionWish("Clinic", "", str(tmp_path / "gone.png"))
    dated.settings.change(wish.kept_in)
    do(dated, "accept")

    file_report(qtbot, dated, tmp_path / "report.pdf")

    assert "report.pdf" in dated.message_bar.text
    assert "The report has no logo." in dated.message_bar.text


def test_that_the_deidentified_view_does_not_show_the_institution(dated):
    dated.settings.change(CLINIC.kept_in)

    do(dated, "deidentified_view")
    do(dated, "institution")

    assert open_dialogs(dated) == []
    assert "North" not in visible_words(dated)
    assert "leave the de-identified view" in dated.message_bar.text
