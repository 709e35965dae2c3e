"""Why there is no scale is told to the user, and to nobody who looks on where it names a file."""

from dataclasses import replace

from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.image.calibration import FileCalibration, Uncalibrated
from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from tests.reporting.examinations import proposed


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
