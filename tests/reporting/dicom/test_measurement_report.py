"""The measurement report of research systems, TID 1500."""

from dataclasses import replace

import highdicom as hd
import pytest

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.dicom.dicom_object import NotForDicom
from fhc_desktop.reporting.dicom.measurement_report import measurement_report
from tests.reporting.dicom.objects import (
    coded,
    in_its_study,
    in_its_study_accepted,
    items,
    opened,
)
from tests.reporting.examinations import HEAD, graded, headless, proposed, uncalibrated


def groups(exam):
    report = hd.sr.ComprehensiveSR.from_dataset(opened(measurement_report(coded(exam))))
    return report.content.get_planar_roi_measurement_groups()


def values(group):
    return {one.name.value: (float(one.value), one.unit.value) for one in group.get_measurements()}


@pytest.mark.parametrize("made", [in_its_study, in_its_study_accepted])
def test_that_highdicom_reads_outline_and_measurements(made):
    (group,) = groups(made(graded()))

    assert values(group) == {
        "11984-2": (176.8, "mm"),
        "11820-8": (48.0, "mm"),
        "11851-3": (64.0, "mm"),
        "11823-2": (75.0, "%"),
    }
    ends = group.roi.value
    assert ends[:2].mean(axis=0) == pytest.approx((HEAD.center_x + 0.5, HEAD.center_y + 0.5))
    assert group.roi.graphic_type is hd.sr.GraphicTypeValues.ELLIPSE


@pytest.mark.parametrize(
    "exam",
    [
        proposed(),
        in_its_study(proposed().with_outline(Ellipse(5.0, 40.0, 40.0, 30.0, 0.3))),
    ],
    ids=["no DICOM image", "beyond the picture"],
)
def test_that_without_an_outline_to_draw_there_are_the_measurements(exam):
    told = coded(exam)
    found = [
        str(item.MeasuredValueSequence[0].NumericValue)
        for item in items(opened(measurement_report(told)))
        if item.get("ValueType") == "NUM"
    ]

    assert groups(exam) == []
    assert told.sizes.hc.value in found


@pytest.mark.parametrize("examined", [headless, uncalibrated])
def test_that_without_millimetres_there_is_nothing_to_tell(examined):
    with pytest.raises(NotForDicom, match="Nothing was measured"):
        measurement_report(coded(in_its_study(examined())))


def test_that_it_says_which_fetus_it_is():
    exam = replace(in_its_study(), fetus=Fetus("B", "left"))
    texts = [item.get("TextValue") for item in items(opened(measurement_report(coded(exam))))]

    assert "B, left" in texts


def test_that_what_nobody_accepted_is_partial_here_too():
    dataset = opened(measurement_report(coded(in_its_study())))

    assert (dataset.CompletionFlag, dataset.VerificationFlag) == ("PARTIAL", "UNVERIFIED")


@pytest.mark.parametrize("outline", [HEAD, Ellipse(5.0, 40.0, 40.0, 30.0, 0.3)])
def test_that_an_image_of_a_retired_class_is_referred_to_as_what_it_is(outline):
    exam = in_its_study(graded().with_outline(outline), sop_class_uid="1.2.840.10008.5.1.4.1.1.6")
    found = {
        reference.ReferencedSOPClassUID
        for item in items(opened(measurement_report(coded(exam))))
        for reference in item.get("ReferencedSOPSequence") or []
    }

    assert found == {"1.2.840.10008.5.1.4.1.1.6"}
