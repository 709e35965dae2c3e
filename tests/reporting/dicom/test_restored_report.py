"""There and back: a structured report restores what it was written of."""

from dataclasses import replace
from functools import reduce
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.uid import ImplicitVRLittleEndian

from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.imaging.dicom.structured_report import read_filed_report
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.dicom import report_codes as is_called
from fhc_desktop.reporting.dicom.content_items import container
from fhc_desktop.reporting.dicom.measurement_report import measurement_report
from fhc_desktop.reporting.dicom.outline_graphic import OutlineGraphic
from fhc_desktop.reporting.dicom.restored_report import NoReportOfOurs, restored_report
from tests.reporting.content.coded_texts import coded_numbers
from tests.reporting.dicom.objects import (
    coded,
    facts_of,
    in_its_study,
    in_its_study_accepted,
    opened,
    report_of,
)
from tests.reporting.examinations import (
    COMMENT,
    commented,
    edited,
    graded,
    graded_and_edited,
    headless,
    image,
    small,
    uncalibrated,
    undated,
)

WIDE = image(rows=900, columns=1200)
INSIDE = st.builds(
    lambda x, y, a, ratio, angle: Ellipse(x, y, a, a * ratio, angle),
    st.floats(400, 800),
    st.floats(400, 500),
    st.floats(20, 380),
    st.floats(0.6, 1.0),
    st.floats(-3.2, 3.2),
)
ANYWHERE = st.builds(
    lambda x, y, a, ratio, angle: Ellipse(x, y, a, a * ratio, angle),
    st.floats(-200, 1400),
    st.floats(-200, 1100),
    st.floats(20, 380),
    st.floats(0.5, 2.0),
    st.floats(-3.2, 3.2),
)
SIDES = st.floats(0.05, 1.0)


def measured(outline_px, mm_per_column, mm_per_row):
    scale = Calibration(mm_per_column, mm_per_row, CalibrationSource.ULTRASOUND_REGION, "region 1")
    exam = replace(
        in_its_study(), image=WIDE, file_calibration=FileCalibration((CalibrationCandidate(scale),))
    )
    return exam.with_outline(outline_px)


def restored(exam):
    return read_back(report_of(exam))


def read_back(content):
    return restored_report(read_filed_report(BytesIO(content), Path("a.dcm")))


def altered(alter, exam=None, **how):
    """What is restored of a report whose data set somebody altered."""
    dataset = opened(report_of(exam or in_its_study()))
    alter(dataset)
    written = BytesIO()
    dataset.save_as(written, **how)
    return read_back(written.getvalue())


@settings(max_examples=12)
@given(INSIDE, SIDES, SIDES)
def test_that_an_outline_on_its_image_comes_back_within_a_hundredth_of_a_pixel(outline_px, x, y):
    comes_back(outline_px, x, y)


@pytest.mark.slow
@settings(max_examples=300)
@given(INSIDE, SIDES, SIDES)
def test_that_hundreds_of_outlines_come_back_within_a_hundredth_of_a_pixel(outline_px, x, y):
    comes_back(outline_px, x, y)


def comes_back(outline_px, mm_per_column, mm_per_row):
    found = restored(measured(outline_px, mm_per_column, mm_per_row))

    assert found.outline_px == outline_px
    assert found.drawn_px is not None
    # Where on the curve its points lie says nothing: a circle has no first axis.
    out = np.hypot(*outline_px.shares_of_axes(*found.drawn_px.points(64).T))
    assert abs(out - 1).max() * outline_px.semi_major < 0.01


@settings(max_examples=12)
@given(ANYWHERE, SIDES, SIDES)
def test_that_what_the_picture_cuts_off_comes_back_whole(outline_px, x, y):
    exam = measured(outline_px, x, y)
    found = restored(exam)

    assert found.outline_px == outline_px
    is_inside = OutlineGraphic.of(outline_px, rows=900, columns=1200).ends is not None
    assert (found.drawn_px is not None) == is_inside


