"""A header tells what it can, and one damaged value takes no other with it."""

import io
from datetime import date
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import BasicTextSRStorage, EncapsulatedPDFStorage

from fhc_desktop.imaging.dicom.header import header_fields, read_image_header
from fhc_desktop.imaging.unreadable import UnreadableImage


def test_that_a_header_names_patient_study_series_and_size(dataset, saved):
    dataset.update({"StudyDate": "2026.05.30", "SeriesNumber": 4, "Modality": "US"})
    dataset.PatientName = "Müller^Zoë"

    path = saved(dataset)
    (found,), study = read_image_header(io.BytesIO(path.read_bytes()), path)

    assert study.study_date == date(2026, 5, 30)
    assert found["patient_name"] == "Müller, Zoë"
    assert found["study_date"] == "2026-05-30"
    assert (found["series_number"], found["modality"]) == (4, "US")
    assert (found["rows"], found["columns"]) == (dataset.Rows, dataset.Columns)


def test_that_a_value_that_cannot_be_read_is_left_out_alone():
    damaged = Dataset()
    damaged.StudyDate = "20260230"
    damaged.PatientID = "4711"

    found = header_fields(damaged)

    assert found["patient_id"] == "4711"
    assert "study_date" not in found


def test_that_an_object_without_pixels_is_no_image(dataset, saved):
    for keyword in ("Rows", "Columns", "PixelData"):
        delattr(dataset, keyword)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = EncapsulatedPDFStorage

    path = saved(dataset)

    assert read_image_header(io.BytesIO(path.read_bytes()), path)[0] == []


def test_that_a_report_has_a_header_that_says_so(dataset, saved):
    for keyword in ("Rows", "Columns", "PixelData"):
        delattr(dataset, keyword)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = BasicTextSRStorage

    path = saved(dataset)

    (found,) = read_image_header(io.BytesIO(path.read_bytes()), path)[0]
    assert found["is_report"] is True
    assert found["instance_uid"] == str(dataset.SOPInstanceUID)


def test_that_an_image_without_a_size_is_refused(dataset, saved):
    del dataset.Rows
    path = saved(dataset)

    with pytest.raises(UnreadableImage):
        read_image_header(io.BytesIO(path.read_bytes()), Path("head.dcm"))


def test_that_nothing_said_is_nothing_told():
    assert not any(header_fields(Dataset()).values())
