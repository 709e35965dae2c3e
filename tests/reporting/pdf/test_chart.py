"""The report's growth chart can be drawn for any standard."""

from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.local_charts import NARROW
from tests.reporting.examinations import accepted, proposed
from tests.reporting.pdf.read_back import assert_nothing_overlaps, of, read


def test_that_a_chart_of_few_weeks_and_percentiles_can_be_drawn():
    exam = accepted(proposed().with_standard(NARROW))
    data = pdf_bytes(of(exam))

    assert "by gestational age in weeks Narrow (local chart)" in read(data)
    assert_nothing_overlaps(data)
