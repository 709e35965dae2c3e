"""The history of a dating stands under one heading, each fact beside its label, whole."""

from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.dating_page import dating_story
from tests.reporting.pdf.test_flow import laid_out


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
