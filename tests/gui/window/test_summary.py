"""A folded section says in one line what is in force, and what is missing."""

from dataclasses import replace
from datetime import date

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.pregnancy import pregnancies
from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from fhc_desktop.gui.patient.patient_content import PatientContent
from fhc_desktop.gui.window.summary import Summary
from fhc_desktop.reporting.content.growth_content import GrowthContent
from tests.gui.course_examples import entries_of, seen
from tests.reporting.examinations import proposed, uncalibrated, undated


def of_patient(exam, known=()):
    return Summary.of_patient(PatientContent.of(exam, known))


def of_calibration(exam):
    return Summary.of_calibration(CalibrationContent.of(exam, ScaleMemory()))


def test_that_the_patient_stands_there_by_her_identifier_with_the_age():
    assert of_patient(proposed()).text == "4711 · 21w1d"
    twin = replace(proposed(), patient=Patient("", "Ada Example"), fetus=Fetus("B"))
    assert of_patient(twin).text == "Ada Example · fetus B · 21w1d"


def test_that_what_is_missing_for_an_age_is_told():
    assert of_patient(undated()).text == "4711 · no dating"
    assert of_patient(replace(proposed(), exam_date=None)).text == "4711 · no day of examination"
    nobody = replace(undated(), patient=Patient())
    assert of_patient(nobody).text == "No patient · no dating"
    assert not of_patient(nobody).is_warning


def test_that_a_dating_against_its_day_is_a_warning():
    wrong = replace(proposed(), dating=Dating.from_lmp(date(2025, 12, 1)))

    assert of_patient(wrong) == Summary(
        "Patient and dating", "4711 · dating contradicts the day", is_warning=True
    )


def test_that_an_open_question_is_a_warning():
    known = pregnancies(entry.recorded for entry in entries_of([seen(140)]))

    asked = of_patient(seen(170, dating=Dating.from_lmp(date(2026, 1, 14))), known)

    assert asked.is_warning
    assert asked.text.endswith("please answer")
    assert not of_patient(seen(170), known).is_warning


def test_that_the_scale_stands_there_with_its_source():
    assert of_calibration(proposed()).text == "0.8000 mm/px from ultrasound region 1"
    assert of_calibration(uncalibrated()) == Summary(
        "Calibration", "No scale · pixels only", is_warning=True
    )


def test_that_the_other_standards_stand_there_with_their_percentiles():
    content = GrowthContent.of(proposed(), StandardChoice())
    others = [one for one in content.lines if not one.is_in_force]

    words = Summary.of_standards(content).text

    assert words == " · ".join(f"{one.standard.name} {one.percentile}" for one in others)
    assert "INTERGROWTH" not in words


def test_that_without_an_age_or_an_image_the_title_stands_there():
    undecided = GrowthContent.of(undated(), StandardChoice())

    assert Summary.of_standards(undecided).text == "Growth standards"
    assert Summary.of_standards(None).text == "Growth standards"
    assert Summary.of_patient(PatientContent()).text == "Patient and dating"
    assert Summary.of_calibration(CalibrationContent()).text == "Calibration"
