"""The report says what the screen says, and one that cannot be written is told."""

import json
import os
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.pdf.paper import Paper
from tests.gui.hand import (
    PATIENCE_MS,
    do,
    drag_handle,
    enter,
    exam,
    file_by_hand,
    file_report,
    filing_dialog,
    open_and_wait,
    open_dialogs,
    visible_words,
)

pytestmark = pytest.mark.gui
# A presentation state lies over a DICOM image, and these are none.
NAMING_NO_IMAGE = tuple(form for form in ReportForm if form is not ReportForm.PRESENTATION_STATE)


def text_of(pdf):
    return PdfReader(pdf).pages[0].extract_text()


def test_that_without_a_log_everything_else_works_and_the_report_says_not_logged(
    qtbot, logless, calibrated, tmp_path
):
    open_and_wait(qtbot, logless, calibrated)
    drag_handle(logless.image_view, Handle.A_END, 20, 0)
    do(logless, "accept")
    assert logless.side_panel.measurement.state_text == "▲ Accepted, NOT LOGGED"

    file_by_hand(qtbot, logless, tmp_path / "report.pdf")

    assert "not logged" in text_of(tmp_path / "report.pdf")
    do(logless, "log")
    assert logless.log_windows.log_window.isVisible()


def test_that_the_report_says_what_the_panel_says(qtbot, dated, tmp_path):
    enter(qtbot, dated.side_panel.patient.name, "Erika")
    drag_handle(dated.image_view, Handle.A_END, 20, 0)
    do(dated, "accept")

    file_by_hand(qtbot, dated, tmp_path / "report")

    words = text_of(tmp_path / "report.pdf")
    measured = dated.side_panel.measurement
    number, unit = measured.hc_text.split()
    assert unit == "mm"
    assert number in words
    percentile, z = re.fullmatch(r"(.*percentile) z (\S+)\s+·.*", measured.place_text).groups()
    assert percentile in words
    assert z in words
    assert "INTERGROWTH-21st" in words
    assert "edited by hand" in words
    assert "Erika" in words
    assert "report.pdf" in dated.message_bar.text


def test_that_an_uncalibrated_report_has_pixels_and_no_percentile(
    qtbot, window, uncalibrated, tmp_path
):
    open_and_wait(qtbot, window, uncalibrated)
    window.controller.set_exam_date(date(2026, 5, 20))
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    do(window, "accept")

    file_by_hand(qtbot, window, tmp_path / "report.pdf")

    words = text_of(tmp_path / "report.pdf")
    assert window.side_panel.measurement.hc_text.split()[0] in words
    assert "no calibration: pixels only" in words
    assert not re.search(r"\d\s*mm", words)
    assert not re.search(r"\d(st|nd|rd|th) percentile", words)


def file_and_fail(qtbot, window, target, logged):
    do(window, "accept")
    before = exam(window)

    filed = file_report(qtbot, window, target)

    assert filed.problem is not None
    assert filed.written == ()
    assert exam(window) == before
    assert window.actions_by_name["export"].isEnabled()
    assert len(logged()) == 1


def test_that_a_folder_that_has_gone_is_told_and_the_next_try_works(qtbot, dated, tmp_path, logged):
    file_and_fail(qtbot, dated, tmp_path / "gone" / "report.pdf", logged)
    assert "its folder does not exist" in dated.message_bar.text

    file_by_hand(qtbot, dated, tmp_path / "report.pdf")

    assert dated.side_panel.measurement.hc_text.split()[0] in text_of(tmp_path / "report.pdf")


def test_that_a_folder_that_must_not_be_written_is_told(qtbot, dated, tmp_path, logged):
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("an administrator may write everywhere")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    file_and_fail(qtbot, dated, locked / "report.pdf", logged)

    assert "must not be written to" in dated.message_bar.text
    assert list(locked.iterdir()) == []


def test_that_a_full_disk_is_told_and_keeps_no_half_report(qtbot, dated, small_disk, logged):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 250 * 1024)

    file_and_fail(qtbot, dated, small_disk / "report.pdf", logged)

    assert dated.message_bar.text == (
        "report.pdf was not written: the disk is full. Free some space or choose another disk."
    )
    assert list(small_disk.iterdir()) == [ballast]


