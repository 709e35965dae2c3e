"""An export, and an ultrasound image with a region of its own."""

import shutil

import pydicom
import pytest

from fhc_desktop.imaging.deidentification import Deidentification
from tests.heads import small_phantom, write_dicom
from tests.imaging.copies import SCAN
from tests.reading import READERS

PHANTOM = small_phantom()


@pytest.fixture
def export():
    return Deidentification(READERS.copies)


@pytest.fixture
def dataset(tmp_path):
    dataset = pydicom.dcmread(write_dicom(PHANTOM, tmp_path / "start.dcm"))
    dataset.decode()
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.RegionLocationMinX0, region.RegionLocationMinY0 = SCAN.left, SCAN.top
    region.RegionLocationMaxX1, region.RegionLocationMaxY1 = SCAN.right, SCAN.bottom
    return dataset


@pytest.fixture
def saved(tmp_path):
    def save(dataset, name="head.dcm"):
        path = tmp_path / name
        dataset.save_as(path, enforce_file_format=True)
        return path

    return save


@pytest.fixture
def disc(tmp_path, shared):
    """A copy of the disc of two patients, without the variants of its DICOMDIR."""
    copy = tmp_path / "disc"
    shutil.copytree(shared / "dicom" / "dicomdir", copy, ignore=shutil.ignore_patterns("*-*"))
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    return copy
