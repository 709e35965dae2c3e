"""A report dropped on the window is made anew, compared, and its measurement is shown again."""

from dataclasses import replace

import pydicom
import pytest
from pypdf import PdfReader, PdfWriter

from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.application import build_window
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    choose_path,
    do,
    drag_handle,
    drop_files,
    exam,
    file_report,
    open_and_wait,
    open_dialogs,
    settle,
    visible_words,
)
from tests.reading import READERS
from tests.structured_reports import IMAGE, write_image

pytestmark = pytest.mark.gui


@pytest.fixture
def filed(qtbot, dated, tmp_path):
    """A report of an edited outline, and a window that shows it."""
    drag_handle(dated.image_view, Handle.A_END, 20, 0)
    do(dated, "accept")
    file_report(qtbot, dated, tmp_path / "report.pdf")
    return tmp_path / "report.pdf"


def drop_and_hear(qtbot, window, path):
    with qtbot.waitSignal(window.reports.check.checked, timeout=PATIENCE_MS) as heard:
        assert drop_files(window, [path])
    settle(window)
    return heard.args[0]


def wait_for_image(qtbot, window, path):
    def is_there():
        assert exam(window) is not None
        assert exam(window).image.source.path == path.resolve()

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)


def test_that_a_report_shows_its_measurement_as_it_is_logged(
    qtbot, dated, filed, calibrated, uncalibrated
):
    reported = exam(dated)
    open_and_wait(qtbot, dated, uncalibrated)

    content = drop_and_hear(qtbot, dated, filed)

    assert content.is_good
    assert "agrees" in dated.message_bar.text
    wait_for_image(qtbot, dated, calibrated)
    assert exam(dated).is_accepted
    assert exam(dated).facts == reported.facts


@pytest.fixture
def elsewhere(start, tmp_path, phantom):
    """The program on another machine: no row, no draft and no key of it are there."""
    made = build_window(
        Folders(tmp_path / "other", tmp_path / "other config"),
        FakeSegmenter(phantom.outline_px),
        READERS,
    )
    made.show()
    settle(made)
    yield made
    made.close()


def test_that_on_another_machine_it_is_shown_as_reported_and_not_accepted(
    qtbot, dated, filed, calibrated, elsewhere
):
    reported = exam(dated)

    content = drop_and_hear(qtbot, elsewhere, filed)

    assert content.is_good
    assert "UNKNOWN" in " ".join(content.remarks)
    assert "not accepted here" in elsewhere.message_bar.text
    wait_for_image(qtbot, elsewhere, calibrated)
    assert exam(elsewhere).outline_px == reported.outline_px
    assert exam(elsewhere).measurement == reported.measurement
    assert exam(elsewhere).acceptance is None


def test_that_unfinished_work_on_the_picture_is_not_lost(
    qtbot, dated, filed, calibrated, elsewhere
):
    open_and_wait(qtbot, elsewhere, calibrated)
    drag_handle(elsewhere.image_view, Handle.B_END, 0, 15)
    before = exam(elsewhere).outline_px

    drop_and_hear(qtbot, elsewhere, filed)

    assert "your unfinished work" in elsewhere.message_bar.text
    wait_for_image(qtbot, elsewhere, calibrated)
    assert exam(elsewhere).outline_px == before


def test_that_an_image_that_is_not_found_is_asked_for(
    qtbot, filed, calibrated, elsewhere, tmp_path
):
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    moved = calibrated.rename(hidden / "renamed.png")

    content = drop_and_hear(qtbot, elsewhere, filed)
    assert content.wants_image
    assert "head.png was not found" in elsewhere.message_bar.text
    choose_path(moved)
    with qtbot.waitSignal(elsewhere.reports.check.checked, timeout=PATIENCE_MS) as heard:
        elsewhere.message_bar.step.click()

    assert "byte for byte" in " ".join(heard.args[0].remarks)
    wait_for_image(qtbot, elsewhere, moved)


def changed(report):
    """The report with a byte more, as if somebody had laid something over it."""
    writer = PdfWriter(clone_from=PdfReader(report))
    writer.add_blank_page(595, 842)
    writer.write(report)
    return report