def test_that_the_last_choice_is_taken_again_by_one_key_and_nothing_is_written_over(
    qtbot, dated, tmp_path
):
    do(dated, "accept")
    file_by_hand(qtbot, dated, tmp_path / "report.pdf")
    first = (tmp_path / "report.pdf").read_bytes()
    filing = dated.reports.filing

    for _ in range(2):
        with qtbot.waitSignal(filing.filed, timeout=PATIENCE_MS):
            qtbot.keyClick(dated, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    (stem,) = {path.stem.removesuffix("-2") for path in tmp_path.glob("head-circumference-*.pdf")}
    assert {f"{stem}.pdf", f"{stem}-2.pdf"} <= {path.name for path in tmp_path.iterdir()}
    assert (tmp_path / "report.pdf").read_bytes() == first
    assert open_dialogs(dated) == []


def test_that_the_first_time_in_a_window_the_key_for_the_last_choice_asks(qtbot, dated):
    do(dated, "accept")

    do(dated, "export_again")

    (dialog,) = open_dialogs(dated)
    assert dialog.name.text().startswith("head-circumference-20")


def test_that_the_message_says_where_and_opens_the_folder(qtbot, dated, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    do(dated, "accept")

    file_report(qtbot, dated, tmp_path / "report.pdf")
    said = dated.message_bar.text
    dated.message_bar.step.click()

    assert said == f"The report was saved as report.pdf in {tmp_path.name}."
    assert opened == [str(tmp_path)]


def test_that_forms_and_paper_are_remembered_and_no_folder_is(qtbot, dated, folders, tmp_path):
    do(dated, "accept")
    dialog = filing_dialog(dated)
    dialog.where.choose_paper(Paper.LETTER)
    with qtbot.waitSignal(dated.reports.filing.filed, timeout=PATIENCE_MS):
        dated.reports.filing.file(replace(dialog.wish, folder=tmp_path / "Mrs_Jones"))

    kept = folders.settings_file.read_text()

    assert json.loads(kept)["report_paper"] == "letter"
    assert "Jones" not in kept
    assert dated.reports.filing.wish.paper is Paper.LETTER


def test_that_a_changed_measurement_is_not_filed_before_it_is_accepted_again(
    qtbot, dated, tmp_path
):
    do(dated, "accept")
    wish = replace(dated.reports.filing.wish, folder=tmp_path / "reports")
    drag_handle(dated.image_view, Handle.A_END, 20, 0)

    dated.reports.filing.file(wish)
    dated.reports.filing.again()

    assert open_dialogs(dated) == []
    assert not dated.actions_by_name["export"].isEnabled()
    assert not dated.actions_by_name["export_again"].isEnabled()
    assert not wish.folder.exists()


def test_that_the_deidentified_view_shows_no_folder(qtbot, named, tmp_path):
    do(named, "accept")
    file_report(qtbot, named, tmp_path / "Mrs_Jones" / "report.pdf")
    assert "Mrs_Jones" in words_of(filing_dialog(named))
    open_dialogs(named)[0].reject()

    do(named, "deidentified_view")
    dialog = filing_dialog(named)

    assert "Mrs_Jones" not in words_of(dialog)
    assert "Hidden in the de-identified view" in words_of(dialog)
    assert not dialog.preview.isVisible()


def test_that_what_is_filed_from_the_deidentified_view_names_nobody(qtbot, named, tmp_path):
    do(named, "accept")
    do(named, "deidentified_view")
    dialog = filing_dialog(named)
    assert "names nobody" in visible_words(dialog)
    dialog.reject()
    filing = named.reports.filing
    wish = replace(filing.wish, folder=tmp_path, forms=NAMING_NO_IMAGE, stem="report")
    with qtbot.waitSignal(filing.filed, timeout=PATIENCE_MS) as filed:
        filing.file(wish)

    assert len(filed.args[0].written) == len(NAMING_NO_IMAGE)
    told = [path.read_bytes() for path in tmp_path.glob("report.*")]
    told += [part for path in tmp_path.glob("*.pdf") for part in parts_of(path)]
    patient = exam(named).patient
    assert patient.identifier
    assert not any(
        secret.encode() in part
        for part in told
        for secret in (patient.identifier, patient.name, "2026-05", named.controller.operator)
        if secret
    )


def parts_of(pdf):
    """The text of a report's pages, and what is attached to it."""
    reader = PdfReader(pdf)
    yield "".join(page.extract_text() for page in reader.pages).encode()
    for attached in reader.attachments.values():
        yield from attached


def words_of(dialog):
    tips = [part.toolTip() for part in dialog.findChildren(QWidget)]
    return " ".join([visible_words(dialog), dialog.name.text(), *tips])


def test_that_what_was_asked_for_is_written_though_the_window_closes(qtbot, dated, tmp_path):
    do(dated, "accept")
    filing = dated.reports.filing
    filing.file(replace(filing.wish, folder=tmp_path, stem="report"))
    qtbot.waitUntil(lambda: "Filing the report" in dated.message_bar.text, timeout=PATIENCE_MS)

    dated.close()

    assert text_of(tmp_path / "report.pdf")


def test_that_a_second_filing_waits_and_loses_no_first_one(qtbot, dated, tmp_path):
    do(dated, "accept")
    filing = dated.reports.filing
    wish = replace(filing.wish, folder=tmp_path, stem="report")

    with qtbot.waitSignal(filing.filed, timeout=PATIENCE_MS):
        filing.file(wish)
        filing.file(wish)
        assert "still being written" in dated.message_bar.text

    assert [path.name for path in tmp_path.glob("report*.pdf")] == ["report.pdf"]
