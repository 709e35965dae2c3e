"""What a report of the study tells of a head stands beside ours, all of it and compared fairly."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.structured_report import ReportsBeside, TransmittedCode
from fhc_desktop.domain.examination.told_length import beside_objections, told_lengths
from fhc_desktop.domain.growth.assessment import Dimension
from tests.reporting.examinations import HEAD, edited, headless, proposed, uncalibrated
from tests.told_reports import BPD, CM, HC, IMAGE, OFD, beside, own_report, report, told


def only(exam, reports):
    (one,) = told_lengths(exam, reports)
    return one


def test_that_each_length_is_compared_with_its_own():
    exam = proposed()

    found = told_lengths(exam, beside(told(BPD, "47.0"), told(OFD, "63.5"), told(HC, "172.0")))

    assert [one.dimension for one in found] == [Dimension.HC, Dimension.BPD, Dimension.OFD]
    assert [one.difference_mm for one in found] == pytest.approx([4.8, 1.0, 0.5])
    assert found[0].difference_percent == pytest.approx(100 * 4.8 / 172.0)


def test_that_none_of_several_is_picked():
    several = beside(
        told(value="171.0", fetus="A"),
        told(value="173.0", fetus="A"),
        told(value="172.0", fetus="A", derivation="Mean"),
        told(value="165.0", fetus="B"),
    )

    assert [one.told.value for one in told_lengths(proposed(), several)] == [
        "171.0",
        "173.0",
        "172.0",
        "165.0",
    ]


@given(st.floats(min_value=50.0, max_value=400.0))
def test_that_the_difference_goes_from_theirs_to_ours(theirs_mm):
    exam = proposed()
    one = only(exam, beside(told(value=f"{theirs_mm / 10:.3f}", unit=CM)))

    assert one.told.length_mm + one.difference_mm == pytest.approx(176.8, abs=1e-3)
    assert (one.difference_percent > 0) is (one.difference_mm > 0)


@pytest.mark.parametrize("unit", [TransmittedCode(), TransmittedCode("mm", "99EXAMPLE", "mm")])
def test_that_a_length_in_an_unknown_unit_is_told_and_not_compared(unit):
    one = only(proposed(), beside(told(unit=unit)))

    assert one.told.value == "172.0"
    assert one.difference_mm is one.difference_percent is None


@pytest.mark.parametrize("exam", [headless(), uncalibrated()])
def test_that_without_millimetres_of_ours_nothing_is_compared(exam):
    assert only(exam, beside(told())).difference_mm is None


def test_that_a_length_of_another_image_is_none_of_this_one():
    assert told_lengths(proposed(), beside(told(frames=(), uid="1.2.9"))) == ()


def test_that_a_length_on_another_frame_is_told_with_it_and_not_compared():
    exam = proposed()
    assert exam.image.source.frame == 3

    elsewhere, here = told_lengths(exam, beside(told(frames=(1, 2)), told(frames=(3,))))

    assert (elsewhere.frames, elsewhere.difference_mm) == ((1, 2), None)
    assert (here.frames, here.difference_mm) == ((), pytest.approx(4.8))


def test_that_what_a_report_tells_changes_no_number_of_ours():
    exam = proposed()
    before = (exam.measurement, exam.calibration, exam.age, exam.facts)

    told_lengths(exam, beside(told(value="99.0")))

    assert (exam.measurement, exam.calibration, exam.age, exam.facts) == before


def test_that_a_code_under_the_name_of_something_else_is_said():
    wrong = TransmittedCode("11984-2", "LN", "Abdominal Circumference")
    reports = beside(told(wrong))

    assert told_lengths(proposed(), reports) == ()
    (said,) = beside_objections(proposed(), reports)
    assert "“Abdominal Circumference (11984-2, LN)”" in said


def test_that_what_could_not_be_read_is_said():
    exam = proposed()
    unread = report(unread=("“Head Circumference” has no value that can be read.",))
    cut = ReportsBeside(IMAGE, (unread,), ("Another names another patient.",), is_cut=True)

    assert beside_objections(exam, cut) == (
        "Another names another patient.",
        "SR1.dcm beside the image: “Head Circumference” has no value that can be read.",
    )
    in_study = replace(exam, study=replace(exam.study, study_uid="1.2"))
    assert "Not every file" in beside_objections(in_study, cut)[-1]


def test_that_an_earlier_report_of_this_program_is_told_from_a_consoles():
    both = ReportsBeside(IMAGE, (report(told()), own_report(told())))

    assert [one.is_of_this_program for one in told_lengths(proposed(), both)] == [False, True]


@pytest.mark.parametrize(
    ("exam", "value", "is_same"),
    [
        (proposed(), "176.8", True),
        (proposed(), "172.0", False),  # the same outline on another scale
        (edited(), "176.8", False),
        (headless(), "176.8", False),
    ],
)
def test_that_the_report_of_the_very_measurement_is_known_by_its_outline(exam, value, is_same):
    reports = ReportsBeside(IMAGE, (own_report(told(value=value), outline_px=HEAD),))

    assert only(exam, reports).is_same is is_same


def test_that_a_consoles_report_is_never_the_same_measurement():
    assert not only(proposed(), beside(told(value="176.8"))).is_same
