"""A letterhead follows from the settings; a logo is a small picture, or told to be none."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fhc_desktop.domain.institution import Institution
from fhc_desktop.storage.preferences.letterhead import (
    LARGEST_LOGO_BYTES,
    LONGEST_LOGO_SIDE,
    Letterhead,
    UnreadableLogo,
    letterhead_of,
    load_logo,
)
from fhc_desktop.storage.preferences.settings import Settings


def saved(path, picture, form="PNG"):
    picture.save(path, format=form)
    return path


@pytest.fixture
def logo(tmp_path):
    return saved(tmp_path / "logo.png", Image.new("RGB", (40, 10), (10, 90, 200)))


def test_that_without_settings_there_is_no_letterhead():
    assert letterhead_of(Settings()) == Letterhead(Institution())
    assert not Institution().is_named


def test_that_name_address_and_logo_are_those_of_the_settings(logo):
    found = letterhead_of(Settings(
        institution_name=" A Clinic ", institution_address="A street\n\n A town\n",
        institution_logo=str(logo),
    ))  # fmt: skip

    assert found.notice is None
    assert found.institution.name == "A Clinic"
    assert found.institution.address_lines == ("A street", "A town")
    assert found.institution.logo.pixels.shape == (10, 40, 3)


def huge_png():
    """Return a few bytes that say that they are a picture of 60,000 × 60,000."""
    head = b"IHDR" + struct.pack(">II5B", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunks = (
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in (head, b"IDAT")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        *((mode, "PNG") for mode in ("RGB", "RGBA", "L", "P", "LA", "1", "I;16")),
        *((mode, "JPEG") for mode in ("RGB", "L", "CMYK")),
    ],
)
def test_that_a_logo_of_any_colours_is_read(tmp_path, mode, form):
    path = saved(tmp_path / "logo", Image.new(mode, (30, 20)), form)

    pixels = load_logo(path).pixels

    assert (pixels.shape, pixels.dtype) == ((20, 30, 3), np.uint8)


def test_that_what_is_transparent_is_white(tmp_path):
    path = saved(tmp_path / "logo.png", Image.new("RGBA", (4, 4), (0, 0, 0, 0)))

    assert load_logo(path).pixels.min() == 255


def test_that_the_same_file_is_the_same_logo(logo, tmp_path):
    other = saved(tmp_path / "other.png", Image.new("RGB", (40, 10)))

    assert load_logo(logo) == load_logo(logo)
    assert load_logo(logo) != load_logo(other)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda _: None, "cannot be read"),
        (lambda path: path.mkdir(), "cannot be read"),
        (lambda path: path.write_bytes(b""), "is no picture"),
        (lambda path: path.write_bytes(b"<svg/>"), "is no picture"),
        (lambda path: saved(path, Image.new("RGB", (4, 4)), "GIF"), "is no picture"),
        (lambda path: saved(path, Image.new("RGB", (4, 4)), "TIFF"), "is no picture"),
        (lambda path: path.write_bytes(bytes(LARGEST_LOGO_BYTES + 1)), "is too large"),
        (
            lambda path: saved(path, Image.new("1", (LONGEST_LOGO_SIDE + 1, 1))),
            "has too many pixels",
        ),
        (lambda path: path.write_bytes(huge_png()), "has too many pixels"),
    ],
)
def test_that_what_is_no_logo_is_told_and_left_out(tmp_path, make, why):
    path = tmp_path / "logo.png"
    make(path)

    with pytest.raises(UnreadableLogo, match=why) as refused:
        load_logo(path)
    found = letterhead_of(Settings(institution_name="A Clinic", institution_logo=str(path)))

    assert found.institution == Institution("A Clinic")
    assert found.notice == f"The report has no logo. {refused.value}"


def test_that_a_name_that_no_file_has_is_told():
    assert "no file has such a name" in letterhead_of(Settings(institution_logo="a\0b")).notice


@given(data=st.data())
@settings(max_examples=60)
def test_that_a_damaged_logo_is_read_or_told(tmp_path_factory, data):
    written = io.BytesIO()
    form = data.draw(st.sampled_from(["PNG", "JPEG"]))
    Image.new("RGB", (40, 10), (10, 90, 200)).save(written, format=form)
    content = bytearray(written.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("logo") / "logo"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])

    found = letterhead_of(Settings(institution_logo=str(path)))

    assert (found.institution.logo is None) == (found.notice is not None)
