"""What is drawn on a sheet lies where it was meant, measured from the top left corner."""

import io

import numpy as np
import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from fhc_desktop.reporting.pdf.lettering import REGULAR, Face, register_fonts
from fhc_desktop.reporting.pdf.sheet import HEIGHT, WIDTH, Box, Sheet

FACE = Face(REGULAR, 8, "#111111")


def drawn(draw):
    """A page that something was drawn on."""
    register_fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT))
    draw(Sheet(canvas))
    canvas.showPage()
    canvas.save()
    return PdfReader(file).pages[0]


def places(page):
    """Each text with its place, from the top left corner."""
    found = []
    page.extract_text(
        visitor_text=lambda text, _, at, *__: (
            found.append((text.strip(), at[4], HEIGHT - at[5])) if text.strip() else None
        )
    )
    return found


def test_that_a_text_begins_at_its_place_on_its_baseline():
    ((text, x, y),) = places(drawn(lambda sheet: sheet.text(100, 200, "Head", FACE)))

    assert text == "Head"
    assert (x, y) == pytest.approx((100, 200))


def test_that_a_text_from_the_right_ends_there():
    ((_, x, _),) = places(drawn(lambda sheet: sheet.text_from_right(300, 200, "Head", FACE)))

    assert x + FACE.width("Head") == pytest.approx(300)


def test_that_a_text_in_a_width_is_cut_to_it():
    page = drawn(lambda sheet: sheet.text_in(60, (100, 200), "word " * 40, FACE))
    text = page.extract_text().strip()

    assert text.startswith("word")
    assert text.endswith("…")
    assert FACE.width(text) <= 60


def test_that_a_picture_is_stored_without_loss():
    pixels = np.random.default_rng(1).integers(0, 256, (12, 20, 3), np.uint8)

    page = drawn(lambda sheet: sheet.picture(pixels, Box(40, 40, 200, 120)))

    (stored,) = page.images
    assert np.array_equal(np.asarray(stored.image.convert("RGB")), pixels)


def test_that_a_box_knows_its_far_sides():
    box = Box(10, 20, 30, 40)

    assert (box.right, box.bottom) == (40, 60)
