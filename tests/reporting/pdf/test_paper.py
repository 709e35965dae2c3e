"""A report is printed on A4 or on Letter: the same page, smaller where the paper is shorter."""

import io

import pypdf
import pypdfium2
import pytest

from fhc_desktop.reporting.pdf.paper import Paper, paper_of_height
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.examinations import accepted, graded, proposed
from tests.reporting.pdf.read_back import of, read_pages
from tests.reporting.proof.reports import asked, report


def test_that_letter_says_what_a4_says():
    content = of(accepted(graded()))
    assert read_pages(pdf_bytes(content, Paper.LETTER)) == read_pages(pdf_bytes(content))


def test_that_every_page_of_letter_is_letter_and_holds_its_text():
    data = pdf_bytes(of(accepted(graded())), Paper.LETTER)
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        assert [float(side) for side in page.mediabox[2:]] == [612.0, 792.0]
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert 36 < left < right < 576
            assert 12 < bottom < top < 780


@pytest.mark.parametrize("paper", Paper)
def test_that_a_report_is_verified_on_its_own_paper(paper, tmp_path):
    assert paper_of_height(paper.size[1]) is paper
    assert asked(report(proposed(), tmp_path, paper=paper)).is_good


def test_that_a4_is_drawn_as_it_is_laid_out():
    assert Paper.A4.placement == (1.0, 0.0)