def test_that_what_does_not_agree_is_named_and_the_details_are_a_click_away(qtbot, dated, filed):
    content = drop_and_hear(qtbot, dated, changed(filed))

    assert not content.is_good
    assert "does NOT agree" in dated.message_bar.text
    dated.message_bar.step.click()
    (dialog,) = open_dialogs(dated)
    assert all(fault in visible_words(dialog).replace("\u200b", "") for fault in content.faults)


def test_that_nothing_of_a_report_that_does_not_agree_comes_into_the_window(
    qtbot, dated, filed, calibrated, elsewhere, phantom
):
    reported = exam(dated)

    drop_and_hear(qtbot, elsewhere, changed(filed))

    wait_for_image(qtbot, elsewhere, calibrated)
    qtbot.waitUntil(lambda: exam(elsewhere).outline_px is not None, timeout=PATIENCE_MS)
    assert exam(elsewhere).outline_px != reported.outline_px
    assert "without what the report says" in elsewhere.message_bar.text


def test_that_a_pdf_that_is_no_report_is_told_in_one_sentence(qtbot, dated, tmp_path):
    before = exam(dated)
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "letter.pdf")

    drop_files(dated, [tmp_path / "letter.pdf"])

    qtbot.waitUntil(lambda: "letter.pdf" in dated.message_bar.text, timeout=PATIENCE_MS)
    assert dated.message_bar.text == (
        "letter.pdf carries no measurement: it cannot be verified. "
        "Choose a report that FHC Desktop has written."
    )
    assert exam(dated) is before


def test_that_a_check_that_takes_its_time_can_be_cancelled(qtbot, dated, filed):
    before = exam(dated)

    drop_files(dated, [filed])
    assert dated.message_bar.text == "Checking the report …"
    with qtbot.assertNotEmitted(dated.reports.check.checked, wait=500):
        dated.message_bar.step.click()

    assert dated.message_bar.text == ""
    assert exam(dated) == before


def test_that_the_view_tells_that_it_agrees_and_names_nothing(qtbot, dated, filed):
    do(dated, "deidentified_view")

    drop_and_hear(qtbot, dated, filed)

    assert dated.message_bar.text == "The report was checked: each statement agrees."
    dated.message_bar.step.click()
    assert open_dialogs(dated) == []
    assert "leave the de-identified view" in dated.message_bar.text


def test_that_the_view_withholds_what_does_not_agree(qtbot, dated, filed):
    do(dated, "deidentified_view")

    drop_and_hear(qtbot, dated, changed(filed))

    assert "report.pdf" not in dated.message_bar.text
    assert "needs your attention" in dated.message_bar.text


@pytest.fixture
def filed_object(qtbot, window, phantom, tmp_path):
    """A structured report of an edited outline in its image's study, and a window that shows it."""
    image = write_image(tmp_path / "IM1.dcm", phantom)
    open_and_wait(qtbot, window, image)
    drag_handle(window.image_view, Handle.A_END, 20, 0)
    do(window, "accept")
    report = tmp_path / "SR1.dcm"
    filing = window.reports.filing
    wish = replace(
        filing.wish,
        folder=report.parent,
        stem=report.stem,
        forms=(ReportForm.STRUCTURED_REPORT, ReportForm.ENCAPSULATED_PDF),
    )
    with qtbot.waitSignal(filing.filed, timeout=PATIENCE_MS) as heard:
        filing.file(wish)
    return [one.path for one in heard.args[0].written]


def test_that_a_structured_report_shows_its_measurement_as_it_is_logged(
    qtbot, window, filed_object, uncalibrated
):
    reported = exam(window)
    open_and_wait(qtbot, window, uncalibrated)

    content = drop_and_hear(qtbot, window, filed_object[0])

    assert content.is_good
    assert "agrees; it is not signed." in window.message_bar.text
    wait_for_image(qtbot, window, reported.image.source.path)
    assert exam(window).is_accepted
    assert exam(window).facts == reported.facts
    assert window.study_reports.window is None


