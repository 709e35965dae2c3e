"""Every page says whose it is, what for, and whether it is a draft."""

from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.examinations import accepted, proposed
from tests.reporting.pdf.read_back import of, read, read_pages


def test_that_a_draft_is_marked_on_each_page():
    assert all("DRAFT" in page for page in read_pages(pdf_bytes(of(proposed()))))


def test_that_only_a_draft_is_marked_as_one():
    assert "DRAFT" in read(pdf_bytes(of(proposed())))
    assert "Draft: not accepted by an operator." in read(pdf_bytes(of(proposed())))
    assert "draft" not in read(pdf_bytes(of(accepted()))).lower()


def test_that_unknown_characters_are_boxes_and_the_page_says_so():
    exam = accepted(proposed().with_patient(Patient("1", "\u1780 \u202eAda")))
    text = read(pdf_bytes(of(exam)))
    assert "□ □Ada" in text
    assert "□ stands for a character that cannot be shown here." in text
    assert "□" not in read(pdf_bytes(of(accepted())))
