"""The dialog of a study names what will be written and what cannot be, and nobody in the view."""

from dataclasses import replace
from pathlib import Path

import pytest

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.filing.filing_content import HIDDEN_FOLDER, NO_FORM, FilingWish
from fhc_desktop.gui.filing.study_content import (
    NO_IDENTIFIER,
    NOTHING,
    OF_THE_DAY,
    StudyContent,
    StudyWish,
    cancelled_words,
    study_saved_words,
)
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.workflow.exporting import WrittenReport
from fhc_desktop.workflow.filing_folder import Filed
from fhc_desktop.workflow.study_reports import LeftOut, StudyReports
from tests.reporting.examinations import accepted, proposed

WISH = StudyWish(FilingWish((), Path("/Secret/reports"), Paper.A4))
EXAM = accepted(replace(proposed(), study=StudyInfo(study_uid="1.2"), fetus=Fetus("B")))
FOUND = StudyReports(
    (DossierPart(EXAM),),
    (LeftOut("Secret.dcm", "Secret.dcm is not there."), LeftOut("b.png", "it has changed")),
)


def test_that_each_is_told_with_file_day_fetus_and_measure():
    (line,) = StudyContent.of(EXAM, FOUND, WISH).found

    measured = f"{EXAM.measurement.hc_mm:.1f} mm"
    assert line == f"scan 2.dcm, frame 3  ·  2026-11-20  ·  fetus B  ·  HC {measured}"


def test_that_what_cannot_be_reported_is_named_with_why():
    left_out = StudyContent.of(EXAM, FOUND, WISH).left_out

    assert left_out == ("Secret.dcm is not there.", "b.png: it has changed.")


def test_that_the_deidentified_dialog_counts_and_names_nothing():
    seen = StudyContent.of(EXAM, FOUND, WISH).deidentified(FOUND)

    assert "Secret" not in str(seen)
    assert "2026" not in str(seen)
    assert seen.folder == HIDDEN_FOLDER
    assert seen.found == (f"1.  fetus B  ·  HC {EXAM.measurement.hc_mm:.1f} mm",)
    assert "2 are left out" in seen.left_out[0]
    assert StudyContent.of(EXAM, None, WISH).deidentified(None).left_out == ()


@pytest.mark.parametrize(
    ("reports", "wish", "refusal"),
    [
        (FOUND, WISH, ""),
        (FOUND, replace(WISH, as_one=False), NO_FORM),
        (
            FOUND,
            StudyWish(replace(WISH.each, forms=(ReportForm.PDF,)), as_one=False),
            "",
        ),
        (StudyReports(), WISH, NOTHING),
        (None, WISH, ""),
    ],
)
def test_that_it_is_said_why_nothing_can_be_written(reports, wish, refusal):
    assert StudyContent.of(EXAM, reports, wish).refusal == refusal


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, ""),
        ({"study": StudyInfo()}, OF_THE_DAY),
        ({"patient": Patient(name="Eva")}, NO_IDENTIFIER),
    ],
)
def test_that_it_is_said_by_what_they_were_found(changes, note):
    assert StudyContent.of(replace(EXAM, **changes), FOUND, WISH).note == note


def written(*names, is_signed=True):
    return Filed(tuple(WrittenReport(Path("/Secret") / name, is_signed) for name in names))


def test_that_it_is_said_what_lies_where_and_what_is_missing():
    words, nameless = study_saved_words(written("a.pdf"), left_out=0)
    assert words == "One report of the study was saved as a.pdf in Secret."
    assert nameless == "One report of the study was saved."
    words, nameless = study_saved_words(written("a.pdf", "b.pdf", is_signed=False), left_out=2)
    assert words == (
        "2 reports of the study, which could not be signed, were saved in Secret. "
        "2 could not be reported."
    )
    assert "Secret" not in nameless
    assert "2 could not be reported" in nameless


@pytest.mark.parametrize(
    ("count", "said"), [(0, "nothing was written"), (1, "1 file is there"), (3, "3 files are")]
)
def test_that_after_cancelling_it_is_said_what_is_there(count, said):
    assert said in cancelled_words(count)


def test_that_every_examination_is_a_step_in_each_form():
    both = StudyWish(replace(WISH.each, forms=(ReportForm.PDF,)))

    assert WISH.steps(7) == 7
    assert both.steps(7) == 14
