"""The PDF in its object."""

import pytest

from fhc_desktop.reporting.dicom.encapsulated_pdf import encapsulated_pdf
from tests.reporting.dicom.objects import PDF, coded, in_its_study, in_its_study_accepted, opened


@pytest.mark.parametrize("pdf", [PDF, PDF + b"x"])
def test_that_the_pdf_comes_out_as_it_went_in(pdf):
    dataset = opened(encapsulated_pdf(coded(in_its_study()), pdf))

    assert dataset.EncapsulatedDocument[: dataset.EncapsulatedDocumentLength] == pdf
    assert dataset.MIMETypeOfEncapsulatedDocument == "application/pdf"


def test_that_a_document_that_nobody_reviewed_says_so_in_its_title():
    draft, final = (
        opened(encapsulated_pdf(coded(exam), PDF)).DocumentTitle
        for exam in (in_its_study(), in_its_study_accepted())
    )

    assert draft == "DRAFT – NOT REVIEWED: Fetal head circumference"
    assert final == "Fetal head circumference"
