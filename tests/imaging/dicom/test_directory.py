"""A DICOMDIR lists what it names, and one that is broken stops nothing."""

import pydicom
import pytest

from tests.imaging.listing import faults, listed, shape


@pytest.mark.parametrize(
    "variant", ["", "-bigEnd", "-implicit", "-nooffset", "-nopatient", "-reordered"]
)
def test_that_each_variant_of_a_dicomdir_lists_the_same_two_patients(shared, variant):
    found = listed(shared / "dicom" / "dicomdir" / f"DICOMDIR{variant}")

    assert shape(found) == [
        ("Doe, Archibald", [[4], [1, 1, 1]]),
        ("Doe, Peter", [[2, 5], [1, 3], [1, 3, 7], [1, 1]]),
    ]
    assert found.unlisted == ()


def test_that_an_empty_dicomdir_is_told(shared):
    found = listed(shared / "dicom" / "dicomdir" / "DICOMDIR-empty.dcm")

    assert faults(found) == ["DICOMDIR-empty.dcm names no image."]


def test_that_a_missing_file_is_told_and_the_others_go_on(disc):
    (disc / "77654033" / "CR1" / "6154").unlink()

    found = listed(disc)

    assert len(found.images) == 30
    assert faults(found) == ["DICOMDIR names 77654033/CR1/6154, which is not there."]


def test_that_a_broken_dicomdir_is_told_and_the_folder_is_looked_through(disc):
    (disc / "DICOMDIR").write_bytes(b"no DICOMDIR")

    found = listed(disc)

    assert [name for name, _ in shape(found)] == ["Doe, Archibald", "Doe, Peter"]
    assert "DICOMDIR is damaged" in faults(found)[0]


def test_that_records_in_a_circle_end(disc):
    dataset = pydicom.dcmread(disc / "DICOMDIR")
    for record in dataset.DirectoryRecordSequence:
        record.OffsetOfTheNextDirectoryRecord = 396
        record.OffsetOfReferencedLowerLevelDirectoryEntity = 396
    dataset.save_as(disc / "DICOMDIR")

    assert len(listed(disc).images) == 31
