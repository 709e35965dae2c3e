"""The scan stands on the page as its file has it, and what was measured lies over it as lines."""

import ctypes
import io
import math
from dataclasses import replace

import numpy as np
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.content.report_picture import Picture
from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.pdf.scan import draw_scan
from fhc_desktop.reporting.pdf.sheet import HEIGHT, WIDTH, Box, Sheet
from tests.reporting.dossiers import twins
from tests.reporting.examinations import HEAD, accepted, headless, image, proposed, uncalibrated
from tests.reporting.pdf.read_back import of, read_pages


def stored_picture(exam):
    (picture,) = pypdf.PdfReader(io.BytesIO(pdf_bytes(of(exam)))).pages[0].images
    return np.asarray(picture.image)


def placed(data):
    """Return the picture's box (left, bottom, right, top), and the curves over it.

    Each is the places, in points of the page, where its parts meet.
    """
    page = pypdfium2.PdfDocument(data)[0]
    picture, *_ = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = picture.get_bounds()
    curves = [_meetings(one) for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    over = [
        curve
        for curve in curves
        if curve
        and left <= np.mean([x for x, _ in curve]) <= right
        and bottom <= np.mean([y for _, y in curve]) <= top
    ]
    return (left, bottom, right, top), over


def _meetings(path):
    """Return where the parts of a closed curve of four meet; nothing of other lines."""
    count = pdfium.FPDFPath_CountSegments(path.raw)
    segments = [pdfium.FPDFPath_GetPathSegment(path.raw, at) for at in range(count)]
    bent = [
        one
        for one in segments
        if pdfium.FPDFPathSegment_GetType(one) == pdfium.FPDF_SEGMENT_BEZIERTO
    ]
    # Of three points of a part the last one is on the curve.
    ends = [_point(one) for one in bent[2::3]]
    return [path.get_matrix().on_point(*end) for end in ends]


def _point(segment):
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


@pytest.mark.parametrize("aspect", [1.0, 1.7])
def test_that_every_pixel_of_the_scan_is_in_the_file_and_nothing_is_drawn_into_it(aspect):
    color = np.random.default_rng(3).integers(0, 256, (80, 120, 3), np.uint8)
    grey, coloured = image(pixel_aspect=aspect), image(pixel_aspect=aspect, color=color)

    assert np.array_equal(stored_picture(replace(accepted(), image=grey)), grey.gray)
    assert np.array_equal(stored_picture(replace(accepted(), image=coloured)), color)


@settings(max_examples=20, deadline=None)
@given(
    outline=st.builds(
        Ellipse,
        st.floats(50, 70),
        st.floats(35, 45),
        st.floats(15, 35),
        st.floats(15, 35),
        st.floats(0, math.pi),
    ),
    aspect=st.floats(0.5, 2.0),
)
def test_that_the_outline_lies_on_the_pixels_that_it_was_measured_on(outline, aspect):
    exam = replace(uncalibrated(), image=image(pixel_aspect=aspect)).with_outline(outline)
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(WIDTH, HEIGHT))
    draw_scan(Sheet(canvas), Picture.of(exam, Display()), Box(40, 100, 312, 212))
    canvas.save()

    (left, bottom, right, top), (curve,) = placed(written.getvalue())

    across, down = (right - left) / 120, (top - bottom) / 80
    assert down / across == pytest.approx(aspect, rel=1e-3)
    # Where its four parts meet it lies on the outline, in pixels of the scan.
    cosine, sine = math.cos(outline.angle), math.sin(outline.angle)
    for x, y in curve:
        dx = (x - left) / across - 0.5 - outline.center_x
        dy = (top - y) / down - 0.5 - outline.center_y
        along = ((dx * cosine + dy * sine) / outline.semi_axis_a) ** 2
        aside = ((dy * cosine - dx * sine) / outline.semi_axis_b) ** 2
        assert along + aside == pytest.approx(1, abs=0.01)


def test_that_both_axes_are_named_and_the_bar_has_its_length():
    page = read_pages(pdf_bytes(of(accepted())))[0]

    assert all(word in page for word in ("OFD", "BPD", "20 mm"))
    assert "thin lines: both axes · scale bar: 20 mm" in page


def test_that_another_head_is_drawn_quietly_and_named_as_not_measured():
    for part in twins():
        data = pdf_bytes(of(part.exam))
        assert len(placed(data)[1]) == 2
        page = read_pages(data)[0]
        assert "Dotted: another head in this picture, not measured here." in page


def test_that_before_one_is_chosen_all_heads_are_dotted():
    exam = replace(twins()[0].exam, outline_px=None)
    data = pdf_bytes(of(exam))

    assert len(placed(data)[1]) == 2
    assert "No outline. Dotted: other heads in this picture" in read_pages(data)[0]


def test_that_a_picture_without_a_head_has_no_line_over_it():
    assert placed(pdf_bytes(of(headless())))[1] == []
    assert "Dotted" not in read_pages(pdf_bytes(of(proposed())))[0]


def test_that_an_outline_far_outside_is_cut_at_the_pictures_edge():
    exam = accepted(proposed().with_outline(replace(HEAD, semi_axis_a=400.0, semi_axis_b=300.0)))
    page = pypdfium2.PdfDocument(pdf_bytes(of(exam)))[0]

    drawn = np.asarray(page.render(scale=1).to_pil().convert("RGB")).astype(int)
    # Nothing green left of the picture.
    green = (drawn[..., 1] - drawn[..., 0] > 60) & (drawn[..., 1] - drawn[..., 2] > 20)
    assert not green[130:350, :38].any()
