"""What leaves the program lies where it was wanted, beside what is there."""

from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from fhc_desktop.domain.patient import Patient
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.reporting.content.dossier_content import DossierPart, NoDossier
from fhc_desktop.reporting.saving import ReportNotWritten
from fhc_desktop.workflow.exporting import export_deidentified, export_dossier, export_pdf
from tests.heads import small_phantom, write_dicom
from tests.reading import READERS
from tests.reporting.dossiers import twins

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_that_a_copy_stands_beside_those_that_are_there(tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    export = Deidentification(READERS.copies)

    first = export_deidentified(path, tmp_path, export).path
    second = export_deidentified(path, tmp_path, export).path

    assert first.name.endswith("-001.dcm")
    assert second.name == first.name.replace("-001", "-002")


def test_that_a_report_of_what_nobody_accepted_says_so(exam, tmp_path):
    target = export_pdf(exam, tmp_path / "report.pdf", now=NOW)

    assert "DRAFT" in PdfReader(target).pages[0].extract_text().upper()


# --- several examinations ------------------------------------------------------------------------


def test_that_a_dossier_tells_how_far_it_is_and_then_where_it_lies(tmp_path):
    steps = list(export_dossier(twins(), tmp_path / "a.pdf", tmp_path / "data", now=NOW))

    assert [(step.done, step.of, step.written is None) for step in steps] == [
        (1, 2, True), (2, 2, True), (2, 2, False),
    ]  # fmt: skip
    assert steps[-1].written.is_signed
    assert len(PdfReader(tmp_path / "a.pdf").attachments) == 3


def test_that_who_stops_asking_leaves_no_file(tmp_path):
    (tmp_path / "out").mkdir()
    steps = export_dossier(twins(), tmp_path / "out" / "a.pdf", tmp_path / "data", now=NOW)
    next(steps)
    next(steps)

    steps.close()

    assert list((tmp_path / "out").iterdir()) == []


def test_that_two_patients_are_refused_before_anything_is_written(tmp_path):
    one, other = twins()
    other = DossierPart(other.exam.with_patient(Patient("12", "Eve Another")))

    with pytest.raises(NoDossier):
        export_dossier([one, other], tmp_path / "out.pdf", tmp_path / "data", now=NOW)

    assert list(tmp_path.iterdir()) == []


def test_that_the_same_dossier_is_the_same_file(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        list(export_dossier(twins(), tmp_path / name, tmp_path / "data", now=NOW))

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_that_a_dossier_that_cannot_be_written_says_why(tmp_path):
    steps = export_dossier(twins(), tmp_path / "absent" / "a.pdf", tmp_path / "data", now=NOW)

    with pytest.raises(ReportNotWritten, match="its folder does not exist"):
        list(steps)
