"""Scales that belong to another pixel grid, and scales by hand against the file's own."""

from datetime import UTC, datetime

import numpy as np
import pydicom
import pytest
from PIL import Image
from pypdf import PdfReader

from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.reporting.batch.batch import MeasuredFrame
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.exporting import export_pdf
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_COLUMNS, SMALL_ROWS, small_phantom, write_dicom
from tests.reading import READERS

PHANTOM = small_phantom()
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def whole(tmp_path):
    return pydicom.dcmread(write_dicom(PHANTOM, tmp_path / "whole.dcm"))


def put(dataset, gray):
    dataset.Rows, dataset.Columns = gray.shape
    dataset.PixelData = gray.tobytes() + b"\0" * (gray.size % 2)
    dataset["PixelData"].VR = "OB"


def opened(dataset, path, outline_px=PHANTOM.outline_px):
    dataset.save_as(path, enforce_file_format=True)
    return examine(path, READERS).with_outline(outline_px)


def why_none(exam):
    assert exam.measurement is None
    assert isinstance(exam.calibration, Uncalibrated)
    return exam.calibration.reason


def test_that_a_picture_scaled_under_its_region_has_no_millimetres(whole, tmp_path):
    half = (SMALL_COLUMNS // 2, SMALL_ROWS // 2)
    put(whole, np.asarray(Image.fromarray(PHANTOM.gray).resize(half)))
    whole.ImageType = ["DERIVED", "PRIMARY", "OBSTETRICAL"]
    whole.DerivationDescription = "Scaled image"
    exam = opened(whole, tmp_path / "half.dcm", PHANTOM.outline_px.scaled(0.5, 0.5))

    assert why_none(exam) == (
        "Ultrasound region 1 of the file (columns 0 to 199, rows 0 to 134) reaches beyond the "
        "picture (100 × 67 pixels): it was scaled or cropped after its scale was written."
    )


def test_that_half_of_a_dual_picture_gets_no_neighbours_millimetres(whole, tmp_path):
    whole.SequenceOfUltrasoundRegions.append(
        pydicom.Dataset.from_json(whole.SequenceOfUltrasoundRegions[0].to_json())
    )
    left, right = whole.SequenceOfUltrasoundRegions
    left.RegionLocationMinX0, left.RegionLocationMaxX1 = 2, SMALL_COLUMNS + 1
    right.RegionLocationMinX0, right.RegionLocationMaxX1 = SMALL_COLUMNS + 4, 2 * SMALL_COLUMNS
    right.PhysicalDeltaX = right.PhysicalDeltaY = PHANTOM.mm_per_pixel / 18
    exam = opened(whole, tmp_path / "right_half.dcm")

    assert "scaled or cropped" in why_none(exam)

    theirs = exam.file_calibration.alternatives[1]
    chosen = exam.with_chosen_scale(theirs.chosen_by("Dr A"))
    assert chosen.measurement.hc_mm == pytest.approx(PHANTOM.hc_mm / 1.8)
    assert "chosen in spite of a doubt" in chosen.warnings[0]


@pytest.mark.parametrize("spacing", [[1, 1], [0, 0]])
def test_that_an_unknown_spacing_gives_no_millimetres(whole, tmp_path, spacing):
    del whole.SequenceOfUltrasoundRegions
    whole.PixelSpacing = spacing

    assert "converters write for “unknown”" in why_none(opened(whole, tmp_path / "a.dcm"))


@pytest.mark.parametrize("words", ["Lossy compression", "JPEG 2000 irreversible (lossy) 16:1"])
def test_that_lossy_compression_alone_costs_no_millimetre(whole, tmp_path, words):
    whole.ImageType = ["DERIVED", "SECONDARY", "OBSTETRICAL"]
    whole.DerivationDescription, whole.LossyImageCompression = words, "01"
    exam = opened(whole, tmp_path / "a.dcm")

    assert exam.measurement.hc_mm == pytest.approx(PHANTOM.hc_mm)


def test_that_a_size_against_the_files_own_is_warned_of_in_every_format(whole, tmp_path):
    path = tmp_path / "a.dcm"
    whole.save_as(path, enforce_file_format=True)
    exam = measured(
        path,
        FakeSegmenter(PHANTOM.outline_px),
        MeasureOptions(mm_per_pixel=1.0),
        readers=READERS,
    )
    warning = (
        "The file’s ultrasound region 1 says 0.5600 mm/px, the calibration says 1.0000 mm/px: "
        "check the calibration."
    )
    row = [MeasuredFrame.of(exam)]

    assert exam.measurement is not None
    assert warning in exam.warnings
    for said in (as_table(row), as_csv(row), as_json(row).encode().decode("unicode_escape")):
        assert warning in said
    export_pdf(exam, tmp_path / "a.pdf", now=NOW)
    words = " ".join(PdfReader(tmp_path / "a.pdf").pages[0].extract_text().split())
    assert "0.5600 mm/px" in words
    assert "typed by the user (the file says 0.5600 mm/px)" in words


@pytest.mark.parametrize(
    ("name", "mm_per_column"),
    [
        ("dcmscale_half/half.dcm", None),
        ("dcmscale_half/before_scaling.dcm", 0.117419565),
        ("dual_cropped_right_half/right_half.dcm", None),
        ("pixelspacing_1_1/spacing_1_1.dcm", None),
        ("real_us_scales/epiq.dcm", 0.0649046897),
        ("real_us_scales/esaote.dcm", 0.0615999997),
    ],
)
def test_that_files_from_the_field_are_believed_where_they_can_be(shared, name, mm_per_column):
    exam = examine(shared / "field" / name, READERS)

    if mm_per_column is None:
        assert exam.file_calibration.candidates == ()
        assert exam.file_calibration.objection is not None
    else:
        assert isinstance(exam.calibration, Calibration)
        assert exam.calibration.mm_per_column == pytest.approx(mm_per_column)


@pytest.mark.parametrize("name", ["jfif_75x80.jpg", "tiff_75x80.tif"])
def test_that_a_picture_of_unequal_density_has_pixels_of_its_shape(shared, name):
    exam = examine(shared / "field/raster_with_unequal_density" / name, READERS)

    assert exam.image.pixel_aspect == pytest.approx(75 / 80)
