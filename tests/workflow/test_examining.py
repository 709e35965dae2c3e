"""An examination begins with what its file says."""

from datetime import date

from fhc_desktop.domain.patient import Patient
from fhc_desktop.workflow.examining import examine
from tests.heads import small_phantom, write_dicom
from tests.reading import READERS


def test_that_an_examination_begins_with_what_its_file_says(tmp_path):
    exam = examine(write_dicom(small_phantom(), tmp_path / "head.dcm"), READERS)

    assert exam.patient == Patient("DEMO-001", "Demonstration, Phantom")
    assert exam.exam_date == date(2026, 1, 15)
    assert exam.outline_px is None
    assert not exam.is_accepted
