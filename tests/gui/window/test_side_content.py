"""What the side panel shows is all of one examination, and hidden where it tells who she is."""

from dataclasses import replace

from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.gui.window.sections import Need, Section
from fhc_desktop.gui.window.side_content import SideContent
from tests.reporting.examinations import proposed, small, uncalibrated, undated


def of(exam):
    return SideContent.of(
        exam, known=(), choice=StandardChoice(), memory=ScaleMemory(), activity=""
    )


def test_that_every_panel_tells_of_the_same_head():
    exam = proposed()
    content = of(exam)

    assert content.measurement.figure == f"{exam.measurement.hc_mm:.1f}"
    assert content.patient.patient == exam.patient
    assert "0.8000 mm/px" in content.calibration.scale
    assert content.chart.head.heights_mm == (exam.measurement.hc_mm,)
    assert content.growth.lines[0].standard is exam.standard


def test_that_every_sentence_of_the_standards_is_a_remark():
    content = of(small())

    assert [remark.text for remark in content.remarks][-2:] == list(content.growth.sentences[-2:])
    assert SideContent().remarks == ()


def test_that_what_is_missing_or_asked_is_needed():
    assert of(proposed()).needs == frozenset()
    assert of(undated()).needs == {Need.DATING}
    assert of(uncalibrated()).needs == {Need.SCALE}
    other = replace(proposed(), study=StudyInfo(patient_id="4712"))
    assert of(other).needs == {Need.QUESTION}
    assert SideContent().needs == frozenset()


def test_that_each_section_has_its_summary():
    summaries = of(proposed()).summaries

    assert list(summaries) == list(Section)
    assert summaries[Section.PATIENT].text.startswith("4711")


def test_that_hidden_are_entries_and_source_and_no_number():
    content = of(proposed())
    hidden = content.deidentified

    assert hidden.patient.is_hidden
    assert hidden.calibration.sentence == "source hidden"
    assert (hidden.measurement, hidden.growth, hidden.chart) == (
        content.measurement,
        content.growth,
        content.chart,
    )
