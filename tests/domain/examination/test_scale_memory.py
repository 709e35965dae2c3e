"""A scale given by hand is offered again where it may hold, and nowhere else."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.scale_memory import ScaleMemory, can_be_remembered, taken_over
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.image.depth_marks import DepthMarks, Mark, MarkPattern
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo, UltrasoundImage

RULER = Calibration(0.2, 0.2, CalibrationSource.RULER, "50 mm over 250.0 px", "Dr A")
REGION = Calibration(0.3, 0.3, CalibrationSource.ULTRASOUND_REGION, "region 1")
SERIES = StudyInfo(series_uid="1.2.3", scan_geometry="DepthOfScanField 160")


def exam(name="a.dcm", *, folder="/scans", shape=(80, 120), study=SERIES, scale=None):
    source = ImageSource(Path(folder) / name, "ab" * 32)
    image = UltrasoundImage(np.zeros(shape, np.uint8), source)
    return Examination(image=image, study=study, manual_calibration=scale)


# Ten millimetres in 40 pixels, where the ruler has 50.
MARKS = DepthMarks((Mark(10, 2, 6), Mark(50, 2, 6)), 40.0, 0.1, 10.0, MarkPattern.EVERY_FIFTH)
REMEMBERED = ScaleMemory().with_scale_of(exam(scale=RULER))


def test_that_a_scale_is_offered_for_another_picture_of_the_series_with_its_origin():
    offer = REMEMBERED.offered(exam("b.dcm", folder="/elsewhere"))

    assert offer.calibration == RULER
    assert offer.image_name == "a.dcm"
    assert REMEMBERED.holds_scale_of(exam(scale=RULER))


@pytest.mark.parametrize(
    "other",
    [
        exam("b.dcm", study=replace(SERIES, series_uid="1.2.4")),
        exam("b.dcm", study=replace(SERIES, scan_geometry="DepthOfScanField 120")),
        exam("b.dcm", study=replace(SERIES, scan_geometry=None)),
        exam("b.dcm", shape=(80, 121)),
        exam("b.dcm", scale=Calibration(0.4, 0.4, CalibrationSource.TYPED)),
        replace(exam("b.dcm"), file_calibration=FileCalibration((CalibrationCandidate(REGION),))),
        replace(exam("b.dcm"), depth_marks=MARKS),
        replace(exam("b.dcm"), image=replace(exam("b.dcm").image, pixel_aspect=1.2)),
    ],
)
def test_that_it_is_not_offered_where_the_scale_may_be_another(other):
    assert REMEMBERED.offered(other) is None


def test_that_files_without_a_series_share_their_folder():
    remembered = ScaleMemory().with_scale_of(exam("a.png", study=StudyInfo(), scale=RULER))

    assert remembered.offered(exam("b.png", study=StudyInfo())) is not None
    assert remembered.offered(exam("b.png", folder="/other", study=StudyInfo())) is None


def test_that_nothing_is_remembered_but_what_was_measured_on_the_picture_itself():
    handed_on = taken_over(REMEMBERED.offered(exam("b.dcm")), by="Dr B")

    assert not can_be_remembered(exam("b.dcm", scale=handed_on))
    assert not can_be_remembered(exam("b.dcm"))
    assert ScaleMemory().with_scale_of(exam("b.dcm", scale=handed_on)) == ScaleMemory()


def test_that_a_scale_taken_over_says_whose_it_was_and_who_took_it():
    handed_on = taken_over(REMEMBERED.offered(exam("b.dcm")), by="Dr B")

    assert handed_on.source_text == (
        "from the user's ruler (50 mm over 250.0 px, taken over from a.dcm)"
    )
    assert handed_on.confirmed_by == "Dr B"


def test_that_a_later_scale_of_the_series_replaces_the_earlier_one():
    later = Calibration(0.25, 0.25, CalibrationSource.TYPED)

    found = REMEMBERED.with_scale_of(exam("c.dcm", scale=later))

    assert found.offered(exam("b.dcm")).calibration == later
    assert len(found.entries) == 1


def test_that_what_a_scale_contradicted_on_one_picture_is_not_said_of_another():
    noted = replace(RULER, detail=f"{RULER.detail}; the file says 0.3000 mm/px")
    remembered = ScaleMemory().with_scale_of(exam(scale=noted))

    handed_on = taken_over(remembered.offered(exam("b.dcm")), by="Dr B")

    assert handed_on.detail == "50 mm over 250.0 px, taken over from a.dcm"
