"""The check of an installation on paper."""

import io

import pypdf

from fhc_desktop.reporting.content.installation import Finding
from fhc_desktop.reporting.pdf.installation_page import installation_pdf
from fhc_desktop.reporting.pdf.paper import Paper
from tests.reporting.content.test_installation import FAULT, FINE, installation


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_that_each_finding_stands_on_paper_with_the_verdict():
    text = text_of(installation_pdf(installation(FINE, FAULT)))

    assert "not sound" in text
    assert "as shipped" in text
    assert "FAILED" in text
    assert "The disk is full." in text
    assert "2026-05-01 08:30 UTC" in text


def test_that_findings_for_which_one_page_has_no_room_go_on_to_the_next():
    many = [Finding(f"check {number}", passed=True, words="word " * 90) for number in range(30)]

    text = text_of(installation_pdf(installation(*many)))

    assert all(finding.name in text for finding in many)
    assert "page 2 of " in text


def test_that_the_same_findings_give_the_same_bytes_on_the_paper_that_is_asked_for():
    made = [installation_pdf(installation(FINE), Paper.LETTER) for _ in range(2)]

    assert made[0] == made[1]
    (page,) = pypdf.PdfReader(io.BytesIO(made[0])).pages
    assert float(page.mediabox[3]) == 792.0
