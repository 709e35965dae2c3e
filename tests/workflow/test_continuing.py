"""Another image takes over what holds for it too, and an entry of the log what was accepted."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.workflow.continuing import (
    FileChanged,
    JudgedOtherwise,
    OtherPatient,
    as_logged,
    refuse_changed_file,
    same_file,
    same_patient,
    second_reading,
)
from tests.local_charts import NARROW
from tests.reporting.examinations import image, proposed

RULER = Calibration(0.5, 0.5, CalibrationSource.RULER, "50 mm over 100.0 px", "Dr A")
PREVIOUS = replace(
    proposed().with_standard(WHO_2017).with_manual_calibration(RULER),
    fetus=Fetus("A", "left"),
    dating_reason="a letter",
)
NEXT = replace(
    proposed(),
    image=image(source=ImageSource(Path("/scans/next.dcm"), "cd" * 32)),
    patient=Patient(),
    exam_date=None,
    dating=None,
    proposal=None,
    outline_px=None,
)


def entry_of(exam):
    return LogEntry.of(exam, operator="Dr A", now=datetime(2026, 11, 20, 9, tzinfo=UTC))


# The same patient ----------------------------------------------------------------------------


def test_that_patient_day_dating_and_standard_are_taken_over_and_nothing_of_the_image():
    opened = same_patient(NEXT, PREVIOUS)

    assert opened.problem is None
    exam = opened.exam
    assert (exam.patient, exam.exam_date, exam.dating) == (
        PREVIOUS.patient,
        PREVIOUS.exam_date,
        PREVIOUS.dating,
    )
    assert exam.standard is WHO_2017
    assert (exam.manual_calibration, exam.fetus) == (None, Fetus())
    assert exam.image is NEXT.image


def test_that_a_file_of_another_patient_takes_nothing_over():
    other = replace(NEXT, patient=Patient("4712", "Somebody Else"))

    opened = same_patient(other, PREVIOUS)

    assert isinstance(opened.problem, OtherPatient)
    assert opened.exam == other


@pytest.mark.parametrize(
    ("day", "is_kept"), [(date(2026, 11, 20), True), (date(2026, 12, 4), False)]
)
def test_that_an_age_typed_without_its_day_holds_on_that_day_only(day, is_kept):
    typed = replace(PREVIOUS, dating=Dating.from_age(GestationalAge(140)))

    exam = same_patient(replace(NEXT, exam_date=day), typed).exam

    assert exam.exam_date == day
    assert (exam.dating is not None) is is_kept


# Another frame -------------------------------------------------------------------------------


def test_that_for_another_frame_all_that_was_typed_holds():
    exam = same_file(NEXT, PREVIOUS).exam

    assert exam.manual_calibration == RULER
    assert exam.fetus == Fetus("A", "left")
    assert exam.dating_reason == "a letter"
    assert exam.outline_px is None


# From the log --------------------------------------------------------------------------------


def reopened(entry, choice=None):
    return as_logged(replace(NEXT, image=PREVIOUS.image), entry, choice or StandardChoice())


def test_that_an_entry_opens_accepted_as_it_was():
    entry = entry_of(PREVIOUS)

    opened = reopened(entry)

    assert opened.problem is None
    assert opened.supersedes == entry.entry_id
    assert opened.exam.is_accepted
    assert opened.exam.facts == PREVIOUS.facts
    assert opened.exam.calibration == PREVIOUS.calibration
    assert opened.exam.acceptance.operator == "Dr A"


def test_that_a_file_that_has_changed_is_refused():
    with pytest.raises(FileChanged):
        refuse_changed_file(NEXT, entry_of(PREVIOUS))


def test_that_a_standard_that_is_gone_is_told_and_nothing_is_accepted():
    by_local = PREVIOUS.with_standard(NARROW)

    opened = reopened(entry_of(by_local))

    assert isinstance(opened.problem, JudgedOtherwise)
    assert "which is not there now" in opened.problem.problem
    assert not opened.exam.is_accepted


def test_that_a_percentile_of_then_that_is_another_today_is_told():
    entry = entry_of(PREVIOUS)
    then = replace(entry, said=replace(entry.said, percentile=99.0))

    opened = reopened(then)

    assert isinstance(opened.problem, JudgedOtherwise)
    assert "The log says of this measurement: 99" in opened.problem.problem


# A comment -----------------------------------------------------------------------------------

COMMENTED = replace(PREVIOUS, comment="HC 203 mm by hand.\nFar border shadowed.")


def test_that_a_comment_belongs_to_its_picture_alone():
    for take_over in (same_patient, same_file):
        assert take_over(NEXT, COMMENTED).exam.comment == ""


def test_that_a_comment_opens_with_its_row():
    opened = reopened(entry_of(COMMENTED)).exam

    assert opened.comment == COMMENTED.comment
    assert opened.is_accepted
    assert not replace(opened, comment="").is_accepted


def test_that_whoever_measures_afresh_does_not_read_what_was_said_before():
    assert second_reading(COMMENTED).comment == ""
