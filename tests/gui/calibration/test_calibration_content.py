"""The scale is told with who says so, or why there is none; what is offered is not in force."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    Uncalibrated,
)
from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from tests.reporting.examinations import SCALE, proposed, uncalibrated

RULER = Calibration(0.5, 0.5, CalibrationSource.RULER, "50 mm over 100.0 px", "Dr A")
OTHER = Calibration(0.4, 0.4, CalibrationSource.PIXEL_SPACING, "PixelSpacing")


def of(exam, memory=None):
    return CalibrationContent.of(exam, memory or ScaleMemory())


def with_ruler():
    return uncalibrated().with_manual_calibration(RULER)


def test_that_the_files_scale_is_told_with_where_it_was_read():
    content = of(proposed())

    assert "0.8000 mm/px" in content.scale
    assert "region 1" in content.sentence
    assert not content.is_missing
    assert not content.has_users_scale


@pytest.mark.parametrize("source", CalibrationSource)
def test_that_every_source_has_its_few_words(source):
    scale = Calibration(0.5, 0.5, source, "region 2; noted at length in a line of its own")

    content = of(uncalibrated().with_manual_calibration(scale))

    assert content.source
    assert "{" not in content.source
    assert content.deidentified.source == ""


def test_that_without_a_scale_the_reason_and_the_remedy_are_told():
    content = of(uncalibrated())

    assert content.is_missing
    assert content.scale == "none: pixels only"
    assert content.sentence.count(".") >= 2


def test_that_a_users_scale_names_who_confirmed_it():
    content = of(with_ruler())

    assert content.has_users_scale
    assert "confirmed by Dr A" in content.sentence


def test_that_the_scales_of_a_file_that_contradicts_itself_wait_until_one_is_chosen():
    torn = FileCalibration(alternatives=(CalibrationCandidate(SCALE), CalibrationCandidate(OTHER)))
    exam = replace(proposed(), file_calibration=torn)

    assert len(of(exam).alternatives) == 2
    assert of(exam.with_manual_calibration(SCALE)).alternatives == ()


def test_that_a_scale_of_the_series_is_offered_and_not_in_force():
    memory = ScaleMemory().with_scale_of(with_ruler())
    assert of(with_ruler(), memory).offer.is_remembered

    content = of(uncalibrated(), memory)

    assert content.is_missing
    assert "Remembered from scan 2.dcm" in content.offer.words
    assert "same depth and zoom only" in content.offer.words


def test_that_hidden_neither_a_file_nor_a_person_is_named():
    memory = ScaleMemory().with_scale_of(with_ruler())

    seen = of(with_ruler(), memory).deidentified
    assert "Dr A" not in seen.sentence + seen.passport_line
    assert seen.scale == of(with_ruler()).scale
    assert of(uncalibrated(), memory).deidentified.offer.words == ""
    assert of(uncalibrated()).deidentified.sentence == of(uncalibrated()).sentence


def content_without_scale(why):
    exam = replace(proposed(), file_calibration=FileCalibration(objection=why))
    return CalibrationContent.of(exam, ScaleMemory())


def test_that_a_table_is_named_to_the_user_only():
    why = Uncalibrated("The table Vera_Secret.csv is refused.", "Correct it.", names_file=True)
    content = content_without_scale(why)

    assert content.sentence == "The table Vera_Secret.csv is refused. Correct it."
    assert content.deidentified.sentence == "reason hidden: it names a file"
    assert content.deidentified.scale == content.scale == "none: pixels only"
    assert content.deidentified.deidentified == content.deidentified


def test_that_a_reason_which_names_no_file_stays_in_sight():
    content = content_without_scale(Uncalibrated("The regions contradict each other.", "Draw."))

    assert content.deidentified.sentence == "The regions contradict each other. Draw."
