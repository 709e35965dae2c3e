"""Whatever programs do to a calibrated file, its HC is right within 1 % or withheld.

``HABITS`` lists what is done to files between the scanner and here, ``SILENT`` what leaves no trace
in them. No network is asked: the outline of the drawn head is carried along exactly.
"""

from dataclasses import replace

import numpy as np
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pydicom.dataset import Dataset

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.examining import examine
from tests.e2e.field.handled_scans import (
    HABITS,
    Exported,
    Scan,
    cropped,
    exports,
    hc_mm,
    scaled,
)
from tests.fakes import FakeSegmenter
from tests.phantom import write_ultrasound_dicom
from tests.reading import READERS

RIGHT_WITHIN = 0.01
EXAMPLES, LONG_FORM = 200, 5_000


def written(scan, path):
    gray = np.full(scan.size, 60, np.uint8)
    write_ultrasound_dicom(gray, path, mm_per_pixel=0.2)
    dataset = pydicom.dcmread(path)
    template = dataset.SequenceOfUltrasoundRegions[0]
    dataset.SequenceOfUltrasoundRegions = [region(template, *said) for said in scan.regions]
    if not scan.regions:
        del dataset.SequenceOfUltrasoundRegions
    if scan.spacing is not None:
        dataset.PixelSpacing = [f"{side:.10g}"[:16] for side in reversed(scan.spacing)]
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = scan.sop_class
    dataset.ImageType = list(scan.image_type)
    dataset.DerivationDescription = scan.description
    if scan.is_coded_resampled:
        code = Dataset()
        code.CodeValue, code.CodingSchemeDesignator = "113085", "DCM"
        code.CodeMeaning = "Spatial resampling"
        dataset.DerivationCodeSequence = [code]
    dataset.save_as(path, enforce_file_format=True)
    return path


def region(template, box, sides):
    item = Dataset()
    item.update(template)
    item.RegionLocationMinX0, item.RegionLocationMinY0 = box[0], box[1]
    item.RegionLocationMaxX1, item.RegionLocationMaxY1 = box[2], box[3]
    item.PhysicalDeltaX, item.PhysicalDeltaY = sides[0] / 10, sides[1] / 10
    return item


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("habits")


def assert_right_or_withheld(handled, folder):
    exam = examine(written(handled.scan, folder / "a.dcm"), READERS)
    found = exam.with_outline(handled.scan.outline_px)
    if found.measurement is None:
        assert not handled.is_harmless, found.calibration
        return
    assert found.measurement.hc_mm == pytest.approx(handled.scan.hc_mm, rel=RIGHT_WITHIN)


def assert_right_by_its_width(exported, folder):
    path = folder / f"a.{exported.suffix}"
    Image.fromarray(np.full(exported.size, 60, np.uint8)).save(path, dpi=exported.density)
    options = MeasureOptions(mm_per_pixel=exported.mm_across)
    exam = measured(path, FakeSegmenter(None), options, readers=READERS)
    hc = exam.with_outline(exported.outline_px).measurement.hc_mm
    assert hc == pytest.approx(exported.hc_mm, rel=RIGHT_WITHIN)


def tried(handled, folder):
    if isinstance(handled, Exported):
        assert_right_by_its_width(handled, folder)
    else:
        assert_right_or_withheld(handled, folder)


ALL_HABITS = st.one_of(*HABITS.values(), exports())


@settings(max_examples=EXAMPLES, deadline=None)
@given(handled=ALL_HABITS)
def test_that_a_millimetre_is_right_or_withheld_whatever_was_done_to_the_file(handled, folder):
    tried(handled, folder)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=LONG_FORM, deadline=None)
@given(handled=ALL_HABITS)
def test_that_five_thousand_millimetres_are_right_or_withheld(handled, folder):
    tried(handled, folder)


HEAD = Ellipse(220, 150, 90, 70, 0.3)
SINGLE = Scan((300, 440), HEAD, hc_mm(HEAD, (0.4, 0.4)), (((60, 20, 380, 280), (0.4, 0.4)),))
LEFT_HALF, RIGHT_HALF = (0, 0, 299, 299), (300, 0, 599, 299)
DUAL = Scan(
    (300, 600),
    HEAD.moved(-70, 0),
    hc_mm(HEAD, (0.4, 0.4)),
    ((LEFT_HALF, (0.4, 0.4)), (RIGHT_HALF, (0.6, 0.6))),
)
# What no program can see in the file, with how many times too large the HC comes out then.
SILENT = {
    "scaled down, and the regions left still lie in the picture": (
        scaled(replace(SINGLE, size=(400, 600)), 0.75, 0.75)[0],
        0.75,
    ),
    "scaled up, regions left, and the head still lies in one": (scaled(SINGLE, 1.1, 1.1)[0], 1.1),
    "scaled, and its only scale, PixelSpacing, left": (
        scaled(replace(SINGLE, regions=(), spacing=(0.4, 0.4)), 0.5, 0.5)[0],
        0.5,
    ),
    "padded by half a dual picture, regions left": (cropped(DUAL, (-300, 0, 0, 0)), 1.5),
}


@pytest.mark.parametrize(("scan", "factor"), SILENT.values(), ids=SILENT)
def test_that_what_leaves_no_trace_is_measured_by_the_scale_that_is_left(scan, factor, tmp_path):
    """The risk that remains, for docs/safety.md: only a picture's depth marks can object."""
    found = examine(written(scan, tmp_path / "a.dcm"), READERS).with_outline(scan.outline_px)

    assert found.measurement.hc_mm == pytest.approx(factor * scan.hc_mm, rel=RIGHT_WITHIN)
