"""What is printed is what is filed, page by page, over the whole of the sheet."""

import numpy as np
import pypdfium2
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from fhc_desktop.gui.filing.pdf_pages import page_image, page_sizes
from fhc_desktop.gui.filing.printing import (
    NotPrinted,
    PrintJob,
    pages_wanted,
    print_pages,
    printed_words,
    sheet_printer,
)
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.workflow.exporting import report_pages
from tests.reporting.examinations import NOW, accepted, proposed

pytestmark = pytest.mark.gui
LOW_DPI = 100


@pytest.fixture(scope="module")
def pdf():
    return report_pages(accepted(), now=NOW)


def file_printer(target, paper=Paper.A4):
    printer = sheet_printer(paper)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(LOW_DPI)
    return printer


def gray_pages(content):
    with pypdfium2.PdfDocument(content) as document:
        return [page.render(grayscale=True).to_numpy().squeeze().astype(int) for page in document]


def apart(one, other, *, block=8):
    """How far two pages differ, of 255, but for how sharp their edges are."""
    rows, columns = (
        block * (min(a, b) // block) for a, b in zip(one.shape, other.shape, strict=True)
    )
    off = one[:rows, :columns] - other[:rows, :columns]
    return np.abs(off.reshape(rows // block, block, -1, block).mean(axis=(1, 3))).mean()


def test_that_each_page_is_printed_as_it_is_filed(qapp, pdf, tmp_path):
    target = tmp_path / "printed.pdf"
    count = len(page_sizes(pdf))

    assert print_pages(pdf, PrintJob.of(file_printer(target), count)) == count

    printed, filed = gray_pages(target.read_bytes()), gray_pages(pdf)
    assert len(printed) == count
    assert [apart(one, other) < 2 for one, other in zip(printed, filed, strict=True)] == [True] * 2
    assert apart(printed[0], filed[1]) > 4


def test_that_a_page_on_another_paper_is_whole_and_keeps_its_shape(qapp, pdf, tmp_path):
    target = tmp_path / "printed.pdf"
    printer = file_printer(target, Paper.LETTER)
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.Letter

    print_pages(pdf, PrintJob.of(printer, 1))

    (page,) = gray_pages(target.read_bytes())
    inked = np.flatnonzero((page < 128).any(axis=0))
    assert inked[0] > 0
    assert inked[-1] < page.shape[1] - 1
    assert page.shape[1] / page.shape[0] == pytest.approx(8.5 / 11, abs=0.01)


@pytest.mark.qt_log_ignore("Returned false")
def test_that_a_place_that_refuses_is_said_to_be_no_printer(qapp, pdf, tmp_path):
    job = PrintJob.of(file_printer(tmp_path / "gone" / "printed.pdf"), 1)

    with pytest.raises(NotPrinted, match="did not take"):
        print_pages(pdf, job)


@pytest.mark.parametrize(
    ("chosen", "pages"),
    [
        ({"first": 0, "last": 0}, (0, 1, 2)),
        ({"first": 2, "last": 3}, (1, 2)),
        ({"first": 2, "last": 99}, (1, 2)),
        ({"first": 0, "last": 0, "is_reversed": True}, (2, 1, 0)),
        ({"first": 1, "last": 1, "copies": 2}, (0, 0)),
    ],
)
def test_that_the_pages_are_those_that_were_chosen(chosen, pages):
    usual = {"copies": 1, "is_reversed": False}

    assert pages_wanted(3, **(usual | chosen)) == pages


def test_that_a_page_is_as_large_as_its_resolution_says(pdf):
    (width, height), *_ = page_sizes(pdf)

    image = page_image(pdf, 0, dots_per_inch=144)

    assert image.width() == pytest.approx(2 * width, abs=2)
    assert image.height() == pytest.approx(2 * height, abs=2)


def test_that_a_draft_has_its_mark_in_the_picture(pdf):
    draft = report_pages(proposed(), now=NOW)

    assert page_image(draft, 0, dots_per_inch=72) != page_image(pdf, 0, dots_per_inch=72)


@pytest.mark.parametrize(("count", "said"), [(1, "1 page is"), (3, "3 pages are")])
def test_that_it_is_said_how_many_pages_are_with_the_printer(count, said):
    assert printed_words(count).startswith(said)
