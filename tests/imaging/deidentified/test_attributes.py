"""Of a header only what is known to be harmless remains."""

import re

from pydicom.datadict import DicomDictionary
from pydicom.dataset import Dataset

from tests.imaging.copies import reread
from tests.reading import load_image

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


def test_that_of_all_texts_of_the_standard_only_a_vouched_name_of_the_device_remains(
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

    path = saved(filled)

    unasked = export.copy(path).content
    vouched = export.copy(path, vouched=["QX00080070"]).content

    assert not re.findall(rb"QX[0-9A-F]{8}", unasked)
    assert set(re.findall(rb"QX[0-9A-F]{8}", vouched)) == {b"QX00080070"}


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
    vouched = ["Sonomax", "Demo for ANNA Miller"]

    copy = export.copy(saved(dataset), vouched=vouched)

    found = reread(copy)
    assert found.Manufacturer == "Sonomax"
    assert "ManufacturerModelName" not in found
    assert copy.devices.kept == ("Sonomax",)
    assert copy.devices.left_out == ("Demo for ANNA Miller",)
    assert "SeriesNumber" not in found
    assert found.InstanceNumber == 1


def test_that_a_known_maker_stays_and_an_unknown_one_waits_for_a_word(dataset, saved, export):
    dataset.Manufacturer, dataset.ManufacturerModelName = "GE Healthcare", "Praxis Dr. Roe"

    copy = export.copy(saved(dataset))

    assert reread(copy).Manufacturer == "GE Healthcare"
    assert "ManufacturerModelName" not in reread(copy)
    assert copy.devices.left_out == ("Praxis Dr. Roe",)


def test_that_defined_terms_and_numbers_within_their_spans_stay(dataset, saved, export):
    kept = {
        "TransducerType": "CURVED LINEAR",
        "PatientOrientation": ["L", "F"],
        "FrameTimeVector": ["0", "33.3", "33.4"],
        "FrameIncrementPointer": 0x00181065,
        "MechanicalIndex": "0.9",
        "DepthOfScanField": "161",
        "SeriesNumber": "2",
        "StudyTime": "101500.25",
    }
    for keyword, value in kept.items():
        setattr(dataset, keyword, value)

    found = reread(export.copy(saved(dataset)))

    for keyword in kept:
        assert found[keyword].value == dataset[keyword].value, keyword


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
