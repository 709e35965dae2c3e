"""One export: what belongs together stays together, and nothing of the patient leaves."""

import json
import re
import sys
from datetime import date

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset

from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.loader import UnreadableImage
from fhc_desktop.imaging.sandbox.protocol import GREETING
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from tests.heads import small_phantom, write_png
from tests.imaging.copies import inside, load, reread
from tests.reading import READERS, load_image

PHANTOM = small_phantom()


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


def test_that_a_file_that_changed_after_the_look_is_refused(dataset, saved, export):
    with pytest.raises(UnreadableImage, match="has changed since"):
        export.copy(saved(dataset), looked_at="0" * 64)


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


def test_that_a_file_that_cannot_be_read_is_refused_in_a_sentence(export, tmp_path):
    path = tmp_path / "head.dcm"
    write_png(PHANTOM, path)
    path.write_bytes(path.read_bytes()[:200])

    with pytest.raises(UnreadableImage, match="damaged or incomplete"):
        export.copy(path)


@pytest.mark.parametrize(
    "answer",
    [
        {"pseudonym": "../../somewhere"},
        {"suffix": "/x"},
        {"size": 2**40},
        {"pseudonym": 5},
        {"kept": ["\x1b]0;owned\x07"]},
        {"left_out": [5]},
    ],
)
def test_that_a_decoder_that_was_taken_over_chooses_no_folder_and_no_words(tmp_path, answer):
    honest = {
        "pseudonym": "ANON-ABCDEFGH",
        "suffix": ".dcm",
        "size": 4,
        "kept": [],
        "left_out": [],
        "has_lost_scale": False,
    }
    text = json.dumps({**honest, **answer}).encode()
    said = GREETING + len(text).to_bytes(4, "big") + text + b"DICM"
    child = f"import os, time\nos.write(1, {said!r})\ntime.sleep(600)"
    sandbox = Sandbox([sys.executable, "-c", child])

    with pytest.raises(UnreadableImage, match="ended the decoder"):
        Deidentification(sandbox).copy(write_png(PHANTOM, tmp_path / "head.png"))
    assert sandbox.process_id is None


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("folder", ["us", "ts", "derived", "malformed", "dicomdir"])
def test_that_real_files_leave_without_their_patient(shared, tmp_path, export, folder):
    checked = 0
    for path in sorted((shared / "dicom" / folder).rglob("*")):
        # A long cine, see the slow test; and what is refused, which has no copy either.
        if path.name == "orthanc-tests_Issue164.dcm" or not is_read(path):
            continue
        before = load_image(path)
        copy = export.copy(path)
        after = load(copy, tmp_path)

        for text in identifying(pydicom.dcmread(path, stop_before_pixels=True, force=True)):
            assert text not in copy.content, (path.name, text)
        assert not copy.has_lost_scale
        assert_same_scan(before, after)
        checked += 1

    assert checked >= 4


def is_read(path):
    try:
        return path.is_file() and load_image(path) is not None
    except UnreadableImage:
        return False


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
