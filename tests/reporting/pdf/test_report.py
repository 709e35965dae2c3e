import io
import time
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.examination import Proposal
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import NICHD_2015, WHO_2017
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.pdf.report import ReportNotWritten, pdf_bytes, write_pdf
from tests.local_charts import NARROW, OURS
from tests.reporting.examinations import (
    HEAD,
    MODEL,
    NOW,
    accepted,
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


def test_that_standards_ages_and_remarks_have_a_page_of_their_own():
    first, second = read_pages(pdf_bytes(of(accepted(graded()))))

    assert "page 1 of 2" in first
    assert "Remarks 1, on page 2" in first
    assert "INTERGROWTH-21st 2014 – in force 11th 5th–23rd −1.22 4th, z −1.74 29th, z" in second
    assert "WHO 2017 9.9th 5th–20th −1.29 7th, z −1.46 –" in second
    assert "Hadlock 1984 20w1d ± 10 d 19w6d–20w3d" in second
    assert "Hadlock 1984, with BPD 19w6d" in second
    assert "The standards differ at the 10th percentile" in second
    assert "NICHD" not in second


def test_that_without_millimetres_there_is_one_page():
    for exam in (accepted(uncalibrated()), headless()):
        assert len(read_pages(pdf_bytes(of(exam)))) == 1


def test_that_charts_by_group_and_local_ones_are_printed_where_they_were_asked_for():
    choice = StandardChoice(opted_in=frozenset({NICHD_2015[3].key}), local=(OURS,))
    exam = accepted(proposed().with_standard(OURS))
    data = pdf_bytes(ReportContent.of(exam, NOW, choice))
    first, second = read_pages(data)

    assert "Our heads (local chart)" in first
    assert "Our heads (local chart) – in force" in second
    assert "NICHD 2015, Asian and Pacific Islander" in second
    assert "Hispanic" not in second
    assert_nothing_overlaps(data)


def test_that_more_standards_than_a_page_holds_go_on_on_the_next():
    many = tuple(replace(OURS, key=f"local_{n}", title=f"Chart {n} " * 6) for n in range(12))
    everything = StandardChoice(
        opted_in=frozenset(standard.key for standard in NICHD_2015), local=many
    )
    data = pdf_bytes(ReportContent.of(accepted(graded()), NOW, everything))

    pages = read_pages(data)
    assert len(pages) == 3
    assert "Remarks 1, on pages 2 to 3" in pages[0]
    assert "Ultrasound age" in pages[2]
    assert all("Ada Example" in page for page in pages)
    assert_nothing_overlaps(data)


def test_that_a_chart_of_few_weeks_and_percentiles_can_be_drawn():
    exam = accepted(proposed().with_standard(NARROW))
    data = pdf_bytes(of(exam))

    assert "by gestational age in weeks Narrow (local chart)" in read(data)
    assert_nothing_overlaps(data)


def test_that_the_longest_name_of_a_standard_is_whole_wherever_it_stands():
    longest = ("Our heads of a Clinic for Fetal Medicine, 2019 to 2026"[:48]).strip()
    exam = accepted(graded(exam=proposed().with_standard(replace(OURS, title=longest))))
    data = pdf_bytes(of(exam))

    assert read(data).count("(local chart)") >= 4
    assert "…" not in read(data)
    assert_nothing_overlaps(data)
    by_group = accepted(graded(exam=proposed().with_standard(NICHD_2015[3])))
    assert "…" not in read(pdf_bytes(of(by_group)))


def test_that_a_draft_is_marked_on_each_page():
    assert all("DRAFT" in page for page in read_pages(pdf_bytes(of(proposed()))))


def test_that_the_head_circumference_can_be_read_back():
    assert "Head circumference (HC) 176.8 mm 11th percentile" in read(pdf_bytes(of(accepted())))


def test_that_only_a_draft_is_marked_as_one():
    assert "DRAFT" in read(pdf_bytes(of(proposed())))
    assert "Draft: not accepted by an operator." in read(pdf_bytes(of(proposed())))
    assert "draft" not in read(pdf_bytes(of(accepted()))).lower()


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


def test_that_unknown_characters_are_boxes_and_the_page_says_so():
    exam = accepted(proposed().with_patient(Patient("1", "\u1780 \u202eAda")))
    text = read(pdf_bytes(of(exam)))
    assert "□ □Ada" in text
    assert "□ stands for a character that cannot be shown here." in text
    assert "□" not in read(pdf_bytes(of(accepted())))


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
    ],
)
def test_that_nothing_overlaps_and_all_lies_on_the_page(exam):
    assert_nothing_overlaps(pdf_bytes(of(exam)))


def test_that_warnings_that_do_not_fit_are_counted():
    assert "12 warnings in all." in read(pdf_bytes(of(crowded())))


def test_that_a_picture_of_any_shape_finds_its_place():
    for rows, columns in ((1, 1), (400, 40), (40, 400)):
        exam = replace(headless(), image=image(rows=rows, columns=columns))
        assert_nothing_overlaps(pdf_bytes(of(exam)))


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


def test_that_the_report_is_written_whole(tmp_path):
    write_pdf(of(accepted()), tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == pdf_bytes(of(accepted()))
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_that_a_report_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(ReportNotWritten, match="its folder does not exist"):
        write_pdf(of(accepted()), tmp_path / "absent" / "report.pdf")
