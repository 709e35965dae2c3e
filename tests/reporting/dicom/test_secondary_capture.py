"""The picture with its outline and its words."""

from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.reporting.dicom.secondary_capture import captioned_picture, secondary_capture
from tests.reporting.dicom.objects import coded, in_its_study, opened
from tests.reporting.examinations import graded, headless, image, uncalibrated


@pytest.mark.parametrize("examined", [graded, headless, uncalibrated])
@pytest.mark.parametrize("columns", [60, 121, 800])
def test_that_a_capture_holds_the_picture_with_its_words(examined, columns):
    exam = replace(in_its_study(examined()), image=image(rows=90, columns=columns))
    dataset = opened(secondary_capture(coded(exam)))

    assert dataset.pixel_array.shape == (dataset.Rows, dataset.Columns, 3)
    assert dataset.Columns >= 640
    assert dataset.pixel_array.tobytes() == captioned_picture(coded(exam).report).tobytes()
    assert "PixelSpacing" not in dataset
    assert "SequenceOfUltrasoundRegions" not in dataset


def test_that_the_words_stand_below_the_picture_and_not_on_it():
    told = coded(in_its_study(headless()))
    picture = captioned_picture(told.report)
    scan, words = picture[: 80 * 6], picture[80 * 6 :]

    assert len(np.unique(scan)) > 2
    assert words.max() == 255
    assert scan.shape[1] == 120 * 6


def test_that_pixels_that_are_not_square_are_shown_as_squares():
    tall = replace(image(rows=80, columns=640), pixel_aspect=1.5)
    exam = replace(in_its_study(headless()), image=tall)

    assert captioned_picture(coded(exam).report).shape[0] > 120
