"""The characters of a depth text are told apart in any font and size, and nothing else is read."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fhc_desktop.imaging.depth_marks.glyphs import UNKNOWN, read_glyph
from fhc_desktop.resources import resource


def drawn(character, size_px, font="DejaVuSans"):
    face = ImageFont.truetype(resource(f"fonts/{font}.ttf"), size_px)
    canvas = Image.new("L", (4 * size_px, 4 * size_px))
    ImageDraw.Draw(canvas).text((size_px, size_px), character, fill=255, font=face)
    return np.asarray(canvas.crop(canvas.getbbox()), dtype=np.uint8)


@pytest.mark.parametrize("font", ["DejaVuSans", "DejaVuSans-Bold"])
@pytest.mark.parametrize("size_px", [24, 60])
@pytest.mark.parametrize("character", "0123456789cmHz/")
def test_that_each_character_is_read_as_itself(character, size_px, font):
    assert read_glyph(drawn(character, size_px, font)) == character


@pytest.mark.parametrize("character", "AKWXÄ&")
def test_that_a_letter_of_a_name_is_not_read(character):
    assert read_glyph(drawn(character, 60)) == UNKNOWN


def test_that_a_plain_block_is_no_character():
    assert read_glyph(np.full((20, 12), 255, np.uint8)) == UNKNOWN
