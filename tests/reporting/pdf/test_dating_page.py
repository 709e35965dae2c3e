"""The history of a dating stands under one heading, each fact beside its label."""

from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.dating_page import dating_blocks
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.examinations import NOW, accepted
from tests.reporting.pdf.read_back import assert_nothing_overlaps, read_pages, words
from tests.told_reports import beside, told


def test_that_without_a_history_there_is_nothing():
    assert dating_blocks([]) == []


def test_that_the_heading_never_stands_alone():
    rows = [Row("First", "by LMP 2026-01-10"), Row("Change", "by CRL", "a letter")]

    head, second = dating_blocks(rows)

    assert head.height > dating_blocks(rows[:1])[0].height - 1e-9
    assert len(dating_blocks(rows)) == len(rows)
    assert head.height > second.height


def test_that_a_long_note_takes_the_room_it_needs():
    short, long = (dating_blocks([Row("Change", "by CRL", "word " * n)])[0] for n in (1, 200))

    assert long.height > short.height + 9


def test_that_what_the_studys_reports_tell_stands_on_the_last_page():
    many = beside(*(told(value=f"17{number}.0", fetus="A") for number in range(9)))
    data = pdf_bytes(ReportContent.of(accepted(), NOW, beside=many))

    assert_nothing_overlaps(data)
    last = words(read_pages(data)[-1])
    assert "In reports of this study, not measured here" in last
    assert "178.0 mm" in last
