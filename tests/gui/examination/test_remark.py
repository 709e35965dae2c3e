"""Remarks stand in the order in which they are to be read, and none is dropped."""

from dataclasses import replace

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.remark import Remark, remarks_of
from fhc_desktop.gui.examination.repeat_content import RepeatContent
from tests.reporting.examinations import accepted, graded, graded_and_edited, proposed


def of(exam, growth=()):
    measurement = MeasurementContent.of(exam, activity="")
    return remarks_of(measurement, RepeatContent.of(exam), growth)


def test_that_no_sentence_is_dropped_however_many_there_are():
    objections = tuple(f"Objection {number}." for number in range(12))
    exam = replace(proposed(), study=StudyInfo(objections=objections))

    told = of(exam, ("A flag.",))

    assert told[-13:] == (*(Remark(one, is_warning=True) for one in objections), Remark("A flag."))


def test_that_an_acceptance_comes_first_and_warns_where_it_is_not_logged():
    logged, waiting = of(accepted(graded(Grade.LOOK_AGAIN))), of(accepted(entry_id=None))

    assert logged[0].text.endswith("and logged.")
    assert not logged[0].is_warning
    assert "NOT LOGGED" in waiting[0].text
    assert waiting[0].is_warning


def test_that_a_doubt_of_the_model_is_a_warning_and_goes_behind_the_rest_with_an_edit():
    own, edited = of(graded(Grade.LOOK_AGAIN)), of(graded_and_edited(), ("A flag.",))

    assert own[0].is_warning
    assert own[0].text.startswith("The model: Skull visible on 48 %")
    assert edited[0].text == "A flag."
    assert edited[-1].text.startswith("The model graded its own proposal “look again”")
    assert not edited[-1].is_warning


def test_that_a_good_outline_without_a_remark_has_none():
    assert of(graded()) == ()
