"""Reports of examinations, and what can be read in them again."""

import io
from dataclasses import replace

import pypdf
import pypdfium2

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.report_content import ReportContent
from tests.reporting.examinations import HEAD, MODEL, NOW, accepted, edited, graded, image

HOSTILE = {
    "markup": "<b>Ada</b> &amp; <img src='file:///etc/passwd'/> <para>",
    "long": "Wolfeschlegelsteinhausenbergerdorff " * 9,
    "one long word": "X" * 300,
    "arabic": "محمد علي",
    "hebrew": "משה כהן",
    "chinese": "李小龍",
    "control": "Ada\x00\x1b[31m\r\n\tLovelace",
    "override": "Ada \u202eecalevoL",
    "surrogate": "Ada \udcff",
    "formatting": "%s {0} \\ ) ( \\n",
}


def of(exam):
    return ReportContent.of(exam, NOW)


def read_pages(data):
    """Return each page's text with every run of white space as one space."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def read(data):
    return " ".join(read_pages(data))


def words(text):
    return " ".join(text.split())


def crowded():
    notices = tuple(f"{number}. The outline leaves the picture. " * 4 for number in range(12))
    exam = replace(
        edited(),
        patient=Patient("9" * 200, "Name " * 80),
        proposal=Proposal(
            HEAD, replace(MODEL, name="m" * 200, version="v" * 90), "d" * 99, notices
        ),
        image=image(pixel_aspect=2.0),
    )
    return accepted(exam, entry_id="e" * 90)


def crowded_with_reasons():
    exam = crowded()
    told = tuple(f"reason {number} in some words about the outline" for number in range(9))
    said = graded(Grade.LOOK_AGAIN, exam, reasons=told).proposal
    return accepted(replace(exam, proposal=said), entry_id="e" * 90)


def assert_nothing_overlaps(data):
    """Compare the boxes of all pieces of text, but for the watermark that lies across them."""
    for page in pypdfium2.PdfDocument(data):
        assert_nothing_overlaps_on(page)


def assert_nothing_overlaps_on(page):
    text_page = page.get_textpage()
    boxes = []
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        said = text_page.get_text_bounded(left, bottom, right, top)
        if top - bottom > 60:
            continue
        assert 36 <= left < right <= 560, said
        assert 12 <= bottom < top <= 820, said
        boxes.append((left, bottom, right, top, said))
    assert len(boxes) > 20
    for number, (left, bottom, right, top, said) in enumerate(boxes):
        for left2, bottom2, right2, top2, said2 in boxes[number + 1 :]:
            across = min(right, right2) - max(left, left2)
            along = min(top, top2) - max(bottom, bottom2)
            assert across < 0.5 or along < 1.0, (said, said2)
