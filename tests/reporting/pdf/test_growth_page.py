"""The further pages have this head on every standard, whole and in order."""

from dataclasses import replace

from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import NICHD_2015
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.local_charts import OURS
from tests.reporting.examinations import NOW, accepted, graded, headless, proposed, uncalibrated
from tests.reporting.pdf.read_back import (
    assert_nothing_overlaps,
    crowded_with_reasons,
    of,
    read,
    read_pages,
)


def test_that_standards_and_ages_have_a_page_of_their_own():
    first, second = read_pages(pdf_bytes(of(accepted(graded()))))

    assert "page 1 of 2" in first
    assert "INTERGROWTH-21st 2014 – in force 11th 5th–23rd −1.22 4th, z −1.74 29th, z" in second
    assert "WHO 2017 9.9th 5th–20th −1.29 7th, z −1.46 –" in second
    assert "Hadlock 1984 20w1d ± 10 d 19w6d–20w3d" in second
    assert "Hadlock 1984, with BPD 19w6d" in second
    assert "NICHD" not in second


def test_that_remarks_stand_on_the_first_page_where_there_is_room():
    remark = "The standards differ at the 10th percentile"
    first, second = read_pages(pdf_bytes(of(accepted(graded()))))
    assert remark in first
    assert remark not in second

    first, second = read_pages(pdf_bytes(of(crowded_with_reasons())))[:2]
    assert "Remarks 1, on page 2" in first
    assert second.index("Look at again") < second.index("Remarks – ") < second.index("In full")


def test_that_without_millimetres_there_is_one_page():
    for exam in (accepted(uncalibrated()), headless()):
        assert len(read_pages(pdf_bytes(of(exam)))) == 1


def test_that_charts_by_group_and_local_ones_are_printed_where_they_were_asked_for():
    choice = StandardChoice(opted_in=frozenset({NICHD_2015[3].key}), local=(OURS,))
    exam = accepted(proposed().with_standard(OURS))
    data = pdf_bytes(ReportContent.of(exam, NOW, choice))
    first, second = read_pages(data)

    assert "Our heads (local chart)" in first
    assert "Our heads (local chart) – in force" in second
    assert "NICHD 2015, Asian and Pacific Islander" in second
    assert "Hispanic" not in second
    assert_nothing_overlaps(data)


def test_that_more_standards_than_a_page_holds_go_on_on_the_next():
    many = tuple(replace(OURS, key=f"local_{n}", title=f"Chart {n} " * 6) for n in range(12))
    everything = StandardChoice(
        opted_in=frozenset(standard.key for standard in NICHD_2015), local=many
    )
    data = pdf_bytes(ReportContent.of(accepted(graded()), NOW, everything))

    pages = read_pages(data)
    assert len(pages) == 3
    assert all("Growth standards side by side Standard HC percentile" in page for page in pages[1:])
    assert "Ultrasound age" in pages[2]
    assert all("Ada Example" in page for page in pages)
    assert_nothing_overlaps(data)


def test_that_the_longest_name_of_a_standard_is_whole_wherever_it_stands():
    longest = ("Our heads of a Clinic for Fetal Medicine, 2019 to 2026"[:48]).strip()
    exam = accepted(graded(exam=proposed().with_standard(replace(OURS, title=longest))))
    data = pdf_bytes(of(exam))

    assert read(data).count("(local chart)") >= 4
    assert "…" not in read(data)
    assert_nothing_overlaps(data)
    by_group = accepted(graded(exam=proposed().with_standard(NICHD_2015[3])))
    assert "…" not in read(pdf_bytes(of(by_group)))
