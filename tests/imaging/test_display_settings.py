"""Whatever a file says of its display, its picture is shown: by pydicom's reckoning or as stored.

Settings that leave a picture give the pixels that pydicom gives; all others give what the file
stores, with a remark. Neither changes a scale.
"""

import random
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import pydicom
import pytest
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_modality_lut, apply_voi, apply_windowing
from pydicom.sequence import Sequence
from pydicom.tag import Tag

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.pixels.display_settings import (
    FEWEST_LEVELS,
    count_levels,
    keeps_picture,
)
from tests.heads import small_phantom, write_dicom
from tests.reading import load_image

FILES, FILES_OF_THE_LONG_FORM = 120, 3_000
MOST_BYTES = 2**21
PHANTOM = small_phantom()
GRAY = PHANTOM.gray
NUMBERS = ("0", "1", "-1", "2", "0.5", "100", "127.5", "128", "256", "255", "2048", "4096", "-500")
WILD = ("32768", "65536", "1e9", "-1e300", "NaN", "inf", "", "127,5", "x")
# Each with how many files have it.
SETTINGS = {
    "WindowCenter": 0.4,
    "WindowWidth": 0.4,
    "RescaleSlope": 0.1,
    "RescaleIntercept": 0.1,
    "VOILUTSequence": 0.2,
    "ModalityLUTSequence": 0.1,
    "VOILUTFunction": 0.2,
    "PresentationLUTShape": 0.1,
}


def words_of(bits):
    return GRAY.astype(np.uint16) << (bits - 8)


