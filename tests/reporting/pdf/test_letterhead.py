"""The letterhead stands whole over the patient, and everything below makes room for it."""

import io

import numpy as np
import pypdf
import pytest

from fhc_desktop.domain.institution import Institution, Logo
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.examinations import NOW, accepted, graded
from tests.reporting.pdf.read_back import (
    assert_nothing_overlaps,
    crowded_with_reasons,
    of,
    read_pages,
    words,
)

LOGO = Logo("ab" * 32, np.full((30, 90, 3), (0, 90, 160), np.uint8))
SHORT = Institution("A Clinic", "A street\nA town", LOGO)
LONG = Institution("A Clinic for Fetal Medicine " * 6, "\n".join(["A long street " * 9] * 6), LOGO)


def report(institution, exam=None):
    return pdf_bytes(ReportContent.of(exam or accepted(graded()), NOW, institution=institution))


@pytest.mark.parametrize("institution", [SHORT, LONG, Institution("", "A town"), Institution("A")])
@pytest.mark.parametrize("exam", [accepted(graded()), crowded_with_reasons()])
def test_that_it_is_whole_and_nothing_lies_over_it(institution, exam):
    data = report(institution, exam)

    assert_nothing_overlaps(data)
    first = read_pages(data)[0]
    for said in (institution.name, *institution.address_lines):
        assert words(said) in first


def test_that_its_logo_is_in_the_file_as_it_is():
    stored = [np.asarray(one.image.convert("RGB")) for one in images(report(SHORT))]

    assert any(np.array_equal(one, LOGO.pixels) for one in stored)
    assert len(stored) == 2


def test_that_a_logo_that_is_known_by_its_digest_alone_keeps_its_place():
    anew = Institution(SHORT.name, SHORT.address, Logo(LOGO.sha256))

    assert read_pages(report(anew)) == read_pages(report(SHORT))
    assert len(images(report(anew))) == 1


def test_that_without_an_institution_the_page_is_as_it_was():
    assert report(Institution()) == pdf_bytes(of(accepted(graded())))


def images(data):
    return pypdf.PdfReader(io.BytesIO(data)).pages[0].images
