"""What leaves the program lies where it was wanted, beside what is there."""

from datetime import UTC, datetime

from pypdf import PdfReader

from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.workflow.exporting import export_deidentified, export_pdf
from tests.heads import small_phantom, write_dicom
from tests.reading import READERS

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
