"""The obstetric report: TID 5000's tree with the numbers of the report."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, WHO_2017
from fhc_desktop.reporting.dicom import report_codes as is_called
from tests.reporting.dicom.objects import (
    in_its_study,
    in_its_study_accepted,
    items,
    opened,
    report_of,
)
from tests.reporting.examinations import edited, graded, headless, small, uncalibrated


def sections(dataset):
    return [item for item in dataset.ContentSequence if item.ValueType == "CONTAINER"]


def names(dataset):
    return [item.ConceptNameCodeSequence[0].CodeMeaning for item in sections(dataset)]


def groups(dataset):
    biometry = next(one for one in sections(dataset) if name(one) == is_called.BIOMETRY.value)
    return [one for one in biometry.ContentSequence if one.ValueType == "CONTAINER"]


def name(item):
    return item.ConceptNameCodeSequence[0].CodeValue


def told(group):
    return [
        (name(item), str(item.MeasuredValueSequence[0].NumericValue))
        for item in group.ContentSequence
        if item.ValueType == "NUM"
    ]


def test_that_the_sections_stand_in_the_order_of_the_template():
    assert names(opened(report_of(in_its_study()))) == [
        "Image Library",
        "Summary",
        "Fetal Biometry Ratios",
        "Fetal Biometry",
        "Outline and scale of the head",
        "The report as it is printed",
    ]


def test_that_each_length_has_a_group_of_its_own_with_age_and_rank():
    dataset = opened(report_of(in_its_study()))

    assert [told(group) for group in groups(dataset)] == [
        [("11984-2", "176.8"), ("18185-9", "141"), ("125012", "11")],
        [("11820-8", "48.0"), ("125012", "4")],
        [("11851-3", "64.0"), ("125012", "29")],
    ]


def test_that_below_the_first_percentile_a_group_has_z_in_its_place():
    group = groups(opened(report_of(in_its_study(small()))))[0]

    assert [code for code, _ in told(group)] == ["11984-2", "18185-9", "125013"]


def test_that_beyond_a_chart_without_tails_a_group_has_words():
    exam = replace(in_its_study(small()), standard=WHO_2017)
    group = groups(opened(report_of(exam)))[0]

    assert group.ContentSequence[-1].TextValue == "below the 1st percentile (HC by GA, WHO 2017)"


@pytest.mark.parametrize(("standard", "scheme"), [(HADLOCK_1984_GROWTH, "LN"), (WHO_2017, "99FHC")])
def test_that_a_rank_names_its_standard(standard, scheme):
    exam = replace(in_its_study(), standard=standard)
    rank = groups(opened(report_of(exam)))[0].ContentSequence[-1]
    (source,) = rank.ContentSequence[0].ConceptCodeSequence

    assert source.CodingSchemeDesignator == scheme


def test_that_the_private_scheme_is_declared():
    (scheme,) = opened(report_of(in_its_study())).CodingSchemeIdentificationSequence

    assert (scheme.CodingSchemeDesignator, scheme.CodingSchemeName) == ("99FHC", "FHC Desktop")


def test_that_what_nobody_accepted_is_partial_and_unverified():
    dataset = opened(report_of(in_its_study()))

    assert dataset.CompletionFlag == "PARTIAL"
    assert dataset.CompletionFlagDescription == "Draft: not accepted by an operator."
    assert (dataset.VerificationFlag, dataset.PreliminaryFlag) == ("UNVERIFIED", "PRELIMINARY")
    assert not [item for item in items(dataset) if item.get("ValueType") == "PNAME"]


def test_that_what_a_clinician_accepted_is_complete_with_her_as_its_observer():
    dataset = opened(report_of(in_its_study_accepted()))
    (person,) = (item for item in items(dataset) if item.get("ValueType") == "PNAME")

    assert (dataset.CompletionFlag, dataset.PreliminaryFlag) == ("COMPLETE", "FINAL")
    assert str(person.PersonName) == "Dr. M. Ångström^"
    assert dataset.VerificationFlag == "UNVERIFIED"


def test_that_of_several_fetuses_it_says_which():
    exam = replace(in_its_study(), fetus=Fetus("B", "left"))
    said = [
        item.TextValue
        for item in items(opened(report_of(exam)))
        if item.get("RelationshipType") == "HAS OBS CONTEXT" and name(item) == "11951-1"
    ]

    assert said == ["B, left"] * 3


@pytest.mark.parametrize("examined", [headless, uncalibrated])
def test_that_without_millimetres_no_biometry_is_made_up(examined):
    dataset = opened(report_of(in_its_study(examined())))

    assert "Fetal Biometry" not in names(dataset)
    assert not [item for item in items(dataset) if "Head Circ" in str(item.get("CodeMeaning"))]


def test_that_an_outline_without_a_scale_still_lies_on_its_image():
    dataset = opened(report_of(in_its_study(uncalibrated())))
    (drawn,) = (item for item in items(dataset) if item.get("ValueType") == "SCOORD")

    assert (drawn.GraphicType, drawn.RelationshipType) == ("ELLIPSE", "CONTAINS")


def test_that_the_image_is_named_as_evidence():
    (study,) = opened(report_of(in_its_study())).CurrentRequestedProcedureEvidenceSequence

    assert study.ReferencedSeriesSequence[0].SeriesInstanceUID == "1.2.3.4"


def test_that_an_image_of_another_patients_study_is_other_evidence():
    dataset = opened(report_of(in_its_study(patient_id="9999", patient_name="Berta Beta")))

    assert "CurrentRequestedProcedureEvidenceSequence" not in dataset
    assert dataset.PertinentOtherEvidenceSequence[0].StudyInstanceUID == "1.2.3"
    comments = [item.get("TextValue") for item in items(dataset)]
    assert "The image’s file names another patient." in comments


def test_that_an_edited_outline_is_told_as_one():
    codes = [
        item.ConceptCodeSequence[0].CodeValue
        for item in items(opened(report_of(in_its_study(edited()))))
        if item.get("ValueType") == "CODE"
    ]

    assert "OUTLINE-EDITED" in codes


def test_that_a_name_of_no_letters_does_not_stop_the_report():
    exam = in_its_study(graded())
    source = replace(exam.image.source, path=exam.image.source.path.with_name("h\udce9ad.dcm"))

    assert b"h?ad.dcm" in report_of(replace(exam, image=replace(exam.image, source=source)))


def test_that_an_image_whose_uid_is_none_is_not_referred_to_and_that_is_said():
    dataset = opened(report_of(in_its_study(instance_uid="1.2.03")))
    comments = [item.get("TextValue") or "" for item in items(dataset)]

    assert "1.2.03" not in str(dataset)
    assert any("nothing refers to the image" in words for words in comments)
