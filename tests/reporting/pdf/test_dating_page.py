"""The history of a dating stands under one heading, each fact beside its label, whole."""

from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.dating_page import dating_story
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.examinations import NOW, accepted
from tests.reporting.pdf.read_back import assert_nothing_overlaps, read_pages, words
from tests.reporting.pdf.test_flow import laid_out
from tests.told_reports import beside, told


def test_that_without_a_history_there_is_nothing():
    assert dating_story([]) == []


def test_that_each_fact_stands_beside_its_label_and_over_its_note():
    rows = [Row("First", "by LMP 2026-01-10"), Row("Change", "by CRL", "a letter")]

    assert laid_out(dating_story(rows)) == [
        "Dating of this pregnancy First by LMP 2026-01-10 Change by CRL a letter"
    ]


def test_that_the_longest_reason_goes_on_on_the_next_pages():
    words = [f"word{number}" for number in range(3000)]

    pages = laid_out(dating_story([Row("Change", "by CRL", " ".join(words))]))

    assert len(pages) > 2
    assert [word for page in pages for word in page.split() if word.startswith("word")] == words


def test_that_what_the_studys_reports_tell_stands_on_the_last_page():
    many = beside(*(told(value=f"17{number}.0", fetus="A") for number in range(9)))
    data = pdf_bytes(ReportContent.of(accepted(), NOW, beside=many))

    assert_nothing_overlaps(data)
    last = words(read_pages(data)[-1])
    assert "In reports of this study, not measured here" in last
    assert "178.0 mm" in last
