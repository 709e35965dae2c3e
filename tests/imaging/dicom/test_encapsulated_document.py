"""The PDF inside a DICOM object comes out byte for byte: its seal covers each of them."""

from io import BytesIO
from pathlib import Path

import pytest

from fhc_desktop.imaging.dicom.encapsulated_document import read_document
from fhc_desktop.imaging.files.file_kind import HEAD_BYTES, is_document
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.reporting.dicom.encapsulated_pdf import encapsulated_pdf
from tests.reporting.dicom.objects import PDF, coded, in_its_study, opened, report_of

ODD, EVEN = PDF, PDF + b"\n"


def filed(pdf, alter=lambda _: None):
    dataset = opened(encapsulated_pdf(coded(in_its_study()), pdf))
    alter(dataset)
    written = BytesIO()
    dataset.save_as(written)
    return written.getvalue()


def document_in(content):
    return read_document(BytesIO(content), Path("DOC1.dcm"))


def without_length(dataset):
    del dataset.EncapsulatedDocumentLength


@pytest.mark.parametrize("pdf", [ODD, EVEN])
@pytest.mark.parametrize("alter", [lambda _: None, without_length])
def test_that_it_comes_out_byte_for_byte(pdf, alter):
    assert document_in(filed(pdf, alter)) == pdf


def test_that_one_that_is_shorter_than_it_says_is_refused():
    def shorten(dataset):
        dataset.EncapsulatedDocument = dataset.EncapsulatedDocument[:-4]

    with pytest.raises(UnreadableImage, match="is incomplete"):
        document_in(filed(EVEN, shorten))


@pytest.mark.parametrize("kept", [200, 900])
def test_that_a_file_cut_short_is_refused(kept):
    with pytest.raises(UnreadableImage, match=r"DOC1\.dcm"):
        document_in(filed(EVEN)[:kept])


def test_that_an_object_of_another_class_holds_none():
    with pytest.raises(UnreadableImage, match="holds no PDF"):
        document_in(report_of(in_its_study()))


def test_that_it_is_known_by_its_first_bytes():
    assert is_document(filed(ODD)[:HEAD_BYTES])
    assert not is_document(report_of(in_its_study())[:HEAD_BYTES])
