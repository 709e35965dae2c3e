"""De-identified copies: nothing of the patient remains, and everything that is measured does."""

import io
import json
import re
import sys
from datetime import date

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
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.deidentified.file import Wish, deidentified
from fhc_desktop.imaging.files.file_kind import VIDEO
from fhc_desktop.imaging.loader import UnreadableImage
from fhc_desktop.imaging.sandbox.decoder import GREETING
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from tests.heads import small_phantom, write_dicom, write_png
from tests.reading import READERS, load_image

PHANTOM = small_phantom()
# A word that no other text holds by chance.
CANARY = "QXZJVKWY"
SCAN = RegionBox(20, 20, 180, 125)


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


def reread(copy):
    return pydicom.dcmread(io.BytesIO(copy.content))


def load(copy, folder):
    path = folder / f"{copy.pseudonym}{copy.suffix}"
    path.write_bytes(copy.content)
    return load_image(path)


def inside(pixels, box):
    return pixels[box.top : box.bottom + 1, box.left : box.right + 1]


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


def test_that_a_file_that_changed_after_the_look_is_refused(dataset, saved, export):
    with pytest.raises(UnreadableImage, match="has changed since"):
        export.copy(saved(dataset), looked_at="0" * 64)


def test_that_a_burnt_in_text_stays_declared_until_somebody_looked(dataset, saved, export):
    dataset.BurnedInAnnotation = "YES"

    assert reread(export.copy(saved(dataset))).BurnedInAnnotation == "YES"


def test_that_references_hold_within_an_export_and_not_between_two(dataset, saved, export):
    reference = Dataset()
    reference.ReferencedSOPClassUID = dataset.SOPClassUID
    reference.ReferencedSOPInstanceUID = dataset.SOPInstanceUID
    first = saved(dataset, "first.dcm")
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    dataset.SourceImageSequence = [reference]
    second = saved(dataset, "second.dcm")

    one, other, later = (
        reread(exporter.copy(path))
        for exporter, path in (
            (export, first),
            (export, second),
            (Deidentification(READERS.copies), first),
        )
    )

    assert other.SourceImageSequence[0].ReferencedSOPInstanceUID == one.SOPInstanceUID
    assert other.StudyInstanceUID == one.StudyInstanceUID
    assert other.SOPInstanceUID != one.SOPInstanceUID
    assert one.PatientID == other.PatientID == one.PatientName
    for name in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "PatientID"):
        assert later[name].value != one[name].value, name
    assert one.file_meta.MediaStorageSOPInstanceUID == one.SOPInstanceUID


def test_that_all_dates_of_a_patient_move_by_the_same_days(dataset, saved, export):
    dataset.StudyDate, dataset.LastMenstrualDate = "20260301", "20251012"
    dataset.ContentDate, dataset.ContentTime = "20260302", "101500"
    dataset.AcquisitionDateTime = "20260301101500.25+0100"
    dataset.PatientBirthDate = "19950607"

    found = reread(export.copy(saved(dataset)))

    def day(text):
        return date.fromisoformat(text[:8])

    moved = date(2026, 3, 1) - day(found.StudyDate)
    assert moved.days >= 366
    assert day(found.StudyDate) - day(found.LastMenstrualDate) == date(2026, 3, 1) - date(
        2025, 10, 12
    )
    assert day(found.ContentDate) - day(found.StudyDate) == date(2026, 3, 2) - date(2026, 3, 1)
    assert found.AcquisitionDateTime == found.StudyDate + "101500.25"
    assert found.ContentTime == "101500"
    assert not found.PatientBirthDate


def test_that_hc_in_the_copy_is_what_it_was(dataset, saved, export, tmp_path):
    path = saved(dataset)
    scales = [
        choose_calibration(loaded.calibration, PHANTOM.outline_px)
        for loaded in (load_image(path), load(export.copy(path), tmp_path))
    ]

    before, after = (measure_head(PHANTOM.outline_px, scale).hc_mm for scale in scales)

    assert after == pytest.approx(before, abs=0.01)


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


def test_that_a_video_is_refused_by_name(tmp_path):
    wish = Wish(PseudonymKey.fresh(), None, "0" * 64, is_looked_at=False)

    with pytest.raises(UnreadableImage, match=r"loop.mp4 is a video, of which no"):
        deidentified(io.BytesIO(), tmp_path / "loop.mp4", VIDEO, wish)


