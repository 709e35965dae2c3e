"""The first page says what the content says, each thing in a place of its own."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.domain.image.display import Display, GreyWindow
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.examinations import (
    COMMENT,
    LONG_COMMENT,
    NOW,
    accepted,
    commented,
    edited,
    graded,
    graded_and_edited,
    headless,
    image,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)
from tests.reporting.pdf.read_back import (
    HOSTILE,
    assert_nothing_overlaps,
    crowded,
    crowded_with_reasons,
    of,
    read,
    read_pages,
    words,
)


@pytest.mark.parametrize(
    "exam",
    [
        accepted(),
        accepted(edited()),
        accepted(uncalibrated()),
        accepted(undated()),
        accepted(too_late()),
        proposed(),
        headless(),
        accepted(graded()),
        graded(Grade.LOOK_AGAIN),
        accepted(graded_and_edited()),
        graded(Grade.NOT_MEASURABLE),
    ],
    ids=[
        *("accepted", "edited", "uncalibrated", "undated", "too late", "draft", "headless"),
        *("good", "look again", "graded and edited", "not measurable"),
    ],
)
def test_that_the_page_says_what_the_content_says(exam):
    content = of(exam)
    text = read(pdf_bytes(content))
    rows = (
        *content.patient,
        *content.pregnancy,
        *content.sizes,
        *content.growth,
        *content.calibration,
        *content.outline,
        *content.record,
    )
    for row in rows:
        assert words(row.label) in text
        assert words(row.value) in text
        assert words(row.note) in text
    for said in (
        f"{content.headline.value} {content.headline.unit}".strip(),
        content.headline.interval,
        *content.headline.notes,
        *content.warnings,
        *(line.standard.name for line in content.side_by_side.lines if content.sizes),
        *(line.bpd for line in content.side_by_side.lines),
        *(line.reason for line in content.side_by_side.lines if content.sizes),
        *content.side_by_side.sentences,
        content.title,
        content.disclaimer,
        content.software,
        content.patient_banner,
        "Signature",
    ):
        assert words(said) in text


def test_that_the_head_circumference_can_be_read_back():
    assert "Head circumference (HC) 176.8 mm 11th percentile" in read(pdf_bytes(of(accepted())))


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_a_hostile_name_stays_text_in_its_place(name):
    exam = accepted(proposed().with_patient(Patient(name, name)))
    data = pdf_bytes(of(exam))
    text = read(data)
    assert "Examination date 2026-11-20" in text
    assert "176.8 mm" in text
    assert_nothing_overlaps(data)


def test_that_markup_is_printed_as_it_was_written():
    exam = accepted(proposed().with_patient(Patient("1", "<b>Ada</b> &amp; Co")))
    assert "<b>Ada</b> &amp; Co" in read(pdf_bytes(of(exam)))


@pytest.mark.parametrize(
    "exam",
    [
        accepted(),
        proposed(),
        accepted(undated()),
        crowded(),
        accepted(edited()),
        accepted(graded()),
        accepted(graded_and_edited()),
        graded(Grade.NOT_MEASURABLE),
        crowded_with_reasons(),
        accepted(too_late()),
        accepted(small().with_standard(WHO_2017)),
        commented(),
        commented(LONG_COMMENT),
        commented("W" * 2000),
        commented(exam=crowded_with_reasons()),
    ],
)
def test_that_nothing_overlaps_and_all_lies_on_the_page(exam):
    assert_nothing_overlaps(pdf_bytes(of(exam)))


def test_that_warnings_that_do_not_fit_stand_whole_on_the_next_page():
    content = of(crowded())
    said = " ".join(read(pdf_bytes(content)).split())

    assert "All 12 warnings stand on page 2." in said
    for warning in content.warnings:
        assert " ".join(warning.split()) in said


def test_that_one_long_warning_is_never_left_out():
    sentence = "The file’s display settings were not usable, and the stored values are shown. " * 3
    exam = accepted(replace(proposed(), caveats=(sentence,)))

    assert " ".join(sentence.split()) in " ".join(read(pdf_bytes(of(exam))).split())


def test_that_a_picture_of_any_shape_finds_its_place():
    for rows, columns in ((1, 1), (400, 40), (40, 400)):
        exam = replace(headless(), image=image(rows=rows, columns=columns))
        assert_nothing_overlaps(pdf_bytes(of(exam)))


SHOWN = Display(GreyWindow(90, 120), 1.2, is_inverted=True, is_smooth=False)


def pictures(data):
    return [one.data for one in pypdf.PdfReader(io.BytesIO(data)).pages[0].images]


def test_that_a_picture_is_filed_as_its_file_has_it_however_it_was_shown():
    plain, shown = (
        pdf_bytes(ReportContent.of(accepted(), NOW, display=display))
        for display in (Display(), SHOWN)
    )

    assert pictures(shown) == pictures(plain)
    assert "On the screen" not in read(plain)
    assert (
        "The picture is as in the file. On the screen: level 90, width 120, gamma 1.2, inverted."
        in read(shown)
    )


def test_that_pixels_that_ran_into_each_other_are_not_worth_a_word():
    assert pdf_bytes(ReportContent.of(accepted(), NOW, display=Display(is_smooth=True))) == (
        pdf_bytes(of(accepted()))
    )


@pytest.mark.parametrize("exam", [accepted(), crowded(), proposed()])
def test_that_what_is_said_of_the_screen_has_room_under_the_picture(exam):
    assert_nothing_overlaps(pdf_bytes(ReportContent.of(exam, NOW, display=SHOWN)))


@pytest.mark.parametrize(("aspect", "words"), [(1.0, "bar: 20 mm"), (1.5, "bar: 20 mm across")])
def test_that_a_bar_that_holds_for_one_direction_says_which(aspect, words):
    exam = replace(accepted(), image=image(pixel_aspect=aspect))

    assert re.search(rf"{words}(?! across)", read(pdf_bytes(of(exam))))


def test_that_a_short_comment_stands_on_the_first_page_as_it_was_typed():
    first, *_ = read_pages(pdf_bytes(of(commented())))

    assert "Comment Far border shadowed: <b>repeat</b> &amp; measure. 176.8" in first


def test_that_a_long_comment_stands_whole_on_the_next_pages_and_the_first_says_so():
    first, *others = read_pages(pdf_bytes(of(commented(LONG_COMMENT))))

    assert "Comment on page 2" in first
    rest = " ".join(others)
    places = [rest.index(line) for line in LONG_COMMENT.split("\n")]
    assert places == sorted(places)


def test_that_a_comment_of_as_many_lines_as_there_can_be_flows_over_pages():
    pages = read_pages(pdf_bytes(of(commented("\n".join(["a"] * 1000)))))

    assert sum(page.count(" a") for page in pages) >= 1000
    assert all("page" in page for page in pages)


def test_that_without_a_comment_nothing_is_said_of_one():
    assert "Comment" not in read(pdf_bytes(of(accepted())))
    assert COMMENT not in str(of(accepted()))
