"""The scan stands on the page as its file has it, and what was measured lies over it as lines."""

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

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.pdf.report import pdf_bytes
from tests.reporting.dossiers import twins
from tests.reporting.examinations import HEAD, accepted, headless, image, proposed, uncalibrated
from tests.reporting.pdf.read_back import of, read_pages


def stored_picture(exam):
    (picture,) = pypdf.PdfReader(io.BytesIO(pdf_bytes(of(exam)))).pages[0].images
    return np.asarray(picture.image)


def placed(data):
    """Return the box of the picture, and of each curve over it: left, bottom, right, top."""
    page = pypdfium2.PdfDocument(data)[0]
    boxes = {pdfium.FPDF_PAGEOBJ_IMAGE: [], pdfium.FPDF_PAGEOBJ_PATH: []}
    for one in page.get_objects(filter=list(boxes)):
        is_curve = one.type == pdfium.FPDF_PAGEOBJ_IMAGE or _has_curves(one)
        if is_curve:
            boxes[one.type].append(one.get_bounds())
    (picture,) = boxes[pdfium.FPDF_PAGEOBJ_IMAGE]
    left, bottom, right, top = picture
    inside = [
        box
        for box in boxes[pdfium.FPDF_PAGEOBJ_PATH]
        if left <= (box[0] + box[2]) / 2 <= right and bottom <= (box[1] + box[3]) / 2 <= top
    ]
    return picture, inside


def _has_curves(path):
    count = pdfium.FPDFPath_CountSegments(path.raw)
    segments = (pdfium.FPDFPath_GetPathSegment(path.raw, at) for at in range(count))
    return any(
        pdfium.FPDFPathSegment_GetType(one) == pdfium.FPDF_SEGMENT_BEZIERTO for one in segments
    )


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

    (left, bottom, right, top), (curve,) = placed(pdf_bytes(of(exam)))

    across, down = (right - left) / 120, (top - bottom) / 80
    first_x, first_y, last_x, last_y = outline.extent
    wanted = (
        left + (first_x + 0.5) * across,
        top - (last_y + 0.5) * down,
        left + (last_x + 0.5) * across,
        top - (first_y + 0.5) * down,
    )
    assert down / across == pytest.approx(aspect, rel=1e-3)
    # The bounds have the line's width around them.
    assert curve == pytest.approx(np.array(wanted) + 1.3 * np.array((-1, -1, 1, 1)), abs=0.05)


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