# What a drawn head is stored as: its words, and BitsStored.
STORED = {
    "8 bits": (GRAY, 8),
    "12 bits": (words_of(12), 12),
    "16 bits": (words_of(16), 16),
    "with a sign": (words_of(12).astype(np.int16) - 2000, 16),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A data set with some settings, and whether they spoil the bits of a word."""

    dataset: Dataset
    is_of_bits: bool


def drawn(folder):
    """Return a data set for each way of storing a head."""
    found = []
    for words, bits in STORED.values():
        dataset = pydicom.dcmread(write_dicom(PHANTOM, folder / "whole.dcm"))
        dataset.BitsAllocated, dataset.BitsStored = words.dtype.itemsize * 8, bits
        dataset.HighBit, dataset.PixelRepresentation = bits - 1, int(words.dtype.kind == "i")
        dataset.PixelData = words.tobytes()
        dataset["PixelData"].VR = "OB" if words.dtype.itemsize == 1 else "OW"
        found.append(dataset)
    inverted = pydicom.dcmread(folder / "whole.dcm")
    inverted.PhotometricInterpretation = "MONOCHROME1"
    return [*found, inverted]


def table(chance):
    count = chance.choice([0, 1, 2, 255, 256, 257, 4096, 65536])
    bits = chance.choice([8, 8, 12, 16, 16, 0, 32])
    length = chance.choice([count, count, count, count // 2, 0, count + 3])
    top = 2 ** min(bits, 16) - 1
    match chance.randrange(4):
        case 0:
            entries = np.linspace(0, top, length)
        case 1:
            entries = np.linspace(top, 0, length)
        case 2:
            entries = np.full(length, chance.choice([0, top]))
        case _:
            entries = np.arange(length) % 65536
    item = Dataset()
    if chance.random() < 0.9:
        first = chance.choice([0, 0, 0, 5, 300, 60000])
        item.add_new("LUTDescriptor", "US", [count % 65536, first, bits])
    if chance.random() < 0.9:
        data = entries.astype("<u2").tolist()
        if chance.random() < 0.5:
            item.add_new("LUTData", "OW", entries.astype(chance.choice(["<u2", "u1"])).tobytes())
        else:
            item.add_new("LUTData", "US", data or None)
    return Sequence([item] * chance.choice([0, 1, 1, 1, 2]))


def text(keyword, chance):
    match keyword:
        case "VOILUTFunction":
            return chance.choice(("LINEAR", "LINEAR_EXACT", "SIGMOID", "?"))
        case "PresentationLUTShape":
            return chance.choice(("IDENTITY", "INVERSE", "?"))
    of = NUMBERS if chance.random() < 0.7 else WILD
    count = chance.choice([1, 1, 1, 2, 3]) if keyword.startswith("Window") else 1
    return "\\".join(chance.choice(of) for _ in range(count))


def set_text(dataset, keyword, written):
    """Set a text as it stands in a file: pydicom would not write what is no number."""
    tag, value = Tag(tag_for_keyword(keyword)), (written + " " * (len(written) % 2)).encode()
    dataset[tag] = RawDataElement(
        tag,
        dictionary_VR(tag),
        len(value),
        value,
        value_tell=0,
        is_implicit_VR=False,
        is_little_endian=True,
    )


def changed(dataset, chance):
    """Return a copy of a data set with settings that nobody would think of."""
    copy = deepcopy(dataset)
    for keyword, share in SETTINGS.items():
        if chance.random() < share:
            if keyword.endswith("Sequence"):
                setattr(copy, keyword, table(chance))
            else:
                set_text(copy, keyword, text(keyword, chance))
    if chance.random() < 0.4:  # as scanners write them
        white = 2 ** min(dataset.BitsStored, 12)
        set_text(copy, "WindowCenter", str(white * chance.choice([0.2, 0.4, 0.5])))
        set_text(copy, "WindowWidth", str(white * chance.choice([0.3, 0.5, 1, 2])))
    is_of_bits = chance.random() < 0.2
    if is_of_bits:
        copy.HighBit = chance.choice([0, 6, 7, 11, 15, 99])
        copy.BitsStored = chance.choice([1, 6, 7, 8, 12, 16, 99])
        copy.PixelRepresentation = chance.choice([0, 1, 2])
    return Changed(copy, is_of_bits)


def by_pydicom(path):
    """Return a picture as pydicom makes it of the first VOI LUT or window; None where it cannot."""
    dataset = pydicom.dcmread(path)
    tables = dataset.get("VOILUTSequence")
    values = np.asarray(apply_modality_lut(dataset.pixel_array, dataset))
    if tables and tables[0].LUTDescriptor[2] == 8 and values.max() > 255:
        return None  # pydicom 3.0.2 begins anew behind 256 entries of 8 bits
    if tables:
        highest = 2 ** tables[0].LUTDescriptor[2] - 1
        shown = apply_voi(values.astype(np.int64), dataset)
    else:
        highest = 255
        for keyword in ("ModalityLUTSequence", "RescaleSlope", "RescaleIntercept"):
            dataset.pop(keyword, None)
        dataset.PixelRepresentation, dataset.BitsStored = 0, 8  # its range, which is shown
        shown = apply_windowing(values, dataset)
    gray = np.rint(np.clip(shown * (255 / highest), 0, 255))
    return 255 - gray if dataset.PhotometricInterpretation == "MONOCHROME1" else gray


def has_settings(dataset):
    said = (dataset.get(keyword) for keyword in ("VOILUTSequence", "WindowCenter", "WindowWidth"))
    return "MONOCHROME" in dataset.PhotometricInterpretation and any(said)


def hc_mm(loaded):
    """Return the HC of a given outline by the file's scale, None without one."""
    exam = Examination(loaded.image, file_calibration=loaded.calibration)
    measurement = exam.with_outline(PHANTOM.outline_px).measurement
    return None if measurement is None else measurement.hc_mm


def compared(dataset, plain, chance, path):
    """Read a changed file; return with what its picture was compared."""
    this = changed(dataset, chance)
    this.dataset.save_as(path)
    loaded = load_image(path)
    gray, remarks, stored = loaded.image.gray, loaded.image.remarks, plain.image.gray

    assert hc_mm(loaded) == hc_mm(plain)
    if this.is_of_bits:
        # Of a picture of few levels nobody can tell which bits are an overlay.
        assert count_levels(gray) >= FEWEST_LEVELS or count_levels(stored) < FEWEST_LEVELS
        return "levels"
    assert keeps_picture(gray, stored)
    if any("the stored values are shown" in remark for remark in remarks):
        # All of it, but for how bright the brightest is.
        assert np.corrcoef(gray.ravel(), stored.ravel())[0, 1] > 0.999, (remarks, this.dataset)
        return "stored"
    if remarks:
        return "levels"
    if not has_settings(this.dataset):
        assert np.array_equal(gray, stored)
        return "stored"
    shown = optional(lambda: by_pydicom(path))
    assert shown is None or np.abs(shown - gray).max() <= 1
    return "levels" if shown is None else "pydicom"


def compare(datasets, count, folder):
    """Change each of some data sets in turn; return how many were compared with what."""
    chance, path = random.Random(37), folder / "changed.dcm"
    plain = []
    for dataset in datasets:
        dataset.save_as(path)
        plain.append(load_image(path))
    return Counter(
        compared(datasets[which], plain[which], chance, path)
        for which in (number % len(datasets) for number in range(count))
    )


def real(shared, folder):
    """Return pictures of real scanners without settings of their own; some cannot be rewritten."""
    found = []
    for path in sorted((shared / "dicom" / "us").glob("*.dcm")):
        dataset = pydicom.dcmread(path)
        for keyword in SETTINGS:
            dataset.pop(keyword, None)
        if path.stat().st_size < MOST_BYTES and optional(lambda one=dataset: again(one, folder)):
            found.append(dataset)
    return found


def again(dataset, folder):
    dataset.save_as(folder / "again.dcm")
    return load_image(folder / "again.dcm")


def test_that_settings_are_followed_or_the_picture_is_shown_as_stored(tmp_path):
    found = compare(drawn(tmp_path), FILES, tmp_path)

    assert min(found["pydicom"], found["stored"]) > FILES / 20


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_that_three_thousand_settings_over_real_files_cost_no_picture(tmp_path, shared):
    found = compare([*drawn(tmp_path), *real(shared, tmp_path)], FILES_OF_THE_LONG_FORM, tmp_path)

    assert min(found["pydicom"], found["stored"]) > FILES_OF_THE_LONG_FORM / 30
