"""An examination that names nobody measures what it measured."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.examination.nameless import nameless
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
    Uncalibrated,
)
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.plain_values import told
from fhc_desktop.reporting.content.printed import printed
from tests.reporting.dicom.objects import EVERY, coded, facts_of, in_its_study
from tests.reporting.examinations import accepted, edited, graded, headless, image, undated

CANARY = "Zwitscher"


def named(exam=None):
    """Return an examination that names its patient wherever a name can be."""
    exam = exam or graded()
    table = Calibration(0.8, 0.8, CalibrationSource.PIXEL_SIZE_TABLE, f"{CANARY}.csv")
    study = StudyInfo(
        patient_id=CANARY,
        issuer=CANARY,
        patient_name=CANARY,
        coded_name=CANARY,
        birth_date=date(1987, 6, 5),
        study_date=date(2026, 11, 20),
        accession_number=CANARY,
        institution=CANARY,
        study_id=CANARY,
        study_uid="1.9.8.7",
        series_uid="1.9.8.7.1",
        instance_uid="1.9.8.7.1.1",
        sop_class_uid="1.2.840.10008.5.1.4.1.1.3.1",
    )
    boxed = image(
        source=ImageSource(Path(f"/{CANARY}/{CANARY}.dcm"), "ab" * 32),
        scan_boxes=(RegionBox(10, 10, 100, 60),),
        remarks=(CANARY,),
    )
    return replace(
        exam,
        image=boxed,
        study=study,
        file_calibration=FileCalibration((CalibrationCandidate(table),)),
        patient=Patient(CANARY, CANARY, CANARY, date(1987, 6, 5)),
        dating_reason=CANARY,
        fetus=Fetus("B", CANARY),
        caveats=(CANARY,),
        comment=f"{CANARY}\nsays so.",
    )


def named_and_accepted():
    exam = accepted(named())
    return exam.with_acceptance(replace(exam.acceptance, operator=CANARY))


def objected():
    exam = named()
    objection = Uncalibrated(CANARY, remedy="Draw the ruler.", names_file=True)
    return replace(exam, file_calibration=replace(exam.file_calibration, objection=objection))


def test_that_what_speaks_against_a_scale_still_does():
    before, after = objected(), nameless(objected())

    assert (before.measurement, after.measurement) == (None, None)


@pytest.mark.parametrize("made", [named, named_and_accepted, objected, lambda: named(edited())])
def test_that_no_statement_and_no_fact_names_anybody(made):
    found = nameless(made())

    for said in (str(printed(coded(found).report)), str(told(facts_of(found)))):
        assert CANARY not in said
        assert "1987" not in said
        assert "1.9.8.7" not in said


@pytest.mark.parametrize(
    "kind", ["structured report", "measurement report", "encapsulated PDF", "secondary capture"]
)
def test_that_no_object_names_anybody(kind):
    content = EVERY[kind](nameless(named_and_accepted()))

    assert CANARY.encode() not in content
    assert b"1.9.8.7" not in content
    assert b"19870605" not in content
    assert b"20261120" not in content


def test_that_it_measures_what_it_measured():
    before, after = named(), nameless(named())

    assert after.measurement == before.measurement
    assert after.age == before.age
    assert after.assessment == before.assessment
    assert after.hc_interval == before.hc_interval
    assert after.fetus.label == "B"


def test_that_what_was_accepted_stays_accepted_and_nothing_else_is():
    changed = replace(named_and_accepted(), outline_px=edited().outline_px)

    assert nameless(named_and_accepted()).is_accepted
    assert not nameless(named()).is_accepted
    assert not nameless(changed).is_accepted


def test_that_only_what_shows_tissue_is_left_of_the_picture():
    grey = np.full((80, 120), 200, np.uint8)
    exam = replace(named(), image=replace(named().image, gray=grey, color=np.dstack([grey] * 3)))
    found = nameless(exam).image

    assert found.gray[:10].max() == 0
    assert found.gray[30, 50] == 200
    assert found.color[:, 101:].max() == 0
    assert nameless(in_its_study()).image.gray.max() == 0


@pytest.mark.parametrize("examined", [headless, undated])
def test_that_an_examination_without_head_or_age_is_nameless_too(examined):
    found = nameless(in_its_study(examined()))

    assert found.patient == Patient()
    assert found.age == nameless(found).age
