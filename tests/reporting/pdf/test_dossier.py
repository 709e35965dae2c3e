"""The cover has all examinations, the pages behind it those of each, and every page says whose."""

import io
import re

import pypdf
import pytest

from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.pdf.dossier import DossierDrawing, dossier_bytes
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.content.test_mean_rows import mean_of
from tests.reporting.dossiers import course, dossier_of, mixed, repeated, twins
from tests.reporting.pdf.read_back import assert_nothing_overlaps, read_pages, words

KINDS = {"twins": twins(), "course": course(), "mean": repeated(mean_of(3)), "mixed": mixed()}


@pytest.fixture(scope="module", params=KINDS.values(), ids=KINDS)
def dossier(request):
    content = dossier_of(request.param)
    data = dossier_bytes(content)
    return content, data, read_pages(data)


def test_that_the_cover_says_what_the_content_says(dossier):
    content, _, pages = dossier

    for line in content.lines:
        said = (line.day, line.age, line.hc, line.interval, line.place, line.grade, line.outline)
        assert words(" ".join(("", *said[1:]))) in pages[0]
        assert all(words(text) in pages[0] for text in (line.standard, line.image, *line.notes))
    for row in (*content.patient, *content.means):
        assert f"{row.label} {words(row.value)}" in pages[0]
    for remark in content.remarks:
        assert words(remark) in pages[0]
    assert content.counted in pages[0]
    assert words(content.standing) in pages[0]


def test_that_every_page_says_whose_it_is_when_and_where_in_the_document(dossier):
    content, _, pages = dossier

    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
        assert "Ada Example · 4711" in page
        assert re.search(r"examined 2026-1\d-\d\d", page)
    assert all("accepted" in page for page in pages)
    assert content.disclaimer in pages[-1]


def test_that_each_examination_begins_on_the_page_that_the_cover_names(dossier):
    content, _, pages = dossier

    lines = re.findall(r"(\d+) (?:INTERGROWTH-21st 2014) · ", pages[0])
    assert len(lines) == len(content.reports)
    for page, report in zip(lines, content.reports, strict=True):
        first = pages[int(page) - 1]
        assert f"Head circumference (HC) {report.headline.value}" in first
        assert "Signature" in first


def test_that_the_pages_of_each_say_what_its_own_report_says(dossier):
    content, _, pages = dossier

    alone = [page for report in content.reports for page in read_pages(pdf_bytes(report))]
    assert list(map(_without_numbers, pages[-len(alone) :])) == list(map(_without_numbers, alone))


def _without_numbers(page):
    return re.sub(r"page \d+( of \d+)?", "", page)


def test_that_what_nobody_accepted_is_marked_and_nothing_else():
    pages = read_pages(dossier_bytes(dossier_of(mixed())))

    is_marked = ["DRAFT – NOT REVIEWED" in page for page in pages]
    assert is_marked == [True, False, False, True, True, True]


def test_that_nothing_overlaps_on_the_cover(dossier):
    assert_nothing_overlaps(dossier[1])


def test_that_forty_examinations_flow_over_the_covers_pages():
    parts = [part for part in course() for _ in range(8)]

    reader = pypdf.PdfReader(io.BytesIO(dossier_bytes(dossier_of(parts))))

    covers = [words(page.extract_text()) for page in reader.pages[:3]]
    assert all("40 examinations No. Date Fetus" in page for page in covers[:2])
    assert "No. Date Fetus" not in covers[2]


def test_that_the_same_examinations_give_the_same_bytes_on_each_paper():
    a4, again = (dossier_bytes(dossier_of(twins())) for _ in range(2))

    assert a4 == again
    letter = dossier_bytes(dossier_of(twins()), Paper.LETTER)
    assert letter != a4
    assert list(map(words, read_pages(letter))) == list(map(words, read_pages(a4)))


def test_that_they_are_drawn_one_after_the_other():
    drawing = DossierDrawing(dossier_of(twins()))

    assert list(drawing.examinations()) == [1, 2]
    assert drawing.finished() == dossier_bytes(dossier_of(twins()))


def test_that_a_name_in_any_script_stays_in_its_place():
    for name in ("محمد علي", "<b>&amp;", "李小龍", "Name " * 80):
        named = [type(part)(part.exam.with_patient(Patient("4711", name))) for part in twins()]
        data = dossier_bytes(dossier_of(named))
        assert_nothing_overlaps(data)
        assert "4711" in read_pages(data)[0]
