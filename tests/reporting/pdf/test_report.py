"""The report is one file, the same for the same content, and written whole."""

import io
import time

import pypdf
import pytest

from fhc_desktop.reporting.pdf.report import ReportNotWritten, pdf_bytes, write_pdf
from tests.reporting.examinations import accepted
from tests.reporting.pdf.read_back import of


def test_that_the_same_content_gives_the_same_bytes():
    first = pdf_bytes(of(accepted()))
    time.sleep(1.1)  # a clock read in seconds would show
    assert pdf_bytes(of(accepted())) == first


def test_that_the_page_is_a4_and_its_fonts_travel_with_it():
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes(of(accepted()))))
    page = reader.pages[0]
    assert [float(side) for side in page.mediabox[2:]] == pytest.approx([595.28, 841.89], abs=0.1)
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    used = [font for font in fonts if "DejaVu" in font["/BaseFont"]]
    assert len(used) >= 2
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_that_metadata_tell_the_time_and_nothing_of_the_patient():
    data = pdf_bytes(of(accepted()))
    metadata = pypdf.PdfReader(io.BytesIO(data)).metadata
    assert metadata["/CreationDate"] == "D:20261123114007Z"
    assert metadata["/Title"] == "Fetal head circumference"
    said = " ".join(str(value) for value in metadata.values())
    assert "Ada" not in said
    assert "4711" not in said


def test_that_the_report_is_written_whole(tmp_path):
    write_pdf(of(accepted()), tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == pdf_bytes(of(accepted()))
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_that_a_report_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(ReportNotWritten, match="its folder does not exist"):
        write_pdf(of(accepted()), tmp_path / "absent" / "report.pdf")
