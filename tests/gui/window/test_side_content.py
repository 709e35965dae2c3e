"""What the side panel shows is all of one examination, and hidden where it tells who she is."""

from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.gui.window.side_content import SideContent
from tests.reporting.examinations import proposed, small


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


def test_that_remarks_are_counted_as_they_stand_below():
    assert of(small()).remark_count == len(of(small()).growth.sentences) > 0
    assert SideContent().remark_count == 0


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