@pytest.mark.parametrize("place", [0, 1])
def test_that_an_object_on_another_machine_is_shown_as_reported_and_not_accepted(
    qtbot, window, filed_object, elsewhere, place
):
    reported = exam(window)

    content = drop_and_hear(qtbot, elsewhere, filed_object[place])

    assert content.is_good
    assert "not accepted here" in elsewhere.message_bar.text
    wait_for_image(qtbot, elsewhere, reported.image.source.path)
    assert exam(elsewhere).outline_px == reported.outline_px
    assert exam(elsewhere).measurement == reported.measurement
    assert exam(elsewhere).acceptance is None


def without_measurement(report):
    dataset = pydicom.dcmread(report)
    dataset.remove_private_tags()
    dataset.save_as(report)
    return report


def test_that_of_a_tree_alone_the_outline_is_shown_and_what_is_gone_is_said(
    qtbot, window, filed_object, elsewhere
):
    reported = exam(window)

    content = drop_and_hear(qtbot, elsewhere, without_measurement(filed_object[0]))

    assert not content.is_good
    assert content.faults == ()
    for words in ("cannot be restored", "nobody here accepted it"):
        assert words in elsewhere.message_bar.text
    wait_for_image(qtbot, elsewhere, reported.image.source.path)
    assert exam(elsewhere).outline_px == reported.outline_px
    assert exam(elsewhere).measurement == reported.measurement
    assert exam(elsewhere).acceptance is None
    elsewhere.message_bar.step.click()
    (dialog,) = open_dialogs(elsewhere)
    assert content.gaps[0] in visible_words(dialog).replace("\u200b", "")


def test_that_the_numbers_of_a_report_whose_image_is_not_found_are_shown(
    qtbot, window, filed_object, elsewhere, tmp_path
):
    (tmp_path / "IM1.dcm").unlink()

    content = drop_and_hear(qtbot, elsewhere, filed_object[0])

    assert content.wants_image
    assert f"IM1.dcm (SOP Instance UID {IMAGE}) was not found" in elsewhere.message_bar.text
    shown = elsewhere.study_reports.window
    assert "Head Circumference" in [one.name.text for one in shown.report.measurements]


def test_that_nothing_of_a_structured_report_that_was_altered_comes_into_the_window(
    qtbot, window, filed_object, elsewhere
):
    reported = exam(window)
    dataset = pydicom.dcmread(filed_object[0])
    dataset.PatientID = "4712"
    dataset.save_as(filed_object[0])

    content = drop_and_hear(qtbot, elsewhere, filed_object[0])

    assert "“4712” for the patient’s identifier" in content.faults[0]
    wait_for_image(qtbot, elsewhere, reported.image.source.path)
    qtbot.waitUntil(lambda: exam(elsewhere).outline_px is not None, timeout=PATIENCE_MS)
    assert exam(elsewhere).outline_px != reported.outline_px
    assert "without what the report says" in elsewhere.message_bar.text


def test_that_the_view_tells_of_a_structured_report_that_it_is_not_signed(
    qtbot, window, filed_object
):
    do(window, "deidentified_view")

    drop_and_hear(qtbot, window, filed_object[0])

    assert window.message_bar.text == (
        "The report was checked: each statement agrees; it is not signed."
    )


def test_that_the_image_of_a_tree_alone_is_asked_for(
    qtbot, window, filed_object, elsewhere, tmp_path
):
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    moved = (tmp_path / "IM1.dcm").rename(hidden / "renamed.dcm")
    (tmp_path / "stray").mkdir()
    report = without_measurement(filed_object[0]).rename(tmp_path / "stray" / "SR1.dcm")

    assert drop_and_hear(qtbot, elsewhere, report).wants_image
    choose_path(moved)
    with qtbot.waitSignal(elsewhere.reports.check.checked, timeout=PATIENCE_MS) as heard:
        elsewhere.message_bar.step.click()

    assert "SOP Instance UID alone" in " ".join(heard.args[0].remarks)
    wait_for_image(qtbot, elsewhere, moved)
