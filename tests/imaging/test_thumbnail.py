"""A thumbnail fits its place, with pixels made square, or says what is wrong."""

import pydicom
import pytest

from fhc_desktop.imaging.loader import UnreadableImage
from fhc_desktop.imaging.thumbnail import read_thumbnail
from tests.heads import small_phantom, write_dicom, write_png
from tests.imaging.archives import picture, zipped
from tests.reading import READERS

PHANTOM = small_phantom()


def thumbnail(path):
    return read_thumbnail(path, width_px=80, height_px=60, sandbox=READERS.catalogues)


def test_that_a_picture_fits_its_place_in_its_own_shape(tmp_path):
    small = thumbnail(write_png(PHANTOM, tmp_path / "a.png"))

    assert small.shape == (54, 80, 3)  # 135 × 200
    assert abs(float(small.mean()) - float(PHANTOM.gray.mean())) < 3


def test_that_pixels_higher_than_wide_make_a_higher_picture(tmp_path):
    path = write_dicom(PHANTOM, tmp_path / "a.dcm")
    dataset = pydicom.dcmread(path)
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.PhysicalDeltaY = 1.4 * region.PhysicalDeltaX
    dataset.save_as(path)

    assert thumbnail(path).shape == (60, round(60 * 200 / (135 * 1.4)), 3)


def test_that_a_member_of_an_archive_has_a_thumbnail(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("x/a.png", picture(120))])

    assert (thumbnail(archive / "x" / "a.png") == 120).all()


@pytest.mark.parametrize("content", [b"no picture", picture()[:60]])
def test_that_what_is_no_picture_says_so(tmp_path, content):
    path = tmp_path / "a.png"
    path.write_bytes(content)

    with pytest.raises(UnreadableImage, match=r"a\.png"):
        thumbnail(path)
