"""A de-identified copy: nothing of the patient remains, and everything that is measured does."""

import io
import re

import numpy as np
import pydicom
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pydicom.datadict import DicomDictionary, keyword_for_tag
from pydicom.dataset import Dataset
from pydicom.uid import JPEGBaseline8Bit, UltrasoundMultiFrameImageStorage

from fhc_desktop.domain.image.calibration import RegionBox, choose_calibration
from fhc_desktop.domain.image.measurement import measure_head
from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified.file import Wish, deidentified
from fhc_desktop.imaging.files.file_kind import VIDEO
from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom
from tests.imaging.copies import SCAN, inside, load, reread
from tests.reading import load_image

PHANTOM = small_phantom()
# A word that no other text holds by chance.
CANARY = "QXZJVKWY"


def filled_with_marks():
    """Return a data set with every attribute that can hold text or bytes, marked by its tag."""
    texts = {"LO", "SH", "PN", "ST", "LT", "UT", "UC", "UR", "AE", "CS"}
    filled = Dataset()
    for tag, (vr, *_) in DicomDictionary.items():
        if not 0x0008 <= tag >> 16 < 0x7FE0:
            continue
        if vr in texts:
            filled.add_new(tag, vr, f"QX{tag:08X}")
        elif vr in {"OB", "UN", "OB or OW"}:
            filled.add_new(tag, "OB", f"QX{tag:08X}".encode())
    filled.private_block(0x0009, "QX00090010", create=True).add_new(1, "LO", "QX00091001")
    filled.add_new(0x60003000, "OB", b"QX60003000")
    return filled


def test_that_of_all_texts_of_the_standard_only_codes_and_the_makers_names_remain(
    dataset, saved, export
):
    filled = filled_with_marks()
    assert len(filled) > 1500
    del filled.SpecificCharacterSet
    for name in ("SOPClassUID", "PhotometricInterpretation", "PixelData", "VOILUTFunction"):
        filled.pop(name, None)
    for element in dataset:
        if element.keyword not in filled:
            filled.add(element)
    filled.file_meta = dataset.file_meta

    content = export.copy(saved(filled)).content

    left = {keyword_for_tag(int(tag, 16)) for tag in re.findall(rb"QX([0-9A-F]{8})", content)}
    assert left <= {
        *("Modality", "Manufacturer", "ManufacturerModelName", "PatientOrientation"),
        *("TransducerType", "PixelSpacingCalibrationType"),
        *("LossyImageCompression", "LossyImageCompressionMethod"),
    }
    assert "Manufacturer" in left


def test_that_what_is_nested_goes_the_same_way(dataset, saved, export):
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.private_block(0x0019, CANARY, create=True).add_new(1, "LO", CANARY)
    region.PatientName = CANARY
    inner = Dataset()
    inner.InstitutionName = CANARY
    region.OriginalAttributesSequence = [inner]
    icon = Dataset()
    icon.add_new(0x7FE00010, "OB", CANARY.encode())
    icon.BitsAllocated = 8
    dataset.IconImageSequence = [icon]

    copy = export.copy(saved(dataset))

    assert CANARY.encode() not in copy.content
    assert len(reread(copy).SequenceOfUltrasoundRegions) == 1


def test_that_what_repeats_the_patients_name_or_number_is_left_out(dataset, saved, export):
    dataset.PatientName = "Miller^Anna"
    dataset.Manufacturer, dataset.ManufacturerModelName = "Sonomax", "Demo for ANNA Miller"
    dataset.PatientID, dataset.SeriesNumber = "4711", 4711

    found = reread(export.copy(saved(dataset)))

    assert found.Manufacturer == "Sonomax"
    assert "ManufacturerModelName" not in found
    assert "SeriesNumber" not in found
    assert found.InstanceNumber == 1


def test_that_the_file_says_what_was_done_to_it(dataset, saved, export):
    untouched = reread(export.copy(saved(dataset)))
    path = saved(dataset)
    looked_at = reread(
        export.copy(path, blanked=(), looked_at=load_image(path).image.source.sha256)
    )

    for found, codes in (
        (untouched, ["113100", "113107"]),
        (looked_at, ["113100", "113107", "113101"]),
    ):
        assert found.PatientIdentityRemoved == "YES"
        assert found.DeidentificationMethod
        assert found.LongitudinalTemporalInformationModified == "MODIFIED"
        sequence = found.DeidentificationMethodCodeSequence
        assert [code.CodeValue for code in sequence] == codes
    assert "BurnedInAnnotation" not in untouched  # the source's own NO is nobody's word
    assert looked_at.BurnedInAnnotation == "NO"


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
