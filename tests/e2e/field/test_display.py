"""What only serves the display never costs the picture, and the user is told."""

import struct
from datetime import UTC, datetime

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pypdf import PdfReader

from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.window.window_content import deidentified, window_content
from fhc_desktop.reporting.batch.batch import MeasuredFrame
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.exporting import export_pdf
from tests.fakes import FakeSegmenter
from tests.heads import small_phantom, write_dicom
from tests.reading import READERS

PHANTOM = small_phantom()
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
EMPTY = Sequence([Dataset()])
NOT_USABLE = "display settings were not usable"


def opened(path, **options):
    proposer = FakeSegmenter(PHANTOM.outline_px)
    return measured(path, proposer, MeasureOptions(**options), readers=READERS)


def told(exam):
    """Return what the examination says of its display settings."""
    return [warning for warning in exam.warnings if NOT_USABLE in warning]


def write_bmp_of_32_bits(path, gray, *, alpha):
    """Write a screen grab with a mask for its alpha, from the bottom up."""
    bgra = np.dstack([gray, gray, gray, np.full_like(gray, alpha)])[::-1]
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    rows, columns = gray.shape
    size = struct.pack("<IiiHHIIiiII", 108, columns, rows, 1, 32, 3, bgra.nbytes, 0, 0, 0, 0)
    header = size + masks + b"BGRs" + bytes(48)
    at = 14 + len(header)
    path.write_bytes(
        struct.pack("<2sIHHI", b"BM", at + bgra.nbytes, 0, 0, at) + header + bgra.tobytes()
    )


SETTINGS = {
    "an empty VOI table": {"VOILUTSequence": EMPTY},
    "an empty modality table": {
        "ModalityLUTSequence": EMPTY,
        "WindowCenter": 128,
        "WindowWidth": 256,
    },
    "a window beyond the pixels": {"WindowCenter": 32768, "WindowWidth": 65536},
    "two windows, the first beyond them": {
        "WindowCenter": [32768, 128],
        "WindowWidth": [65536, 256],
    },
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_that_the_picture_is_shown_and_measured(tmp_path, settings):
    path = write_dicom(PHANTOM, tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    for keyword, value in settings.items():
        setattr(dataset, keyword, value)
    dataset.save_as(path)
    exam = opened(path)

    assert np.array_equal(exam.image.gray, PHANTOM.gray)
    assert exam.measurement.hc_mm == pytest.approx(PHANTOM.hc_mm, rel=0.01)
    assert len(told(exam)) == 1


def test_that_values_in_the_upper_byte_are_found_there(tmp_path):
    path = write_dicom(PHANTOM, tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 8, 15
    dataset.PixelData = (PHANTOM.gray.astype("<u2") << 8).tobytes()
    dataset["PixelData"].VR = "OW"
    dataset.save_as(path)
    exam = opened(path)

    assert np.array_equal(exam.image.gray, PHANTOM.gray)
    assert "its high bit lies beyond its bits stored" in told(exam)[0]


@pytest.mark.parametrize("suffix", ["png", "bmp"])
def test_that_an_alpha_of_zeros_hides_nothing(tmp_path, suffix):
    path = tmp_path / f"head.{suffix}"
    if suffix == "bmp":
        write_bmp_of_32_bits(path, PHANTOM.gray, alpha=0)
    else:
        Image.fromarray(np.dstack([*[PHANTOM.gray] * 3, PHANTOM.gray * 0])).save(path)
    exam = opened(path, mm_per_pixel=PHANTOM.mm_per_pixel)

    assert np.array_equal(exam.image.gray, PHANTOM.gray)
    assert exam.measurement.hc_mm == pytest.approx(PHANTOM.hc_mm, rel=0.01)
    assert "its transparency leaves 1 of" in told(exam)[0]


def test_that_the_remark_stands_in_window_report_and_every_format(tmp_path):
    path = write_dicom(PHANTOM, tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    dataset.WindowCenter, dataset.WindowWidth = 32768, 65536
    dataset.save_as(path)
    exam = opened(path)
    (warning,) = told(exam)
    row = [MeasuredFrame.of(exam)]

    for said in (as_table(row), as_csv(row), as_json(row).encode().decode("unicode_escape")):
        assert warning in said
    content = window_content(Screen(exam=exam))
    for seen in (content, deidentified(content)):
        assert warning in seen.side.measurement.warnings
    export_pdf(exam, tmp_path / "a.pdf", now=NOW)
    words = " ".join(PdfReader(tmp_path / "a.pdf").pages[0].extract_text().split())
    assert NOT_USABLE in words
    assert "its window leaves 2 of" in words


@pytest.mark.parametrize(
    ("case", "is_told"),
    [
        ("leadtools_empty_lut/mlut_empty.dcm", True),
        ("leadtools_empty_lut/voilut_empty.dcm", True),
        ("leadtools_empty_lut/voilut8.dcm", False),
        ("window_beyond_the_pixels/win_32768_65536.dcm", True),
        ("window_beyond_the_pixels/two_windows_first_bad.dcm", True),
        ("high_bit_15/b8_highbit15.dcm", True),
        ("alpha_of_zeros/alpha0.png", True),
        ("alpha_of_zeros/alpha0.bmp", True),
    ],
)
def test_that_files_from_the_field_show_the_head_that_they_store(shared, case, is_told):
    """All are one picture of HC18, handled in one way or another: 180.6 mm."""
    exam = opened(shared / "field" / case)
    whole = READERS.images.load(shared / "field" / "mono1_signed_16bit" / "mono1.dcm").image

    assert np.array_equal(exam.image.gray, whole.gray)
    assert bool(told(exam)) is is_told


def test_that_the_flowers_of_an_empty_table_are_shown(shared):
    exam = opened(shared / "field" / "leadtools_empty_lut" / "leadtools.dcm")

    assert exam.image.gray.std() > 20
    assert "its VOI lookup table is empty" in told(exam)[0]
