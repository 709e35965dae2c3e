"""The outline as a layer over the scan."""

import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.dicom.dicom_object import NotForDicom
from fhc_desktop.reporting.dicom.presentation_state import presentation_state
from tests.reporting.dicom.objects import coded, in_its_study, in_its_study_accepted, opened
from tests.reporting.examinations import graded, headless, uncalibrated


def layer(exam):
    return opened(presentation_state(coded(exam)))


def graphics(dataset):
    (annotation,) = dataset.GraphicAnnotationSequence
    return annotation.get("GraphicObjectSequence") or []


@pytest.mark.parametrize(
    ("photometric", "kind", "shape"),
    [
        ("MONOCHROME2", "1.2.840.10008.5.1.4.1.1.11.1", "IDENTITY"),
        ("MONOCHROME1", "1.2.840.10008.5.1.4.1.1.11.1", "INVERSE"),
        ("RGB", "1.2.840.10008.5.1.4.1.1.11.2", None),
        ("YBR_FULL_422", "1.2.840.10008.5.1.4.1.1.11.2", None),
        ("PALETTE COLOR", "1.2.840.10008.5.1.4.1.1.11.2", None),
    ],
)
def test_that_a_layer_is_of_the_sort_of_its_image(photometric, kind, shape):
    dataset = layer(in_its_study(photometric=photometric))

    assert dataset.SOPClassUID == kind
    assert dataset.get("PresentationLUTShape") == shape
    assert ("ICCProfile" in dataset) == (shape is None)


def test_that_the_profile_is_one_of_an_input_device():
    profile = layer(in_its_study(photometric="RGB")).ICCProfile

    assert profile[12:16] == b"scnr"


def test_that_a_layer_has_outline_axes_and_words():
    dataset = layer(in_its_study_accepted())

    assert [one.GraphicType for one in graphics(dataset)] == ["ELLIPSE", "POLYLINE", "POLYLINE"]
    (words,) = dataset.GraphicAnnotationSequence[0].TextObjectSequence
    assert words.UnformattedTextValue == "Head circumference (HC): 176.8 mm"


def test_that_a_layer_that_nobody_accepted_says_so():
    (words,) = layer(in_its_study()).GraphicAnnotationSequence[0].TextObjectSequence

    assert "NOT REVIEWED" in words.UnformattedTextValue


def test_that_an_outline_beyond_the_picture_is_drawn_as_far_as_it_goes():
    dataset = layer(in_its_study(graded().with_outline(Ellipse(5.0, 40.0, 40.0, 30.0, 0.3))))

    assert all(one.GraphicType == "POLYLINE" for one in graphics(dataset))
    assert min(min(one.GraphicData) for one in graphics(dataset)) >= 0


def test_that_an_outline_without_a_scale_has_no_axes_in_millimetres():
    assert [one.GraphicType for one in graphics(layer(in_its_study(uncalibrated())))] == ["ELLIPSE"]


@pytest.mark.parametrize(
    ("exam", "said"),
    [(graded(), "this image is none"), (in_its_study(headless()), "no outline")],
    ids=["no DICOM image", "no outline"],
)
def test_that_a_layer_needs_an_image_and_an_outline(exam, said):
    with pytest.raises(NotForDicom, match=said):
        layer(exam)
