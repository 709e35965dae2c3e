"""A report leaves as a DICOM object, whole or not at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pydicom
import pytest

from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.saving import ReportNotWritten
from fhc_desktop.workflow.exporting_dicom import export_dicom

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
DICOM = tuple(form for form in ReportForm if form.suffix == "dcm")


@pytest.mark.parametrize("form", DICOM)
def test_that_an_object_is_written_of_what_was_accepted(exam, tmp_path, form):
    accepted = exam.with_acceptance(Acceptance(exam.facts, "Doe, Jane", NOW, None))

    written = export_dicom(form, accepted, tmp_path / "a.dcm", tmp_path / "data", now=NOW)

    dataset = pydicom.dcmread(written.path)
    assert written.is_signed
    assert dataset.get("CompletionFlag", "COMPLETE") == "COMPLETE"
    assert dataset.StudyInstanceUID == exam.study.study_uid


@pytest.mark.parametrize("form", DICOM)
def test_that_an_object_that_cannot_be_leaves_no_file(exam, tmp_path, form):
    unnamed = replace(exam, patient=Patient("1" * 65))

    with pytest.raises(ReportNotWritten, match="identifier"):
        export_dicom(form, unnamed, tmp_path / "a.dcm", tmp_path / "data", now=NOW)
    assert not (tmp_path / "a.dcm").exists()


def test_that_nothing_of_the_patient_is_warned_of(exam, tmp_path, recwarn):
    named = replace(exam, patient=Patient("4711", "Canary Twitcher-Smith"))

    for form in DICOM:
        export_dicom(form, named, tmp_path / f"{form}.dcm", tmp_path / "data", now=NOW)

    assert "Canary" not in " ".join(str(one.message) for one in recwarn)


def test_that_a_form_that_is_no_dicom_is_our_fault(exam, tmp_path):
    with pytest.raises(ValueError, match="no DICOM"):
        export_dicom(ReportForm.PDF, exam, tmp_path / "a", tmp_path / "data", now=NOW)