@settings(max_examples=12)
@given(ANYWHERE, SIDES, SIDES)
def test_that_each_coded_number_comes_back_with_its_digits(outline_px, x, y):
    exam = measured(outline_px, x, y)
    wanted = {(one.value, one.unit.value) for one in coded_numbers(coded(exam))}
    hadlock = coded(exam).ages[1:]
    beside = {(one.age.value, one.age.unit.value) for one in hadlock}

    found = restored(exam)

    told = {(one.value, one.unit.value) for one in found.numbers}
    assert wanted - beside <= told <= wanted
    scale = exam.calibration
    assert found.scale_mm == ((x, y) if isinstance(scale, Calibration) else None)


@pytest.mark.parametrize(
    "examined", [edited, graded, graded_and_edited, headless, small, uncalibrated, undated]
)
def test_that_the_examination_restored_is_the_one_that_wrote_it(examined):
    exam = in_its_study(examined())
    found = restored(exam)

    assert found.carried is not None
    assert found.carried.facts == facts_of(exam)
    anew = found.carried.facts.content(STANDARDS)
    assert printed(anew) == printed(coded(exam).report)
    assert found.carried.changed == ()
    assert ("CompletionFlag", "PARTIAL") in found.filed.header


def test_that_what_was_accepted_comes_back_accepted():
    exam = in_its_study_accepted(graded_and_edited())
    found = restored(exam)

    assert ("CompletionFlag", "COMPLETE") in found.filed.header
    assert found.carried.facts == facts_of(exam)
    assert found.carried.facts.content(STANDARDS).draft_reason == ""


def test_that_a_comment_comes_back_as_it_was_typed_and_line_by_line():
    found = restored(commented(exam=in_its_study()))

    assert found.carried.facts.comment == COMMENT
    typed = [line for line in COMMENT.split("\n") if line]
    assert [said for said in found.statements if said.startswith("Comment: ")] == [
        f"Comment: {line}" for line in typed
    ]


def test_that_each_printed_statement_comes_back_from_the_tree():
    exam = in_its_study()
    told = "\n".join(restored(exam).statements)

    for row in printed(coded(exam).report):
        assert row.value in told
        assert row.note in told


def test_that_without_its_private_element_the_tree_is_left():
    found = altered(lambda dataset: dataset.remove_private_tags())

    assert found.carried is None
    assert found.image.instance_uid == "1.2.3.4.5"
    assert found.outline_px == in_its_study().outline_px
    assert found.scale_mm == (0.8, 0.8)


def test_that_a_changed_fact_is_named():
    def widen(dataset):
        block = dataset.private_block(0x0099, "FHC DESKTOP MEASUREMENT")
        block[0x01].value = block[0x01].value.replace('"semi_axis_a":40.0', '"semi_axis_a":41.0')

    assert altered(widen).carried.changed == ("outline_px", "proposal")


def test_that_an_archive_that_knows_no_private_element_may_write_it_as_bytes():
    def without_representations(dataset):
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian

    found = altered(without_representations, implicit_vr=True, little_endian=True)

    assert found.carried.facts == facts_of(in_its_study())


def nested(levels):
    return reduce(lambda inner, _: container(is_called.SUMMARY, [inner]), range(levels), Dataset())


@pytest.mark.parametrize(
    "damage",
    [
        lambda dataset: dataset.__delattr__("ConceptNameCodeSequence"),
        lambda dataset: dataset.__delattr__("ContentSequence"),
        lambda dataset: dataset.__delattr__("CodingSchemeIdentificationSequence"),
        lambda dataset: dataset.ContentSequence.pop(-2),
        lambda dataset: dataset.ContentSequence.append(nested(40)),
    ],
)
def test_that_a_damaged_report_is_none(damage):
    with pytest.raises((NoReportOfOurs, UnreadableImage)):
        altered(damage)


def test_that_a_report_for_research_systems_is_none_that_could_be_restored():
    with pytest.raises(NoReportOfOurs):
        read_back(measurement_report(coded(in_its_study())))


@pytest.mark.parametrize("sample", ["generated_tid5000_obgyn_hc.dcm", "pydicom_reportsi.dcm"])
def test_that_another_programs_report_is_none_of_ours(shared, sample):
    with pytest.raises(UnreadableImage, match="was not written by FHC Desktop"):
        read_back((shared / "dicom" / "sr" / sample).read_bytes())