def test_that_a_file_that_cannot_be_read_is_refused_in_a_sentence(export, tmp_path):
    path = tmp_path / "head.dcm"
    write_png(PHANTOM, path)
    path.write_bytes(path.read_bytes()[:200])

    with pytest.raises(UnreadableImage, match="damaged or incomplete"):
        export.copy(path)


@pytest.mark.parametrize(
    "answer",
    [
        {"pseudonym": "../../somewhere", "suffix": ".dcm", "size": 4},
        {"pseudonym": "ANON-ABCDEFGH", "suffix": "/x", "size": 4},
        {"pseudonym": "ANON-ABCDEFGH", "suffix": ".dcm", "size": 2**40},
        {"pseudonym": 5, "suffix": ".dcm", "size": 4},
    ],
)
def test_that_a_decoder_that_was_taken_over_chooses_no_folder(tmp_path, answer):
    text = json.dumps(answer).encode()
    said = GREETING + len(text).to_bytes(4, "big") + text + b"DICM"
    child = f"import os, time\nos.write(1, {said!r})\ntime.sleep(600)"
    sandbox = Sandbox([sys.executable, "-c", child])

    with pytest.raises(UnreadableImage, match="ended the decoder"):
        Deidentification(sandbox).copy(write_png(PHANTOM, tmp_path / "head.png"))
    assert sandbox.process_id is None


def identifying(dataset):
    """Return every text of a real file that may not be found in its copy, nested ones too."""
    # A private creator is often the maker's name, and a study named by its time: both stay.
    kept = ("Manufacturer", "ManufacturerModelName", "StudyTime", "SeriesTime", "ContentTime")
    staying = " ".join(str(dataset.get(keyword)) for keyword in kept).encode()
    return [text for text in forbidden(dataset) if text not in staying]


def forbidden(dataset):
    for tag in list(dataset.keys()):
        try:
            element = dataset[tag]
        except NotImplementedError:  # a stray delimiter in one of the files
            continue
        if element.VR == "SQ":
            for item in element.value:
                yield from forbidden(item)
        elif element.tag.is_private or element.keyword in {
            *("PatientName", "PatientID", "OtherPatientIDs", "AccessionNumber", "StudyID"),
            *("InstitutionName", "StationName", "OperatorsName", "PerformingPhysicianName"),
            *("ReferringPhysicianName", "DeviceSerialNumber", "SoftwareVersions"),
            *("StudyDescription", "SeriesDescription", "ProtocolName", "StudyDate"),
            *("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"),
            *("ReferencedSOPInstanceUID", "FrameOfReferenceUID"),
        }:
            values = element.value if element.VM > 1 else [element.value]
            for value in values:
                written = value if isinstance(value, bytes) else str(value).encode()
                yield from re.findall(rb"[\w.^ -]{6,}", written)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_that_real_files_leave_without_their_patient(shared, tmp_path, export):
    checked = 0
    for path in sorted((shared / "dicom" / "us").glob("*.dcm")):
        if path.name == "orthanc-tests_Issue164.dcm":  # a long cine: see the slow test
            continue
        before = load_image(path)
        copy = export.copy(path)
        after = load(copy, tmp_path)

        for text in identifying(pydicom.dcmread(path, stop_before_pixels=True)):
            assert text not in copy.content, (path.name, text)
        assert_same_scan(before, after)
        checked += 1

    assert checked > 10


@pytest.mark.slow
def test_that_every_frame_of_a_long_cine_is_kept(shared, tmp_path, export):
    path = shared / "dicom" / "us" / "orthanc-tests_Issue164.dcm"
    copy = export.copy(path)

    for text in identifying(pydicom.dcmread(path, stop_before_pixels=True)):
        assert text not in copy.content, text
    target = tmp_path / "cine.dcm"
    target.write_bytes(copy.content)
    for frame in (1, 44, 87):
        assert_same_scan(load_image(path, frame=frame), load_image(target, frame=frame))


def assert_same_scan(before, after):
    name = before.image.source.path.name
    assert after.calibration == before.calibration, name
    assert after.image.scan_boxes == before.image.scan_boxes, name
    assert after.image.source.frame_count == before.image.source.frame_count, name
    for box in before.image.scan_boxes:
        assert np.array_equal(inside(after.image.gray, box), inside(before.image.gray, box)), name
    if not before.image.scan_boxes:
        banner = -(-before.image.rows * 12 // 100)
        assert not after.image.gray[:banner].any(), name
        assert np.array_equal(after.image.gray[banner:], before.image.gray[banner:]), name
