"""What the dialog offers follows from what was chosen last, and says what is missing."""

from dataclasses import replace
from pathlib import Path

import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.filing.filing_content import (
    HIDDEN_FOLDER,
    NO_FORM,
    FilingContent,
    FilingWish,
    saved_words,
)
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.storage.preferences.settings import Settings

ERIKA = Patient("4711", "Mustermann, Erika")
FOLDER = Path("/Mrs_Jones/reports")
WISH = FilingWish((ReportForm.PDF,), FOLDER, Paper.A4, "head-circumference-20260520")


def test_that_each_form_there_is_can_be_ticked_and_has_its_name():
    rows = FilingContent.of(replace(WISH, forms=()), ERIKA).rows

    assert [row.form for row in rows] == list(ReportForm)
    assert len({row.file_name for row in rows}) == len(ReportForm)
    assert rows[0].file_name == "head-circumference-20260520.pdf"


def test_that_what_was_chosen_is_offered_again():
    kept = replace(WISH, paper=Paper.LETTER).kept_in(Settings())

    assert FilingWish.of(kept, FOLDER, Paper.A4) == replace(WISH, paper=Paper.LETTER, stem="")
    assert str(FOLDER) not in str(kept)


@pytest.mark.parametrize("forms", [(), ("of a newer version",)])
def test_that_where_nothing_known_was_chosen_the_pdf_is(forms):
    settings = Settings(report_forms=forms, report_paper="a3")

    assert FilingWish.of(settings, FOLDER, Paper.LETTER) == FilingWish(
        (ReportForm.PDF,), FOLDER, Paper.LETTER
    )


def test_that_without_a_form_nothing_can_be_filed():
    assert FilingContent.of(replace(WISH, forms=()), ERIKA).refusal == NO_FORM
    assert FilingContent.of(WISH, ERIKA).refusal == ""


@pytest.mark.parametrize("stem", ["report of erika", "4711", "MUSTERMANN-2"])
def test_that_a_name_that_tells_the_patient_is_remarked_and_not_refused(stem):
    content = FilingContent.of(replace(WISH, stem=stem), ERIKA)

    assert "tells who the patient is" in content.remark
    assert content.refusal == ""
    assert content.deidentified.remark == ""


def test_that_a_name_that_tells_nobody_needs_no_remark():
    assert FilingContent.of(WISH, ERIKA).remark == ""
    assert FilingContent.of(WISH, Patient()).remark == ""


def test_that_the_deidentified_dialog_names_no_folder():
    content = FilingContent.of(WISH, ERIKA).deidentified

    assert content.folder == HIDDEN_FOLDER
    assert "Jones" not in str(content)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.pdf"], "The report was saved as a.pdf in reports."),
        (["a.pdf", "a.json"], "The report was saved in reports as a.pdf and a.json."),
        (["a", "b", "c"], "The report was saved in reports as a, b and c."),
    ],
)
def test_that_it_is_said_what_was_written_and_where(names, said):
    words, nameless = saved_words(names, FOLDER, is_signed=True)

    assert words == said
    assert not any(name in nameless for name in ["a.pdf", "reports"])


def test_that_a_report_without_a_signature_is_said_to_be_one():
    words, nameless = saved_words(["a.pdf"], FOLDER, is_signed=False)

    assert words.startswith("The report, which could not be signed, was saved")
    assert nameless == "The report, which could not be signed, was saved."
