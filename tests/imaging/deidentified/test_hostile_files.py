"""Whoever hides a patient in a file does not get her into its copy."""

import io

import numpy as np
import pydicom
import pytest

from tests.imaging.copies import SCAN, inside, load, reread
from tests.imaging.deidentified.hostile_files import (
    HOSTILE,
    WRITTEN_OUT,
    identify,
    physician_as_maker,
    scale_of_days,
    within_jpeg,
)
from tests.imaging.deidentified.traces import traces
from tests.reading import load_image

VOUCHED = ("Dr. Schroeder", "SCHRODER ASA", "MUELLER ZOE", "Voluson MULLER", "HANAKO YAMADA")


@pytest.fixture
def hostile(dataset, tmp_path):
    """Return a function that writes a file with something hidden in it."""

    def write(hide):
        path = tmp_path / "hostile.dcm"
        with pydicom.config.disable_value_validation():
            hide(identify(dataset))
            syntax = dataset.file_meta.TransferSyntaxUID
            pydicom.dcmwrite(
                path,
                dataset,
                implicit_vr=syntax.is_implicit_VR,
                little_endian=syntax.is_little_endian,
                force_encoding=True,
            )
        return path

    return write


def test_that_they_are_34_and_more():
    assert len(HOSTILE) >= 34


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("hide", HOSTILE, ids=lambda hide: hide.__name__)
def test_that_no_trace_comes_through(hostile, export, tmp_path, hide):
    path = hostile(hide)
    assert traces(path.read_bytes(), pydicom.Dataset())  # it is there to be found

    copy = export.copy(path, vouched=VOUCHED)

    found = reread(copy)
    assert traces(copy.content, found) == set()
    assert traces(copy.pseudonym.encode(), pydicom.Dataset()) == set()
    before, after = load_image(path), load(copy, tmp_path)
    assert np.array_equal(inside(after.image.gray, SCAN), inside(before.image.gray, SCAN))
    assert after.image.scan_boxes == before.image.scan_boxes
    if hide is not scale_of_days:
        assert after.calibration == before.calibration
        assert not copy.has_lost_scale


def test_that_a_scale_that_spells_a_day_is_left_out_with_a_word(hostile, export, tmp_path):
    path = hostile(scale_of_days)
    assert load_image(path).calibration.candidates

    copy = export.copy(path)

    assert copy.has_lost_scale
    assert not load(copy, tmp_path).calibration.has_scale


def test_that_what_hides_in_a_jpeg_was_there(hostile):
    """Whether the picture of the test above is drawn as it says."""
    assert b"MUELLER" in hostile(within_jpeg).read_bytes()


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_that_an_element_of_no_kind_that_the_standard_has_hides_nothing(hostile, export):
    path = hostile(lambda dataset: setattr(dataset, "Manufacturer", WRITTEN_OUT))
    maker = b"\x08\x00\x70\x00"
    assert path.read_bytes().count(maker + b"LO") == 1
    path.write_bytes(path.read_bytes().replace(maker + b"LO", maker + b"ZZ"))

    copy = export.copy(path, vouched=VOUCHED)

    assert traces(copy.content, reread(copy)) == set()


def test_that_bytes_behind_the_file_do_not_come_along(hostile, export):
    path = hostile(physician_as_maker)
    path.write_bytes(path.read_bytes() + WRITTEN_OUT.encode() * 3)

    copy = export.copy(path)

    assert traces(copy.content, reread(copy)) == set()
    assert pydicom.dcmread(io.BytesIO(copy.content)).PixelData
