"""A de-identified copy: nothing of the patient remains, and everything that is measured does."""

import io

import numpy as np
import pydicom
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pydicom.uid import JPEGBaseline8Bit, UltrasoundMultiFrameImageStorage

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.domain.image.measurement import measure_head
from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified.file import deidentified
from fhc_desktop.imaging.deidentified.wish import Wish
from fhc_desktop.imaging.files.file_kind import VIDEO
from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom
from tests.imaging.copies import SCAN, inside, load, reread
from tests.reading import load_image

PHANTOM = small_phantom()


# A word that no other text holds by chance.
CANARY = "QXZJVKWY"


def test_that_a_burnt_in_text_stays_declared_until_somebody_looked(dataset, saved, export):
    dataset.BurnedInAnnotation = "YES"

    assert reread(export.copy(saved(dataset))).BurnedInAnnotation == "YES"


def test_that_hc_in_the_copy_is_what_it_was(dataset, saved, export, tmp_path):
    path = saved(dataset)
    scales = [
        choose_calibration(loaded.calibration, PHANTOM.outline_px)
        for loaded in (load_image(path), load(export.copy(path), tmp_path))
    ]

    before, after = (measure_head(PHANTOM.outline_px, scale).hc_mm for scale in scales)

    assert after == pytest.approx(before, abs=0.01)


def test_that_a_copy_is_doubted_as_its_source_was(dataset, saved, export, tmp_path):
    dataset.DerivationDescription = f"Scaled image of {CANARY}"
    copy = export.copy(saved(dataset))

    assert CANARY.encode() not in copy.content
    assert load(copy, tmp_path).calibration.alternatives
    assert load(copy, tmp_path).calibration.candidates == ()


def test_that_every_frame_is_blanked_outside_the_scan_and_kept_inside(dataset, saved, export):
    rng = np.random.default_rng(5)
    frames = rng.integers(1, 256, (3, *PHANTOM.gray.shape, 3), dtype=np.uint8)
    dataset.SOPClassUID = UltrasoundMultiFrameImageStorage
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 3, "RGB"
    dataset.PlanarConfiguration, dataset.NumberOfFrames = 0, 3
    dataset.PixelData = frames.tobytes()

    found = reread(export.copy(saved(dataset)))

    pixels = found.pixel_array
    assert found.file_meta.TransferSyntaxUID.name == "RLE Lossless"
    assert found.NumberOfFrames == 3
    for frame, original in zip(pixels, frames, strict=True):
        assert np.array_equal(inside(frame, SCAN), inside(original, SCAN))
    outside = np.array(pixels)
    outside[:, SCAN.top - 2 : SCAN.bottom + 3, SCAN.left - 2 : SCAN.right + 3] = 0
    assert not outside.any()


def test_that_what_the_user_chose_is_blanked_and_nothing_else(dataset, saved, export):
    found = reread(export.copy(saved(dataset), blanked=[RegionBox(30, 40, 50, 60)]))

    expected = np.array(PHANTOM.gray)
    expected[40:61, 30:51] = 0
    assert np.array_equal(found.pixel_array, expected)


def test_that_lossy_compression_is_remembered(dataset, saved, export):
    written = io.BytesIO()
    Image.fromarray(PHANTOM.gray).save(written, "JPEG", quality=90)
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.PixelData = pydicom.encaps.encapsulate([written.getvalue()])
    dataset["PixelData"].is_undefined_length = True

    found = reread(export.copy(saved(dataset)))

    assert not found.file_meta.TransferSyntaxUID.is_compressed
    assert (found.LossyImageCompression, found.LossyImageCompressionMethod) == ("01", "ISO_10918_1")


def test_that_bits_beyond_those_shown_do_not_leave(dataset, saved, export):
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 8, 7
    hidden = PHANTOM.gray.astype("<u2") | 0x0100  # an overlay, as old scanners embed it
    dataset.PixelData = hidden.tobytes()
    dataset["PixelData"].VR = "OW"

    found = reread(export.copy(saved(dataset), blanked=()))

    assert found.BitsAllocated == 8


def test_that_a_png_keeps_its_pixels_and_loses_its_texts(export, tmp_path):
    told = PngInfo()
    told.add_text("Comment", CANARY)
    Image.fromarray(PHANTOM.gray).save(tmp_path / "head.png", pnginfo=told)

    copy = export.copy(tmp_path / "head.png")

    found = Image.open(io.BytesIO(copy.content))
    expected = np.array(PHANTOM.gray)
    expected[:17] = 0  # 12 % of 135 rows, rounded up
    assert copy.suffix == ".png"
    assert CANARY.encode() not in copy.content
    assert not found.info
    assert np.array_equal(np.asarray(found), expected)


@pytest.mark.parametrize("dpi", [(150, 160), (160, 150), (96, 96)])
def test_that_a_png_keeps_the_shape_of_its_pixels(export, tmp_path, dpi):
    path = tmp_path / "head.bmp"
    Image.fromarray(PHANTOM.gray).save(path, dpi=dpi)

    copied = load(export.copy(path), tmp_path).image

    assert copied.pixel_aspect == pytest.approx(load_image(path).image.pixel_aspect, rel=2e-4)


def test_that_a_video_is_refused_by_name(tmp_path):
    wish = Wish(PseudonymKey.fresh(), None, "0" * 64, is_looked_at=False)

    with pytest.raises(UnreadableImage, match=r"loop.mp4 is a video, of which no"):
        deidentified(io.BytesIO(), tmp_path / "loop.mp4", VIDEO, wish)
